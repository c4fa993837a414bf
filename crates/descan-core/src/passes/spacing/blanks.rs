//! Spaces at the end of a line, and doubled spaces.

use descan_rules::{Reason, RuleId};
use descan_text::layout::Line;
use descan_text::level::Level;

use crate::pass::{Proposals, View};

/// Proposes to take out trailing spaces, and the second of two inside a
/// sentence.
///
/// Two spaces after a sentence may be the document's style; wider gaps are
/// columns or verse.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let bytes = text.as_bytes();
    for line in view.layout().lines() {
        let body = &bytes[line.start..line.end];
        let kept = body.iter().rposition(|&b| b != b' ' && b != b'\t').map_or(0, |i| i + 1);
        if kept < body.len() {
            let reasons = vec![Reason::new("blanks at the end of a line")];
            out.propose(RuleId::TRAILING_SPACE, Level::Certain, line.start + kept..line.end, "", reasons);
        }
        if line.region.is_running() {
            doubled(text, line, line.start + kept, out);
        }
    }
}

fn doubled(text: &str, line: &Line, end: usize, out: &mut Proposals<'_>) {
    if line.is_blank() || line.text_start >= end {
        return;
    }
    let body = &text[line.text_start..end];
    let mut gaps = memchr::memmem::find_iter(body.as_bytes(), b"  ");
    // One gap a line: more make columns.
    let (Some(at), None) = (gaps.next(), gaps.next()) else {
        return;
    };
    let (before, after) = (&body[..at], &body[at + 2..]);
    let inside =
        before.ends_with(|c: char| c.is_lowercase() || c == ',') && after.starts_with(|c: char| c.is_lowercase());
    if inside && before.contains(' ') && after.contains(' ') {
        let at = line.text_start + at;
        let reasons = vec![Reason::new("two blanks between two words of a sentence")];
        out.propose(RuleId::DOUBLED_SPACE, Level::Certain, at..at + 1, "", reasons);
    }
}
