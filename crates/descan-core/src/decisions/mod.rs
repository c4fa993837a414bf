//! People's decisions on findings, and the words they know to be right.
//!
//! A decisions file is JSON Lines; see `docs/decisions.md`. A decision about a
//! place is matched by the rule, the texts before and after, and the surrounding
//! words, never by a line number, so it survives edits elsewhere in the file.

mod book;
mod context;
mod never;
mod places;
mod read;
#[cfg(test)]
mod tests;
mod typed;

pub use book::{Decisions, Entry, Ruling, Verdict};
pub use context::Context;
pub use read::{LARGEST, Refused};

use descan_rules::RuleSet;
use descan_text::escape;
use serde::{Deserialize, Serialize};

use crate::finding::Finding;

/// The version of the format.
pub const SCHEMA: u32 = 1;

/// The default name of a decisions file.
pub const FILE_NAME: &str = "descan.decisions.jsonl";

/// One line of a decisions file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Decision {
    /// The reading is right here: apply it at any level.
    Accept(Place),
    /// The text is right as it is here: neither apply nor show the reading.
    Refuse(Place),
    /// The text is wrong here and should be `with`.
    Replace(Place),
    /// The reading is right wherever the rule proposes it.
    AcceptAlike(Alike),
    /// The reading is wrong wherever the rule proposes it.
    RefuseAlike(Alike),
    /// Wherever the rule proposes the reading, use `with` instead.
    ReplaceAlike(Alike),
    /// A word that no repair may produce.
    Never(Never),
    /// A word or pattern that is right as it is.
    Right(Right),
}

/// A reading at one place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The rule that proposes it.
    pub rule: String,
    /// The text as the rule's pass found it.
    pub before: String,
    /// The rule's replacement.
    pub after: String,
    /// The surrounding words.
    pub context: Context,
    /// The replacement a person typed, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
    /// The file, for human readers only: places are matched by their text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

/// A reading wherever it is proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alike {
    /// The rule that proposes it.
    pub rule: String,
    /// The text as the rule's pass found it.
    pub before: String,
    /// The rule's replacement.
    pub after: String,
    /// The replacement a person typed, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
}

/// A word that no repair may produce.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Never {
    /// The word, compared without case.
    pub word: String,
    /// The reason, for human readers only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Text that is right as it is: either a word or a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Right {
    /// A word or phrase; case counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word: Option<String>,
    /// A regular expression in the syntax of the `regex` crate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// The reason, for human readers only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Place {
    /// The place of a finding in a document's `text`.
    pub fn of(text: &str, finding: &Finding, rules: &RuleSet) -> Place {
        Place {
            rule: rules.get(finding.rule).name.clone(),
            before: finding.spot.before.clone(),
            after: finding.spot.after.clone(),
            context: Context::of(text, &finding.spot.span),
            with: None,
            path: None,
        }
    }

    /// The same reading wherever it is proposed.
    pub fn alike(&self) -> Alike {
        Alike {
            rule: self.rule.clone(),
            before: self.before.clone(),
            after: self.after.clone(),
            with: self.with.clone(),
        }
    }
}

impl Decision {
    /// The decision as a line with its line break. Invisible characters are escaped
    /// as `\uXXXX`.
    pub fn to_json(&self) -> String {
        line(self)
    }

    /// The `type` of its line.
    pub fn name(&self) -> &'static str {
        match self {
            Decision::Accept(_) => "accept",
            Decision::Refuse(_) => "refuse",
            Decision::Replace(_) => "replace",
            Decision::AcceptAlike(_) => "accept-alike",
            Decision::RefuseAlike(_) => "refuse-alike",
            Decision::ReplaceAlike(_) => "replace-alike",
            Decision::Never(_) => "never",
            Decision::Right(_) => "right",
        }
    }
}

/// The first line of a decisions file, with its line break.
pub fn header() -> String {
    line(&Header { kind: HeaderKind::Decisions, schema: SCHEMA })
}

/// The first line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    #[serde(rename = "type")]
    kind: HeaderKind,
    schema: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum HeaderKind {
    Decisions,
}

fn line(data: &impl Serialize) -> String {
    // Plain data with string keys: serialising cannot fail.
    let mut line = escape::json(serde_json::to_string(data).unwrap_or_default());
    line.push('\n');
    line
}
