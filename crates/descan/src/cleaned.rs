//! What cleaning made of a text.

use std::ops::Range;

use descan_core::pipeline::Outcome;
use descan_rules::{PassName, Reason, RuleSet};
use descan_source::Document;
use descan_text::edit::{Edit, EditList};
use descan_text::layout::Region;
use descan_text::level::Level;

/// A cleaned text, with what was changed and what is suggested.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Cleaned {
    text: String,
    findings: Vec<Finding>,
    edits: EditList,
}

/// A place that a rule repaired or would repair.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Finding {
    /// The name of the rule; `descan explain NAME` says what it is about.
    pub rule: String,
    /// The pass that ran the rule.
    pub pass: PassName,
    /// How sure the repair is.
    pub level: Level,
    /// The probability that it is right, from 0 to 1.
    pub confidence: f64,
    /// The place, in bytes of the original text.
    pub span: Range<usize>,
    /// What stands there in the original.
    pub before: String,
    /// What it becomes, by this repair and those of earlier passes inside the span.
    pub after: String,
    /// Why.
    pub reasons: Vec<Reason>,
    /// The kind of text around.
    pub region: Region,
    /// Whether the repair was made; else it is only suggested.
    pub applied: bool,
    /// The index of the finding that tells the whole, where several passes
    /// changed one place.
    pub part_of: Option<usize>,
}

impl Cleaned {
    /// `document` is that of the `original` text, not of a file: its bytes are the
    /// text's own.
    pub(crate) fn new(original: &str, document: &Document<'_>, outcome: Outcome, rules: &RuleSet) -> Cleaned {
        let mut edits = Vec::with_capacity(outcome.edits.len());
        for edit in outcome.edits.iter() {
            let span = document.file_span(edit.span.clone());
            edits.push(Edit::new(span, document.in_own_newlines(&edit.text)));
        }
        let mut findings = Vec::with_capacity(outcome.findings.len());
        for finding in outcome.findings {
            findings.push(Finding {
                rule: rules.get(finding.rule).name.clone(),
                pass: finding.pass,
                level: finding.level,
                confidence: finding.confidence,
                span: document.file_span(finding.span.clone()),
                before: document.original(finding.span).into_owned(),
                after: document.in_own_newlines(&finding.after).into_owned(),
                reasons: finding.reasons,
                region: finding.region,
                applied: finding.applied,
                part_of: finding.part_of,
            });
        }
        let edits = EditList::new(edits);
        let text = edits.apply(original);
        Cleaned { text, findings, edits }
    }

    /// The cleaned text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The cleaned text, alone.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }

    /// All findings, applied and suggested, in the order of the original text.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// What was changed, as edits of the original text: they lead to the cleaned
    /// text, and [back](EditList::invert).
    #[must_use]
    pub fn edits(&self) -> &EditList {
        &self.edits
    }
}
