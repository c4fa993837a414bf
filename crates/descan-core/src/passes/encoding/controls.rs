//! Control characters that have no place in a text.

use std::ops::Range;

use descan_rules::{Reason, RuleId};
use descan_text::bytes::ByteSet;
use descan_text::level::Level;

use super::code_page::CodePage;
use crate::pass::Proposals;

/// Proposes to take out stray control characters, and to read those of the
/// second block as what Windows-1252 has in their place.
///
/// Tab, line breaks and the form feed carry meaning and stay; so does NUL, of
/// which a file of text has none: a file that has is no text.
pub(super) fn run(text: &str, out: &mut Proposals<'_>) {
    // Where the last run of backspaces ends, and whether it overprints.
    let (mut run_end, mut is_overprinting) = (0, false);
    for at in CONTROLS.places(text.as_bytes()) {
        let c = text[at..].chars().next().unwrap_or_default();
        if c == '\u{8}' && at >= run_end {
            run_end = text.len() - text[at..].trim_start_matches('\u{8}').len();
            is_overprinting = overprints(text, &(at..run_end));
        }
        match c {
            '\u{8}' if is_overprinting => {}
            '\u{1b}' if drives_terminal(&text[at + 1..]) => {}
            '\u{1}'..='\u{8}' | '\u{b}' | '\u{e}'..='\u{1f}' | '\u{7f}' => {
                let reasons =
                    vec![Reason::new(format!("a control character, U+{:04X}, in running text", u32::from(c)))];
                out.propose(RuleId::STRAY_CONTROL, Level::Certain, at..at + 1, "", reasons);
            }
            '\u{80}'..='\u{9f}' if stands_alone(text, at, c) => {
                if let Some(meant) = CodePage::windows_1252().decode(c as u8).filter(|m| !m.is_control()) {
                    let byte = u32::from(c);
                    let reasons = vec![Reason::new(format!("the Windows-1252 byte {byte:02X} was read as Latin-1"))];
                    out.propose(RuleId::LATIN_1_CONTROL, Level::Certain, at..at + 2, meant.to_string(), reasons);
                }
            }
            _ => {}
        }
    }
}

/// Whether what stands behind an escape is a command to a terminal, which would be left without it.
fn drives_terminal(behind: &str) -> bool {
    behind.starts_with(['[', ']', '(', '=', '>'])
}

/// The bytes that control characters begin with.
const CONTROLS: ByteSet = ByteSet::of(&[0xb, 0x7f, 0xc2]).and(1, 8).and(0xe, 0x1f);

/// Whether a run of backspaces has letters printed over one another, as a typewriter and a terminal underline
/// (`__`, two backspaces, `is`) and embolden (`i`, a backspace, `i`).
fn overprints(text: &str, run: &Range<usize>) -> bool {
    let (before, after) = (&text[..run.start], &text[run.end..]);
    let is_underlined = before.bytes().rev().take(run.len()).filter(|&b| b == b'_').count() == run.len();
    is_underlined || after.starts_with('_') || before.chars().next_back().is_some_and(|c| after.starts_with(c))
}

/// Whether the character is no byte of a longer sequence of UTF-8 that was read
/// as Latin-1: such belongs to mojibake, which is read as a whole.
fn stands_alone(text: &str, at: usize, c: char) -> bool {
    let byte = |c: char| u8::try_from(u32::from(c)).ok();
    let continues = |c: char| byte(c).is_some_and(|b| (0x80..=0xbf).contains(&b));
    let behind = text[at + c.len_utf8()..].chars().take_while(|&c| continues(c)).take(2).count();
    // The lead is one of the three characters before, with bytes that go on between.
    let mut back = text[..at].chars().rev();
    for between in 0..3 {
        match back.next().and_then(byte) {
            Some(lead @ 0xc2..=0xf4) => {
                let length = if lead < 0xe0 {
                    2
                } else if lead < 0xf0 {
                    3
                } else {
                    4
                };
                return between + 2 > length || between + 2 + behind < length;
            }
            Some(0x80..=0xbf) => {}
            _ => return true,
        }
    }
    true
}
