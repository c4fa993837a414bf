//! A blank lost behind a mark.

use crate::finding::Reason;
use crate::level::Level;
use crate::pipeline::{Proposals, View};
use crate::text::token::without_blanks;

/// Proposes a blank between a mark and the word behind it.
///
/// Both sides must be words by themselves: addresses, abbreviations, times,
/// numbers and code have something else on one side.
pub fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    for (_, left, right) in view.marked_pairs() {
        let (left, right) = (left.span(), right.span());
        let gap = &text[left.end..right.start];
        if gap.is_empty() || gap.len() > 8 || gap.contains(char::is_whitespace) {
            continue;
        }
        let capital = text[right.clone()].starts_with(char::is_uppercase);
        let split = match gap {
            "," | ";" => 1,
            "?" | "!" if capital => 1,
            "." if capital && text[left.clone()].chars().all(char::is_lowercase) => 1,
            ".“" | "!“" | "?“" | ",“" => 1,
            ".”" | "!”" | "?”" | ",”" => gap.len(),
            _ => continue,
        };
        let (before, after) = (&text[left.clone()], &text[right.clone()]);
        let lexicon = view.evidence().lexicon();
        let is_word = |word: &str| {
            word.chars().count() >= 2
                && word.chars().all(|c| c.is_alphabetic() || matches!(c, '’' | '\''))
                && lexicon.is_word(word)
        };
        if !is_word(before)
            || !is_word(after)
            || !view.layout().region_at(left.start).is_running()
            || in_address(text, left.start, right.end)
        {
            continue;
        }
        // A full stop between words may be a speck where a blank was.
        let level = if gap == "." { Level::Probable } else { Level::Certain };
        let at = left.end + split;
        let reasons = vec![Reason::new("two words with a mark and no blank between them")];
        out.propose("lost-blank", level, 0.99, at..at, " ", reasons);
    }
}

/// Whether the run without blanks around the place has marks of an address, a
/// path, a list without blanks, or code.
fn in_address(text: &str, start: usize, end: usize) -> bool {
    let run = &text[without_blanks(text, &(start..end))];
    run.contains(['/', '\\', '@', '=', '<', '>', '{', '}', '|', '_', '#', '&', '+'])
        || run.contains(|c: char| c.is_ascii_digit())
        || run.starts_with("www.")
        || run.matches(',').count() + run.matches(';').count() > 2
}
