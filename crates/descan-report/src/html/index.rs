//! What is kept of every finding, to group the findings of all files into series and to
//! decide them.

use std::collections::BTreeSet;

use descan_core::decisions::{Context, Place};
use descan_core::finding::Finding;
use descan_rules::RuleSet;
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::series::{Common, Member, Reading, Series, is_spacing, reading, series};
use crate::{Checked, ReportedFinding};

/// The most series listed.
const LISTED: usize = 300;
/// The most places of a series that are shown with it.
const SAMPLES: usize = 3;

/// A finding, as far as series and decisions need it.
#[derive(Clone, Debug)]
pub struct Indexed {
    /// What series are made from.
    pub member: Member,
    /// Its places for decisions: its own last, after those of the findings it includes.
    pub places: Vec<Place>,
    /// Whether it changes white space alone.
    pub is_spacing: bool,
}

/// A series as the page's script reads it.
#[derive(Debug, Serialize)]
pub struct SeriesOut {
    /// The whole words before and after, if they are what it has in common.
    old: Option<String>,
    new: Option<String>,
    /// Else a description.
    title: String,
    /// Its findings by level, the surest first.
    levels: [usize; 3],
    /// The number of files.
    files: usize,
    /// Whether it changes white space alone.
    spacing: bool,
    /// Some of its places: the words before, the old and new words, the words after.
    samples: Vec<[String; 4]>,
    /// Its findings, each as file and number.
    ids: Vec<[usize; 2]>,
}

/// What is kept of the findings of a file.
pub(super) fn indexed(file: &Checked<'_>, reported: &[ReportedFinding<'_>]) -> Vec<Indexed> {
    let text = file.document.text();
    let path = file.path.to_string_lossy().into_owned();
    let place = |finding: &Finding| Place { path: Some(path.clone()), ..Place::of(text, finding, file.rules) };
    let mut parts: FxHashMap<usize, Vec<&Finding>> = FxHashMap::default();
    for finding in file.findings {
        if let Some(owner) = finding.part_of {
            parts.entry(owner).or_default().push(finding);
        }
    }
    let mut out = Vec::with_capacity(reported.len());
    for one in reported {
        let finding = one.finding;
        let mut whole = parts.remove(&one.index).unwrap_or_default();
        whole.push(finding);
        let main = whole.iter().rev().find(|part| !is_spacing(text, part)).unwrap_or(&finding);
        let member = Member {
            reading: reading(text, finding),
            rule: main.rule,
            pass: main.pass,
            level: finding.level,
            confidence: finding.confidence,
            applied: finding.applied,
        };
        let places = whole.iter().map(|part| place(part)).collect();
        out.push(Indexed { member, places, is_spacing: is_spacing(text, finding) });
    }
    out
}

/// The series of all files, those that change white space alone last. Of each kind at
/// most 300 are listed.
pub fn series_of<'i>(files: impl Iterator<Item = &'i [Indexed]>, rules: &RuleSet) -> Vec<SeriesOut> {
    let mut kinds: [Vec<(&Indexed, [usize; 2])>; 2] = Default::default();
    for (file, findings) in files.enumerate() {
        for (index, finding) in findings.iter().enumerate() {
            kinds[usize::from(finding.is_spacing)].push((finding, [file, index]));
        }
    }
    let mut out = Vec::new();
    for (kind, findings) in kinds.iter().enumerate() {
        let members: Vec<Member> = findings.iter().map(|(finding, _)| finding.member.clone()).collect();
        for one in series(&members).iter().take(LISTED) {
            out.push(shown(one, findings, kind == 1, rules));
        }
    }
    out
}

fn shown(one: &Series, findings: &[(&Indexed, [usize; 2])], spacing: bool, rules: &RuleSet) -> SeriesOut {
    let mut levels = [0; 3];
    for &member in &one.members {
        levels[findings[member].0.member.level as usize] += 1;
    }
    let ids: Vec<[usize; 2]> = one.members.iter().map(|&member| findings[member].1).collect();
    let samples = one.members.iter().take(SAMPLES).map(|&member| findings[member].0.sample()).collect();
    let files: BTreeSet<usize> = ids.iter().map(|id| id[0]).collect();
    let guesses = |suspect: bool| if suspect { ", suspect" } else { "" };
    let (old, new, title) = match &one.common {
        Common::Reading(reading) => (Some(reading.old.clone()), Some(reading.new.clone()), String::new()),
        Common::Rule { rule, suspect } => (None, None, format!("{}{}", rules.get(*rule).summary, guesses(*suspect))),
        Common::Pass { pass, suspect } => {
            (None, None, format!("other repairs of the pass {}{}", pass.as_str(), guesses(*suspect)))
        }
    };
    SeriesOut { old, new, title, levels, files: files.len(), spacing, samples, ids }
}

impl Indexed {
    /// The words before, the old and new words, the words after.
    fn sample(&self) -> [String; 4] {
        let Context(before, after) = self.places.last().map(|place| place.context.clone()).unwrap_or_default();
        let Reading { old, new } = self.member.reading.clone();
        [before, old, new, after]
    }

    /// As the script of a page needs it to decide it without its text.
    pub fn to_json(&self) -> serde_json::Value {
        let Reading { old, new } = &self.member.reading;
        serde_json::json!({ "l": super::markup::letter(self.member.level), "o": old, "n": new, "d": self.places })
    }

    /// Whether its words have a text, which is in lower case.
    pub fn has(&self, text: &str) -> bool {
        let Reading { old, new } = &self.member.reading;
        old.to_lowercase().contains(text) || new.to_lowercase().contains(text)
    }

    /// Whether the same rule proposes the same reading there.
    pub fn is_alike(&self, other: &Indexed) -> bool {
        self.places.last().map(Place::alike) == other.places.last().map(Place::alike)
    }
}
