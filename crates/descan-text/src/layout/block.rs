//! Classifies a block of lines between blank lines by its own shape.

use super::line::Line;
use super::list::Mark;
use super::region::Region;
use crate::bytes::ByteSet;
use crate::flow::End;

/// The region of a block. `width` is the usual length of a full line.
pub(super) fn region(text: &str, lines: &[Line], width: usize) -> Region {
    if lines.len() <= 2 && lines.iter().all(|l| is_capitals(&text[l.span()])) {
        return Region::Heading;
    }
    if let [line] = lines
        && is_title(&text[line.span()], width)
    {
        return Region::Heading;
    }
    let count = |what: &dyn Fn(&str) -> bool| lines.iter().filter(|l| what(text[l.span()].trim())).count();
    if count(&|l| line_region(l) == Region::Table) * 2 > lines.len() {
        return Region::Table;
    }
    // An index or a list of contents: most lines end in a page's number.
    if lines.len() >= 3 && count(&|l| l.ends_with(|c: char| c.is_ascii_digit())) * 5 >= lines.len() * 3 {
        return Region::Table;
    }
    if is_code(text, lines) || is_address(text, lines, width) {
        return Region::Code;
    }
    if is_list(text, lines) {
        return Region::List;
    }
    if is_verse(text, lines, width) { Region::Verse } else { Region::Prose }
}

/// What a line shows by itself.
pub(super) fn line_region(line: &str) -> Region {
    let line = line.trim_end();
    if memchr::memchr(b' ', line.as_bytes()).is_none() && !line.contains("://") {
        return Region::Prose;
    }
    if is_plain(line.as_bytes()) {
        return Region::Prose;
    }
    let body = line.trim_start();
    if body.contains("....") || body.contains(". . . .") && body.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return Region::Table;
    }
    let columns = body.split("   ").filter(|part| !part.trim().is_empty()).count();
    let tabs = body.split('\t').filter(|part| !part.trim().is_empty()).count();
    let ruled = body.starts_with('|') && body.len() > 2 || body.ends_with('|') && body.contains("  ");
    if columns >= 2 || tabs >= 2 || ruled {
        return Region::Table;
    }
    if body.contains("://") && !body.contains(char::is_whitespace) {
        return Region::Code;
    }
    Region::Prose
}

/// Whether a line has nothing of what shows a table or an address: spaces or
/// full stops in a row, tabs, bars, a colon before a slash.
fn is_plain(line: &[u8]) -> bool {
    const ODD: ByteSet = ByteSet::of(b"\t|.: ");
    let odd = |at: usize| {
        let next = |by: usize| line.get(at + by).copied().unwrap_or_default();
        match line[at] {
            b'\t' | b'|' => true,
            b' ' => next(1) == b' ',
            b'.' => next(1) == b'.' || next(1) == b' ' && next(2) == b'.',
            b':' => next(1) == b'/',
            _ => false,
        }
    };
    !ODD.places(line).any(odd)
}

/// Whether a block is prose set in from the margin: three columns at least,
/// each line as far as another, but for a first that stands in further. Where
/// most lines begin with a capital they may be verse.
pub(super) fn stands_in(text: &str, lines: &[Line]) -> bool {
    let capitals = lines.iter().filter(|l| begins_with_capital(&text[l.span()])).count();
    if capitals * 2 > lines.len() {
        return false;
    }
    let indent = |l: &Line| l.text_start - l.start;
    let Some(least) = lines.iter().map(indent).min() else { return false };
    lines.len() >= 2
        && least >= 3
        && lines[1..].iter().all(|l| indent(l) <= least + 1)
        && indent(&lines[0]) <= least + 6
}

/// Verse: lines well short of the margin, most of them with a capital at the
/// start or indented. Speeches in turn are short too, but end their sentences.
fn is_verse(text: &str, lines: &[Line], width: usize) -> bool {
    if lines.len() < 2 {
        return false;
    }
    let body = |l: &Line| text[l.text_start..l.end].trim_end();
    let capitals = lines.iter().filter(|l| begins_with_capital(body(l))).count();
    let short = lines.iter().filter(|l| body(l).len() * 5 <= width * 4).count();
    let indented = lines.iter().filter(|l| l.text_start - l.start >= 2).count();
    let ended = lines.iter().filter(|l| End::of(body(l)) == End::Sentence).count();
    if lines.len() == 2 {
        return short == 2 && capitals == 2 && End::of(body(&lines[0])) != End::Sentence;
    }
    let all_short = short * 10 >= lines.len() * 9;
    all_short && ended * 2 <= lines.len() && (capitals * 4 >= lines.len() * 3 || indented * 4 >= lines.len() * 3)
}

fn begins_with_capital(line: &str) -> bool {
    line.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().next().is_some_and(char::is_uppercase)
}

/// A list: it begins with an item, and another follows that one in order.
fn is_list(text: &str, lines: &[Line]) -> bool {
    let marks: Vec<Option<Mark>> = lines.iter().map(|l| Mark::of(&text[l.span()])).collect();
    let items: Vec<Mark> = marks.iter().copied().flatten().collect();
    let follow = items.windows(2).filter(|w| w[1].follows(w[0])).count();
    marks.first().is_some_and(Option::is_some) && follow >= 1 && follow * 2 + 1 >= items.len()
}

/// Program code or the head of an e-mail: two lines at least, and half of all,
/// have the marks that no sentence has.
fn is_code(text: &str, lines: &[Line]) -> bool {
    if lines.len() < 2 {
        return false;
    }
    let coded = lines.iter().filter(|l| is_code_line(text[l.span()].trim())).count();
    let fields = lines.iter().filter(|l| is_field(text[l.span()].trim())).count();
    coded.max(fields) >= 2 && coded.max(fields) * 2 >= lines.len()
}

/// Words that begin a line of a script which ends in `):`.
const KEYWORDS: [&str; 5] = ["def ", "class ", "if ", "for ", "while "];

fn is_code_line(line: &str) -> bool {
    let assigned = || ["()", " = ", "==", ");"].iter().any(|mark| line.contains(mark)) && !line.contains(',');
    line.ends_with('{')
        || line.ends_with("()")
        || line.ends_with(';') && assigned()
        || matches!(line, "}" | "};" | "})" | "});")
        || KEYWORDS.iter().any(|word| line.strip_prefix(word).is_some_and(|rest| rest.ends_with("):")))
        || ["#include", "#!/", "$ ", ">>> ", "//", "/*", "C:\\>"].iter().any(|start| line.starts_with(start))
        || line.starts_with('<') && line.ends_with('>') && line.contains('/')
}

/// A field of an e-mail's head: `Subject: …`.
fn is_field(line: &str) -> bool {
    let name = line.split_once(": ").map_or("", |(name, _)| name);
    matches!(name, "From" | "To" | "Cc" | "Bcc" | "Subject" | "Date" | "Sent" | "Reply-To" | "Message-ID")
}

/// An address: a few short lines, each with a capital or a number at its start,
/// that neither run on nor end sentences, and one with the number of a house
/// before a name or of a post office after it.
fn is_address(text: &str, lines: &[Line], width: usize) -> bool {
    let bodies = || lines.iter().map(|l| text[l.span()].trim());
    if !(2..=7).contains(&lines.len()) || !bodies().all(|b| b.len() * 5 <= width.min(90) * 3 && b.len() >= 3) {
        return false;
    }
    let numbered = |b: &str| {
        let words: Vec<&str> = b.split_whitespace().collect();
        let digits = |w: &str| (1..=5).contains(&w.len()) && w.bytes().all(|b| b.is_ascii_digit());
        let capital = |w: &&str| w.starts_with(|c: char| c.is_ascii_uppercase());
        let house = words.len() >= 3 && digits(words[0].trim_end_matches(',')) && words[1..].iter().all(capital);
        let post = words.len() >= 3 && words.last().is_some_and(|w| w.len() == 5 && digits(w));
        house || post && words.iter().all(|w| capital(w) || digits(w))
    };
    let starts = bodies().all(|b| b.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    let runs_on = bodies().filter(|b| matches!(End::of(b), End::Word | End::Comma | End::Title)).count();
    starts && bodies().any(numbered) && runs_on + 1 >= lines.len() && bodies().filter(|b| numbered(b)).count() <= 2
}

/// A title alone between blank lines: short, without a stop, its words with
/// capitals.
fn is_title(line: &str, width: usize) -> bool {
    let line = line.trim();
    if line.len() > 60 || line.len() * 10 > width * 7 || End::of(line) != End::Word {
        return false;
    }
    let (mut large, mut long) = (0, 0);
    for word in line.split_whitespace() {
        let first = word.chars().find(|c| c.is_alphanumeric());
        large += usize::from(first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()));
        long += usize::from(word.chars().count() > 3);
    }
    line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) && large > 0 && large >= long
}

fn is_capitals(line: &str) -> bool {
    let mut letters = 0;
    for c in line.chars() {
        if c.is_lowercase() {
            return false;
        }
        letters += usize::from(c.is_uppercase());
    }
    letters >= 3 && line.trim().len() <= 60
}
