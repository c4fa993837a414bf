//! Catchwords: the first word of the next page, printed in old books below the last
//! line of a page, often beside the signature of the sheet.

use descan_rules::Reason;
use descan_text::layout::Line;
use descan_text::level::Level;

use super::furniture::{Furniture, Kind, page_of};
use super::sheet::Sheet;
use super::signature;

/// How like the next page's first word a catchword must be, damage and all.
const ALIKE: f64 = 0.7;

/// How many pages must have one for a catchword to be certain.
const PATTERN: usize = 3;

/// Finds the catchwords among the last lines of pages; what is furniture of
/// another kind is in `found`.
pub(super) fn find(text: &str, lines: &[Line], sheets: &[Sheet], found: &mut Vec<Furniture>) {
    let taken: rustc_hash::FxHashSet<usize> = found.iter().map(|f| f.line).collect();
    let line = |index: usize| text[lines[index].text_start..lines[index].end].trim();
    let edge = |edge: &[usize]| edge.iter().copied().find(|i| !taken.contains(i));
    let mut marks: Vec<(usize, usize, &str)> = Vec::new();
    for (page, pair) in sheets.windows(2).enumerate() {
        let (Some(last), Some(next)) = (edge(&pair[0].foot), edge(&pair[1].top)) else { continue };
        // A page of one line is all text.
        if pair[0].foot.len() < 2 || pair[0].top.first() == Some(&last) {
            continue;
        }
        let word = line(next).split_whitespace().next().unwrap_or_default();
        if let Some(catchword) = catchword(line(last)).filter(|c| is_alike(c, word)) {
            marks.push((page, last, catchword));
        }
    }
    for &(page, line, word) in &marks {
        let level = if marks.len() >= PATTERN { Level::Certain } else { Level::Probable };
        let reasons = vec![
            page_of(page, sheets.len()),
            Reason::new(format!("the next page begins with {word}")),
            Reason::with("pages that end in the first word of the next", marks.len() as f64),
        ];
        found.push(Furniture { line, kind: Kind::Catchword, level, reasons });
    }
}

/// The word of a line that holds one word and perhaps a signature before it.
fn catchword(line: &str) -> Option<&str> {
    let (before, word) = line.rsplit_once(char::is_whitespace).unwrap_or(("", line));
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let fits = before.is_empty() || signature::letters(before.trim()).is_some();
    // What closes a sentence is speech that two pages share.
    let closed = word.ends_with(['.', '!', '?', '”', '"', '’']);
    (fits && !closed && (2..=16).contains(&letters)).then_some(word)
}

/// Whether two words are one but for damage and for what stands around them.
fn is_alike(a: &str, b: &str) -> bool {
    let bare =
        |word: &str| -> String { word.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase() };
    let (a, b) = (bare(a), bare(b));
    !a.is_empty() && (a == b || a.len() > 3 && strsim::normalized_levenshtein(&a, &b) >= ALIKE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn catchwords_with_signatures_and_damage() {
        assert_eq!(catchword("harbour"), Some("harbour"));
        assert_eq!(catchword("B 2   harbour"), Some("harbour"));
        assert_eq!(catchword("the harbour"), None);
        assert!(is_alike("harhour,", "harbour"));
        assert!(!is_alike("the", "then"));
    }
}
