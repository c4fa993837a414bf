//! Whether a document is a scan in which other words may be misread as well.

use crate::pass::View;

/// Whether the document is a bad scan, and long enough to tell: a few odd words make one of a short text.
pub(super) fn is_scan(view: &View<'_>) -> bool {
    view.evidence().is_damaged() && view.words().len() >= LONG_ENOUGH
}

/// The same of the document or of the passage of a place, in bytes.
pub(super) fn is_scan_at(place: usize, view: &View<'_>) -> bool {
    is_scan(view) || view.evidence().is_misread_at(place) && view.words().len() >= LONG_ENOUGH
}

/// So many words at least show what a text is.
const LONG_ENOUGH: usize = 80;
