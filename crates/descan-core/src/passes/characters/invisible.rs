//! Invisible characters: soft hyphens, zero-width characters, and byte order marks
//! inside a text.

use descan_rules::{Reason, RuleId};
use descan_text::level::Level;

use super::latin::is_latin;
use crate::pass::Proposals;

/// Proposes to take out what shows nothing and means nothing.
///
/// Beside letters other than Latin ones, and beside emoji, joiners carry
/// meaning and stay.
pub(super) fn run(text: &str, out: &mut Proposals<'_>) {
    for (at, c) in text.char_indices() {
        let rule = match c {
            '\u{ad}' => RuleId::SOFT_HYPHEN,
            '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{180e}' => RuleId::ZERO_WIDTH,
            _ => continue,
        };
        let span = at..at + c.len_utf8();
        let before = text[..at].chars().next_back();
        let after = text[span.end..].chars().next();
        if [before, after].into_iter().flatten().any(|c| !is_plain(c)) {
            continue;
        }
        if c == '\u{ad}' && after.is_none_or(|c| c == '\n') {
            // At a line's end it is the hyphen that one sees there.
            if before.is_some_and(is_latin) {
                let reasons = vec![Reason::new("a soft hyphen that shows, at the end of a line")];
                out.propose(rule, Level::Certain, span, "-", reasons);
            }
            continue;
        }
        let reasons = vec![Reason::new(format!("an invisible character, U+{:04X}", u32::from(c)))];
        out.propose(rule, Level::Certain, span, "", reasons);
    }
}

/// Whether a character is of a script in which no joiner has a meaning.
fn is_plain(c: char) -> bool {
    c < '\u{250}' || matches!(c, '\u{2000}'..='\u{206f}' | '\u{1e00}'..='\u{1eff}' | '\u{feff}')
}
