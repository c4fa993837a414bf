//! Letters of the Latin alphabet.

/// Whether `c` is a letter of the Latin alphabet.
pub(super) fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || (matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}') && c.is_alphabetic())
}
