//! The totals of a run.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::AddAssign;

use descan_core::finding::Finding;
use descan_rules::RuleSet;
use descan_text::level::Level;
use serde::{Deserialize, Serialize};

use super::PathRecord;
use crate::{Damage, is_layout};

/// How many of the most damaged files the summary lists.
const LISTED: usize = 10;

/// The totals of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct SummaryLine {
    pub files: usize,
    pub changed: usize,
    pub failed: usize,
    /// Files without a finding.
    #[serde(default)]
    pub sound: usize,
    /// Edits applied, not counting those that are part of another.
    pub applied: usize,
    /// Findings that were only suggested.
    pub offered: usize,
    /// Edits applied by each rule.
    pub by_rule: BTreeMap<String, usize>,
    /// Findings at each level, applied or suggested.
    #[serde(default)]
    pub by_level: BTreeMap<Level, usize>,
    /// The files with the most damage per word, worst first.
    #[serde(default)]
    pub most_damaged: Vec<DamagedFile>,
    /// Whether the run was stopped before its end.
    pub interrupted: bool,
}

/// A file and its damage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct DamagedFile {
    #[serde(flatten)]
    pub path: PathRecord,
    #[serde(flatten)]
    pub damage: Damage,
}

/// The properties of a finding that a summary counts.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Counted<'f> {
    pub rule: Cow<'f, str>,
    pub level: Level,
    pub applied: bool,
    /// Whether it is part of another finding and so not counted.
    pub is_part: bool,
    /// Whether it is about the layout.
    pub is_layout: bool,
}

impl<'f> Counted<'f> {
    /// The counted properties of a finding by one of these rules.
    pub fn of(finding: &Finding, rules: &'f RuleSet) -> Counted<'f> {
        Counted {
            rule: Cow::Borrowed(&rules.get(finding.rule).name),
            level: finding.level,
            applied: finding.applied,
            is_part: finding.part_of.is_some(),
            is_layout: is_layout(finding.pass, &finding.before, &finding.after),
        }
    }
}

impl SummaryLine {
    /// The totals of one file and its findings; `damage` holds the size of its text.
    pub fn of<'f>(
        path: &PathRecord,
        mut damage: Damage,
        changed: bool,
        findings: impl IntoIterator<Item = Counted<'f>>,
    ) -> SummaryLine {
        let mut summary = SummaryLine { files: 1, changed: usize::from(changed), ..SummaryLine::default() };
        for finding in findings.into_iter().filter(|f| !f.is_part) {
            damage.findings += 1;
            damage.layout += usize::from(finding.is_layout);
            *summary.by_level.entry(finding.level).or_default() += 1;
            if finding.applied {
                summary.applied += 1;
                *summary.by_rule.entry(finding.rule.into_owned()).or_default() += 1;
            } else {
                summary.offered += 1;
            }
        }
        if damage.findings == 0 {
            summary.sound = 1;
        } else if damage.damage() > 0 {
            summary.list(DamagedFile { path: path.clone(), damage });
        }
        summary
    }

    /// Adds a file to the most damaged if it is one of them. Of files with the same rate the
    /// one with more damage comes first, and then the earlier one.
    fn list(&mut self, file: DamagedFile) {
        let key = |file: &DamagedFile| (file.damage.rate(), file.damage.damage());
        let place = self.most_damaged.partition_point(|other| key(other) >= key(&file));
        if place < LISTED {
            self.most_damaged.truncate(LISTED - 1);
            self.most_damaged.insert(place, file);
        }
    }
}

impl AddAssign for SummaryLine {
    /// Adds the totals of later files.
    fn add_assign(&mut self, later: SummaryLine) {
        self.files += later.files;
        self.changed += later.changed;
        self.failed += later.failed;
        self.sound += later.sound;
        self.applied += later.applied;
        self.offered += later.offered;
        for (rule, count) in later.by_rule {
            *self.by_rule.entry(rule).or_default() += count;
        }
        for (level, count) in later.by_level {
            *self.by_level.entry(level).or_default() += count;
        }
        later.most_damaged.into_iter().for_each(|file| self.list(file));
        self.interrupted |= later.interrupted;
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_worst_come_first_and_a_scrap_does_not_outdo_a_book() {
        let mut summary = SummaryLine::default();
        let of = |name: &str, findings, size| {
            let file = DamagedFile {
                path: PathRecord::new(Path::new(name)),
                damage: Damage { findings, layout: 0, words: size / 6, size },
            };
            SummaryLine { most_damaged: vec![file], ..SummaryLine::default() }
        };
        for (name, findings, size) in [("scrap", 1, 12), ("book", 900, 90_000), ("page", 9, 2000)] {
            summary += of(name, findings, size);
        }
        for number in 0..20 {
            summary += of(&format!("fair {number}"), 1, 50_000);
        }
        let names: Vec<&str> = summary.most_damaged.iter().map(|f| f.path.path.as_str()).collect();
        assert_eq!(names[..5], ["book", "page", "scrap", "fair 0", "fair 1"]);
        assert_eq!(names.len(), LISTED);
    }
}
