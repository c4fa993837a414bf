//! Puts each paragraph on one line, on request.

use descan_rules::{Reason, RuleId};
use descan_text::flow::is_hyphen;
use descan_text::level::Level;

use super::paragraph::{Judgement, judge};
use crate::pass::{Proposals, View};

/// Proposes a space for every line break inside a paragraph, and a blank line
/// between paragraphs where the document parts them so and the scan lost it.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let lines = view.layout().lines();
    let measure = view.measure();
    if !measure.is_wrapped() {
        return;
    }
    let gaps = lines.windows(2).filter(|w| w[0].is_blank() && !w[1].is_blank()).count();
    for pair in lines.windows(2) {
        let (a, b) = (&pair[0], &pair[1]);
        if a.is_blank() || b.is_blank() {
            continue;
        }
        let (left, right) = (&text[a.text_start..a.end], &text[b.text_start..b.end]);
        match judge(a, b, left, right, measure) {
            Some(Judgement::Paragraph(reason)) if gaps > 0 => {
                out.propose(
                    RuleId::LOST_PARAGRAPH_BREAK,
                    Level::Certain,
                    a.end + 1..a.end + 1,
                    "\n",
                    vec![Reason::new(reason)],
                );
            }
            None => {
                let after = left.len() - left.trim_end().len();
                let reasons = vec![Reason::new("you asked for each paragraph on one line")];
                // A hyphen that stays at the line's end takes no space.
                let blank = if left.trim_end().ends_with(is_hyphen) { "" } else { " " };
                if blank.is_empty() {
                    continue;
                }
                out.propose(RuleId::WRAPPED_LINE, Level::Certain, a.end - after..b.text_start, blank, reasons);
            }
            _ => {}
        }
    }
}
