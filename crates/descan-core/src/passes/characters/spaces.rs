//! Spaces other than the ordinary space.

use descan_rules::{Reason, RuleId};
use descan_text::level::Level;

use super::latin::is_latin;
use crate::pass::Proposals;

/// Proposes an ordinary space for an odd one between two words.
///
/// Beside digits, initials and punctuation such a space may be a typographer's
/// (`10 000`, French `;`), and stays.
pub(super) fn run(text: &str, out: &mut Proposals<'_>) {
    for (at, c) in text.char_indices() {
        if !matches!(c, '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}') {
            continue;
        }
        let span = at..at + c.len_utf8();
        if word_before(text, at) && word_after(text, span.end) {
            let reasons = vec![Reason::new(format!("an unusual space, U+{:04X}, between two words", u32::from(c)))];
            out.propose(RuleId::ODD_SPACE, Level::Certain, span, " ", reasons);
        }
    }
}

/// Whether at least two Latin letters end at `at`, perhaps with a comma.
fn word_before(text: &str, at: usize) -> bool {
    let mut back = text[..at].chars().rev().peekable();
    back.next_if(|&c| c == ',');
    back.take(2).filter(|&c| is_latin(c)).count() == 2
}

/// Whether a Latin letter stands at `at`, and another after it.
fn word_after(text: &str, at: usize) -> bool {
    text[at..].chars().take(2).filter(|&c| is_latin(c)).count() == 2
}
