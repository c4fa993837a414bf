//! Counts how often the edits of each rule are right: what their confidence is made of.
//!
//! `cargo xtask measure-rules CORPUS [--write]`
//!
//! Scans are judged by the texts that were printed, and right texts by themselves: there, whatever changes a word
//! is wrong. The counts of the *fit* halves go to `rules/measured.tsv`. How sure edits were and how often right on
//! the *check* halves goes to `docs/accuracy.md`.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use descan_core::finding::Finding;
use descan_core::pass::Options;
use descan_core::pipeline::clean;
use descan_rules::{PassName, RuleSet};
use descan_source::Document;
use descan_text::level::Level;
use rayon::prelude::*;

use crate::accuracy::judge;
use crate::measure::project::root;
use crate::measure::split::{Half, truth_of};
use crate::measure::table::table;
use crate::measure::{marks, verdict};

/// Counts how often the edits of each rule are right.
#[derive(Args)]
pub struct Arguments {
    /// The folder of the sets.
    corpus: PathBuf,
    /// Write the counts to rules/measured.tsv and the table to docs/accuracy.md.
    #[arg(long)]
    write: bool,
}

const SCANS: [&str; 5] = ["scans", "scans2", "books", "news", "crime"];
const RIGHT_TEXTS: [&str; 2] = ["broad", "clean"];

const HEAD: &str = "\
# How many edits of each rule were right and how many wrong, on the halves that numbers are learned from: at
# certain, probable and suspect. Written by `cargo xtask measure-rules`.
";

/// Edits of one rule at one level.
#[derive(Clone, Copy, Default)]
struct Edits {
    right: usize,
    wrong: usize,
    /// The sum of their confidences.
    said: f64,
}

/// The edits at each level, by the name of the rule.
type Counts = BTreeMap<String, [Edits; Level::ALL.len()]>;

/// Runs the task.
pub fn run(arguments: &Arguments) -> ExitCode {
    verdict::exit("measure-rules", "not measured", measure(arguments).map(|()| Vec::new()))
}

fn measure(arguments: &Arguments) -> Result<(), String> {
    let rules = RuleSet::built_in();
    let counts = of_half(arguments, Half::Fit, &rules)?;
    let mut lines = HEAD.to_owned();
    for (rule, of_rule) in counts {
        let numbers: Vec<String> = of_rule.iter().map(|edits| format!("{}\t{}", edits.right, edits.wrong)).collect();
        lines.push_str(&format!("{rule}\t{}\n", numbers.join("\t")));
    }
    let reliability = by_level(&of_half(arguments, Half::Check, &rules)?);
    if !arguments.write {
        print!("{lines}\n{reliability}");
        return Ok(());
    }
    let place = root().join("rules/measured.tsv");
    fs::write(&place, lines).map_err(|e| format!("{}: {e}", place.display()))?;
    marks::replace_between(&root().join("docs/accuracy.md"), "confidence", &reliability)
}

fn of_half(arguments: &Arguments, half: Half, rules: &RuleSet) -> Result<Counts, String> {
    let mut texts: Vec<(PathBuf, PathBuf)> = Vec::new();
    for set in SCANS {
        let scans = half.documents(&arguments.corpus, set, ".ocr.txt")?;
        texts.extend(scans.into_iter().map(|scan| (scan.clone(), truth_of(&scan))));
    }
    for set in RIGHT_TEXTS {
        let right = half.documents(&arguments.corpus, set, ".txt")?;
        texts.extend(right.into_iter().map(|text| (text.clone(), text)));
    }
    let of_each: Result<Vec<Counts>, String> =
        texts.par_iter().with_max_len(1).map(|(text, truth)| of_text(text, truth, rules)).collect();
    let mut counts = Counts::new();
    for (rule, found) in of_each?.into_iter().flatten() {
        for (sum, edits) in counts.entry(rule).or_default().iter_mut().zip(found) {
            sum.right += edits.right;
            sum.wrong += edits.wrong;
            sum.said += edits.said;
        }
    }
    Ok(counts)
}

/// The table of how sure the edits were, and how often right.
fn by_level(counts: &Counts) -> String {
    let mut rows = Vec::new();
    for level in Level::ALL {
        let (mut right, mut all, mut said) = (0, 0, 0.0);
        for edits in counts.values().map(|of_rule| of_rule[level as usize]) {
            right += edits.right;
            all += edits.right + edits.wrong;
            said += edits.said;
        }
        let percent = |of: f64| format!("{:.1} %", 100.0 * of / all.max(1) as f64);
        rows.push(vec![level.name().to_owned(), all.to_string(), percent(said), percent(right as f64)]);
    }
    table(&["level", "edits", "said", "was"], &rows)
}

fn of_text(text: &Path, truth: &Path, rules: &RuleSet) -> Result<Counts, String> {
    let read = |path: &Path| fs::read(path).map_err(|e| format!("{}: {e}", path.display()));
    let document = Document::decode(read(text)?);
    let truth = Document::decode(read(truth)?).text().to_owned();
    let is_right = document.text() == truth;
    let is_broken = breaks_words(&truth);
    let mut counts = Counts::new();
    for level in Level::ALL {
        let outcome = clean(&document, rules, &Options { level, ..Options::default() });
        let is_judged = |f: &&Finding| f.applied && f.part_of.is_none() && f.level == level;
        let applied: Vec<&Finding> = outcome.findings.iter().filter(is_judged).collect();
        for (finding, verdict) in judge(document.text(), &applied, &truth) {
            let rule = rules.get(finding.rule);
            let is_untold = match rule.pass {
                // Right texts have running heads too.
                PassName::Pages => is_broken || is_right,
                PassName::Lines => is_broken,
                _ => false,
            };
            // What is printed with its words broken at line ends, by a scan's truth or in a right text, stays so.
            let is_join = document.text()[finding.span.clone()].contains("-\n") && (is_broken || is_right);
            if verdict == Ordering::Equal || is_untold || is_join {
                continue;
            }
            let edits = &mut counts.entry(rule.name.clone()).or_default()[level as usize];
            match verdict {
                Ordering::Less => edits.right += 1,
                _ => edits.wrong += 1,
            }
            edits.said += finding.confidence;
        }
    }
    Ok(counts)
}

/// So many words broken at line ends show a truth that keeps the lines as they were printed. It
/// says nothing of repairs that join them.
const BROKEN: usize = 3;

fn breaks_words(truth: &str) -> bool {
    let is_broken = |pair: (&str, &str)| {
        let hyphen = pair.0.trim_end().strip_suffix('-').is_some_and(|rest| rest.ends_with(char::is_lowercase));
        hyphen && pair.1.trim_start().starts_with(char::is_lowercase)
    };
    truth.lines().zip(truth.lines().skip(1)).filter(|&pair| is_broken(pair)).count() >= BROKEN
}
