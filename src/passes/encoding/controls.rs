//! Control characters that a text has no use for.

use crate::finding::Reason;
use crate::level::Level;
use crate::pipeline::Proposals;
use crate::text::bytes::ByteSet;

use super::code_page::CodePage;

/// Proposes to take out stray control characters, and to read those of the
/// second block as what Windows-1252 has in their place.
///
/// Tab, line breaks and the form feed carry meaning and stay; so does NUL, of
/// which a file of text has none: a file that has is no text.
pub fn run(text: &str, out: &mut Proposals<'_>) {
    for at in CONTROLS.places(text.as_bytes()) {
        let c = text[at..].chars().next().unwrap_or_default();
        match c {
            '\u{1}'..='\u{8}' | '\u{b}' | '\u{e}'..='\u{1f}' | '\u{7f}' => {
                let reasons = vec![Reason::with("a control character in running text", f64::from(c as u32))];
                out.propose("stray-control", Level::Certain, 0.999, at..at + 1, "", reasons);
            }
            '\u{80}'..='\u{9f}' if stands_alone(text, at, c) => {
                if let Some(meant) = CodePage::windows_1252().decode(c as u8).filter(|m| !m.is_control()) {
                    let reasons = vec![Reason::with("a Windows-1252 byte taken for Latin-1", f64::from(c as u32))];
                    out.propose("latin-1-control", Level::Certain, 0.998, at..at + 2, meant.to_string(), reasons);
                }
            }
            _ => {}
        }
    }
}

/// The bytes that control characters begin with.
const CONTROLS: ByteSet = ByteSet::of(&[0xb, 0x7f, 0xc2]).and(1, 8).and(0xe, 0x1f);

/// Whether no other character outside ASCII touches this one: in a longer run
/// it belongs to mojibake, which is read as a whole.
fn stands_alone(text: &str, at: usize, c: char) -> bool {
    let ascii = |c: Option<char>| c.is_none_or(|c| c.is_ascii() || ('\u{80}'..='\u{9f}').contains(&c));
    ascii(text[..at].chars().next_back()) && ascii(text[at + c.len_utf8()..].chars().next())
}
