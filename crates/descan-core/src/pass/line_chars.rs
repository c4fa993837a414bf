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
    /// The kinds of lines.
    pub ends: Vec<LineEnds>,
}

/// The characters at the ends of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct LineEnds {
    /// The first character.
    pub first: CharSet,
    /// The last character; none where the line is longer than [`LINE_REACH`] bytes.
    pub last: CharSet,
    /// The one behind the line that is first behind all blanks there; any where the text ends.
    pub next: CharSet,
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
            let whole = &text[line.start..line.end];
            let last = if part(line) == whole { CharSet::of_last(whole) } else { CharSet::default() };
            let of_line = LineEnds { first: CharSet::of_first(part(line)), last, next };
            *kind = *known.entry(of_line).or_insert_with(|| {
                ends.push(of_line);
                ends.len() as u32 - 1
            });
            let begins = CharSet::of_first(whole.trim_ascii_start());
            if !begins.is_empty() {
                next = begins;
            }
        }
        LineChars { sets, kinds, ends }
    }
}
