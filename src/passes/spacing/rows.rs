//! The row of stars between two sections, read as letters: `OK OK`, `KOK`, `eke`.

use crate::finding::Reason;
use crate::level::Level;
use crate::pipeline::{Proposals, View};
use crate::text::flow::{End, Start};
use crate::text::layout::{Line, Region};

/// The row that is written where the document has none that was read right.
const ROW: &str = "* * *";
/// The most letters that such a row is read as.
const LETTERS: usize = 9;
/// The most words.
const WORDS: usize = 3;
/// A word that is more common than this may be meant.
const RARE: u8 = 9;

/// What a line that stands alone between two sections may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// A row as it was printed.
    Whole,
    /// Letters that look like stars and make no word.
    Letters,
}

/// Proposes the row of stars for what was read in its place: a line alone
/// between the end of a sentence and the start of another that has nothing but
/// the letters that engines take stars for, and no word.
///
/// The pass `lines` has mended the rows that keep a star or show a habit.
pub fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let lines = view.layout().lines();
    let found: Vec<(&Line, Reading)> = lines
        .iter()
        .enumerate()
        .filter(|(index, line)| line.end - line.text_start <= LETTERS + WORDS && stands_alone(text, lines, *index))
        .filter_map(|(_, line)| Some((line, read(view, text[line.span()].trim())?)))
        .collect();
    let count = |reading: Reading| found.iter().filter(|(_, r)| *r == reading).count() as f64;
    let row = found.iter().find(|(_, r)| *r == Reading::Whole).map_or(ROW, |(line, _)| text[line.span()].trim());
    for (line, _) in found.iter().filter(|(_, r)| *r == Reading::Letters) {
        let reasons = vec![
            Reason::new("no word, alone between two sections, in letters that stars are read as"),
            Reason::with("rows of stars in the document", count(Reading::Whole)),
            Reason::with("places that read like this one", count(Reading::Letters)),
        ];
        let end = line.text_start + text[line.text_start..line.end].trim_end().len();
        out.propose("star-row", Level::Certain, 0.985, line.text_start..end, row, reasons);
    }
}

/// Whether the line has a blank line on either side, a sentence that ends
/// before it, and one that begins after it.
fn stands_alone(text: &str, lines: &[Line], index: usize) -> bool {
    let prose = |at: usize| {
        let line = lines.get(at).filter(|l| !l.is_blank() && l.region == Region::Prose)?;
        Some(&text[line.span()])
    };
    let (Some(above), Some(below)) = (index.checked_sub(2), index.checked_add(2)) else {
        return false;
    };
    let alone = !lines[index].is_blank()
        && lines[index - 1].is_blank()
        && lines.get(index + 1).is_some_and(Line::is_blank)
        && !text[lines[index - 1].start..lines[index + 1].end].contains('\u{c}');
    alone
        && prose(above).is_some_and(|line| matches!(End::of(line), End::Sentence | End::Open))
        && prose(below).is_some_and(|line| matches!(Start::of(line), Start::Capital | Start::Quote))
}

/// Reads a line as a row of stars, if it can be one.
fn read(view: &View<'_>, line: &str) -> Option<Reading> {
    let words: Vec<&str> = line.split_whitespace().collect();
    if words.len() > 2 && words.iter().all(|word| *word == "*") {
        return Some(Reading::Whole);
    }
    if line.chars().all(|c| matches!(c, '*' | ' ')) {
        return None;
    }
    if words.len() > WORDS || line.chars().filter(|c| c.is_alphabetic()).count() > LETTERS {
        return None;
    }
    let looks_like = |word: &str| {
        let body = word.trim_end_matches(['.', '*', ':']);
        let lower = body.chars().all(|c| matches!(c, 'a' | 'e' | 'k' | 'n' | 'o' | 'r' | 't' | '3' | '*'));
        let upper = body.chars().all(|c| matches!(c, 'O' | 'K' | 'R' | '*'));
        lower || upper
    };
    if !words.iter().all(|word| looks_like(word)) {
        return None;
    }
    let entry = |word: &str| view.evidence().lexicon().lookup(&word.to_lowercase());
    let rare = |word: &str| entry(word).is_none_or(|e| e.commonness() < RARE || e.suspect());
    let shape = match words.as_slice() {
        // One word: `eke`, `kee`, `KOK`, never `OK` or `ten`.
        [word] => {
            let whole = word.chars().all(char::is_alphabetic) && word.contains(['e', 'k', 'K']);
            whole && (rare(word) || word.contains("KO")) && !word.eq_ignore_ascii_case("ok")
        }
        // Several: one of them is no word, or stars are left of it.
        words => words.iter().any(|word| word.contains(['K', 'k', '*']) || word.contains("ee") || rare(word)),
    };
    shape.then_some(Reading::Letters)
}
