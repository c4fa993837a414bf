//! Single letters and figures that stand for things: symbols, variables, the marks of notes.

use std::ops::Range;

use descan_text::token::{Token, floor, is_word_char, words};

use crate::pass::{Proposal, View};

/// How far around a capital other ones are looked for, in bytes.
const REACH: usize = 600;

/// Whether the figure at the end of a word may be the mark of a note: one behind a stop stands near by.
pub(super) fn is_note_mark(old: &str, span: &Range<usize>, view: &View<'_>) -> bool {
    let word = old.trim_end_matches(|c: char| c.is_ascii_digit());
    if word.len() + 1 != old.len() || word.len() < 3 || !word.chars().all(char::is_alphabetic) {
        return false;
    }
    let part = around(span, view.text(), NOTES);
    let is_mark = |four: &&[u8]| {
        four[0].is_ascii_lowercase()
            && matches!(four[1], b'.' | b',' | b';')
            && four[2].is_ascii_digit()
            && four[3].is_ascii_whitespace()
    };
    view.evidence().lexicon().is_word(word) && part.as_bytes().windows(4).any(|four| is_mark(&four))
}

/// How far from a place the marks of other notes are looked for, in bytes.
const NOTES: usize = 3000;

/// What a text of formulas has.
const EQUALS: &str = " = ";

/// The text around a place, as far as `reach`, in bytes.
pub(crate) fn around<'t>(span: &Range<usize>, text: &'t str, reach: usize) -> &'t str {
    &text[floor(text, span.start.saturating_sub(reach))..floor(text, span.end + reach)]
}

/// Whether a single capital, by itself or where there are formulas with one letter behind it, stands among others, as
/// figures, moves and formulae have them.
pub(super) fn is_symbol(old: &str, span: &Range<usize>, text: &str) -> bool {
    let mut chars = old.chars();
    let (Some(capital), None) = (chars.next(), chars.next()) else { return false };
    let part = around(span, text, REACH);
    let behind = text[span.end..].chars().take(2).take_while(|&c| is_word_char(c)).count();
    if !capital.is_ascii_uppercase() || behind == 2 || behind == 1 && !part.contains(EQUALS) {
        return false;
    }
    words(part).any(|token| {
        let word = token.text(part);
        let single = word.len() == 1 && word.starts_with(|c: char| c.is_ascii_uppercase());
        // I and O are words of a sentence, A begins one, and an initial has its full stop.
        let is_other = single && !word.starts_with([capital, 'A', 'I', 'O']);
        is_other && !is_initial(&part[token.span().end..])
    })
}

/// Whether a single letter stands among others where there are formulas, or a blank beside one goes: `l is the line
/// through m and n`.
pub(super) fn is_variable(proposal: &Proposal, text: &str) -> bool {
    let span = &proposal.span;
    let old = &text[span.clone()];
    let (before, behind) = (&text[floor(text, span.start.saturating_sub(2))..span.start], &text[span.end..]);
    let behind = &behind[..floor(behind, 2)];
    let left = &before[before.trim_end_matches(is_word_char).len()..];
    let right = &behind[..behind.find(|c| !is_word_char(c)).unwrap_or(behind.len())];
    let is_one = |word: &str| word.len() == 1 && word.bytes().all(|b| b.is_ascii_lowercase());
    let is_single = |word: &str| word.len() == 1 && word.bytes().all(|b| b.is_ascii_alphabetic());
    let is_alone = old.len() == 1
        && old.bytes().all(|b| b.is_ascii_alphanumeric())
        && left.is_empty()
        && right.is_empty()
        && !text[span.end..].starts_with(['\'', '’']);
    // `that' s`: a short form is in two pieces.
    let is_short = |before: &str| before.trim_end().ends_with(['\'', '’']);
    let is_beside = || old == " " && !is_short(before) && (is_one(left) || is_one(right));
    if !is_alone && !is_beside() {
        return false;
    }
    // `with l = len(s)`, and `by III. 1`.
    let is_assigned = text[span.end..].starts_with(EQUALS) || text[..span.start].ends_with(EQUALS);
    if is_alone && (is_assigned || is_part_of_reference(old, &text[..span.start])) {
        return true;
    }
    let part = around(span, text, REACH);
    if !part.contains(EQUALS) {
        return false;
    }
    let is_letter = |token: &Token| {
        let word = token.text(part);
        let (before, behind) = (&part[..token.span().start], &part[token.span().end..]);
        // A, I and O are words or may be.
        is_single(word)
            && !"aioAIO".contains(word)
            && ![old, left, right].contains(&word)
            && before.ends_with([' ', '\n', '('])
            && !is_short(before)
            && behind.starts_with([' ', ',', ')', '\n'])
    };
    words(part).filter(is_letter).count() >= VARIABLES
}

/// Whether a figure, or what is read for one, stands behind a Roman numeral with a full stop: `by III. 1`.
fn is_part_of_reference(old: &str, before: &str) -> bool {
    let Some(before) = before.strip_suffix(". ") else { return false };
    let numeral = &before[before.trim_end_matches(is_word_char).len()..];
    matches!(old, "1" | "l") && numeral.len() > 1 && numeral.bytes().all(|byte| b"IVXLC".contains(&byte))
}

/// Whether a small Roman numeral stands among others: `i., ii. and iii.`.
pub(super) fn is_numeral_among_others(proposal: &Proposal, text: &str) -> bool {
    let old = &text[proposal.span.clone()];
    if !is_small_numeral(old) || proposal.text.chars().all(|c| "ivxlc".contains(c)) {
        return false;
    }
    let part = around(&proposal.span, text, NUMERALS);
    words(part).any(|token| {
        let (word, behind) = (token.text(part), &part[token.span().end..]);
        word != old && is_small_numeral(word) && behind.starts_with(['.', ',', ';', ':', ')'])
    })
}

/// Whether a word is a Roman numeral in small letters, two at least.
fn is_small_numeral(word: &str) -> bool {
    let ones = word.trim_start_matches(['x', 'l', 'c']);
    word.len() > 1 && matches!(ones, "" | "i" | "ii" | "iii" | "iv" | "v" | "vi" | "vii" | "viii" | "ix")
}

/// How far around a numeral others are looked for, in bytes.
const NUMERALS: usize = 120;

/// So many other single letters near one show that the text speaks of lines, points or numbers.
const VARIABLES: usize = 2;

/// Whether what is behind a single capital makes an initial of it, or a part of a word.
fn is_initial(behind: &str) -> bool {
    let name = behind.strip_prefix('.').map(|rest| rest.strip_prefix(' ').unwrap_or(rest));
    name.is_some_and(|name| name.starts_with(|c: char| c.is_alphanumeric() || c == ','))
        || behind.starts_with(['\'', '’'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_among_capitals_is_a_symbol() {
        let text = "from the corner P to the corner Q, and back to P again";
        let at = text.find('P').expect("it has one");
        assert!(is_symbol("P", &(at..at + 1), text));
        let text = "and J think that J. M. Dace was there";
        let at = text.find('J').expect("it has one");
        assert!(!is_symbol("J", &(at..at + 1), text));
    }
}
