//! What every format says of its files.

use crate::markup::Broken;
use crate::markup::element::{NoElements, WordElements};
use crate::markup::flow::Flow;

/// Where the text of a format stands in its files.
///
/// A source reads; writing is the same for all of them: edits of the text are spliced
/// into the places that the source names, and everything else stays byte for byte.
pub(crate) trait Source: Sync {
    /// The running text of a decoded file with its places; `None` if the text is the
    /// whole file.
    ///
    /// # Errors
    /// Mark-up that has no end.
    fn read(&self, file: &str) -> Result<Option<Flow>, Broken>;

    /// How the format writes elements of words.
    fn words(&self) -> &dyn WordElements {
        &NoElements
    }
}
