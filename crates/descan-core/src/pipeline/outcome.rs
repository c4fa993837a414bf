//! What comes of cleaning a document.

use std::collections::BTreeSet;

use descan_text::edit::EditList;

use crate::finding::Finding;
use crate::pass::Decided;

/// What a run found and what it applied.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Outcome {
    /// Every finding, applied or offered, in the order of the original.
    pub findings: Vec<Finding>,
    /// What was applied, as edits of the original document's text.
    pub edits: EditList,
    /// What of [`Options::protection`](crate::pass::Options::protection) held a repair back: indices of
    /// [`Protection::list`](crate::protect::Protection::list).
    pub held_back: BTreeSet<usize>,
    /// What decisions did.
    pub decided: Decided,
}
