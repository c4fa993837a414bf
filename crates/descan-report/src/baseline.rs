//! Known findings that are tolerated, so that a check fails on new damage only.
//!
//! A baseline is JSON Lines: a header line with the run's level, then one line
//! per finding, identified by file and fingerprint. See `docs/ci.md`.

use std::path::Path;

use descan_text::escape;
use descan_text::level::Level;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::FindingRecord;
use crate::fingerprint::Fingerprint;
use crate::ledger::PathRecord;

/// The version of the format.
pub const SCHEMA: u32 = 1;

/// A known finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The file, relative to the baseline's folder.
    #[serde(flatten)]
    pub path: PathRecord,
    /// Identifies the finding; see [`Fingerprint`].
    pub fingerprint: Fingerprint,
    /// For human readers only: the fingerprint already covers it.
    pub rule: String,
    /// Its level when the baseline was written.
    pub level: Level,
    /// For human readers: the text found.
    pub before: String,
    /// For human readers: the suggested replacement.
    pub after: String,
}

/// All known findings.
#[derive(Clone, Debug)]
pub struct Baseline {
    level: Level,
    entries: Vec<Entry>,
    /// For each path, its entries by fingerprint.
    by_path: FxHashMap<PathKey, FxHashMap<Fingerprint, usize>>,
}

/// Why a baseline was rejected.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum BaselineError {
    /// The first line is not a baseline header.
    #[error("is not a baseline file; create one with `descan baseline PATH... -o FILE`")]
    NotABaseline,
    /// It was written by a later version.
    #[error("has schema {0}, but this descan supports {SCHEMA}; update descan or recreate the baseline")]
    Schema(u32),
    /// A line cannot be read.
    #[error("line {line}: {what}; recreate the baseline")]
    Line {
        /// From 1.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
}

/// A path as text and, if it is not valid UTF-8, its bytes in hexadecimal.
type PathKey = (String, Option<String>);

#[derive(Serialize, Deserialize)]
struct Head {
    #[serde(rename = "type")]
    kind: String,
    schema: u32,
    level: Level,
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// The text is not a baseline. The message completes a sentence that begins
    /// with the file's name.
    pub fn parse(text: &str) -> Result<Baseline, BaselineError> {
        let mut lines = text.lines().enumerate();
        let head: Head =
            lines.next().and_then(|(_, line)| serde_json::from_str(line).ok()).ok_or(BaselineError::NotABaseline)?;
        if head.kind != "baseline" {
            return Err(BaselineError::NotABaseline);
        }
        if head.schema != SCHEMA {
            return Err(BaselineError::Schema(head.schema));
        }
        let mut baseline = Baseline { level: head.level, entries: Vec::new(), by_path: FxHashMap::default() };
        for (index, line) in lines.filter(|(_, line)| !line.is_empty()) {
            let entry: Entry = serde_json::from_str(line)
                .map_err(|error| BaselineError::Line { line: index + 1, what: error.to_string() })?;
            let of_path = baseline.by_path.entry(key(&entry.path)).or_default();
            of_path.insert(entry.fingerprint, baseline.entries.len());
            baseline.entries.push(entry);
        }
        Ok(baseline)
    }

    /// The header line of a baseline file; `level` is the level that the run applied.
    pub fn head(level: Level) -> String {
        let head = Head { kind: "baseline".to_owned(), schema: SCHEMA, level };
        serde_json::to_string(&head).unwrap_or_default() + "\n"
    }

    /// The lines for a file's findings, without those that are part of another.
    pub fn lines(path: &PathRecord, findings: &[FindingRecord]) -> String {
        let mut out = String::new();
        for finding in findings.iter().filter(|f| f.part_of.is_none()) {
            let entry = Entry {
                path: path.clone(),
                fingerprint: finding.fingerprint,
                rule: finding.rule.clone(),
                level: finding.level,
                before: finding.before.clone(),
                after: finding.after.clone(),
            };
            out.push_str(&escape::json(serde_json::to_string(&entry).unwrap_or_default()));
            out.push('\n');
        }
        out
    }

    /// Whether the baseline has this finding.
    pub fn contains(&self, path: &PathRecord, fingerprint: Fingerprint) -> bool {
        self.by_path.get(&key(path)).is_some_and(|known| known.contains_key(&fingerprint))
    }

    /// The entries of a file that match none of its findings, in order.
    pub fn stale(&self, path: &PathRecord, findings: &[FindingRecord]) -> Vec<&Entry> {
        let Some(known) = self.by_path.get(&key(path)) else { return Vec::new() };
        let mut left = known.clone();
        for finding in findings {
            left.remove(&finding.fingerprint);
        }
        let mut left: Vec<usize> = left.into_values().collect();
        left.sort_unstable();
        left.into_iter().map(|index| &self.entries[index]).collect()
    }

    /// The entries of files that no longer exist; `exists` gets a path relative
    /// to the baseline’s folder.
    pub fn of_missing_files<'b>(&'b self, exists: impl Fn(&Path) -> bool + 'b) -> impl Iterator<Item = &'b Entry> {
        let mut last: Option<(&PathRecord, bool)> = None;
        self.entries.iter().filter(move |entry| {
            let there = match last {
                Some((path, there)) if *path == entry.path => there,
                _ => entry.path.to_path().is_some_and(|path| exists(&path)),
            };
            last = Some((&entry.path, there));
            !there
        })
    }

    /// The level of the run that created it.
    pub fn level(&self) -> Level {
        self.level
    }
}

fn key(path: &PathRecord) -> PathKey {
    (path.path.clone(), path.path_hex.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_text_is_rejected_with_a_message() {
        let message = |text: &str| Baseline::parse(text).expect_err("refused").to_string();
        assert!(message("").starts_with("is not a baseline"));
        assert!(message("{\"type\":\"run\",\"schema\":1}\n").starts_with("is not a baseline"));
        assert!(message("{\"type\":\"baseline\",\"schema\":9,\"level\":\"certain\"}\n").starts_with("has schema 9"));
        let cut = message("{\"type\":\"baseline\",\"schema\":1,\"level\":\"certain\"}\n{\"path\":\"a.txt\"}\n");
        assert!(cut.starts_with("line 2: missing field"), "{cut}");
    }
}
