//! Runs a rule's examples through the whole pipeline.

use descan_rules::{Change, Keep, RuleId, RuleSet};
use descan_source::Document;
use descan_text::level::Level;

use crate::pass::{Options, Reflow};
use crate::pipeline::{Outcome, clean};

/// An example that does not come out as it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The example's text.
    pub example: String,
    /// What is wrong, as a sentence.
    pub what: String,
}

/// Runs the examples of a rule at its own level.
///
/// A `change` must come out as written, by this rule at least, and must then
/// be a fixed point of the whole pipeline; a `keep` must give this rule nothing
/// to say at any level, and the pipeline nothing to change.
pub fn verify(rules: &RuleSet, id: RuleId, changes: &[Change], keeps: &[Keep]) -> Vec<Failure> {
    let rule = rules.get(id);
    let mut failures = Vec::new();
    for change in changes {
        let level = change.level.as_deref().and_then(|name| name.parse().ok()).unwrap_or(rule.level);
        let mut fail = |what: String| failures.push(Failure { example: change.from.clone(), what });
        let reflow = Reflow::asked(change.unwrap, change.wrap);
        let (after, outcome) = run(rules, &change.from, level, reflow);
        if after != change.to {
            fail(format!("becomes {after:?} instead of {:?}{}", change.to, blame(rules, &outcome)));
        } else if !outcome.findings.iter().any(|f| f.rule == id && f.applied) {
            fail(format!("is repaired by other rules than {}{}", rule.name, blame(rules, &outcome)));
        }
        let (again, outcome) = run(rules, &change.to, level, reflow);
        if again != change.to {
            fail(format!(
                "is no fixed point: cleaned again, {:?} becomes {again:?}{}",
                change.to,
                blame(rules, &outcome)
            ));
        }
    }
    for keep in keeps {
        let (after, outcome) = run(rules, &keep.text, rule.level, Reflow::Kept);
        let mut fail = |what: String| failures.push(Failure { example: keep.text.clone(), what });
        if after != keep.text {
            fail(format!("must stay and becomes {after:?}{}", blame(rules, &outcome)));
        } else if outcome.findings.iter().any(|f| f.rule == id) {
            fail(format!("must stay and is offered a change{}", blame(rules, &outcome)));
        }
    }
    failures
}

fn run(rules: &RuleSet, text: &str, level: Level, reflow: Reflow) -> (String, Outcome) {
    let document = Document::decode(text.as_bytes());
    let outcome = clean(&document, rules, &Options { level, reflow, ..Options::default() });
    (outcome.edits.apply(document.text()), outcome)
}

/// Which rules did what, for a message.
fn blame(rules: &RuleSet, outcome: &Outcome) -> String {
    let list: Vec<String> = outcome
        .findings
        .iter()
        .map(|f| format!("{} {}: {:?} to {:?}", f.level.name(), rules.get(f.rule).name, f.before, f.after))
        .collect();
    if list.is_empty() { String::new() } else { format!(" ({})", list.join("; ")) }
}
