//! Findings as JSON Lines, one object per finding: the stable format for programs.

use descan_text::escape;
use serde::Serialize;

use super::{BaselineStatus, Checked, FindingRecord};
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

/// The lines for a file's new findings, including those that are part of another.
pub fn lines(path: &PathRecord, file: &Checked<'_>) -> String {
    let mut out = String::new();
    for (finding, _) in file.records.iter().zip(file.statuses).filter(|(_, s)| **s == BaselineStatus::New) {
        let line = serde_json::to_string(&Line { schema: SCHEMA, path, finding }).unwrap_or_default();
        out.push_str(&escape::json(line));
        out.push('\n');
    }
    out
}
