//! Counts the errors that cleaning leaves in development data, by class.
//!
//! `cargo xtask leftovers FOLDER [--level L] [--list CLASS]`
//!
//! FOLDER holds `NAME.ocr.txt` and `NAME.gt.txt`; the part of NAME before the
//! first hyphen is the set, which has a column of its own. Cleaned text and truth
//! differ in runs of words, and a run counts as many errors as its longer side
//! has words. `--list` prints the runs of all classes whose names begin with
//! CLASS.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use descan_core::pass::Options;
use descan_core::pipeline::clean;
use descan_rules::RuleSet;
use descan_source::Document;
use descan_text::level::Level;

/// Counts the errors that cleaning leaves, by class.
#[derive(Args)]
pub struct Arguments {
    /// The folder of scans with their truth.
    folder: PathBuf,
    /// Apply repairs of this level and surer ones.
    #[arg(long, default_value_t = Level::Certain)]
    level: Level,
    /// Print the runs of all classes whose names begin with this.
    #[arg(long)]
    list: Option<String>,
}

/// Runs the task.
pub fn run(arguments: &Arguments) -> ExitCode {
    let level = arguments.level;
    let (rules, options) = (RuleSet::built_in(), Options { level, ..Options::default() });
    let mut table: BTreeMap<&'static str, BTreeMap<String, usize>> = BTreeMap::new();
    for (set, name, ocr, truth) in pairs(&arguments.folder) {
        let document = Document::decode(ocr.into_bytes());
        let cleaned = clean(&document, &rules, &options).edits.apply(document.text());
        for (got, want) in runs(&cleaned, &truth) {
            let class = class(&got, &want);
            let count = got.len().max(want.len());
            *table.entry(class).or_default().entry(set.clone()).or_default() += count;
            if arguments.list.as_ref().is_some_and(|wanted| class.starts_with(wanted.as_str())) {
                println!("{class} | {name} | {} | {}", got.join(" "), want.join(" "));
            }
        }
    }
    print_table(&table);
    ExitCode::SUCCESS
}

/// The set, name, scan and truth of each pair of files, sorted by name.
fn pairs(folder: &Path) -> Vec<(String, String, String, String)> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok()?.strip_suffix(".ocr.txt").map(str::to_owned))
        .collect();
    names.sort();
    let read = |name: &str, kind: &str| fs::read_to_string(folder.join(format!("{name}.{kind}.txt"))).ok();
    names
        .into_iter()
        .filter_map(|name| {
            let set = name.split('-').next().unwrap_or_default().to_owned();
            let (ocr, truth) = (read(&name, "ocr")?, read(&name, "gt")?);
            Some((set, name, ocr, truth))
        })
        .collect()
}

fn print_table(table: &BTreeMap<&'static str, BTreeMap<String, usize>>) {
    let mut sets: Vec<&String> = table.values().flat_map(BTreeMap::keys).collect();
    sets.sort();
    sets.dedup();
    let total = |set: &String| table.values().filter_map(|row| row.get(set)).sum::<usize>();
    let all: usize = sets.iter().map(|set| total(set)).sum();
    println!("| class | {} | all |", sets.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(" | "));
    println!("|---|{}", "---:|".repeat(sets.len() + 1));
    let mut rows: Vec<_> = table.iter().collect();
    rows.sort_by_key(|(_, row)| std::cmp::Reverse(row.values().sum::<usize>()));
    let cell = |count: usize, of: usize| format!("{count} ({:.1} %)", 100.0 * count as f64 / of.max(1) as f64);
    for (class, row) in rows {
        let cells: Vec<String> = sets.iter().map(|&set| cell(row.get(set).copied().unwrap_or(0), total(set))).collect();
        println!("| {class} | {} | {} |", cells.join(" | "), cell(row.values().sum(), all));
    }
    let totals: Vec<String> = sets.iter().map(|set| total(set).to_string()).collect();
    println!("| all | {} | {all} |", totals.join(" | "));
}

/// The runs of words in which two texts differ, as pairs.
fn runs(got: &str, want: &str) -> Vec<(Vec<String>, Vec<String>)> {
    let (got, want): (Vec<&str>, Vec<&str>) = (got.split_whitespace().collect(), want.split_whitespace().collect());
    let mut runs = Vec::new();
    let (mut from_got, mut from_want) = (0, 0);
    let mut matches = common(&got, &want);
    matches.push((got.len(), want.len()));
    for (at_got, at_want) in matches {
        if from_got < at_got || from_want < at_want {
            let owned = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect();
            runs.push((owned(&got[from_got..at_got]), owned(&want[from_want..at_want])));
        }
        (from_got, from_want) = (at_got + 1, at_want + 1);
    }
    runs
}

/// The index pairs of a longest common subsequence, by Myers' O(ND) algorithm.
fn common(a: &[&str], b: &[&str]) -> Vec<(usize, usize)> {
    let (n, m) = (a.len() as isize, b.len() as isize);
    let middle = n + m + 1;
    let mut furthest = vec![0isize; (2 * middle + 1) as usize];
    let mut trace: Vec<Vec<isize>> = Vec::new();
    let from_above = |v: &dyn Fn(isize) -> isize, k: isize, d: isize| k == -d || (k != d && v(k - 1) < v(k + 1));
    'search: for d in 0..=n + m {
        trace.push(furthest[(middle - d) as usize..=(middle + d) as usize].to_vec());
        for k in (-d..=d).step_by(2) {
            let v = |k: isize| furthest[(middle + k) as usize];
            let mut x = if from_above(&v, k, d) { v(k + 1) } else { v(k - 1) + 1 };
            while x < n && x - k < m && a[x as usize] == b[(x - k) as usize] {
                x += 1;
            }
            furthest[(middle + k) as usize] = x;
            if x >= n && x - k >= m {
                break 'search;
            }
        }
    }
    let (mut x, mut y) = (n, m);
    let mut found = Vec::new();
    for d in (0..trace.len() as isize).rev() {
        let v = |k: isize| trace[d as usize].get((k + d) as usize).copied().unwrap_or(0);
        let k = x - y;
        let before = if from_above(&v, k, d) { k + 1 } else { k - 1 };
        let (from_x, from_y) = if d == 0 { (0, 0) } else { (v(before), v(before) - before) };
        while x > from_x && y > from_y && x > 0 && y > 0 {
            (x, y) = (x - 1, y - 1);
            found.push((x as usize, y as usize));
        }
        (x, y) = (from_x, from_y);
    }
    found.reverse();
    found
}

/// The class of a run: what its two sides differ in.
fn class(got: &[String], want: &[String]) -> &'static str {
    let (got, want) = (got.concat(), want.concat());
    let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let only = |s: &str, of: fn(char) -> bool| s.chars().filter(|&c| of(c)).collect::<String>();
    let (quotes, stops, dashes) =
        ((|c| "\"“”‘’'`".contains(c)) as fn(char) -> bool, |c| ".,;:!?…".contains(c), |c| "-—–_~".contains(c));
    if want.is_empty() {
        return if letters(&got).is_empty() { "stray mark" } else { "stray word" };
    }
    if got.is_empty() {
        return if letters(&want).is_empty() { "lost mark" } else { "lost word" };
    }
    if letters(&got) != letters(&want) {
        return "letters";
    }
    if got == want {
        return "blank";
    }
    if got.to_lowercase() == want.to_lowercase() {
        return "case";
    }
    let same = |of: fn(char) -> bool| only(&got, of) == only(&want, of);
    match (same(quotes), same(stops), same(dashes)) {
        (true, false, true) if want.contains('…') => "ellipsis",
        (true, false, true) => match only(&want, stops).len().cmp(&only(&got, stops).len()) {
            std::cmp::Ordering::Greater => "stop lost",
            std::cmp::Ordering::Less => "stop too many",
            std::cmp::Ordering::Equal => "stop for another",
        },
        (true, true, false) => "dash",
        (false, true, true) => match only(&want, quotes).chars().count().cmp(&only(&got, quotes).chars().count()) {
            std::cmp::Ordering::Greater => "quote lost",
            std::cmp::Ordering::Less => "quote too many",
            std::cmp::Ordering::Equal => "quote for another",
        },
        (true, true, true) => "other mark",
        _ => "several marks",
    }
}
