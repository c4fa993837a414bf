//! Splits text into words.
//!
//! The whole program uses this one tokeniser, including the command that counts words
//! for the English model: a model must be counted in the same words that are later
//! looked up in it.

use std::ops::Range;

use super::bytes::ByteSet;

/// A word of a text: letters and digits, with apostrophes between them.
///
/// Hyphens end a word, so that `back-story` is two words; a leading or final
/// apostrophe (`’em`, `clients’`) is outside the word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Start in the text, in bytes.
    pub start: u32,
    /// End in the text, in bytes, exclusive.
    pub end: u32,
}

impl Token {
    /// The span in bytes.
    pub fn span(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The word itself.
    pub fn text(self, text: &str) -> &str {
        &text[self.span()]
    }
}

/// What stands between ASCII spaces, tabs and line breaks, in order.
pub fn chunks(text: &str) -> impl Iterator<Item = Token> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let bytes = text.as_bytes();
        let start = at + bytes[at..].iter().position(|byte| !byte.is_ascii_whitespace())?;
        let length = bytes[start..].iter().position(u8::is_ascii_whitespace).unwrap_or(bytes.len() - start);
        at = start + length;
        Some(Token { start: start as u32, end: at as u32 })
    })
}

/// How far a run without spaces is followed to either side, in bytes: further
/// than any word or address goes, for lines of megabytes without a space.
const REACH: usize = 400;

/// The run without spaces around a span, as far as it reaches.
pub fn without_blanks(text: &str, span: &Range<usize>) -> Range<usize> {
    let near = floor(text, span.start.saturating_sub(REACH))..floor(text, span.end + REACH);
    let before = text[near.start..span.start].char_indices().rev().find(|(_, c)| c.is_whitespace());
    let start = before.map_or(near.start, |(at, c)| near.start + at + c.len_utf8());
    let end = text[span.end..near.end].find(char::is_whitespace).map_or(near.end, |at| span.end + at);
    start..end
}

/// The part of a paragraph around a span, in bytes, as far as `reach` bytes to either side; a paragraph ends
/// at a blank line. The line breaks before it are part of it.
pub fn paragraph_around(text: &str, span: &Range<usize>, reach: usize) -> Range<usize> {
    let near = floor(text, span.start.saturating_sub(reach))..floor(text, span.end.saturating_add(reach));
    let start = text[near.start..span.start].rfind("\n\n").map_or(near.start, |at| near.start + at);
    let end = text[span.end..near.end].find("\n\n").map_or(near.end, |at| span.end + at);
    start..end
}

/// The character border at `at`, or the nearest one before; at most the text's end.
pub fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The character border at `at`, or the nearest one behind; at most the text's end.
pub fn ceiling(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// Whether `c` is one of the marks that stand for an apostrophe inside a word.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

/// Whether `c` belongs to a word by itself: a letter, a digit or a combining mark.
pub fn is_word_char(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        // Quotes and dashes, of which texts are full and no table need be asked.
        '\u{2000}'..='\u{206f}' => false,
        _ => c.is_alphanumeric() || is_combining(c),
    }
}

/// Whether `c` is a combining mark of the blocks that Latin text uses.
pub fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

/// The words of `text` in order.
///
/// ```
/// use descan_text::token::words;
/// let text = "“I’m here,” said Jor-El’s son.";
/// let found: Vec<&str> = words(text).map(|t| t.text(text)).collect();
/// assert_eq!(found, ["I’m", "here", "said", "Jor", "El’s", "son"]);
/// ```
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

/// Iterator of [`words`].
#[derive(Clone, Debug)]
pub struct Words<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Words<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let bytes = self.text.as_bytes();
        let mut at = BEGINNINGS.find(bytes, self.at)?;
        while !bytes[at].is_ascii_alphanumeric() {
            // Quotes and dashes of three bytes, of which texts are full.
            let length = if bytes[at..].starts_with(b"\xe2\x80") {
                3
            } else {
                let c = char_at(self.text, at);
                if is_word_char(c) {
                    break;
                }
                c.len_utf8()
            };
            at = BEGINNINGS.find(bytes, at + length)?;
        }
        let start = at;
        let end = word_end(self.text, at);
        self.at = end;
        Some(Token { start: start as u32, end: end as u32 })
    }
}

/// The end of the word that starts or goes on at byte `at`.
fn word_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    loop {
        let Some(next) = ENDINGS.find(bytes, at) else { return bytes.len() };
        at = next;
        let byte = bytes[at];
        let is_mark = byte == 0xe2 && bytes[at + 1] == 0x80 && !matches!(bytes[at + 2], 0x98 | 0x99);
        if byte.is_ascii() && byte != b'\'' || is_mark {
            break;
        }
        let c = char_at(text, at);
        let after = at + c.len_utf8();
        let joins = is_apostrophe(c) && text[after..].chars().next().is_some_and(is_word_char);
        if !is_word_char(c) && !joins {
            break;
        }
        at = after;
    }
    at
}

/// The bytes that a word may begin with: letters, digits, and the first of all
/// characters outside ASCII.
const BEGINNINGS: ByteSet = ByteSet::of(&[]).and(b'0', b'9').and(b'A', b'Z').and(b'a', b'z').and(0x80, 0xff);

/// The bytes at which a word may end: all but letters and digits.
const ENDINGS: ByteSet =
    ByteSet::of(&[]).and(0, b'0' - 1).and(b'9' + 1, b'A' - 1).and(b'Z' + 1, b'a' - 1).and(b'z' + 1, 0xff);

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or('\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        words(text).map(|t| t.text(text)).collect()
    }

    #[test]
    fn apostrophes_inside_belong_to_the_word_and_others_do_not() {
        assert_eq!(
            split("’em don't ‘twas’ clients’ rock ’n’ roll"),
            ["em", "don't", "twas", "clients", "rock", "n", "roll"]
        );
    }

    #[test]
    fn digits_letters_and_marks_hold_together() {
        assert_eq!(split("wor1d cafe\u{301} 6' 2\" naïve"), ["wor1d", "cafe\u{301}", "6", "2", "naïve"]);
    }

    #[test]
    fn nothing_in_nothing_out() {
        assert!(split("").is_empty());
        assert!(split("—…’‘\n").is_empty());
    }
}
