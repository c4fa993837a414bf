//! Applies people's decisions to the proposals of a pass.

use std::collections::BTreeSet;
use std::ops::Range;

use descan_rules::PassName;
use descan_rules::Reason;
use descan_text::edit::Origin;

use super::{Proposal, View};
use crate::decisions::{Context, Decisions, Verdict};

/// What decisions did in a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// Readings that were refused: neither applied nor offered.
    pub refused: usize,
    /// Proposals against what is known to be right, or for a word that is
    /// never put.
    pub kept: usize,
    /// The indices of the entries that decided anything.
    pub used: BTreeSet<usize>,
}

/// What was decided about a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruled {
    /// The index of the entry.
    pub entry: usize,
    /// Whether it is refused: it keeps its place from others and is not made.
    pub refused: bool,
    /// What the rule proposed, where a person typed something else.
    pub proposed: Option<String>,
}

/// Decides about the proposals of one pass.
pub struct Decider<'d> {
    decisions: &'d Decisions,
    /// The original text, and the way back to it.
    original: &'d str,
    origin: Origin,
}

impl<'d> Decider<'d> {
    /// `origin` leads from the text that the pass saw to the `original`.
    pub fn new(decisions: &'d Decisions, original: &'d str, origin: Origin) -> Decider<'d> {
        Decider { decisions, original, origin }
    }

    /// Drops the proposals against what is known or was typed, and marks those
    /// that are decided one by one. A decision about a place outweighs a known
    /// word.
    pub fn rule(&self, list: Vec<Proposal>, view: &View<'_>, decided: &mut Decided) -> Vec<Proposal> {
        if list.is_empty() {
            return list;
        }
        let typed = self.decisions.typed().spans(view.text());
        let right = self.decisions.right().places(view.text());
        let keep = |mut proposal: Proposal| {
            let (text, span) = (view.text(), proposal.span.clone());
            let mut keeper = typed.keeper(text, &span, &proposal.text);
            if keeper.is_none() {
                self.ruled(&mut proposal, &text[span.clone()], view);
            }
            // Running heads and page numbers may hold any word, and are still
            // none of the text.
            if keeper.is_none() && proposal.ruled.is_none() && proposal.pass != PassName::Pages {
                let touched = right.touched(text, &span, &proposal.text);
                keeper = touched.first().map(|&index| self.decisions.right_entry(index));
                keeper = keeper.or_else(|| self.decisions.never().keeper(text, &span, &proposal.text));
            }
            let Some(entry) = keeper else { return Some(proposal) };
            decided.kept += 1;
            decided.used.insert(entry);
            None
        };
        list.into_iter().filter_map(keep).collect()
    }

    /// Marks a proposal that is decided.
    fn ruled(&self, proposal: &mut Proposal, old: &str, view: &View<'_>) {
        let rule = view.rules().get(proposal.rule);
        let context = || Context::of(self.original, &self.origin.widen(proposal.span.clone()).before);
        let Some(ruling) = self.decisions.ruling(&rule.name, old, &proposal.text, context) else { return };
        let mut ruled = Ruled { entry: ruling.entry, refused: false, proposed: None };
        match ruling.verdict {
            Verdict::Accept => {}
            Verdict::Refuse => ruled.refused = true,
            Verdict::Replace(with) if with == old => ruled.refused = true,
            // Else a text that holds what it replaces would grow with each run.
            Verdict::Replace(with) if stands_within(view.text(), &proposal.span, &with) => return,
            Verdict::Replace(with) => {
                ruled.proposed = Some(std::mem::replace(&mut proposal.text, with));
            }
        }
        let origin = &self.decisions.entries()[ruling.entry].origin;
        proposal.reasons.insert(0, Reason::new(format!("decided by {origin}")));
        proposal.ruled = Some(ruled);
    }
}

/// Whether a place is a part of `whole`, which stands there already.
fn stands_within(text: &str, span: &Range<usize>, whole: &str) -> bool {
    let from = (span.end.saturating_sub(whole.len())..=span.start).find(|&i| text.is_char_boundary(i));
    let to = (span.end..=(span.start + whole.len()).min(text.len())).rev().find(|&i| text.is_char_boundary(i));
    let (Some(from), Some(to)) = (from, to) else { return false };
    text[from..to].contains(whole)
}
