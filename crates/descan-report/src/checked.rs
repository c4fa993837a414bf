//! What a report is made from.

use std::ops::AddAssign;
use std::path::{Path, PathBuf};

use descan_core::finding::Finding;
use descan_core::pass::Selection;
use descan_rules::{Rule, RuleSet};
use descan_source::Document;
use descan_text::level::Level;

use super::{FindingRecord, LineColumn};

/// A run, as the top of a report tells it.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// All rules.
    pub rules: &'a RuleSet,
    /// Those that are on.
    pub selection: &'a Selection,
}

/// How a finding stands to what was known before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// To be told.
    New,
    /// In the baseline: told only where a report can say so.
    Known,
    /// Outside of the lines that were asked for: not told.
    Beyond,
}

/// A file as reports see it. The slices are alike in length and order.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// As it was named, from the current folder where it lies below that.
    pub path: &'a Path,
    /// What was read.
    pub document: &'a Document<'a>,
    /// All findings.
    pub findings: &'a [Finding],
    /// The same as data.
    pub records: &'a [FindingRecord],
    /// How each stands.
    pub standing: &'a [Standing],
    /// Whether there is a baseline to stand to.
    pub has_baseline: bool,
    /// All rules.
    pub rules: &'a RuleSet,
    /// Findings of this level and surer fail.
    pub fail_on: Level,
}

/// One finding as reports tell it.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// Its place among all findings of the file.
    pub index: usize,
    /// The finding.
    pub finding: &'a Finding,
    /// The same as data.
    pub record: &'a FindingRecord,
    /// Its rule.
    pub rule: &'a Rule,
    /// Whether the baseline has it.
    pub known: bool,
    /// Whether it is new and sure enough to fail.
    pub fails: bool,
}

/// What a run came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Files that were checked.
    pub files: usize,
    /// Findings told.
    pub findings: usize,
    /// Of those, the ones sure enough to fail.
    pub failing: usize,
    /// Of those told, the ones that `clean` would make.
    pub applied: usize,
    /// Findings that the baseline has.
    pub known: usize,
    /// Inputs that could not be checked, and why.
    pub failures: Vec<(PathBuf, String)>,
}

impl Totals {
    /// What one file comes to.
    pub fn of(file: &Checked<'_>) -> Totals {
        let mut totals = Totals { files: 1, ..Totals::default() };
        for told in file.with_known() {
            totals.known += usize::from(told.known);
            totals.findings += usize::from(!told.known);
            totals.failing += usize::from(told.fails);
            totals.applied += usize::from(!told.known && told.finding.applied);
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
    /// The findings to be told, in order, without those that are part of
    /// another.
    pub fn told(&self) -> impl Iterator<Item = Told<'a>> {
        self.with_known().filter(|told| !told.known)
    }

    /// Those and the known ones.
    pub fn with_known(&self) -> impl Iterator<Item = Told<'a>> {
        let Checked { rules, fail_on, .. } = *self;
        let all = self.findings.iter().zip(self.records).zip(self.standing).enumerate();
        all.filter(|(_, ((finding, _), standing))| finding.part_of.is_none() && **standing != Standing::Beyond).map(
            move |(index, ((finding, record), standing))| {
                let known = *standing == Standing::Known;
                let fails = !known && finding.counts_at(fail_on);
                Told { index, finding, record, rule: rules.get(finding.rule), known, fails }
            },
        )
    }
}

impl Told<'_> {
    /// Where it starts.
    pub fn start(&self) -> LineColumn {
        LineColumn { line: self.record.line, column: self.record.column }
    }

    /// Where it ends: the place behind its last character.
    pub fn end(&self) -> LineColumn {
        let LineColumn { line, column } = self.start();
        let found = &*self.finding.before;
        match found.rfind('\n') {
            None => LineColumn { line, column: column + found.chars().count() },
            Some(last) => {
                let lines = found.matches('\n').count();
                LineColumn { line: line + lines, column: 1 + found[last + 1..].chars().count() }
            }
        }
    }

    /// The finding in one sentence, for a report that shows one a line.
    pub fn sentence(&self) -> String {
        let Finding { before, after, reasons, .. } = self.finding;
        let why = reasons.first().map_or_else(|| self.rule.summary.clone(), super::human::reason);
        format!("{} reads {} ({why})", super::human::quoted(before), super::human::quoted(after))
    }
}
