//! The input of every report.

use std::ops::AddAssign;
use std::path::{Path, PathBuf};

use descan_core::finding::Finding;
use descan_core::pass::Selection;
use descan_rules::{Rule, RuleSet};
use descan_source::Document;
use descan_text::level::Level;

use super::{FindingRecord, LineColumn};

/// A run, as reports describe it in their header.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// All rules.
    pub rules: &'a RuleSet,
    /// The enabled ones.
    pub selection: &'a Selection,
}

/// How a finding relates to the baseline and to the lines asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaselineStatus {
    /// Reported.
    New,
    /// In the baseline: reported only by formats that can mark it as known.
    Known,
    /// Outside the lines asked for: not reported.
    OutOfScope,
}

/// A file as reports see it. The slices have the same length and order.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// As named by the user; relative to the current folder if below it.
    pub path: &'a Path,
    /// The file's content.
    pub document: &'a Document<'a>,
    /// All findings.
    pub findings: &'a [Finding],
    /// The same as serialisable data.
    pub records: &'a [FindingRecord],
    /// The status of each.
    pub statuses: &'a [BaselineStatus],
    /// Whether the run has a baseline.
    pub has_baseline: bool,
    /// All rules.
    pub rules: &'a RuleSet,
    /// Findings at this level or above fail the check.
    pub fail_on: Level,
}

/// One finding, as reports show it.
#[derive(Clone, Copy, Debug)]
pub struct ReportedFinding<'a> {
    /// Its index among all findings of the file.
    pub index: usize,
    /// The finding.
    pub finding: &'a Finding,
    /// The same as serialisable data.
    pub record: &'a FindingRecord,
    /// Its rule.
    pub rule: &'a Rule,
    /// What the file has at its place, mark-up included.
    pub found: &'a str,
    /// Whether the baseline has it.
    pub known: bool,
    /// Whether it is new and at a level that fails the check.
    pub fails: bool,
}

/// The totals of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Files that were checked.
    pub files: usize,
    /// Findings reported.
    pub findings: usize,
    /// Reported findings that fail the check.
    pub failing: usize,
    /// Reported findings that `clean` would apply.
    pub applied: usize,
    /// Findings in the baseline.
    pub known: usize,
    /// Inputs that could not be checked, each with the reason.
    pub failures: Vec<(PathBuf, String)>,
}

impl Totals {
    /// The totals of one file.
    pub fn of(file: &Checked<'_>) -> Totals {
        let mut totals = Totals { files: 1, ..Totals::default() };
        for reported in file.with_known() {
            totals.known += usize::from(reported.known);
            totals.findings += usize::from(!reported.known);
            totals.failing += usize::from(reported.fails);
            totals.applied += usize::from(!reported.known && reported.finding.applied);
        }
        totals
    }
}

impl AddAssign for Totals {
    fn add_assign(&mut self, other: Totals) {
        self.files += other.files;
        self.findings += other.findings;
        self.failing += other.failing;
        self.applied += other.applied;
        self.known += other.known;
        self.failures.extend(other.failures);
    }
}

impl<'a> Checked<'a> {
    /// The findings to report, in order, without those that are part of another.
    pub fn reported(&self) -> impl Iterator<Item = ReportedFinding<'a>> {
        self.with_known().filter(|reported| !reported.known)
    }

    /// The findings to report and the known ones.
    pub fn with_known(&self) -> impl Iterator<Item = ReportedFinding<'a>> {
        let Checked { rules, fail_on, document, .. } = *self;
        let all = self.findings.iter().zip(self.records).zip(self.statuses).enumerate();
        all.filter(|(_, ((finding, _), status))| finding.part_of.is_none() && **status != BaselineStatus::OutOfScope)
            .map(move |(index, ((finding, record), status))| {
                let known = *status == BaselineStatus::Known;
                let fails = !known && finding.counts_at(fail_on);
                let found = &document.file_text()[document.file_text_span(finding.span.clone())];
                ReportedFinding { index, finding, record, rule: rules.get(finding.rule), found, known, fails }
            })
    }
}

impl ReportedFinding<'_> {
    /// Where it starts.
    pub fn start(&self) -> LineColumn {
        LineColumn { line: self.record.line, column: self.record.column }
    }

    /// Where it ends: the position just after its last character.
    pub fn end(&self) -> LineColumn {
        let LineColumn { line, column } = self.start();
        let found = self.found;
        match found.rfind('\n') {
            None => LineColumn { line, column: column + found.chars().count() },
            Some(last) => {
                let lines = found.matches('\n').count();
                LineColumn { line: line + lines, column: 1 + found[last + 1..].chars().count() }
            }
        }
    }

    /// The finding in one sentence, for formats with one line per finding.
    pub fn sentence(&self) -> String {
        let Finding { before, after, reasons, .. } = self.finding;
        let why = reasons.first().map_or_else(|| self.rule.summary.clone(), super::human::reason);
        match (super::human::quoted(before), super::human::quoted(after)) {
            (_, after) if before.is_empty() => format!("{after} should be inserted ({why})"),
            (before, _) if after.is_empty() => format!("{before} should be removed ({why})"),
            (before, after) => format!("{before} should be {after} ({why})"),
        }
    }
}
