//! The characters of lines.

use descan_rules::CharSet;
use descan_text::layout::Line;
use descan_text::token::floor;

/// How far behind the start of a line patterns that begin there look, in bytes.
pub(crate) const LINE_REACH: usize = 300;

/// What characters each line of a text has: it tells of nearly every line that a pattern
/// which begins there has no match. One entry a line in each list.
#[derive(Debug)]
pub(crate) struct LineChars {
    /// The characters of its first [`LINE_REACH`] bytes.
    pub sets: Vec<CharSet>,
    /// The first of them.
    pub firsts: Vec<CharSet>,
    /// The one behind the line that is first behind all blanks there; any where the text ends.
    pub nexts: Vec<CharSet>,
}

impl LineChars {
    /// The characters of the lines of a text.
    pub(crate) fn of(text: &str, lines: &[Line]) -> LineChars {
        let part = |line: &Line| &text[line.start..line.end.min(floor(text, line.start + LINE_REACH))];
        let sets = lines.iter().map(|line| CharSet::of(part(line))).collect();
        let firsts = lines.iter().map(|line| CharSet::of_first(part(line))).collect();
        let mut next = CharSet::ALL;
        let mut nexts = vec![next; lines.len()];
        for (line, slot) in lines.iter().zip(&mut nexts).rev() {
            *slot = next;
            let begins = CharSet::of_first(text[line.start..line.end].trim_ascii_start());
            if !begins.is_empty() {
                next = begins;
            }
        }
        LineChars { sets, firsts, nexts }
    }
}
