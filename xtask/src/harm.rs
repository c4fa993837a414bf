//! Measures what each rule would change in right text.
//!
//! `cargo xtask harm CORPUS [--each-rule] [--check] [--raise] [--write]`
//!
//! Every text of CORPUS/clean is cleaned with all rules together, and then with
//! each pass alone, so that one pass cannot hide what another does. `--each-rule`
//! runs every rule alone instead, which takes many times as long. The task prints
//! how many edits each rule makes or offers per 10,000 words, by level: the larger
//! of the two counts. It never prints or keeps the texts themselves.
//!
//! - `--check` fails (exit 1) if a rule makes more `certain` edits than `docs/harm-floors.toml` allows;
//! - `--raise` puts better figures, and new rules, into that file;
//! - `--write` writes the table to `docs/accuracy.md`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use descan_core::pass::{Options, Selection};
use descan_core::passes::PASSES;
use descan_core::pipeline::clean;
use descan_rules::{RuleId, RuleSet};
use descan_source::Document;
use descan_text::level::Level;
use rayon::prelude::*;

use crate::measure::harm::Harm;
use crate::measure::project::root;
use crate::measure::table::table;
use crate::measure::{marks, verdict};

/// Measures what each rule would change in right text.
#[derive(Args)]
pub struct Arguments {
    /// The folder that holds `clean`.
    corpus: PathBuf,
    /// Run every rule alone instead of every pass.
    #[arg(long)]
    each_rule: bool,
    /// Fail if a rule makes more edits than its floor allows.
    #[arg(long)]
    check: bool,
    /// Lower the floors to the figures of this run.
    #[arg(long)]
    raise: bool,
    /// Write the table to docs/accuracy.md.
    #[arg(long)]
    write: bool,
}

/// The most `certain` edits in 10,000 words: by set, then by rule.
type Floors = BTreeMap<String, BTreeMap<String, f64>>;

/// The sets: right text, and text full of tables, dialect, verse and French.
const SETS: [&str; 2] = ["right-text", "hard-text"];

/// The floor of a rule that has none yet, in edits per 10,000 words: an edit or
/// two in a shelf of books.
const NEW: f64 = 0.02;

const HEAD: &str = "\
# The most `certain` edits that a rule, alone or with all others, may make in 10,000 words of right text.
# `cargo xtask harm CORPUS --check` fails where one makes more; `--raise` lowers them.
";

/// The figures of a set.
#[derive(Default)]
struct Measured {
    together: Harm,
    alone: Harm,
}

/// Runs the task.
pub fn run(arguments: &Arguments) -> ExitCode {
    verdict::exit("harm", "more harm than its floor", all_rules(arguments))
}

fn all_rules(arguments: &Arguments) -> Result<Vec<String>, String> {
    let rules = RuleSet::built_in();
    let names: Vec<String> = if arguments.each_rule {
        rules.iter().map(|(_, rule)| rule.name.clone()).collect()
    } else {
        PASSES.iter().map(|(pass, _)| pass.as_str().to_owned()).collect()
    };
    let mut selections = vec![Selection::default()];
    for name in names {
        selections.push(Selection::new(&[name], &[], &rules).map_err(|e| e.to_string())?);
    }
    let measured = measure(&arguments.corpus.join("clean"), &selections, &rules)?;
    let table = by_rule(&measured, &rules);
    println!("{table}");
    let root = root();
    let place = root.join("docs/harm-floors.toml");
    let floors: Floors = match fs::read_to_string(&place) {
        Ok(text) => toml::from_str(&text).map_err(|e| format!("{}: {e}", place.display()))?,
        Err(_) => Floors::new(),
    };
    let reached = figures(&measured, &rules);
    if arguments.write {
        marks::replace_between(&root.join("docs/accuracy.md"), "harm", &table)?;
    }
    if arguments.raise {
        let body = toml::to_string(&lowered(&floors, &reached)).map_err(|e| e.to_string())?;
        fs::write(&place, format!("{HEAD}\n{body}")).map_err(|e| format!("{}: {e}", place.display()))?;
    }
    Ok(if arguments.check { exceeded(&floors, &reached) } else { Vec::new() })
}

fn measure(folder: &Path, selections: &[Selection], rules: &RuleSet) -> Result<[Measured; 2], String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut texts: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    texts.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    texts.sort();
    let work: Vec<(&PathBuf, usize)> =
        texts.iter().flat_map(|path| (0..selections.len()).map(move |selection| (path, selection))).collect();
    let parts: Vec<(usize, usize, Harm)> = work
        .par_iter()
        .with_max_len(1)
        .map(|&(path, selection)| {
            let bytes = fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
            let document = Document::decode(&bytes[..]);
            let options = Options { selection: selections[selection].clone(), ..Options::default() };
            let harm = Harm::of(&document, &clean(&document, rules, &options));
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            Ok((usize::from(name.starts_with("hard-")), selection, harm))
        })
        .collect::<Result<_, String>>()?;
    let mut measured = [Measured::default(), Measured::default()];
    for (set, selection, harm) in parts {
        let set = &mut measured[set];
        (if selection == 0 { &mut set.together } else { &mut set.alone }).add(&harm);
    }
    Ok(measured)
}

impl Measured {
    /// Edits per 10,000 words, alone or together, whichever is more.
    fn rate(&self, rule: RuleId, level: Level) -> f64 {
        let of = |harm: &Harm| harm.edits.get(&(rule, level)).copied().unwrap_or(0);
        1e4 * of(&self.together).max(of(&self.alone)) as f64 / self.together.words.max(1) as f64
    }
}

/// The table of the rules that find anything.
fn by_rule(measured: &[Measured; 2], rules: &RuleSet) -> String {
    let head =
        ["edits in 10,000 words", "right: certain", "probable", "suspect", "hard: certain", "probable", "suspect"];
    let rows = rules.iter().filter_map(|(id, rule)| {
        let rates: Vec<f64> = measured.iter().flat_map(|set| Level::ALL.map(|level| set.rate(id, level))).collect();
        let cells = rates.iter().map(|&rate| if rate == 0.0 { "–".to_owned() } else { format!("{rate:.3}") });
        rates.iter().any(|&rate| rate > 0.0).then(|| [rule.name.clone()].into_iter().chain(cells).collect())
    });
    table(&head, &rows.collect::<Vec<Vec<String>>>())
}

/// The figure of each rule whose level is `certain`.
fn figures(measured: &[Measured; 2], rules: &RuleSet) -> Floors {
    let of = |set: &Measured| {
        let certain = rules.iter().filter(|(_, rule)| rule.level == Level::Certain);
        certain.map(|(id, rule)| (rule.name.clone(), set.rate(id, Level::Certain))).collect()
    };
    SETS.iter().zip(measured).map(|(name, set)| ((*name).to_owned(), of(set))).collect()
}

fn floor(floors: &Floors, set: &str, rule: &str) -> Option<f64> {
    floors.get(set).and_then(|rules| rules.get(rule)).copied()
}

fn exceeded(floors: &Floors, reached: &Floors) -> Vec<String> {
    let all = reached.iter().flat_map(|(set, rules)| rules.iter().map(move |(rule, &rate)| (set, rule, rate)));
    all.filter_map(|(set, rule, rate)| {
        let floor = floor(floors, set, rule).unwrap_or(NEW);
        (rate > floor).then(|| format!("{rule} in {set}: {rate:.3} edits in 10,000 words, its floor {floor}"))
    })
    .collect()
}

/// The floors from now on: the figures rounded up to hundredths, but never higher
/// than the old floors. A rule that stays within [`NEW`] needs no line.
fn lowered(floors: &Floors, reached: &Floors) -> Floors {
    let unknown = if floors.is_empty() { f64::INFINITY } else { NEW };
    let line = |set: &str, rule: &str, rate: f64| {
        let floor = floor(floors, set, rule).unwrap_or(unknown).min((rate * 100.0).ceil() / 100.0);
        (floor > NEW).then(|| (rule.to_owned(), floor))
    };
    let of =
        |set: &str, rules: &BTreeMap<String, f64>| rules.iter().filter_map(|(r, &rate)| line(set, r, rate)).collect();
    reached.iter().map(|(set, rules)| (set.clone(), of(set, rules))).collect()
}
