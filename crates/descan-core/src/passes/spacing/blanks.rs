//! Spaces at the end of a line, and doubled spaces.

use descan_rules::{Reason, RuleId};
use descan_text::layout::Line;
use descan_text::level::Level;

use crate::pass::{Proposals, View};

/// So long, in bytes, is a line that holds a whole paragraph.
const PARAGRAPH: usize = 140;
/// A gap of more blanks in it was put there.
const WIDEST: usize = 8;

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
    if body.len() >= PARAGRAPH {
        in_paragraph(body, line.text_start, gaps, out);
        return;
    }
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

/// Gaps in a line that is a whole paragraph: no row of a table is so long, and no line is filled to a margin there.
fn in_paragraph<'b>(body: &str, start: usize, gaps: impl Iterator<Item = usize> + 'b, out: &mut Proposals<'_>) {
    let blanks = |at: usize| body[at..].len() - body[at..].trim_start_matches(' ').len();
    let mut found = Vec::new();
    let mut end = 0;
    for at in gaps {
        if at < end {
            continue;
        }
        end = at + blanks(at);
        let (before, after) = (&body[..at], &body[end..]);
        let is_wide = end - at > WIDEST;
        let is_word = |c: char| c.is_alphabetic() || matches!(c, ',' | ';');
        if is_wide || after.is_empty() {
            return;
        }
        if before.ends_with(is_word) && after.starts_with(char::is_alphanumeric) && before.contains(' ') {
            found.push(at..end - 1);
        }
    }
    let count = found.len() as f64;
    for gap in found {
        let reasons = vec![
            Reason::new("several blanks between two words of a sentence"),
            Reason::with("such gaps in the paragraph", count),
        ];
        out.propose(RuleId::DOUBLED_SPACE, Level::Certain, start + gap.start..start + gap.end, "", reasons);
    }
}
