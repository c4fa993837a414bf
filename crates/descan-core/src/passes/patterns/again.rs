//! Whether the document shows the damage that a rule of weaker places is about.
//!
//! Damage comes again: a scan that sets a space before one question mark does so before the next. What is too weak
//! to be called damage by itself is damage where plainer places of the same kind were mended.

use descan_rules::RuleId;
use descan_text::level::Level;
use rustc_hash::FxHashSet;

use crate::finding::Finding;
use crate::pass::{Proposals, View};

/// In a long document one more place must have been mended for so many bytes, a few pages.
const PAGES: usize = 12_000;

/// Whether a rule may be tried: it needs no other, or the others have mended enough places in `earlier` passes and
/// looks, or propose to in this pass.
pub(super) fn allows(rule: RuleId, view: &View<'_>, earlier: &[Finding], out: &Proposals<'_>) -> bool {
    let Some(again) = &view.rules().get(rule).again else { return true };
    let of: Vec<RuleId> = again.of.iter().filter_map(|name| view.rules().find(name)).collect();
    let counts = |rule: RuleId, level: Level| level < Level::Suspect && of.contains(&rule);
    let before = earlier.iter().filter(|finding| counts(finding.rule, finding.level)).count();
    let here = out.list().iter().filter(|proposal| counts(proposal.rule, proposal.level)).count();
    before + here >= again.places + view.text().len() / PAGES
}

/// Where the places begin that the other rules mend in this pass: those are no weaker ones.
pub(super) fn mended(rule: RuleId, view: &View<'_>, out: &Proposals<'_>) -> FxHashSet<usize> {
    let Some(again) = &view.rules().get(rule).again else { return FxHashSet::default() };
    let of: Vec<RuleId> = again.of.iter().filter_map(|name| view.rules().find(name)).collect();
    let list = out.list().iter().filter(|proposal| of.contains(&proposal.rule) && proposal.level < Level::Suspect);
    list.map(|proposal| proposal.span.start).collect()
}
