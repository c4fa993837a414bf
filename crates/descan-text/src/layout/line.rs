//! A line of a text.

use std::ops::Range;

use super::region::Region;

/// One line of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Start in bytes.
    pub start: usize,
    /// End in bytes, before the line break.
    pub end: usize,
    /// Start of what is not white space; equals `end` on a blank line.
    pub text_start: usize,
    /// What the line is part of.
    pub region: Region,
}

impl Line {
    /// Whether the line holds nothing but white space. A form feed is white space.
    pub fn is_blank(&self) -> bool {
        self.text_start == self.end
    }

    /// The span in bytes, without the line break.
    pub fn span(&self) -> Range<usize> {
        self.start..self.end
    }
}
