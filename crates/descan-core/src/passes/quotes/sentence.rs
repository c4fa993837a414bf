//! Punctuation inside a sentence: a comma after a title (`Mr,`), and a dash with a
//! stray hyphen.

use descan_rules::{Reason, RuleId};
use descan_text::level::Level;

use crate::pass::{Proposals, View};

/// Proposes full stops after titles, and dashes without the hyphen beside them.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let titles = text.contains("Mr. ") || text.contains("Mrs. ");
    for (_, left, right) in view.marked_pairs() {
        let (left, right) = (left.span(), right.span());
        let gap = &text[left.end..right.start];
        let (before, after) = (&text[left.clone()], &text[right.clone()]);
        match gap {
            ", " if titles && matches!(before, "Mr" | "Mrs" | "Dr") && after.starts_with(char::is_uppercase) => {
                let reasons = vec![Reason::new("a comma behind a title, where the document has full stops")];
                out.propose(RuleId::COMMA_AFTER_TITLE, Level::Certain, left.end..left.end + 1, ".", reasons);
            }
            "—-" | "-—" if view.evidence().style().em_dashes >= 2 => {
                let reasons = vec![Reason::new("a dash with a hyphen at its end")];
                out.propose(RuleId::DOUBLED_DASH, Level::Certain, left.end..right.start, "—", reasons);
            }
            _ => {}
        }
    }
}
