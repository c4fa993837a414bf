//! Chooses the places of a text that are worth judging.

use std::ops::Range;

use descan_lang::entry::Trust;
use descan_lang::words::{WordList, WordLists};
use descan_text::bytes::ByteSet;
use descan_text::case::Shape;
use descan_text::token::{Token, is_apostrophe, is_word_char};

use crate::evidence::vocabulary::Vocabulary;

use super::partings::LONGEST;

/// Whether a word is open to every reading: unknown, rare or suspect, and of a
/// form that a lexicon could have.
pub fn is_open(vocabulary: &Vocabulary, word: &str) -> bool {
    let mut letters = 0;
    let mut capitals = 0;
    let mut digits = 0;
    for c in word.chars() {
        if c.is_ascii_digit() {
            digits += 1;
        } else {
            letters += 1;
            capitals += usize::from(c.is_uppercase());
        }
    }
    let shouted = capitals > 1 && capitals == letters;
    let number = digits > 0 && (letters == 0 || word.starts_with(|c: char| c.is_ascii_digit()) && letters <= 2);
    if letters <= digits || letters + digits < 2 || shouted || number || word.len() > LONGEST {
        return false;
    }
    vocabulary.entry(word).is_none_or(|e| e.usually_misread() || e.trust() != Trust::Trusted || !e.fits_case(word))
}

/// The words of a garbled text that have marks for letters: runs of letters and of marks that no
/// writer puts into or at a word (`wh»n`, `«oap`), in the order of the text.
pub fn garbled_runs(text: &str) -> Vec<Token> {
    let is_in_run = |c: char| is_word_char(c) || is_apostrophe(c) || is_strange(c);
    let mut runs = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, is_in_run(c)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                start = None;
                let run = text[from..at].trim_end_matches(is_apostrophe);
                let trimmed = run.trim_start_matches(is_apostrophe);
                let from = from + run.len() - trimmed.len();
                if is_run(trimmed) {
                    runs.push(Token { start: from as u32, end: (from + trimmed.len()) as u32 });
                }
            }
            _ => {}
        }
    }
    runs
}

/// Marks that engines write for letters they cannot read. Underscores and stars are left out, which
/// writers put around words and in them.
fn is_strange(c: char) -> bool {
    matches!(
        c,
        '«' | '»'
            | '~'
            | '^'
            | '|'
            | '\\'
            | '<'
            | '>'
            | '{'
            | '}'
            | '§'
            | '¿'
            | '¡'
            | '•'
            | '■'
            | '¬'
            | '¦'
            | '±'
            | '¶'
    )
}

fn is_run(run: &str) -> bool {
    let (mut letters, mut strange, mut digits) = (0, 0, 0);
    for c in run.chars() {
        letters += usize::from(c.is_alphabetic());
        digits += usize::from(c.is_ascii_digit());
        strange += usize::from(is_strange(c));
    }
    strange > 0 && letters >= 2 && letters > strange + digits && letters + strange <= LONGEST_RUN
}

/// The longest run that may be a word, in code points.
const LONGEST_RUN: usize = 20;

/// Whether a known word is of a form that is worth doubting.
pub fn is_word_to_doubt(word: &str) -> bool {
    word.len() >= 2 && word.len() <= 20 && Shape::of(word) != Shape::Other && word.bytes().all(|b| !b.is_ascii_digit())
}

/// The characters that the pronoun is read as.
const LONE: ByteSet = ByteSet::of(b"|[]1l!/TFPfJL{}\\");

/// The single characters of a text that may stand for the pronoun I: each with
/// the contraction behind it, if there is one.
pub fn lone_characters<'t>(text: &'t str, lists: &WordLists) -> Vec<(Range<usize>, &'t str)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for at in LONE.places(bytes) {
        let byte = bytes[at];
        if at > 0 && bytes[at - 1].is_ascii_alphanumeric() {
            continue;
        }
        let before = text[..at].chars().next_back();
        let free = before.is_none_or(|c| c.is_whitespace() || matches!(c, '“' | '"' | '‘' | '—' | '('));
        if !free {
            continue;
        }
        let rest = &text[at + 1..];
        let behind = ["’ll", "’m", "’d", "’ve", "'ll", "'m", "'d", "'ve"]
            .into_iter()
            .find(|b| rest.starts_with(b) && !rest[b.len()..].starts_with(is_word_char))
            .map_or("", |b| &rest[..b.len()]);
        let end = rest[behind.len()..].chars().next();
        let comma = matches!(byte, b'|' | b'[');
        if byte == b'1' && near_a_number(bytes, at) || byte.is_ascii_alphanumeric() && is_initial(text, at, lists) {
            continue;
        }
        if !behind.is_empty()
            || end.is_some_and(|c| matches!(c, ' ' | '\n' | '?' | '—') || comma && matches!(c, ',' | '.' | ';'))
        {
            found.push((at..at + 1, behind));
        }
    }
    found
}

/// Whether a lone letter (or a one) stands where initials do: before a name, or
/// behind a title or another initial.
fn is_initial(text: &str, at: usize, lists: &WordLists) -> bool {
    let after = text[at + 1..].trim_start_matches([' ', '\n']);
    let before = text[..at].trim_end_matches([' ', '\n', '.', ',']);
    let title = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    after.starts_with(char::is_uppercase)
        || title.ends_with(|c: char| c.is_ascii_digit())
        || title.chars().count() == 1 && title.starts_with(char::is_uppercase) && title != "I"
        || lists.has(WordList::BeforeInitials, title)
}

/// Whether a one stands among numbers, or alone on its line as page numbers do.
fn near_a_number(bytes: &[u8], at: usize) -> bool {
    let before = &bytes[at.saturating_sub(24)..at];
    let after = &bytes[at + 1..(at + 25).min(bytes.len())];
    let line_before = before.iter().rev().take_while(|b| **b != b'\n').all(u8::is_ascii_whitespace);
    let line_after = after.iter().take_while(|b| **b != b'\n').all(u8::is_ascii_whitespace);
    line_before && line_after || before.iter().chain(after).any(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_letters_and_strange_marks() {
        let runs = |text: &'static str| garbled_runs(text).into_iter().map(|run| run.text(text)).collect::<Vec<_>>();
        assert_eq!(runs("The wh»n and «oap, the prison~r’s."), ["wh»n", "«oap", "prison~r’s"]);
        assert!(runs("A f*** and _one_ | two, £5 and « x » or a->b.").is_empty());
    }
}
