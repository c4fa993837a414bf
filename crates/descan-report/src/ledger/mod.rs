//! The ledger: JSON Lines that tell every edit of a run and lead back to the
//! originals. `docs/ledger.md` describes the format.

mod path;
mod restore;
mod summary;

pub use path::PathRecord;
pub use restore::{Mismatch, restore};
pub use summary::{Counted, DamagedFile, SummaryLine};

use std::collections::BTreeMap;

use descan_core::pipeline::Outcome;
use descan_source::{Document, Splice};
use descan_text::escape;
use descan_text::hash::sha256;
use descan_text::level::Level;
use serde::{Deserialize, Serialize};

use crate::FindingRecord;

/// The version of the format.
pub const SCHEMA: u32 = 1;

/// One line of a ledger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Line {
    /// What was run; the first line.
    Run(RunLine),
    /// A file; its edits follow.
    File(FileLine),
    /// A finding in the file before it.
    Edit(FindingRecord),
    /// An input that could not be read or written.
    Failure(FailureLine),
    /// The end of a ledger that is whole.
    Summary(SummaryLine),
}

impl Line {
    /// The line with its line break.
    pub fn to_json(&self) -> String {
        // Plain data without maps of odd keys: serialising cannot fail.
        let mut line = escape::json(serde_json::to_string(self).unwrap_or_default());
        line.push('\n');
        line
    }
}

/// What was run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct RunLine {
    pub schema: u32,
    pub version: String,
    pub options: OptionsRecord,
    /// The rules that were on, in order.
    pub rules: Vec<String>,
    /// A hash of all that decides, besides the texts, what becomes of them: the
    /// program, the options, the files they name. Only of a run that a later
    /// one can take results over from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
}

/// The options that decide what a run does to a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct OptionsRecord {
    pub level: String,
    pub select: Vec<String>,
    pub ignore: Vec<String>,
    /// The marks that were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub style: Vec<String>,
    pub unwrap: bool,
    /// The columns that lines were filled up to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrap: Option<u16>,
    /// The rules whose level was moved, with their new level.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub levels: BTreeMap<String, Level>,
    /// What no repair was to touch.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub protect: Vec<ProtectRecord>,
    /// The user's own rules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own_rules: Vec<OwnRuleRecord>,
    /// The SHA-256 of all that people decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decisions: Option<String>,
    /// Whether the inputs themselves were replaced.
    pub write: bool,
}

/// Words or a pattern that no repair was to touch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct ProtectRecord {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    pub reason: String,
}

/// A rule of the user's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct OwnRuleRecord {
    pub name: String,
    /// Of the rule's file.
    pub sha256: String,
}

/// A file before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct FileLine {
    /// Of the cleaned file, from the ledger's folder.
    #[serde(flatten)]
    pub path: PathRecord,
    /// The input as it was named, where it is another file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    pub sha256_before: String,
    pub sha256_after: String,
    /// Of the diff, where one was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256_diff: Option<String>,
    /// Bytes of the original as UTF-8: what damage is measured by.
    #[serde(default)]
    pub size: usize,
    /// As the WHATWG encoding standard names it.
    pub encoding: String,
    pub bom: bool,
    /// How most lines end: `lf`, `crlf` or `cr`.
    pub newline: String,
    /// Places that are no text in that encoding.
    pub undecodable: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reencoded: Option<Reencoded>,
    /// The number of edit lines that follow.
    pub edits: usize,
}

/// Why a file was not written in its own encoding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Reencoded {
    pub to: String,
    /// The first character that the file's own encoding cannot hold.
    pub character: char,
}

/// An input that could not be read or written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct FailureLine {
    #[serde(flatten)]
    pub path: PathRecord,
    pub error: String,
}

impl FileLine {
    /// The line for a file; `after` is what `splice` made of it.
    pub fn new(
        path: PathRecord,
        source: Option<String>,
        document: &Document<'_>,
        outcome: &Outcome,
        splice: &Splice,
        after: &[u8],
    ) -> FileLine {
        let sha256_before = sha256(document.bytes());
        let sha256_after = if after == document.bytes() { sha256_before.clone() } else { sha256(after) };
        FileLine {
            path,
            source,
            sha256_before,
            sha256_after,
            sha256_diff: None,
            size: document.text().len(),
            encoding: document.encoding().name().to_owned(),
            bom: document.has_bom(),
            newline: document.newline().name().to_owned(),
            undecodable: document.undecodable(),
            reencoded: splice.reencoded_for.map(|character| Reencoded { to: "UTF-8".to_owned(), character }),
            edits: outcome.findings.len(),
        }
    }
}
