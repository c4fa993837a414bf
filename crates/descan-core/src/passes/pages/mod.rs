//! Pass `pages`: removes what belongs to the page and not to the text.
//!
//! The evidence of the whole document is gathered first: where pages end, which
//! numbers continue from page to page, which lines recur at page edges. Then each
//! line at an edge is judged in the light of all the others, and each gap that a
//! page end left is closed or kept.

mod between;
mod catchword;
mod columns;
mod furniture;
mod gaps;
mod habit;
mod heads;
mod inset;
mod margins;
mod number;
mod paged;
mod repeats;
mod sheet;
mod signature;
mod stains;
mod unpaged;

use descan_rules::RuleId;

use crate::apart::is_of_signs;
use crate::pass::{Proposals, View};

/// Runs the pass.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let lines = view.layout().lines();
    let measure = view.measure();
    let mut furniture = if memchr::memchr(b'\x0c', text.as_bytes()).is_some() {
        let sheets = sheet::sheets(text, lines);
        paged::Paged::of(text, lines, measure, &sheets).furniture()
    } else {
        unpaged::furniture(text, lines)
    };
    let line = |index: usize| &text[lines[index].span()];
    furniture.retain(|f| f.kind != furniture::Kind::Head || !is_of_signs(line(f.line), view));
    if out.wants(RuleId::RUNNING_HEAD) {
        furniture.extend(between::furniture(view, text, lines, &furniture));
        furniture.sort_by_key(|f| f.line);
    }
    let habit = habit::Habit::of(text, lines, measure);
    let feeds = memchr::memchr_iter(b'\x0c', text.as_bytes()).collect();
    gaps::Gaps { text, lines, measure, habit, feeds }.mend(view, &furniture, out);
    margins::run(view, out);
    stains::run(view, out);
    repeats::run(view, out);
    columns::run(view, out);
}
