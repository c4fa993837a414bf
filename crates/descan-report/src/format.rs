//! The reports by name.

use super::{Checked, Run, Totals, github, human, jsonl, junit, sarif};
use crate::ledger::PathRecord;

/// A report format: a header, a part for each file in path order, and a footer.
/// The report of an archive is written as it is produced, never held in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people: the line, a marker, the rule and the reason.
    Human,
    /// One JSON object per finding; see docs/ledger.md.
    Jsonl,
    /// SARIF 2.1.0, for code scanning and editors.
    Sarif,
    /// GitHub workflow annotations.
    Github,
    /// JUnit XML, for the test views of CI systems.
    Junit,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 5] = [Format::Human, Format::Jsonl, Format::Sarif, Format::Github, Format::Junit];

    /// The name used on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Human => "human",
            Format::Jsonl => "jsonl",
            Format::Sarif => "sarif",
            Format::Github => "github",
            Format::Junit => "junit",
        }
    }

    /// The format with that name.
    pub fn parse(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The text before the first file.
    pub fn head(self, run: Run<'_>) -> String {
        match self {
            Format::Sarif => sarif::head(run),
            Format::Junit => junit::head(),
            Format::Human | Format::Jsonl | Format::Github => String::new(),
        }
    }

    /// The part for one file; empty if there is nothing to report.
    pub fn file(self, file: &Checked<'_>) -> String {
        match self {
            Format::Human => human::report(file),
            Format::Jsonl => jsonl::lines(&PathRecord::new(file.path), file),
            Format::Sarif => sarif::results(file),
            Format::Github => github::annotations(file),
            Format::Junit => junit::suite(file),
        }
    }

    /// The separator between two files that have something to report.
    pub fn between(self) -> &'static str {
        if self == Format::Sarif { ",\n" } else { "" }
    }

    /// The text after the last file.
    pub fn foot(self, totals: &Totals) -> String {
        match self {
            Format::Sarif => sarif::foot(totals),
            Format::Github => github::foot(totals),
            Format::Junit => junit::foot(totals),
            Format::Human | Format::Jsonl => String::new(),
        }
    }
}
