//! Marks that are damaged alone: a scan leaves many kinds of scatter, and a writer now and then a slip.
//!
//! Where a page has nothing else that a scan did, no misread word, no broken one and no other mark, the one place
//! that looks damaged is as likely the writer's own. It is offered at `probable`.

use descan_rules::{PassName, Reason};
use descan_text::level::Level;

use super::trace::Trace;
use crate::finding::Finding;
use crate::pass::{Proposal, View};

/// How far around a place other damage is looked for, in bytes: a page or so.
const REACH: usize = 2000;
/// A text that is shorter says nothing, in bytes.
const SHORT: usize = 2400;
/// So many other places show a scan.
const ENOUGH: usize = 2;

/// Lowers the proposals of a pass about marks that stand alone.
pub(super) fn lower(proposals: &mut [Proposal], view: &View<'_>, trace: &Trace<'_>) {
    let text = view.text();
    let is_one = |proposal: &Proposal| {
        matches!(proposal.pass, PassName::Quotes | PassName::Spacing)
            && proposal.level == Level::Certain
            && !view.rules().get(proposal.rule).is_own()
            && !is_blank(&text[proposal.span.clone()], &proposal.text)
    };
    let is_scan = view.is_printed() || view.evidence().is_damaged();
    if text.len() < SHORT || is_scan || !proposals.iter().any(is_one) {
        return;
    }
    let origin = trace.edits().origin();
    let origin_of = |proposal: &Proposal| origin.widen(proposal.span.clone()).before.start;
    let mut damage: Vec<usize> = trace.findings().iter().filter(|f| shows_damage(f)).map(|f| f.span.start).collect();
    let open = proposals.iter().filter(|p| p.level < Level::Suspect && !is_blank(&text[p.span.clone()], &p.text));
    damage.extend(open.map(origin_of));
    damage.sort_unstable();
    damage.dedup();
    for proposal in proposals.iter_mut().filter(|proposal| is_one(proposal)) {
        let place = origin_of(proposal);
        let before = |end: usize| damage.partition_point(|&start| start < end);
        let near = before(place + REACH) - before(place.saturating_sub(REACH));
        let words = view.evidence().hand().at(proposal.span.start);
        if near > ENOUGH || words.of_scan > 0 {
            continue;
        }
        proposal.level = Level::Probable;
        proposal.reasons.push(Reason::new("nothing else near it is damaged: it may be a slip of the writer"));
    }
}

/// Whether a finding tells of a scan.
fn shows_damage(finding: &Finding) -> bool {
    finding.level < Level::Suspect
        && !matches!(finding.pass, PassName::Encoding | PassName::Characters)
        && !is_blank(&finding.before, &finding.after)
}

/// Whether only blanks change.
fn is_blank(old: &str, new: &str) -> bool {
    old.trim().is_empty() && new.trim().is_empty() && !old.is_empty() && !new.is_empty()
}
