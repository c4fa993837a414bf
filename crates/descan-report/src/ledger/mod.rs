//! The ledger: JSON Lines that record every edit of a run, so that the originals
//! can be restored. `docs/ledger.md` describes the format.

mod path;
mod restore;
mod summary;

pub use path::PathRecord;
pub use restore::{Mismatch, restore};
pub use summary::{Counted, DamagedFile, SummaryLine};

use std::collections::BTreeMap;

use descan_core::pipeline::Outcome;
use descan_source::{Document, FileFormat, Splice};
use descan_text::escape;
use descan_text::hash::{hex, sha256};
use descan_text::level::Level;
use serde::{Deserialize, Serialize};

use crate::{FindingRecord, words};

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
    /// The last line of a complete ledger.
    Summary(SummaryLine),
}

impl Line {
    /// The line with its line break.
    pub fn to_json(&self) -> String {
        // Plain data with string keys: serialising cannot fail.
        let mut line = escape::json(serde_json::to_string(self).unwrap_or_default());
        line.push('\n');
        line
    }
}

/// The run's settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct RunLine {
    pub schema: u32,
    pub version: String,
    pub options: OptionsRecord,
    /// The enabled rules, in order.
    pub rules: Vec<String>,
    /// A hash of everything besides the texts that affects the result: the program,
    /// the options and the files they name. Present only if a later run can resume
    /// from this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
}

/// The options that affect what a run does to a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct OptionsRecord {
    pub level: String,
    pub select: Vec<String>,
    pub ignore: Vec<String>,
    /// The requested styles of punctuation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub style: Vec<String>,
    pub unwrap: bool,
    /// The width that lines were wrapped to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrap: Option<u16>,
    /// Whether elements of words were split, joined and removed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub structure: bool,
    /// Whether old readings were kept in the mark-up.
    #[serde(default, skip_serializing_if = "is_false")]
    pub keep_original: bool,
    /// The rules whose level was changed, with their new level.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub levels: BTreeMap<String, Level>,
    /// Protected words and patterns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub protect: Vec<ProtectRecord>,
    /// The user's custom rules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own_rules: Vec<OwnRuleRecord>,
    /// The SHA-256 of all decisions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decisions: Option<String>,
    /// Whether the inputs themselves were replaced.
    pub write: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// Protected words or a protected pattern.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct ProtectRecord {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    pub reason: String,
}

/// A custom rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct OwnRuleRecord {
    pub name: String,
    /// The hash of the rule's file.
    pub sha256: String,
}

/// A file before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct FileLine {
    /// Path of the cleaned file, relative to the ledger's folder.
    #[serde(flatten)]
    pub path: PathRecord,
    /// The input as named by the user, if it is a different file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The hash of the input, if what was cleaned is its running text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256_source: Option<String>,
    pub sha256_before: String,
    pub sha256_after: String,
    /// The hash of the diff, if one was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256_diff: Option<String>,
    /// Bytes of the original as UTF-8.
    #[serde(default)]
    pub size: usize,
    /// Words of the original, used to compute the damage rate.
    #[serde(default)]
    pub words: usize,
    /// The name from the WHATWG encoding standard.
    pub encoding: String,
    pub bom: bool,
    /// How most lines end: `lf`, `crlf` or `cr`.
    pub newline: String,
    /// Byte sequences that are invalid in that encoding.
    pub undecodable: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reencoded: Option<Reencoded>,
    /// The format, if it is not plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// What changed in the bytes of a file that is not plain text, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cuts: Vec<CutRecord>,
    /// The number of edit lines that follow.
    pub edits: usize,
}

/// Bytes of the original and how many came in their place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct CutRecord {
    /// In bytes of the original file.
    pub span: [usize; 2],
    /// The original bytes.
    pub before_hex: String,
    /// How many bytes the cleaned file has in their place.
    pub length: usize,
}

/// Why a file was not written in its own encoding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Reencoded {
    pub to: String,
    /// The first character that the original encoding cannot represent.
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
    /// The line for a file; `after` is the result of applying `splice`.
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
            sha256_source: None,
            sha256_before,
            sha256_after,
            sha256_diff: None,
            size: document.text().len(),
            words: words(document.text()),
            encoding: document.encoding().name().to_owned(),
            bom: document.has_bom(),
            newline: document.newline().name().to_owned(),
            undecodable: document.undecodable(),
            reencoded: splice.reencoded_for.map(|character| Reencoded { to: "UTF-8".to_owned(), character }),
            format: (document.format() != FileFormat::Plain).then(|| document.format().name().to_owned()),
            cuts: if document.format() == FileFormat::Plain { Vec::new() } else { cuts(document.bytes(), splice) },
            edits: outcome.findings.len(),
        }
    }
}

/// The changes of a file's bytes as serialisable data.
fn cuts(bytes: &[u8], splice: &Splice) -> Vec<CutRecord> {
    let mut cuts = Vec::with_capacity(splice.cuts.len());
    for cut in &splice.cuts {
        let span = [cut.span.start, cut.span.end];
        cuts.push(CutRecord { span, before_hex: hex(&bytes[cut.span.clone()]), length: cut.new.len() });
    }
    cuts
}
