//! Judges every repair of scans by the text that was printed, rule by rule.
//!
//! `cargo xtask judged CORPUS [--set SET] [--half fit|check] [--level L] [--list RULE]`
//!
//! For each rule the task prints how many of its applied repairs bring the words around them closer to the
//! truth, leave them as far from it, or take them further away. `--list` prints the repairs themselves, with
//! the words around them; comparing the lists of two versions shows what a change does.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use descan_core::finding::Finding;
use descan_core::pass::Options;
use descan_core::pipeline::clean;
use descan_rules::RuleSet;
use descan_source::Document;
use descan_text::level::Level;
use descan_text::token::floor;
use rayon::prelude::*;

use crate::accuracy::{Counts, judge};
use crate::measure::split::{Half, truth_of};
use crate::measure::table::table;
use crate::measure::verdict;

/// Judges every repair of scans by the text that was printed, rule by rule.
#[derive(Args)]
pub struct Arguments {
    /// The folder of the sets.
    corpus: PathBuf,
    /// Only these sets.
    #[arg(long = "set", default_values = ["scans", "scans2", "books", "news", "crime"])]
    sets: Vec<String>,
    /// The half of each set.
    #[arg(long, default_value = "fit")]
    half: Half,
    /// Apply repairs of this level and surer ones.
    #[arg(long, default_value_t = Level::Certain)]
    level: Level,
    /// Print the repairs of this rule; `all` for those of every rule.
    #[arg(long)]
    list: Option<String>,
}

/// The bytes shown on either side of a listed repair.
const AROUND: usize = 40;

/// What the repairs of a text come to: their counts by rule, and those to list.
#[derive(Default)]
struct Judged {
    counts: BTreeMap<String, Counts>,
    listed: Vec<String>,
}

/// Runs the task.
pub fn run(arguments: &Arguments) -> ExitCode {
    verdict::exit("judged", "below its floor", measure(arguments))
}

/// Prints the figures; none has a floor.
fn measure(arguments: &Arguments) -> Result<Vec<String>, String> {
    let rules = RuleSet::built_in();
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    for set in &arguments.sets {
        let scans = arguments.half.documents(&arguments.corpus, set, ".ocr.txt")?;
        let of_each: Result<Vec<Judged>, String> =
            scans.par_iter().map(|scan| of_scan(arguments, scan, &rules)).collect();
        for of_scan in of_each? {
            for line in of_scan.listed {
                println!("{line}");
            }
            for (rule, found) in of_scan.counts {
                counts.entry(rule).or_default().add(found);
            }
        }
    }
    let mut counts: Vec<(String, Counts)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, counts)| std::cmp::Reverse((counts.wrong, counts.right)));
    let rows: Vec<Vec<String>> = counts.into_iter().map(|(rule, of_rule)| row(rule, of_rule)).collect();
    println!("{}", table(&["rule", "right", "neither", "wrong", "right of both %"], &rows));
    Ok(Vec::new())
}

fn row(rule: String, counts: Counts) -> Vec<String> {
    let numbers = [counts.right, counts.neither, counts.wrong].map(|count| count.to_string());
    [vec![rule], numbers.to_vec(), vec![format!("{:.1}", counts.share())]].concat()
}

fn of_scan(arguments: &Arguments, scan: &PathBuf, rules: &RuleSet) -> Result<Judged, String> {
    let read = |path: &PathBuf| fs::read(path).map_err(|e| format!("{}: {e}", path.display()));
    let document = Document::decode(read(scan)?);
    let truth = read(&truth_of(scan))?;
    let options = Options { level: arguments.level, ..Options::default() };
    let outcome = clean(&document, rules, &options);
    let text = document.text();
    let applied: Vec<&Finding> = outcome.findings.iter().filter(|f| f.applied && f.part_of.is_none()).collect();
    let mut judged = Judged::default();
    for (finding, verdict) in judge(text, &applied, &String::from_utf8_lossy(&truth)) {
        let rule = &rules.get(finding.rule).name;
        judged.counts.entry(rule.clone()).or_default().count(verdict);
        if arguments.list.as_ref().is_some_and(|wanted| wanted == "all" || wanted == rule) {
            let name = scan.file_name().unwrap_or_default().to_string_lossy();
            let verdict = match verdict {
                Ordering::Less => "right",
                Ordering::Equal => "neither",
                Ordering::Greater => "wrong",
            };
            judged.listed.push(format!("{name}:{} {verdict} {rule} {}", finding.span.start, place(text, finding)));
        }
    }
    Ok(judged)
}

/// A repair with the text around it, on one line.
fn place(text: &str, finding: &Finding) -> String {
    let span = &finding.span;
    let from = floor(text, span.start.saturating_sub(AROUND));
    let to = floor(text, span.end + AROUND);
    let place =
        format!("{}⟦{}→{}⟧{}", &text[from..span.start], &text[span.clone()], finding.after, &text[span.end..to]);
    place.replace('\n', "⏎")
}
