//! What cleaning made of a text, as tuples.

use std::ops::Range;

use descan::{Cleaned, Document, EditList, Outcome, Reason, RuleSet};

use crate::code_points::CodePoints;

/// A finding: start, end, before, after, rule, level, confidence, reasons, region,
/// whether it was applied.
pub(crate) type FoundTuple =
    (usize, usize, String, String, String, &'static str, f64, Vec<ReasonTuple>, &'static str, bool);

/// A reason: what speaks for it, and the number behind it.
type ReasonTuple = (String, Option<f64>);

/// Where a stretch that was changed lies: its start and end in the original, then in the
/// cleaned text.
pub(crate) type PlaceTuple = (usize, usize, usize, usize);

/// The findings about a text that tell a whole, and where it was changed.
pub(crate) fn of_text(original: &str, cleaned: &Cleaned) -> (Vec<FoundTuple>, Vec<PlaceTuple>) {
    let count = CodePoints::of(original);
    let mut found = Vec::with_capacity(cleaned.findings().len());
    for finding in cleaned.findings() {
        if finding.part_of.is_none() {
            found.push((
                count.at(finding.span.start),
                count.at(finding.span.end),
                finding.before.clone(),
                finding.after.clone(),
                finding.rule.clone(),
                finding.level.name(),
                finding.confidence,
                reasons(&finding.reasons),
                finding.region.name(),
                finding.applied,
            ));
        }
    }
    (found, places(&count, cleaned.edits()))
}

/// The same for a file; its text is the document's, in which all lines end in `\n`.
pub(crate) fn of_file(
    document: &Document<'_>,
    outcome: Outcome,
    rules: &RuleSet,
) -> (Vec<FoundTuple>, Vec<PlaceTuple>) {
    let count = CodePoints::of(document.text());
    let mut found = Vec::with_capacity(outcome.findings.len());
    for finding in outcome.findings {
        if finding.part_of.is_none() {
            found.push((
                count.at(finding.span.start),
                count.at(finding.span.end),
                finding.before,
                finding.after,
                rules.get(finding.rule).name.clone(),
                finding.level.name(),
                finding.confidence,
                reasons(&finding.reasons),
                finding.region.name(),
                finding.applied,
            ));
        }
    }
    (found, places(&count, &outcome.edits))
}

fn reasons(reasons: &[Reason]) -> Vec<ReasonTuple> {
    reasons.iter().map(|reason| (reason.what.clone(), reason.value)).collect()
}

fn places(count: &CodePoints<'_>, edits: &EditList) -> Vec<PlaceTuple> {
    let mut places = Vec::with_capacity(edits.len());
    // What the original and the cleaned text have up to here, in code points.
    let (mut before, mut after) = (0, 0);
    for edit in edits.iter() {
        let Range { start, end } = edit.span;
        let (start, end) = (count.at(start), count.at(end));
        let begins = after + (start - before);
        (before, after) = (end, begins + edit.text.chars().count());
        places.push((start, end, begins, after));
    }
    places
}
