//! Whether the document shows the damage that a rule of weaker places is about.
//!
//! Damage comes again: a scan that sets a space before one question mark does so before the next. What is too weak
//! to be called damage by itself is damage where plainer places of the same kind were mended.

use descan_rules::{Again, RuleId};
use descan_text::level::Level;
use rustc_hash::FxHashSet;

use crate::finding::Finding;
use crate::pass::{Proposals, View};

/// In a long document one more place must have been mended for so many bytes, a few pages.
const PAGES: usize = 12_000;

/// Where the plainer places begin that other rules mend in this pass: those are no weaker ones. `None` where, with what
/// they mended in `earlier` passes and looks, they are too few for the rule to be tried.
pub(super) fn mended(
    again: &Again,
    view: &View<'_>,
    earlier: &[Finding],
    out: &Proposals<'_>,
) -> Option<FxHashSet<usize>> {
    let is_other = |rule: RuleId| again.of.iter().any(|name| view.rules().get(rule).is_called(name));
    let counts = |rule: RuleId, level: Level| level < Level::Suspect && is_other(rule);
    let before = earlier.iter().filter(|finding| counts(finding.rule, finding.level)).count();
    let here = out.list().iter().filter(|proposal| counts(proposal.rule, proposal.level));
    let here: Vec<usize> = here.map(|proposal| proposal.span.start).collect();
    let is_shown = before + here.len() >= again.places + view.text().len() / PAGES;
    is_shown.then(|| here.into_iter().collect())
}
