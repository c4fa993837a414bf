//! The effect of edits on the bytes of a file.

use std::ops::Range;

/// Bytes of a file and what comes in their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// In bytes of the file.
    pub span: Range<usize>,
    /// The new bytes.
    pub new: Vec<u8>,
}

/// All that changes in a file, in order and apart from each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Splice {
    /// The changes.
    pub cuts: Vec<Cut>,
    /// The first character that the file's own encoding cannot hold, when the
    /// file therefore becomes UTF-8.
    pub reencoded_for: Option<char>,
}

impl Splice {
    /// The new bytes of the file.
    pub fn apply(&self, bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(bytes.len() + 64);
        let mut done = 0;
        for cut in &self.cuts {
            out.extend_from_slice(&bytes[done..cut.span.start]);
            out.extend_from_slice(&cut.new);
            done = cut.span.end;
        }
        out.extend_from_slice(&bytes[done..]);
        out
    }

    pub(super) fn push(&mut self, span: Range<usize>, new: Vec<u8>) {
        self.cuts.push(Cut { span, new });
    }
}
