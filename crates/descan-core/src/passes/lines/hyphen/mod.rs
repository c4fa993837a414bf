//! Words broken at the end of a line.

mod decide;
mod known;
mod lost;
mod place;
mod words;

use descan_rules::RuleId;
use descan_text::level::Level;

use crate::pass::{Proposals, View};
use decide::Verdict;
use known::Known;
use place::Break;

/// Proposes to make broken words whole.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    lost::run(view, out);
    let lines = view.layout().lines();
    let breaks: Vec<Break<'_>> = lines.windows(2).filter_map(|w| Break::find(view.text(), &w[0], &w[1])).collect();
    if breaks.is_empty() {
        return;
    }
    let mut known = Known::of(view);
    known.learn_habit(&breaks);
    let mut decided: Vec<_> = breaks.iter().map(|b| known.decide(b)).collect();
    // What is settled here is evidence for the same word broken elsewhere, as
    // it will be for a reader of the cleaned text.
    for (b, d) in breaks.iter().zip(&decided) {
        if let Some(d) = d.as_ref().filter(|d| d.level == Level::Certain) {
            known.settle_break(b, d.verdict);
        }
    }
    for (b, d) in breaks.iter().zip(&mut decided) {
        if d.as_ref().is_none_or(|d| d.level != Level::Certain) {
            *d = known.decide(b);
        }
        let Some(d) = d.take() else { continue };
        let (rule, mark) = match d.verdict {
            Verdict::Join => (RuleId::BROKEN_HYPHENATION, ""),
            Verdict::Keep => (RuleId::BROKEN_COMPOUND, "-"),
            Verdict::Drop => {
                out.propose(RuleId::REPEATED_FRAGMENT, d.level, b.piece(view.text()), "", d.reasons);
                continue;
            }
        };
        let with = [mark, b.tail, &b.line_break(view)].concat();
        out.propose(rule, d.level, b.span.clone(), with, d.reasons);
    }
}
