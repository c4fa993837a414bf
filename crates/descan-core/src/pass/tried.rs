//! Where patterns were tried, kept from one iteration to the next.

use std::ops::Range;

use descan_rules::{PassName, RuleId};
use rustc_hash::FxHashMap;

use super::moves::Moves;

/// Where the patterns of each pass matched when the pass ran last, and what edits changed since: anywhere else they do
/// not match now either.
#[derive(Debug, Default)]
pub(crate) struct Tried([TriedInPass; PassName::ALL.len()]);

/// Where the patterns of one pass matched.
#[derive(Debug, Default)]
pub(crate) struct TriedInPass {
    /// Where the matches begin of each rule that was tried at all its places: in bytes, in order.
    matched: FxHashMap<RuleId, Vec<usize>>,
    /// What edits changed since, in bytes, in order and without overlaps.
    changed: Vec<Range<usize>>,
}

/// So many bytes before a place and behind it, at most, have a say in whether a pattern matches there.
const BESIDE: usize = 8;

impl Tried {
    /// What still holds after edits.
    pub(crate) fn after(mut self, moves: &Moves) -> Tried {
        for TriedInPass { matched, changed } in &mut self.0 {
            for starts in matched.values_mut() {
                *starts = starts.iter().filter_map(|&at| Some(moves.untouched(&(at..at))?.start)).collect();
            }
            if !matched.is_empty() {
                *changed = moves.changed(changed);
            }
        }
        self
    }

    /// What is known of a pass, which is forgotten here.
    pub(crate) fn take(&mut self, pass: PassName) -> TriedInPass {
        std::mem::take(&mut self.0[pass as usize])
    }

    /// Keeps what was found in a pass.
    pub(crate) fn keep(&mut self, pass: PassName, tried: TriedInPass) {
        self.0[pass as usize] = tried;
    }
}

impl TriedInPass {
    /// Whether a rule's pattern may match in a part of the text, in bytes.
    pub(crate) fn may_match(&self, rule: RuleId, part: &Range<usize>) -> bool {
        let Some(starts) = self.matched.get(&rule) else { return true };
        let first = starts.partition_point(|&start| start < part.start);
        let near = part.start.saturating_sub(BESIDE)..part.end + BESIDE;
        let changed = self.changed.partition_point(|changed| changed.end < near.start);
        starts.get(first).is_some_and(|&start| start <= part.end)
            || self.changed.get(changed).is_some_and(|changed| changed.start <= near.end)
    }

    /// Keeps where the matches of a rule begin, in bytes and in order; it was tried at all its places.
    pub(crate) fn keep(&mut self, rule: RuleId, starts: Vec<usize>) {
        self.matched.insert(rule, starts);
    }
}
