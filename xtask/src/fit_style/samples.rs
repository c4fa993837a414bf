//! Edits of which it is known whether they undo damage.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use descan_core::finding::Finding;
use descan_core::pass::Options;
use descan_core::pipeline::clean;
use descan_core::weighed::Counts;
use descan_lang::searcher::Searcher;
use descan_rules::{PassName, Prior, RuleId, RuleSet, TILTS};
use descan_source::Document;
use descan_text::level::Level;
use rayon::prelude::*;

use crate::accuracy::judge;
use crate::measure::pages::pages;
use crate::measure::split::{Half, truth_of};

/// The sets of scans whose truth is exact.
pub(super) const SCANS: [&str; 5] = ["scans", "scans2", "books", "news", "crime"];
/// The sets of right texts.
pub(super) const RIGHT: [&str; 2] = ["broad", "clean"];

/// Sets whose truth keeps what the passes for pages, lines, quotes and marks repair.
const OTHER_MARKS: [&str; 3] = ["books", "news", "crime"];

/// A rule's edits in one document count as so many at most.
const MOST: f64 = 8.0;

/// An edit, and what is known about it.
#[derive(Clone, Debug)]
pub(super) struct Sample {
    pub rule: RuleId,
    /// The number of its document.
    pub document: usize,
    pub counts: Option<Counts>,
    pub tilt: [f64; TILTS],
    pub is_damage: bool,
    pub weight: f64,
}

/// A prior by which nothing is style: rules then find what they find.
const OPEN: Prior = Prior { style: 1e-9, damaged: 1.0, right: 1.0, tilt: [0.0; TILTS] };

/// One text with its truth, if that is another.
struct Text {
    text: String,
    truth: Option<String>,
    marks: bool,
}

/// Gathers the edits of all texts for fitting.
///
/// # Errors
/// A sentence about the first set or file that cannot be read.
pub(super) fn gather(corpus: &Path, searcher: &Arc<Searcher>) -> Result<Vec<Sample>, String> {
    let mut rules = RuleSet::built_in();
    let ids: Vec<RuleId> = rules.iter().map(|(id, _)| id).collect();
    for id in ids {
        rules.set_prior(id, OPEN);
    }
    let texts = texts(corpus)?;
    let words = |of_scans: bool| {
        let of = texts.iter().filter(|text| text.truth.is_some() == of_scans);
        of.map(|text| text.text.split_whitespace().count()).sum::<usize>() as f64
    };
    let (of_scans, of_right) = (words(true), words(false));
    let samples: Vec<Vec<Sample>> = texts
        .par_iter()
        .enumerate()
        .map(|(number, text)| {
            let weight = if text.truth.is_some() { 1.0 } else { of_scans / of_right };
            edits(number, text, weight, &rules, searcher)
        })
        .collect();
    Ok(samples.into_iter().flatten().collect())
}

fn texts(corpus: &Path) -> Result<Vec<Text>, String> {
    let read = |path: &PathBuf| {
        let bytes = fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
        Ok::<String, String>(Document::decode(&bytes[..]).text().to_owned())
    };
    let mut texts = Vec::new();
    for set in SCANS {
        for path in Half::Fit.documents(corpus, set, ".ocr.txt")? {
            let truth = truth_of(&path);
            texts.push(Text { text: read(&path)?, truth: Some(read(&truth)?), marks: !OTHER_MARKS.contains(&set) });
        }
    }
    for set in RIGHT {
        for path in Half::Fit.documents(corpus, set, ".txt")? {
            let text = read(&path)?;
            texts.extend(pages(&text).into_iter().map(|text| Text { text, truth: None, marks: true }));
            texts.push(Text { text, truth: None, marks: true });
        }
    }
    Ok(texts)
}

fn edits(document: usize, text: &Text, weight: f64, rules: &RuleSet, searcher: &Arc<Searcher>) -> Vec<Sample> {
    let options = Options { level: Level::Certain, searcher: Arc::clone(searcher), ..Options::default() };
    let outcome = clean(&Document::decode(text.text.as_bytes()), rules, &options);
    let is_mark = |f: &Finding| matches!(f.pass, PassName::Quotes | PassName::Spacing);
    // Whether an edit that a pass itself is unsure of is right is no question of style.
    let wanted = |f: &&Finding| {
        f.weighed.is_some() && f.part_of.is_none() && f.level <= Level::Probable && (text.marks || !is_mark(f))
    };
    let findings: Vec<&Finding> = outcome.findings.iter().filter(wanted).collect();
    let mut judged: Vec<(&Finding, bool)> = Vec::new();
    match &text.truth {
        None => judged.extend(findings.iter().map(|&finding| (finding, false))),
        Some(truth) => {
            for (finding, verdict) in judge(&text.text, &findings, truth) {
                if verdict != Ordering::Equal {
                    judged.push((finding, verdict == Ordering::Less));
                }
            }
        }
    }
    let mut of_rule: BTreeMap<RuleId, f64> = BTreeMap::new();
    for (finding, _) in &judged {
        *of_rule.entry(finding.rule).or_default() += 1.0;
    }
    let sample = |(finding, is_damage): &(&Finding, bool)| {
        let weighed = finding.weighed?;
        let share = (MOST / of_rule.get(&finding.rule)?).min(1.0);
        Some(Sample {
            rule: finding.rule,
            document,
            counts: weighed.counts,
            tilt: weighed.tilt,
            is_damage: *is_damage,
            weight: weight * share,
        })
    };
    judged.iter().filter_map(sample).collect()
}
