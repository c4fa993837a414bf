//! What may be done to a file beside the letters of its words.

use super::element::WordElements;

/// What edits may do to the mark-up of a file.
#[derive(Clone, Copy)]
pub(crate) struct Ways<'w> {
    /// The decoded file.
    pub file: &'w str,
    pub elements: &'w dyn WordElements,
    /// Whether elements of words may be split, joined and removed.
    pub structure: bool,
    /// Whether old readings are kept beside new ones.
    pub keep_original: bool,
}
