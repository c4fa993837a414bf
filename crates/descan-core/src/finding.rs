//! The findings of a run: its edits, as they are reported.

use std::ops::Range;

use descan_rules::{PassName, Reason, RuleId};
use descan_text::layout::Region;
use descan_text::level::Level;

use crate::weighed::Weighed;

/// An edit as reported: its place is in the original, whatever passes ran before.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: RuleId,
    /// The rule's pass.
    pub pass: PassName,
    /// How sure it is.
    pub level: Level,
    /// The probability that the edit is right, from 0 to 1.
    pub confidence: f64,
    /// The place, in bytes of the original document's text.
    pub span: Range<usize>,
    /// The original text of `span`.
    pub before: String,
    /// What the span becomes when this edit, and the edits before it that lie
    /// in the span, are made.
    pub after: String,
    /// The edit by itself, as its pass met the place.
    pub spot: Spot,
    /// What was counted to tell its damage from style, where its rule does.
    pub weighed: Option<Weighed>,
    /// Why.
    pub reasons: Vec<Reason>,
    /// The kind of text it stands in.
    pub region: Region,
    /// Whether the edit was made; else it is offered.
    pub applied: bool,
    /// The index of the later finding that takes this one in: both changed the
    /// same place, and the later one's `before` and `after` tell the whole.
    pub part_of: Option<usize>,
    /// The index of the decision that made it stand, where a person decided.
    pub decided: Option<usize>,
}

/// An edit as its pass met the place. Unlike `before` and `after` of a
/// [`Finding`] it does not depend on what else is done there, so that a
/// decision finds it again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// The place, in bytes of the original document's text.
    pub span: Range<usize>,
    /// What stood there when the pass met it.
    pub before: String,
    /// What the rule proposed.
    pub after: String,
}

impl Finding {
    /// Whether it is as sure as `level`, or a person decided that it stands:
    /// whether a run at that level makes it.
    pub fn counts_at(&self, level: Level) -> bool {
        self.level <= level || self.decided.is_some()
    }
}
