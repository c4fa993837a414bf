//! The pages of a text: where each begins, and which lines are at its edges.

use std::ops::Range;

use descan_text::layout::Line;

/// How many lines from its top or foot may be a page's furniture.
const DEEP: usize = 3;

/// A page: the lines, as indices, between two form feeds.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// Its lines that hold text: the first few.
    pub top: Vec<usize>,
    /// Its last few, from the last upwards; on a short page some are in `top` too.
    pub foot: Vec<usize>,
}

/// Cuts the lines at the form feeds. A form feed stands at the start of a
/// line, or on a line of its own.
pub(super) fn sheets(text: &str, lines: &[Line]) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    let mut start = 0;
    for (index, line) in lines.iter().enumerate() {
        if text[line.start..line.text_start].contains('\u{c}') && index > start {
            sheets.push(sheet(lines, start..index));
            start = index;
        }
    }
    sheets.push(sheet(lines, start..lines.len()));
    // A form feed at the very end of the text opens no page.
    sheets.retain(|s| !s.top.is_empty());
    sheets
}

fn sheet(lines: &[Line], range: Range<usize>) -> Sheet {
    let top: Vec<usize> = range.clone().filter(|&i| !lines[i].is_blank()).take(DEEP).collect();
    let foot = range.rev().filter(|&i| !lines[i].is_blank()).take(DEEP).collect();
    Sheet { top, foot }
}
