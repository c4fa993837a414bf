//! What a run came to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{FileLine, PathRecord};
use crate::level::Level;
use crate::report::{Damage, FindingRecord};

/// Files that the summary lists as the most damaged.
const LISTED: usize = 10;

/// What the run came to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct SummaryLine {
    pub files: usize,
    pub changed: usize,
    pub failed: usize,
    /// Files without a finding.
    #[serde(default)]
    pub sound: usize,
    /// Edits made; those that are part of another are not counted.
    pub applied: usize,
    /// Findings that were not applied.
    pub offered: usize,
    /// Edits made by each rule.
    pub by_rule: BTreeMap<String, usize>,
    /// Findings of each level, applied or offered.
    #[serde(default)]
    pub by_level: BTreeMap<Level, usize>,
    /// The files with the most damage for their size, the worst first.
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

impl SummaryLine {
    /// Counts a file and its findings.
    pub fn count(&mut self, file: &FileLine, edits: &[FindingRecord]) {
        self.files += 1;
        self.changed += usize::from(file.sha256_before != file.sha256_after);
        let mut damage = Damage { findings: 0, size: file.size };
        for edit in edits.iter().filter(|e| e.part_of.is_none()) {
            damage.findings += 1;
            *self.by_level.entry(edit.level).or_default() += 1;
            if edit.applied {
                self.applied += 1;
                *self.by_rule.entry(edit.rule.clone()).or_default() += 1;
            } else {
                self.offered += 1;
            }
        }
        if damage.findings == 0 {
            self.sound += 1;
        } else {
            self.list(&file.path, damage);
        }
    }

    /// Takes a file among the most damaged, if it is one. Of equals the first stays.
    fn list(&mut self, path: &PathRecord, damage: Damage) {
        let place = self.most_damaged.partition_point(|other| other.damage.rank() >= damage.rank());
        if place < LISTED {
            self.most_damaged.truncate(LISTED - 1);
            self.most_damaged.insert(place, DamagedFile { path: path.clone(), damage });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_worst_come_first_and_a_scrap_does_not_outdo_a_book() {
        let mut summary = SummaryLine::default();
        for (name, findings, size) in [("scrap", 1, 12), ("book", 900, 90_000), ("page", 9, 2000)] {
            summary.list(&PathRecord::new(Path::new(name)), Damage { findings, size });
        }
        for number in 0..20 {
            summary.list(&PathRecord::new(Path::new(&format!("fair {number}"))), Damage { findings: 1, size: 50_000 });
        }
        let names: Vec<&str> = summary.most_damaged.iter().map(|f| f.path.path.as_str()).collect();
        assert_eq!(names[..5], ["book", "page", "scrap", "fair 0", "fair 1"]);
        assert_eq!(names.len(), LISTED);
    }
}
