//! Terms: the units that the n-gram model counts, and how to find them in a text.
//!
//! A term is a word of [`descan_text::token`] in lower case with a straight apostrophe,
//! [`NUMBER`] for a word of digits only, or the class of the punctuation between two
//! words. Quotation marks are not terms: scans lose and double them.

use std::ops::Range;

use descan_text::token::{floor, is_apostrophe, is_word_char};

/// The term for every number.
pub const NUMBER: &str = "<n>";

/// The term for the end of a sentence: `. ! ?`, a blank line, either end of the text.
pub const SENTENCE_END: &str = ".";

/// A term as the model knows it: a hash of its folded spelling.
///
/// Two different terms share a hash once in 2⁶⁴ pairs, which is assumed never to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TermHash(pub u64);

/// The terms next to a place of a text, nearest last on the left and nearest first on the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    /// The two terms before the place: `left[1]` touches it.
    pub left: [TermHash; 2],
    /// The two terms after the place: `right[0]` touches it.
    pub right: [TermHash; 2],
}

/// The class of the text between two words.
///
/// If there are several marks, the strongest decides: the last in the order of the variants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Spaces, quotation marks, and anything without a class of its own.
    Space,
    /// A hyphen.
    Hyphen,
    /// A comma.
    Comma,
    /// A round or square bracket, either way.
    Bracket,
    /// A dash or an ellipsis, in one character or several.
    Dash,
    /// A colon or semicolon.
    Colon,
    /// The end of a sentence.
    SentenceEnd,
}

impl Gap {
    /// The class of the text between two words.
    pub fn of(between: &str) -> Gap {
        let mut class = Gap::Space;
        let mut before = '\0';
        let mut lines = 0;
        for c in between.chars() {
            let this = match c {
                '.' if before == '.' => Gap::Dash,
                '.' | '!' | '?' => Gap::SentenceEnd,
                ';' | ':' => Gap::Colon,
                '—' | '–' | '―' | '…' => Gap::Dash,
                '-' if before == '-' => Gap::Dash,
                '-' | '‐' | '‑' | '\u{ad}' | '¬' => Gap::Hyphen,
                '(' | ')' | '[' | ']' => Gap::Bracket,
                ',' => Gap::Comma,
                '\n' => {
                    lines += 1;
                    if lines > 1 { Gap::SentenceEnd } else { Gap::Space }
                }
                _ => Gap::Space,
            };
            // The second full stop of an ellipsis takes back what the first one said.
            class = if c == '.' && before == '.' && class == Gap::SentenceEnd { Gap::Dash } else { class.max(this) };
            before = if c == '\r' { before } else { c };
        }
        class
    }

    /// The spelling of the term; `None` for a gap that is not a term.
    pub fn spelling(self) -> Option<&'static str> {
        match self {
            Gap::Space => None,
            Gap::Hyphen => Some("-"),
            Gap::Comma => Some(","),
            Gap::Bracket => Some("("),
            Gap::Dash => Some("—"),
            Gap::Colon => Some(";"),
            Gap::SentenceEnd => Some(SENTENCE_END),
        }
    }

    /// The term itself; `None` for a gap that is not a term.
    pub fn term(self) -> Option<TermHash> {
        self.spelling().map(hash_folded)
    }
}

/// The term for a word as it is written in a text.
///
/// ```
/// use descan_lang::terms::term;
/// assert_eq!(term("Don’t"), term("don't"));
/// assert_eq!(term("1984"), term("7"));
/// ```
pub fn term(word: &str) -> TermHash {
    if is_number(word) {
        return hash_folded(NUMBER);
    }
    let mut hash = Hasher::new();
    for (at, &byte) in word.as_bytes().iter().enumerate() {
        if !byte.is_ascii() {
            fold_chars(&word[at..], |c| hash.char(c));
            return hash.finish();
        }
        hash.byte(byte.to_ascii_lowercase());
    }
    hash.finish()
}

/// The term for the word that two make side by side.
pub fn term_joined(first: &str, second: &str) -> TermHash {
    if !first.is_ascii() || !second.is_ascii() || is_number(first) {
        return term(&[first, second].concat());
    }
    let mut hash = Hasher::new();
    for byte in first.bytes().chain(second.bytes()) {
        hash.byte(byte.to_ascii_lowercase());
    }
    hash.finish()
}

/// The spelling of a word's term: what [`term`] hashes.
pub fn spelling(word: &str) -> String {
    if is_number(word) {
        return NUMBER.to_owned();
    }
    let mut folded = String::with_capacity(word.len());
    fold_chars(word, |c| folded.push(c));
    folded
}

/// Writes `word` in lower case with straight apostrophes, character by character.
pub fn fold_chars(word: &str, mut put: impl FnMut(char)) {
    for c in word.chars() {
        if c.is_ascii() {
            put(c.to_ascii_lowercase());
        } else if is_apostrophe(c) {
            put('\'');
        } else {
            c.to_lowercase().for_each(&mut put);
        }
    }
}

/// The terms around the bytes `at` of `text`.
///
/// Looks only as far as the second term on either side. A range that is not on
/// character borders or out of bounds is drawn in to the nearest one before.
pub fn context(text: &str, at: Range<usize>) -> Context {
    context_read(text, at, term)
}

/// The terms around the bytes `at` of `text`, each word as `term_of` reads it; else as [`context`].
pub fn context_read(text: &str, at: Range<usize>, term_of: impl Fn(&str) -> TermHash) -> Context {
    let end = floor(text, at.end);
    let start = floor(text, at.start.min(end));
    Context { left: terms_before(&text[..start], &term_of), right: terms_after(&text[end..], &term_of) }
}

/// The last two terms of `text`, nearest last; before the text there are sentence ends.
fn terms_before(text: &str, term_of: impl Fn(&str) -> TermHash) -> [TermHash; 2] {
    let end = hash_folded(SENTENCE_END);
    let mut found = [end, end];
    let mut slot = 2;
    let mut rest = text;
    while slot > 0 {
        let gap = &rest[gap_start(rest)..];
        rest = &rest[..rest.len() - gap.len()];
        let class = if rest.is_empty() { Gap::SentenceEnd } else { Gap::of(gap) };
        if let Some(term) = class.term() {
            slot -= 1;
            found[slot] = term;
        }
        if slot == 0 || rest.is_empty() {
            break;
        }
        let word = &rest[word_start(rest)..];
        rest = &rest[..rest.len() - word.len()];
        slot -= 1;
        found[slot] = term_of(word);
    }
    found
}

/// The first two terms of `text`, nearest first; after the text there are sentence ends.
fn terms_after(text: &str, term_of: impl Fn(&str) -> TermHash) -> [TermHash; 2] {
    let end = hash_folded(SENTENCE_END);
    let mut found = [end, end];
    let mut slot = 0;
    let mut rest = text;
    while slot < 2 {
        let gap = rest.find(is_word_char).unwrap_or(rest.len());
        let class = if gap == rest.len() { Gap::SentenceEnd } else { Gap::of(&rest[..gap]) };
        if let Some(term) = class.term() {
            found[slot] = term;
            slot += 1;
        }
        rest = &rest[gap..];
        if slot == 2 || rest.is_empty() {
            break;
        }
        let Some(word) = descan_text::token::words(rest).next() else { break };
        found[slot] = term_of(word.text(rest));
        slot += 1;
        rest = &rest[word.span().end..];
    }
    found
}

/// Where the marks and spaces at the end of `text` start.
fn gap_start(text: &str) -> usize {
    text.char_indices().rev().find(|&(_, c)| is_word_char(c)).map_or(0, |(at, c)| at + c.len_utf8())
}

/// Where the word at the end of `text` starts; the mirror of the tokeniser's rule.
fn word_start(text: &str) -> usize {
    let mut start = text.len();
    let mut chars = text.char_indices().rev().peekable();
    while let Some((at, c)) = chars.next() {
        let inside = is_word_char(c)
            || (is_apostrophe(c)
                && start < text.len()
                && chars.peek().is_some_and(|&(_, before)| is_word_char(before)));
        if !inside {
            break;
        }
        if is_apostrophe(c) && text[start..].starts_with(is_apostrophe) {
            break;
        }
        start = at;
    }
    start
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

/// The hash of a spelling that is already folded.
pub fn hash_folded(spelling: impl AsRef<[u8]>) -> TermHash {
    let mut hash = Hasher::new();
    spelling.as_ref().iter().for_each(|&b| hash.byte(b));
    hash.finish()
}

/// FNV-1a with the finaliser of MurmurHash3: short keys, one byte at a time while folding.
struct Hasher(u64);

impl Hasher {
    fn new() -> Self {
        Hasher(0xcbf2_9ce4_8422_2325)
    }

    #[inline]
    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    }

    fn char(&mut self, c: char) {
        let mut buffer = [0; 4];
        c.encode_utf8(&mut buffer).bytes().for_each(|b| self.byte(b));
    }

    fn finish(self) -> TermHash {
        TermHash(mix(self.0))
    }
}

/// The finaliser of MurmurHash3: every bit of the result depends on every bit of `x`.
#[inline]
pub fn mix(mut x: u64) -> u64 {
    x ^= x >> 33;
    x = x.wrapping_mul(0xff51_afd7_ed55_8ccd);
    x ^= x >> 33;
    x = x.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    x ^ (x >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(text: &str, word: &str) -> Context {
        let start = text.find(word).expect("the word is there");
        context(text, start..start + word.len())
    }

    fn terms(found: [&str; 2]) -> [TermHash; 2] {
        found.map(hash_folded)
    }

    #[test]
    fn two_words_make_the_term_of_the_one() {
        for (first, second) in [("Be", "came"), ("19", "84"), ("caf", "é"), ("don’", "t"), ("", "a")] {
            assert_eq!(term_joined(first, second), term(&[first, second].concat()), "{first}{second}");
        }
    }

    #[test]
    fn words_and_marks_around_a_word() {
        let text = "“It can’t be,” Jor-El said, “not\nyet.” ‘’Tis so… (7 men)—";
        assert_eq!(around(text, "said"), Context { left: terms(["-", "el"]), right: terms([",", "not"]) });
        assert_eq!(around(text, "be"), Context { left: terms(["it", "can't"]), right: terms([",", "jor"]) });
        assert_eq!(around(text, "not"), Context { left: terms(["said", ","]), right: terms(["yet", "."]) });
        assert_eq!(around(text, "so"), Context { left: terms([".", "tis"]), right: terms(["—", "<n>"]) });
        assert_eq!(around(text, "It"), Context { left: terms([".", "."]), right: terms(["can't", "be"]) });
        assert_eq!(around(text, "men"), Context { left: terms(["—", "<n>"]), right: terms([".", "."]) });
    }

    #[test]
    fn a_line_break_is_a_space_and_a_blank_line_ends_the_sentence() {
        assert_eq!(Gap::of(" \n"), Gap::Space);
        assert_eq!(Gap::of("\r\n\r\n"), Gap::SentenceEnd);
        assert_eq!(Gap::of("..."), Gap::Dash);
        assert_eq!(Gap::of("--"), Gap::Dash);
        assert_eq!(Gap::of("”?—"), Gap::SentenceEnd);
    }

    #[test]
    fn odd_ranges_do_no_harm() {
        let text = "é—naïve ’";
        for start in 0..12 {
            for end in 0..12 {
                #[allow(clippy::reversed_empty_ranges)]
                let _ = context(text, start..end);
            }
        }
        let _ = context("", Range { start: 3, end: 1 });
    }

    #[test]
    fn the_left_side_splits_words_as_the_tokeniser_does() {
        let text = "a''b can’t ’em o’’clock d'' 'e' x’";
        let forward: Vec<_> = descan_text::token::words(text).map(|t| t.span()).collect();
        for word in forward {
            assert_eq!(word_start(&text[..word.end]), word.start, "{word:?}");
        }
    }
}
