//! The characters of lines.

use descan_rules::CharSet;
use descan_text::layout::Line;
use descan_text::token::floor;
use rustc_hash::FxHashMap;

/// How far behind the start of a line patterns that begin there look, in bytes.
pub(crate) const LINE_REACH: usize = 300;

/// What characters each line of a text has: it tells of nearly every line that a pattern
/// which begins there has no match.
#[derive(Debug)]
pub(crate) struct LineChars {
    /// The characters of each line's first [`LINE_REACH`] bytes.
    pub sets: Vec<CharSet>,
    /// The kind of each line, as an index of `ends`.
    pub kinds: Vec<u32>,
    /// The kinds of lines: the first character, and the one behind the line that is first behind all blanks there;
    /// any where the text ends.
    pub ends: Vec<(CharSet, CharSet)>,
}

impl LineChars {
    /// The characters of the lines of a text.
    pub(crate) fn of(text: &str, lines: &[Line]) -> LineChars {
        let part = |line: &Line| &text[line.start..line.end.min(floor(text, line.start + LINE_REACH))];
        let sets = lines.iter().map(|line| CharSet::of(part(line))).collect();
        let mut next = CharSet::ALL;
        let mut kinds = vec![0; lines.len()];
        let (mut ends, mut known) = (Vec::new(), FxHashMap::default());
        for (line, kind) in lines.iter().zip(&mut kinds).rev() {
            let of_line = (CharSet::of_first(part(line)), next);
            *kind = *known.entry(of_line).or_insert_with(|| {
                ends.push(of_line);
                ends.len() as u32 - 1
            });
            let begins = CharSet::of_first(text[line.start..line.end].trim_ascii_start());
            if !begins.is_empty() {
                next = begins;
            }
        }
        LineChars { sets, kinds, ends }
    }
}
