//! Scene breaks that the engine read as noise.
//!
//! Asterisks between two scenes come out as `OK OK`, `oe ok 3k`, `kee`, `* ok` or
//! `< +`. A line by itself between two paragraphs is a scene break if it contains
//! only letters that asterisks are misread as, and no word. Other signs may be
//! anything; if a document has several such lines, they are its scene breaks.

use descan_rules::{Reason, RuleId};
use descan_text::flow::{End, Start};
use descan_text::layout::{Line, Region};
use descan_text::level::Level;
use rustc_hash::FxHashSet;

use crate::pass::{Proposals, View};

/// How many breaks a document must show for one to be certain.
const PATTERN: usize = 2;
/// The row that is written where the document has none that was read right.
const ROW: &str = "* * *";
/// The most letters that a row is read as, and the most words.
const LETTERS: usize = 9;
const WORDS: usize = 3;
/// The most bytes of a line that may be a row.
const LONGEST: usize = 12;
/// A word that is more common than this may be meant.
const RARE: u8 = 9;

/// Ornaments that a font or an engine has in place of asterisks.
const ORNAMENTS: &str = "♦◆♣♠♥❖✦✧✶✱•●■□¤°·";

/// A line alone between paragraphs.
struct Candidate {
    line: usize,
    reading: Reading,
}

/// How a line reads as a scene break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// It is one: `* * *`.
    Whole,
    /// Letters that look like stars and make no word.
    Letters,
    /// Two tokens at least that are read for asterisks.
    Noise,
    /// One of them, and letters besides.
    Mixed,
    /// Like ornaments: rows of them may be the document's own.
    Ornaments,
}

/// Proposes to write scene breaks as the document writes its whole ones.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let lines = view.layout().lines();
    let candidates: Vec<Candidate> = (0..lines.len())
        .filter(|&line| lines[line].end - lines[line].text_start <= LONGEST && !lines[line].is_blank())
        .filter_map(|line| {
            let reading = Reading::of(view, text[lines[line].span()].trim())?;
            stands_between(text, lines, line, reading).then_some(Candidate { line, reading })
        })
        .collect();
    let shown = candidates.iter().filter(|c| !matches!(c.reading, Reading::Mixed | Reading::Ornaments)).count();
    if shown == 0 {
        return;
    }
    let body = |c: &Candidate| text[lines[c.line].span()].trim();
    let whole = candidates.iter().find(|c| c.reading == Reading::Whole).map_or(ROW, body);
    let wholes = candidates.iter().filter(|c| c.reading == Reading::Whole).count();
    let ornaments = candidates.iter().filter(|c| c.reading == Reading::Ornaments).count();
    // `A`, `D`, `K`: the headings of an index.
    let letters = lines.iter().map(|line| text[line.span()].trim()).filter(|&line| is_letter(line));
    let letters: FxHashSet<&str> = letters.collect();
    for c in candidates.iter().filter(|c| c.reading != Reading::Whole) {
        if is_letter(body(c)) && letters.len() > 1 {
            continue;
        }
        // A document that has rows of both kinds, as many of either, means both.
        let is_as_long = || body(c).split_whitespace().count() == whole.split_whitespace().count();
        if c.reading == Reading::Ornaments && (ornaments >= wholes || !is_as_long()) {
            continue;
        }
        let sure = shown >= PATTERN || c.reading == Reading::Letters;
        let level = if sure { Level::Certain } else { Level::Probable };
        let reasons = vec![
            Reason::new("alone between two paragraphs, of signs read for asterisks"),
            Reason::with("scene breaks in the document, whole or read so", shown as f64),
        ];
        let line = &lines[c.line];
        let span = line.text_start..line.text_start + body(c).len();
        out.propose(RuleId::MISREAD_SCENE_BREAK, level, span, set_apart(whole, lines, c.line), reasons);
    }
}

/// Whether a line is one letter and nothing else.
fn is_letter(line: &str) -> bool {
    let mut chars = line.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// A row with blank lines on both sides, if it has one on either.
fn set_apart(row: &str, lines: &[Line], index: usize) -> String {
    let (above, below) = (lines[index - 1].is_blank(), lines[index + 1].is_blank());
    let newline = |wanted: bool| if wanted { "\n" } else { "" };
    format!("{}{row}{}", newline(below && !above), newline(above && !below))
}

impl Reading {
    fn of(view: &View<'_>, line: &str) -> Option<Reading> {
        let frequency = |word: &str| {
            let entry = view.evidence().lexicon().lookup(&word.to_lowercase());
            entry.filter(|e| !e.usually_misread()).map_or(0, |e| e.log2_frequency())
        };
        if are_letters_for_stars(line, frequency) {
            return Some(Reading::Letters);
        }
        Reading::of_signs(line)
    }

    fn of_signs(line: &str) -> Option<Reading> {
        let tokens: Vec<&str> = line.split_whitespace().collect();
        if tokens.len() >= 3 && tokens.iter().all(|t| *t == "*") || matches!(line, "***" | "*****") {
            return Some(Reading::Whole);
        }
        let is_ornament = |t: &str| t.chars().count() == 1 && ORNAMENTS.contains(t);
        if tokens.len() >= 3 && is_ornament(tokens[0]) && tokens.iter().all(|t| *t == tokens[0]) {
            return Some(Reading::Ornaments);
        }
        let stars = tokens.iter().filter(|t| is_read_for_star(t)).count();
        let short = tokens.iter().all(|t| t.chars().count() <= 3);
        let marked = line.contains(['*', '+', '<']);
        match tokens.len() {
            1 if marked && stars == 1 && line.len() >= 2 => Some(Reading::Noise),
            2..=4 if stars == tokens.len() || short && stars >= 2 => Some(Reading::Noise),
            2..=4 if stars > 0 && short => Some(Reading::Mixed),
            _ => None,
        }
    }
}

/// Whether a token is an asterisk, several, or what engines read for one.
fn is_read_for_star(token: &str) -> bool {
    let marks =
        |t: &str| t.chars().count() <= 3 && t.chars().all(|c| matches!(c, '*' | '+' | '<' | '>' | '«' | '»' | '×'));
    marks(token) || matches!(token, "ok" | "OK" | "Ok" | "oK" | "3k" | "xk" | "ek" | "%" | "#" | "x")
}

/// Whether a line has only letters that stars are read as, and no word.
fn are_letters_for_stars(line: &str, frequency: impl Fn(&str) -> u8) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    if words.len() > WORDS
        || line.chars().filter(|c| c.is_alphabetic()).count() > LETTERS
        || !line.contains(char::is_alphanumeric)
    {
        return false;
    }
    let looks_like = |word: &&str| {
        let body = word.trim_end_matches(['.', '*', ':']);
        let lower = body.chars().all(|c| matches!(c, 'a' | 'e' | 'k' | 'n' | 'o' | 'r' | 't' | '3' | '*'));
        let upper = body.chars().all(|c| matches!(c, 'O' | 'K' | 'R' | '*'));
        lower || upper
    };
    let rare = |word: &str| frequency(word) < RARE;
    match words.as_slice() {
        words if !words.iter().all(looks_like) => false,
        // One word: `eke`, `kee`, `KOK`, never `OK` or `ten`.
        [word] => {
            let whole = word.chars().all(char::is_alphabetic) && word.contains(['e', 'k', 'K']);
            whole && (rare(word) || word.contains("KO")) && !word.eq_ignore_ascii_case("ok")
        }
        // Several: one of them is no word, or stars are left of it.
        words => words.iter().any(|word| word.contains(['K', 'k', '*']) || word.contains("ee") || rare(word)),
    }
}

/// Whether a line stands alone where one paragraph has ended and another begins.
fn stands_between(text: &str, lines: &[Line], index: usize, reading: Reading) -> bool {
    let (Some(above), Some(below)) = (index.checked_sub(1).and_then(|i| lines.get(i)), lines.get(index + 1)) else {
        return false;
    };
    // A row that has a star left of it needs no blank lines, outside lists.
    let row = text[lines[index].span()].trim();
    let is_item = |line: &Line| text[line.span()].trim_start().starts_with(['*', '-', '•']);
    let starred = reading == Reading::Letters && row.contains('*') && !is_item(above) && !is_item(below);
    if !(starred || above.is_blank() && below.is_blank()) {
        return false;
    }
    let near = |i: &usize| !lines[*i].is_blank();
    let before = (index.saturating_sub(4)..index).rev().find(near);
    let after = (index + 1..lines.len().min(index + 5)).find(near);
    let (Some(before), Some(after)) = (before, after) else { return false };
    // Letters may be a name or an answer on a list; prose has none by itself.
    let prose = lines[before].region == Region::Prose && lines[after].region == Region::Prose;
    let letters = reading == Reading::Letters;
    let (before, after) = (text[lines[before].span()].trim(), text[lines[after].span()].trim());
    // What is left of the row may stand before the next line.
    let after = if starred { after.strip_prefix(": ").unwrap_or(after) } else { after };
    let ends = End::of(before) == End::Sentence || letters && End::of(before) == End::Open;
    ends && (prose || !letters)
        && (letters || before.len() > LONGEST && after.len() > LONGEST)
        && matches!(Start::of(after), Start::Capital | Start::Quote)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_for_asterisks() {
        for (line, reading) in [
            ("* * *", Some(Reading::Whole)),
            ("OK OK", Some(Reading::Noise)),
            ("< +", Some(Reading::Noise)),
            ("**", Some(Reading::Noise)),
            ("oe ok 3k", Some(Reading::Noise)),
            ("ae OK a", Some(Reading::Mixed)),
            ("OK", None),
            ("it is", None),
            ("“Oh?”", None),
            ("♦ ♦ ♦", Some(Reading::Ornaments)),
            ("♦ ● ♦", None),
        ] {
            assert_eq!(Reading::of_signs(line), reading, "{line}");
        }
    }

    #[test]
    fn letters_that_stars_are_read_as() {
        let frequency = |word: &str| if matches!(word, "ten" | "note" | "OK") { 14 } else { 0 };
        for (line, is) in [
            ("OK OK", true),
            ("kee", true),
            ("KOK", true),
            ("eke.", false),
            ("OK", false),
            ("ten", false),
            ("* * *", false),
        ] {
            assert_eq!(are_letters_for_stars(line, frequency), is, "{line}");
        }
    }
}
