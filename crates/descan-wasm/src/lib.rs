//! descan for a page in a browser: `docs/try`. For other targets it is empty.
#![cfg(target_family = "wasm")]

use descan::{Cleaner, Level};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

/// What a page shows of a text.
#[derive(Serialize)]
struct Shown<'c> {
    text: &'c str,
    findings: Vec<ShownFinding<'c>>,
}

/// A finding that tells a whole; its place is in UTF-16 units, as browsers count.
#[derive(Serialize)]
struct ShownFinding<'c> {
    start: usize,
    end: usize,
    before: &'c str,
    after: &'c str,
    rule: &'c str,
    level: &'static str,
    confidence: f64,
    reasons: Vec<&'c str>,
    applied: bool,
}

/// Cleans a text at a level, which is `certain` if the name is none: an object in JSON with the
/// cleaned `text` and the `findings`.
#[wasm_bindgen]
#[must_use]
pub fn clean(text: &str, level: &str) -> String {
    let level = level.parse().unwrap_or(Level::Certain);
    let Ok(cleaner) = Cleaner::builder().level(level).build() else { return String::new() };
    let cleaned = cleaner.clean(text);
    let mut findings = Vec::with_capacity(cleaned.findings().len());
    let (mut byte, mut unit) = (0, 0);
    for finding in cleaned.findings().iter().filter(|finding| finding.part_of.is_none()) {
        // Findings are in order, and a suggestion may lie inside another.
        if finding.span.start < byte {
            (byte, unit) = (0, 0);
        }
        unit += text[byte..finding.span.start].encode_utf16().count();
        byte = finding.span.start;
        findings.push(ShownFinding {
            start: unit,
            end: unit + text[finding.span.clone()].encode_utf16().count(),
            before: &finding.before,
            after: &finding.after,
            rule: &finding.rule,
            level: finding.level.name(),
            confidence: finding.confidence,
            reasons: finding
                .reasons
                .iter()
                .filter(|reason| reason.value.is_none())
                .map(|reason| reason.what.as_str())
                .collect(),
            applied: finding.applied,
        });
    }
    serde_json::to_string(&Shown { text: cleaned.text(), findings }).unwrap_or_default()
}
