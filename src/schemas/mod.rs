//! JSON Schemas (draft 2020-12) of what descan reads and writes.
//!
//! They are closed: unknown keys are rejected. The tests check each schema against
//! real output, and that it accepts nothing else.

mod judged;
mod ledger;
mod lists;
mod parts;
mod rule_file;

use serde_json::{Value, json};

/// A format that has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `descan.toml`.
    Config,
    /// A line of a ledger.
    Ledger,
    /// A line of `descan check --format jsonl`.
    Findings,
    /// A line of a baseline.
    Baseline,
    /// A line of a decisions file.
    Decisions,
    /// What `descan stats --format json` prints.
    Stats,
    /// A file that holds a rule.
    Rule,
    /// What `descan rules --format json` prints.
    Rules,
    /// What `descan config --format json` prints.
    Settings,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 9] = [
        Format::Config,
        Format::Ledger,
        Format::Findings,
        Format::Baseline,
        Format::Decisions,
        Format::Stats,
        Format::Rule,
        Format::Rules,
        Format::Settings,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Config => "config",
            Format::Ledger => "ledger",
            Format::Findings => "findings",
            Format::Baseline => "baseline",
            Format::Decisions => "decisions",
            Format::Stats => "stats",
            Format::Rule => "rule",
            Format::Rules => "rules",
            Format::Settings => "settings",
        }
    }

    /// The schema.
    pub fn schema(self) -> Value {
        let mut schema = match self {
            Format::Config => crate::settings::schema(),
            Format::Ledger => ledger::line(),
            Format::Findings => ledger::finding_line(),
            Format::Baseline => judged::baseline_line(),
            Format::Decisions => judged::decisions_line(),
            Format::Stats => lists::stats(),
            Format::Rule => rule_file::rule_file(),
            Format::Rules => lists::rules(),
            Format::Settings => lists::settings(),
        };
        schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        schema
    }
}
