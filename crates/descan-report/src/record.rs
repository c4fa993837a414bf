//! A finding as serialisable data, shared by reports and the ledger.

use descan_core::finding::Finding;
use descan_core::pipeline::Outcome;
use descan_rules::RuleSet;
use descan_source::{Document, FileFormat, encode};
use descan_text::hash::hex;
use descan_text::layout::Region;
use descan_text::level::Level;
use serde::{Deserialize, Serialize};

use super::LineIndex;
use crate::fingerprint::{self, Fingerprint};

/// Characters of context on either side.
const CONTEXT: usize = 30;

/// A finding as serialisable data; `docs/ledger.md` defines each field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct FindingRecord {
    pub id: String,
    /// Identifies the finding even when its line moves.
    #[serde(default)]
    pub fingerprint: Fingerprint,
    pub rule: String,
    pub pass: String,
    pub level: Level,
    pub confidence: f64,
    pub applied: bool,
    /// The part of an archive that it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// In bytes of the original file; of an archive, in those of its parts with text, one
    /// after the other.
    pub span: [usize; 2],
    pub line: usize,
    pub column: usize,
    /// As the file has it, with its own line ends.
    pub before: String,
    /// The bytes, if `before` does not represent them exactly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_hex: Option<String>,
    pub after: String,
    pub context: [String; 2],
    pub reasons: Vec<ReasonRecord>,
    pub region: Region,
    /// The finding that includes this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
}

impl FindingRecord {
    /// Changes the file number in its ids.
    pub fn renumber(&mut self, file: usize) {
        for id in [Some(&mut self.id), self.part_of.as_mut()].into_iter().flatten() {
            let in_file = id.split_once('.').map_or("", |(_, number)| number);
            *id = format!("{file}.{in_file}");
        }
    }
}

/// A reason as serialisable data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct ReasonRecord {
    pub what: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
}

/// The findings of a file as records, in order. Each id is `file` and the
/// finding's number in the file, both from 1: `3.12`.
pub fn records(file: usize, document: &Document<'_>, outcome: &Outcome, rules: &RuleSet) -> Vec<FindingRecord> {
    let mut positions = LineIndex::new(document.file_text());
    let marks = fingerprint::compute(document.text(), &outcome.findings, rules);
    let id = |index: usize| format!("{file}.{}", index + 1);
    let record = |(index, f): (usize, &Finding)| {
        let part = document.part_at(f.span.start);
        let start = document.file_text_span(f.span.clone()).start;
        let place = positions.position_from(part.map_or(0, |(_, start)| start), start);
        let span = document.file_span(f.span.clone());
        let before = document.original(f.span.clone()).into_owned();
        // In mark-up the ledger has the bytes of all changes together.
        let is_plain = document.format() == FileFormat::Plain;
        let odd =
            is_plain.then(|| &document.bytes()[span.clone()]).filter(|b| encode(&before, document.encoding()) != **b);
        FindingRecord {
            id: id(index),
            fingerprint: marks[index],
            rule: rules.get(f.rule).name.clone(),
            pass: f.pass.as_str().to_owned(),
            level: f.level,
            confidence: rounded(f.confidence),
            applied: f.applied,
            part: part.map(|(name, _)| name.to_owned()),
            span: [span.start, span.end],
            line: place.line,
            column: place.column,
            before_hex: odd.map(hex),
            before,
            after: document.in_own_newlines(&f.after).into_owned(),
            context: context(document.text(), f),
            reasons: f
                .reasons
                .iter()
                .map(|r| ReasonRecord { what: r.what.clone(), value: r.value.map(rounded) })
                .collect(),
            region: f.region,
            part_of: f.part_of.map(id),
        }
    };
    outcome.findings.iter().enumerate().map(record).collect()
}

fn context(text: &str, finding: &Finding) -> [String; 2] {
    let before = &text[..finding.span.start];
    let after = &text[finding.span.end..];
    let from = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(i, _)| i);
    let to = after.char_indices().nth(CONTEXT).map_or(after.len(), |(i, _)| i);
    [before[from..].to_owned(), after[..to].to_owned()]
}

/// Rounds to four decimals; more would be noise. Non-finite values become 0.
fn rounded(value: f64) -> f64 {
    if value.is_finite() { (value * 1e4).round() / 1e4 } else { 0.0 }
}
