//! The classes of characters in patterns, made small.
//!
//! `\p{L}`, `\w` and their kind are hundreds of ranges each, and a Unicode `\b`
//! keeps a regex from its fast engine on every line with a curly quote. Patterns
//! are about the letters of a few scripts, so each class becomes a few ranges that
//! have those letters, and all of the scripts beyond.

/// The ranges of letters: Latin by its blocks, the scripts beyond as a whole.
const LETTERS: &str = r"A-Za-zªµºÀ-ÖØ-öø-ʯͰ-\x{1fff}\x{2c00}-\x{2dff}\x{3040}-\x{d7ff}";
/// Capitals of English texts and the names in them.
const CAPITALS: &str = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĪŁŃŇŌŐŒŘŚŠŞŤŪŮŰŸŹŻŽΑ-ΩА-Я";
/// Small letters of English texts and the names in them.
const SMALL: &str = "a-zß-öø-ÿāăąćčďđēęěğīıłńňōőœřśšşťūůűźżžſα-ωа-я";
const DIGITS: &str = "0-9";
const SPACES: &str = r" \t\n\r\f\x{b}\x{85}\x{a0}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}";

/// What a regex is matched against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A line, a token or the whole document; `\b` goes by ASCII.
    Document,
    /// A few words around a place; `\b` goes by all letters.
    Window,
}

/// Whether a byte is one of the words of ASCII, as `\b` goes by it in a document: a letter, a digit or a low line.
pub(crate) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The pattern with small classes in the place of large ones, and `\b` as its subject asks for.
pub(crate) fn simplified(pattern: &str, subject: Subject) -> String {
    let words = format!("_{DIGITS}{LETTERS}");
    let classes = [
        (r"\p{Lu}", format!("[{CAPITALS}]")),
        (r"\p{Ll}", format!("[{SMALL}]")),
        (r"\p{L}", format!("[{LETTERS}]")),
        (r"\P{L}", format!("[^{LETTERS}]")),
        (r"\w", format!("[{words}]")),
        (r"\W", format!("[^{words}]")),
        (r"\d", format!("[{DIGITS}]")),
        (r"\D", format!("[^{DIGITS}]")),
        (r"\s", format!("[{SPACES}]")),
        (r"\S", format!("[^{SPACES}]")),
        (r"\b", r"(?-u:\b)".to_owned()),
        (r"\B", r"(?-u:\B)".to_owned()),
    ];
    let mut simple = String::with_capacity(pattern.len());
    let (mut rest, mut depth) = (pattern, 0_usize);
    while let Some(at) = rest.find('\\') {
        simple += &rest[..at];
        for c in rest[..at].chars() {
            match c {
                '[' => depth += 1,
                ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        rest = &rest[at..];
        // `\b{start}` and `\b{end-half}` are other assertions; in `\b{titles}` a list follows.
        let is_half =
            |after: &str| ["{start}", "{start-half}", "{end}", "{end-half}"].iter().any(|half| after.starts_with(half));
        let is_other = |class: &str| class.eq_ignore_ascii_case(r"\b") && is_half(&rest[class.len()..]);
        let keeps = |class: &str| subject == Subject::Window && class.eq_ignore_ascii_case(r"\b");
        let found = classes.iter().find(|(class, _)| rest.starts_with(class) && !is_other(class) && !keeps(class));
        if let Some((class, small)) = found {
            // Both cases are in a class: `(?i)` has nothing to add to it, and would take long.
            let alone = depth == 0 && small.starts_with('[');
            simple += &if alone { format!("(?-i:{small})") } else { small.clone() };
            rest = &rest[class.len()..];
        } else {
            let escaped = 1 + rest.chars().nth(1).map_or(0, char::len_utf8);
            simple += &rest[..escaped];
            rest = &rest[escaped..];
        }
    }
    simple + rest
}

/// Whether a pattern begins, and whether it ends, at the border of a word. The
/// border that [`simplified`] leaves is that of ASCII, so the letter beyond it has
/// to be looked at.
pub(crate) fn word_borders(pattern: &str) -> [bool; 2] {
    [pattern.trim_start_matches("(?i)").starts_with(r"\b"), pattern.ends_with(r"\b")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_become_small() {
        for pattern in [r"^\p{Lu}\p{Ll}+\s\d+$", r"^[\w’]+\W$", r"^\bcaf\p{L}\\$", r"^\S+\.$", r"[^\p{L}\d]"] {
            let simple = simplified(pattern, Subject::Document);
            assert!(regex_syntax::parse(&simple).is_ok(), "{simple}");
            assert!(!simple.contains(r"\p") && !simple.contains(r"\w"), "{simple}");
        }
        assert_eq!(simplified(r"\\b", Subject::Document), r"\\b", "an escaped backslash");
        assert_eq!(word_borders(r"(?i)\b(?:a|b)\b"), [true, true]);
        assert_eq!(word_borders(r"a\b"), [false, true]);
    }
}
