//! Repairs that are refused: of digits, negations, bars and strokes, tags and code.

use std::ops::Range;

use descan_lang::words::WordList;
use descan_text::layout::Region;
use descan_text::token::{is_word_char, without_blanks, words};

use crate::difference::difference;
use crate::evidence::vocabulary::fold;
use crate::pass::{Proposal, View};

/// The line on which a place begins.
fn line_of<'v>(span: &Range<usize>, view: &'v View<'_>) -> &'v str {
    let layout = view.layout();
    let line = layout.lines()[layout.line_at(span.start)];
    &view.text()[line.start..line.end]
}

/// Whether digits go and nothing comes for them: `Power4` for `Power`.
pub(super) fn drops_digit(old: &str, new: &str) -> bool {
    if !old.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let (gone, come) = difference(old, new);
    let digits = gone.chars().filter(char::is_ascii_digit).count();
    digits > 0 && come.chars().filter(|c| c.is_alphanumeric()).count() < digits
}

/// Whether a word would say the opposite: `unlit` for `lit`, `now` for `not`.
pub(super) fn reverses(old: &str, new: &str, view: &View<'_>) -> bool {
    let lists = view.lists();
    let (old, new) = (fold(old), fold(new));
    if old == new || !old.chars().chain(new.chars()).all(|c| is_word_char(c) || c == '\'') {
        return false;
    }
    let lexicon = view.evidence().lexicon();
    let negates = |word: &str| lists.has(WordList::Negations, word) || word.ends_with("n't");
    let same_letters = old.replace('\'', "") == new.replace('\'', "");
    if negates(&old) != negates(&new) && !same_letters && lexicon.is_word(&old) {
        return true;
    }
    let (longer, shorter) = if old.len() > new.len() { (&old, &new) } else { (&new, &old) };
    let affix = longer.strip_suffix(shorter.as_str()).map(|prefix| (WordList::NegatingPrefixes, prefix));
    let affix = affix.or_else(|| longer.strip_prefix(shorter.as_str()).map(|end| (WordList::NegatingEndings, end)));
    affix.is_some_and(|(list, affix)| lists.has(list, affix))
}

/// Whether a bar parts the cells of a table or the commands of a line.
pub(super) fn is_bar(old: &str, span: &Range<usize>, view: &View<'_>) -> bool {
    if old != "|" {
        return false;
    }
    let line = line_of(span, view);
    let indented = line.starts_with("    ") || line.starts_with('\t');
    let cells = line.trim().len() > 1 && line.trim_start().starts_with('|') && line.trim_end().ends_with('|');
    indented || cells || view.layout().region_at(span.start) == Region::Code
}

/// Whether a place lies inside a tag or an address: `#rainagain`, `@millhouse`,
/// `www.millhouse`. An address has no blank, and one that goes was never part of it.
pub(super) fn is_tag(span: &Range<usize>, text: &str) -> bool {
    let around = without_blanks(text, span);
    let before = &text[around.start..span.start];
    let word = before.trim_start_matches(['“', '"', '(', '‘', '\'']);
    (word.starts_with(['#', '@']) && word.len() < LONGEST_TAG)
        || word.contains("://")
        || text[around.start..around.end].starts_with("www.") && !text[span.clone()].contains(' ')
}

/// The longest tag, in bytes.
const LONGEST_TAG: usize = 60;

/// Whether a place lies inside a word between back-ticks, as text with mark-up writes code: `of_the`.
pub(super) fn is_between_back_ticks(span: &Range<usize>, text: &str) -> bool {
    let around = without_blanks(text, span);
    let (before, behind) = (&text[around.start..span.start], &text[span.end..around.end]);
    let opened = before.trim_start_matches(['“', '"', '(', '*', '_']);
    opened.starts_with('`') && !opened.starts_with("``") && behind.matches('`').count() == 1
}

/// Whether the blank goes that mails have behind the two hyphens above a signature.
pub(super) fn is_of_signature(old: &str, span: &Range<usize>, text: &str) -> bool {
    old == " " && text[..span.start].ends_with("\n--") && text[span.end..].starts_with('\n')
}

/// Whether a stroke stands on a line that has no word: a drawing made of marks.
pub(super) fn is_stroke_of_drawing(old: &str, span: &Range<usize>, view: &View<'_>) -> bool {
    if !matches!(old, "/" | "\\" | "|" | "(" | ")" | "[" | "]") {
        return false;
    }
    let line = line_of(span, view);
    !words(line).any(|token| token.text(line).chars().filter(|c| c.is_alphabetic()).count() > 1)
}

/// Whether a blank goes from between two like words, `na na`, or parts a word into two like ones, `Thethe`, in a text
/// that shows no bad scan.
pub(super) fn makes_twins(proposal: &Proposal, view: &View<'_>) -> bool {
    let text = view.text();
    if view.evidence().is_damaged() {
        return false;
    }
    let Range { start, end } = proposal.span;
    let new = &proposal.text;
    if text[start..end].trim().is_empty() && new.is_empty() {
        let (before, behind) = (&text[..start], &text[end..]);
        let left = &before[before.trim_end_matches(is_word_char).len()..];
        let right = &behind[..behind.find(|c| !is_word_char(c)).unwrap_or(behind.len())];
        return !left.is_empty() && fold(left) == fold(right);
    }
    let is_parted = proposal.is_of_words() && !text[start..end].contains(' ');
    is_parted && new.split_once(' ').is_some_and(|(left, right)| !left.is_empty() && fold(left) == fold(right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_may_be_misread_letters_and_are_never_dropped() {
        for (old, new) in [("October7", "October"), ("Power4", "Power"), ("user1", "use"), ("17 men", "men")] {
            assert!(drops_digit(old, new), "{old} {new}");
        }
        for (old, new) in
            [("1ight", "light"), ("wh6", "who"), ("8ydnoy", "Sydney"), ("you1l", "you’ll"), ("May5", "May 5")]
        {
            assert!(!drops_digit(old, new), "{old} {new}");
        }
    }

    #[test]
    fn tags_and_addresses_are_no_words() {
        let is_tag_at = |text: &str, word: &str| {
            let at = text.find(word).expect("it has it");
            is_tag(&(at..at + word.len()), text)
        };
        assert!(is_tag_at("her tag was “#rainagain” then", "rainagain"));
        assert!(is_tag_at("see www.thebarn.example for it", "thebarn"));
        assert!(!is_tag_at("he said rainagain and left", "rainagain"));
    }
}
