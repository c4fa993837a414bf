//! What was counted to tell an edit's damage from its writer's style.

use descan_rules::TILTS;

/// What a document shows of a family of edits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Places that the rule would change.
    pub changed: u32,
    /// Places that have the right form already.
    pub right: u32,
}

/// What was weighed for an edit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Weighed {
    /// The counts of its family, where its rule counts any.
    pub counts: Option<Counts>,
    /// What the unknown words of the text say, in the order of
    /// [`Prior::tilt`](descan_rules::Prior::tilt).
    pub tilt: [f64; TILTS],
    /// The probability that it undoes damage and no style.
    pub damage: f64,
}
