//! Findings as JSON Lines, one object a finding: the contract for programs.

use serde::Serialize;

use super::{FindingRecord, escape};
use crate::ledger::PathRecord;

/// The version of the format.
pub const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Line<'r> {
    schema: u32,
    #[serde(flatten)]
    path: &'r PathRecord,
    #[serde(flatten)]
    finding: &'r FindingRecord,
}

/// The lines for a file's findings.
pub fn lines(path: &PathRecord, findings: &[FindingRecord]) -> String {
    let mut out = String::new();
    for finding in findings {
        let line = serde_json::to_string(&Line { schema: SCHEMA, path, finding }).unwrap_or_default();
        out.push_str(&escape::json(line));
        out.push('\n');
    }
    out
}
