//! Text in one single-byte code page that was decoded as another.
//!
//! Nothing in the bytes says so, but the punctuation does: letters appear where only
//! apostrophes and closing quotes can be, `donít`, `ìNo,î he said`.

use std::ops::Range;

use descan_rules::{Reason, RuleId};
use descan_text::level::Level;

use super::code_page::CodePage;
use super::mojibake::is_expected;
use crate::pass::Proposals;

/// So many places where a letter can only be a mark show the wrong code page.
const SUPPORT: usize = 3;
/// The first byte in UTF-8 of all letters that the marks are read as.
const LEAD: u8 = 0xc3;
/// The code pages that texts were written in, and those that they are read in.
const MEANT: [&str; 2] = ["Windows-1252", "Mac Roman"];
const READ: [&str; 4] = ["Windows-1252", "Mac Roman", "code page 437", "code page 850"];

/// A code page, and the one that it was taken for.
#[derive(Clone, Copy)]
struct Mistake {
    meant: &'static CodePage,
    read: &'static CodePage,
}

/// Proposes to read the characters outside ASCII in the code page that makes
/// marks of them. Lines that have sound quotes are left.
pub(super) fn run(text: &str, out: &mut Proposals<'_>) {
    let places: Vec<usize> = memchr::memchr_iter(LEAD, text.as_bytes()).collect();
    if places.len() < SUPPORT {
        return;
    }
    // Of code pages that show the same places, that which has more of the letters.
    let letters = |mistake: Mistake| {
        places.iter().filter_map(|&at| text[at..].chars().next()).filter(|&c| mistake.undo(c).is_some()).count()
    };
    let best = mistakes()
        .map(|mistake| (mistake, places.iter().filter(|&&at| mistake.is_shown(text, at)).count()))
        .filter(|(_, shown)| *shown >= SUPPORT)
        .map(|(mistake, shown)| (mistake, shown, letters(mistake)))
        .reduce(|best, next| if (next.1, next.2) > (best.1, best.2) { next } else { best });
    let Some((mistake, shown, _)) = best else {
        return;
    };
    let lines: Vec<Range<usize>> = lines(text).filter(|line| !text[line.clone()].is_ascii()).collect();
    let any_sound = lines.iter().any(|line| has_quotes(&text[line.clone()]));
    for line in lines {
        let body = &text[line.clone()];
        let readable = body.chars().all(|c| c.is_ascii() || mistake.undo(c).is_some());
        let here = || memchr::memchr_iter(LEAD, body.as_bytes()).any(|at| mistake.is_shown(text, line.start + at));
        if has_quotes(body) || !readable || any_sound && !here() {
            continue;
        }
        for run in foreign(body) {
            let meant: String = body[run.clone()].chars().filter_map(|c| mistake.undo(c)).collect();
            let reasons = vec![
                Reason::new(format!("{} read as {}", mistake.meant.name, mistake.read.name)),
                Reason::with("letters of the document that can only be marks", shown as f64),
            ];
            let span = line.start + run.start..line.start + run.end;
            out.propose(RuleId::WRONG_CODE_PAGE, Level::Certain, span, meant, reasons);
        }
    }
}

fn mistakes() -> impl Iterator<Item = Mistake> {
    let page = |name: &'static str| CodePage::all().iter().find(move |page| page.name == name);
    MEANT.into_iter().flat_map(move |meant| {
        READ.into_iter()
            .filter(move |read| *read != meant)
            .filter_map(move |read| Some(Mistake { meant: page(meant)?, read: page(read)? }))
    })
}

impl Mistake {
    /// What a character outside ASCII was, if English text has it.
    fn undo(self, c: char) -> Option<char> {
        self.meant.decode(self.read.byte(c)?).filter(|&c| is_expected(c))
    }

    /// Whether the character at `at` can only be an apostrophe or a closing quote,
    /// and is one in the code page that was meant.
    fn is_shown(self, text: &str, at: usize) -> bool {
        let Some(c) = text[at..].chars().next() else {
            return false;
        };
        let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
        let ends = |rest: &str| rest.chars().next().is_none_or(|c| c.is_whitespace());
        match self.undo(c) {
            Some('’') => {
                let word = |ends: &[&str]| {
                    let letters = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
                    ends.contains(&&after[..letters])
                };
                let first = before.strip_suffix('I').is_some_and(|b| !b.ends_with(char::is_alphanumeric));
                before.ends_with('n') && word(&["t"]) || first && word(&["m", "ll", "ve", "d"])
            }
            Some('”') => before.ends_with(['.', ',', '!', '?']) && ends(after),
            _ => false,
        }
    }
}

/// Whether a line has a double quote beyond ASCII where one belongs. Other marks
/// may be letters of the code page that was meant.
fn has_quotes(line: &str) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let around = |at: usize, c: char| (line[..at].chars().next_back(), line[at + c.len_utf8()..].chars().next());
    line.char_indices().filter(|(_, c)| matches!(c, '“' | '”')).any(|(at, c)| {
        let (before, after) = around(at, c);
        match c {
            '“' => blank(before) && word(after),
            _ => matches!(before, Some('.' | ',' | '!' | '?')) && blank(after),
        }
    })
}

/// The lines of a text, without their ends.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split('\n').map(move |line| {
        let span = start..start + line.len();
        start = span.end + 1;
        span
    })
}

/// The runs of characters outside ASCII.
fn foreign(line: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, c) in line.char_indices().filter(|(_, c)| !c.is_ascii()) {
        match runs.last_mut().filter(|run| run.end == at) {
            Some(run) => run.end = at + c.len_utf8(),
            None => runs.push(at..at + c.len_utf8()),
        }
    }
    runs
}
