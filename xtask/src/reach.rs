//! Measures how many damaged words have their right reading among those that are weighed.
//!
//! `cargo xtask reach CORPUS [--set SET] [--half fit|check] [--missed N]`
//!
//! A word counts as damaged where scan and truth differ, whether its letters, a mark in it or its borders
//! are wrong, in the text that the passes for words are given. The rank is among all readings that are
//! weighed for the word: by letters, split, joined, or another word.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use descan_rules::RuleSet;
use descan_train::places::{Damaged, reach};
use rayon::prelude::*;

use crate::measure::split::{Half, truth_of};
use crate::measure::table::table;
use crate::measure::verdict;

/// Measures how many damaged words have their right reading among those that are weighed.
#[derive(Args)]
pub struct Arguments {
    /// The folder of the sets.
    corpus: PathBuf,
    /// Only these sets.
    #[arg(long = "set", default_values = ["scans", "scans2", "books", "news", "crime"])]
    sets: Vec<String>,
    /// The half of each set.
    #[arg(long, default_value = "check")]
    half: Half,
    /// Print so many of the commonest words of each set whose right reading is not among the first ten.
    #[arg(long, default_value_t = 0)]
    missed: usize,
}

/// A reading of a lower rank is hardly ever chosen.
const FIRST: usize = 10;

/// Runs the task.
pub fn run(arguments: &Arguments) -> ExitCode {
    verdict::exit("reach", "below its floor", measure(arguments))
}

/// Prints the figures; none has a floor.
fn measure(arguments: &Arguments) -> Result<Vec<String>, String> {
    let mut rows = Vec::new();
    for set in &arguments.sets {
        let damaged = of_set(arguments, set)?;
        let within = |most: usize| damaged.iter().filter(|word| word.rank.is_some_and(|rank| rank < most)).count();
        let share = |count: usize| format!("{:.1} %", 100.0 * count as f64 / damaged.len().max(1) as f64);
        let shares = [1, FIRST, usize::MAX].map(|most| share(within(most)));
        rows.push([vec![set.clone(), damaged.len().to_string()], shares.to_vec()].concat());
        print_missed(&damaged, arguments.missed);
    }
    println!("{}", table(&["set", "damaged words", "right first", "in the first ten", "weighed"], &rows));
    Ok(Vec::new())
}

fn of_set(arguments: &Arguments, set: &str) -> Result<Vec<Damaged>, String> {
    let rules = RuleSet::built_in();
    let scans = arguments.half.documents(&arguments.corpus, set, ".ocr.txt")?;
    let of_scan = |scan: &PathBuf| {
        let read = |path: &PathBuf| fs::read(path).map_err(|e| format!("{}: {e}", path.display()));
        Ok(reach(&read(scan)?, &String::from_utf8_lossy(&read(&truth_of(scan))?), &rules))
    };
    let of_each: Result<Vec<Vec<Damaged>>, String> = scans.par_iter().map(of_scan).collect();
    Ok(of_each?.concat())
}

fn print_missed(damaged: &[Damaged], most: usize) {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for word in damaged.iter().filter(|word| word.rank.is_none_or(|rank| rank >= FIRST)) {
        *counts.entry((&word.seen, &word.printed)).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    for ((seen, printed), count) in counts.into_iter().take(most) {
        println!("{count:5} {seen} | {printed}");
    }
}
