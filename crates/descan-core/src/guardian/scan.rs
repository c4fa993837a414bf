//! Whether a document is a scan in which other words may be misread as well.

use crate::pass::View;

/// Whether the document is a bad scan, and long enough to tell: a few odd words make one of a short text.
pub(super) fn is_scan(view: &View<'_>) -> bool {
    view.evidence().is_damaged() && view.words().len() >= LONG_ENOUGH
}

/// So many words at least show what a text is.
pub(super) const LONG_ENOUGH: usize = 80;
