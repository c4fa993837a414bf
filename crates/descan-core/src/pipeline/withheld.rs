//! Repairs that are not made, as the file would not be read with them as it should.

use descan_rules::Reason;
use descan_text::edit::{Edit, EditList};
use descan_text::level::Level;

use super::outcome::Outcome;

/// More repairs than this are not looked for one by one: then none is made.
const MOST: usize = 32;

/// Why a repair is not made.
const WHY: &str = "withheld: the file would not be read as the repaired text";

/// The outcome without the edits that `reads_back` does not hold for.
pub(super) fn without_unreadable(outcome: Outcome, reads_back: impl Fn(&EditList) -> bool) -> Outcome {
    let edits: Vec<Edit> = outcome.edits.iter().cloned().collect();
    let mut unreadable = Vec::new();
    // The halves of what cannot be read back, until single edits are left.
    let mut parts = Vec::new();
    parts.push(0..edits.len());
    while let Some(part) = parts.pop() {
        if unreadable.len() > MOST {
            return without_any(outcome);
        }
        if reads_back(&EditList::new(edits[part.clone()].to_vec())) {
            continue;
        }
        if part.len() <= 1 {
            unreadable.push(part.start);
            continue;
        }
        let middle = part.start + part.len() / 2;
        parts.extend([part.start..middle, middle..part.end]);
    }
    let rest = |index: usize| (!unreadable.contains(&index)).then(|| edits[index].clone());
    let rest = EditList::new((0..edits.len()).filter_map(rest).collect());
    match reads_back(&rest) {
        true => withhold(outcome, rest),
        // They cannot be read together, though each half of them can.
        false => without_any(outcome),
    }
}

/// The outcome with all that was applied only suggested.
pub(super) fn without_any(outcome: Outcome) -> Outcome {
    withhold(outcome, EditList::default())
}

/// The outcome with these edits applied and no others.
fn withhold(mut outcome: Outcome, edits: EditList) -> Outcome {
    let spans: Vec<_> = edits.iter().map(|edit| edit.span.clone()).collect();
    for finding in &mut outcome.findings {
        let at = spans.partition_point(|span| span.end < finding.span.start);
        let stands = spans[at..]
            .iter()
            .take_while(|span| span.start <= finding.span.start)
            .any(|span| finding.span.end <= span.end);
        if finding.applied && !stands {
            finding.applied = false;
            finding.decided = None;
            finding.level = Level::Suspect;
            finding.reasons.push(Reason::new(WHY));
        }
    }
    outcome.edits = edits;
    outcome
}

#[cfg(test)]
mod tests {
    use descan_rules::RuleSet;
    use descan_source::Document;

    use super::*;
    use crate::pass::Options;
    use crate::pipeline::clean;

    fn cleaned(text: &str) -> Outcome {
        clean(&Document::decode(text.as_bytes().to_vec()), &RuleSet::built_in(), &Options::default())
    }

    #[test]
    fn an_edit_that_cannot_be_read_back_is_only_suggested() {
        let text = "The ﬁrst oﬃcer left the oﬃce at ﬁve, and the ﬂood came.";
        let outcome = cleaned(text);
        let edits = outcome.edits.len();
        assert!(edits >= 4);
        let second = outcome.edits.iter().nth(1).expect("an edit").clone();
        let outcome = without_unreadable(outcome, |edits| !edits.iter().any(|edit| edit.span == second.span));
        assert_eq!(outcome.edits.len(), edits - 1);
        let withheld: Vec<_> = outcome.findings.iter().filter(|finding| !finding.applied).collect();
        assert_eq!(withheld.len(), 1);
        assert_eq!((withheld[0].span.clone(), withheld[0].level), (second.span, Level::Suspect));
        assert_eq!(withheld[0].reasons.last().map(|reason| &*reason.what), Some(WHY));
    }

    #[test]
    fn where_nothing_can_be_read_back_everything_is_still_found() {
        let text = "The ﬁrst oﬃcer smiled.";
        let all = cleaned(text).findings.len();
        let outcome = without_unreadable(cleaned(text), EditList::is_empty);
        assert!(outcome.edits.is_empty() && outcome.findings.iter().all(|finding| !finding.applied));
        assert_eq!(outcome.findings.len(), all);
    }
}
