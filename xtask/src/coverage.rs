//! Measures which kinds of damage of a catalogue are repaired.
//!
//! `cargo xtask coverage CATALOGUE [--write]`
//!
//! CATALOGUE holds `kinds.tsv` (kind, pass), `dev.tsv` (kind, damaged text, right
//! text) and `dev_keep.tsv` (kind, a right text that looks alike). Each text is
//! cleaned by itself at each level. The task prints a table by pass and one by
//! kind, with the rules that made the repairs; `--write` puts them into
//! `docs/coverage.md`. It never prints the texts.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use descan_core::pass::Options;
use descan_core::pipeline::clean;
use descan_rules::RuleSet;
use descan_source::Document;
use descan_text::level::Level;
use rayon::prelude::*;

use crate::measure::align::distance;
use crate::measure::marks;
use crate::measure::project::root;
use crate::measure::table::table;
use crate::measure::verdict;

/// Measures which kinds of damage of a catalogue are repaired.
#[derive(Args)]
pub struct Arguments {
    /// The folder of the catalogue.
    catalogue: PathBuf,
    /// Write the tables to docs/coverage.md.
    #[arg(long)]
    write: bool,
}

/// A damaged text and the right one; for a trap the two are the same.
struct Case {
    kind: String,
    damaged: String,
    right: String,
}

/// What cleaning made of a case, at each level.
struct Outcomes {
    is_exact: [bool; 3],
    is_worse: [bool; 3],
    rules: BTreeSet<String>,
}

/// The figures of a kind of damage, or of all kinds of a pass.
#[derive(Default)]
struct Figures {
    kinds: usize,
    cases: usize,
    exact: [usize; 3],
    worse: [usize; 3],
    traps: usize,
    kept: [usize; 3],
    rules: BTreeSet<String>,
}

/// Runs the task.
pub fn run(arguments: &Arguments) -> ExitCode {
    verdict::exit("coverage", "", measure(arguments).map(|()| Vec::new()))
}

fn measure(arguments: &Arguments) -> Result<(), String> {
    let rules = RuleSet::built_in();
    let cases = read(&arguments.catalogue.join("dev.tsv"))?;
    let traps = read(&arguments.catalogue.join("dev_keep.tsv"))?;
    let results = |cases: &[Case]| cases.par_iter().map(|case| result(case, &rules)).collect::<Vec<_>>();
    let (of_cases, of_traps) = (results(&cases), results(&traps));
    let mut by_kind: BTreeMap<&str, Figures> = BTreeMap::new();
    for (case, result) in cases.iter().zip(&of_cases) {
        let figures = by_kind.entry(&case.kind).or_default();
        figures.kinds = 1;
        figures.cases += 1;
        add(&mut figures.exact, result.is_exact);
        add(&mut figures.worse, result.is_worse);
        if result.is_exact.contains(&true) {
            figures.rules.extend(result.rules.iter().cloned());
        }
    }
    for (trap, result) in traps.iter().zip(&of_traps) {
        let figures = by_kind.entry(&trap.kind).or_default();
        figures.traps += 1;
        add(&mut figures.kept, result.is_exact);
    }
    let passes = passes(&arguments.catalogue.join("kinds.tsv"))?;
    let report = format!("{}\n{}", pass_table(&by_kind, &passes), kind_table(&by_kind, &passes));
    print!("{report}");
    if arguments.write {
        marks::replace_between(&root().join("docs/coverage.md"), "coverage", &report)?;
    }
    Ok(())
}

fn add(counts: &mut [usize; 3], hits: [bool; 3]) {
    for (count, is_hit) in counts.iter_mut().zip(hits) {
        *count += usize::from(is_hit);
    }
}

/// The cases of a file: a kind, a damaged text and its right text, or a kind and a
/// right text.
fn read(path: &Path) -> Result<Vec<Case>, String> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut cases = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
        let fields: Vec<String> = line.split('\t').map(unescaped).collect();
        let [kind, damaged, ..] = &fields[..] else {
            return Err(format!("{}:{}: there is no tab", path.display(), index + 1));
        };
        let right = fields.get(2).unwrap_or(damaged);
        cases.push(Case { kind: kind.clone(), damaged: damaged.clone(), right: right.clone() });
    }
    Ok(cases)
}

fn unescaped(field: &str) -> String {
    let mut text = String::with_capacity(field.len());
    let mut chars = field.chars();
    while let Some(c) = chars.next() {
        match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some('n')) => text.push('\n'),
            ('\\', Some('t')) => text.push('\t'),
            ('\\', Some('f')) => text.push('\u{c}'),
            ('\\', Some('r')) => text.push('\r'),
            ('\\', Some('\\')) => text.push('\\'),
            (c, other) => text.extend([Some(c), other].into_iter().flatten()),
        }
    }
    text
}

/// The pass of each kind.
fn passes(path: &Path) -> Result<BTreeMap<String, String>, String> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let pair = |line: &str| line.split_once('\t').map(|(kind, rest)| (kind.to_owned(), rest.to_owned()));
    let pairs = text.lines().filter_map(pair);
    Ok(pairs.map(|(kind, rest)| (kind, rest.split('\t').next().unwrap_or_default().to_owned())).collect())
}

fn result(case: &Case, rules: &RuleSet) -> Outcomes {
    let file = if case.damaged.ends_with('\n') { case.damaged.clone() } else { format!("{}\n", case.damaged) };
    let document = Document::decode(file.as_bytes());
    let mut result = Outcomes { is_exact: [false; 3], is_worse: [false; 3], rules: BTreeSet::new() };
    let right = soft(&case.right);
    let before = far(&soft(&case.damaged), &right);
    for (index, level) in Level::ALL.into_iter().enumerate() {
        let options = Options { level, ..Options::default() };
        let outcome = clean(&document, rules, &options);
        let got = outcome.edits.apply(document.text());
        result.is_exact[index] = is_same(got.trim_end_matches('\n'), &case.right);
        result.is_worse[index] = !result.is_exact[index] && far(&soft(&got), &right) > before;
        let applied = outcome.findings.iter().filter(|finding| finding.applied);
        result.rules.extend(applied.map(|finding| rules.get(finding.rule).name.clone()));
    }
    result
}

/// Whether two texts are the same but for where in its paragraph a line breaks: a
/// word that was made whole may stand on either line.
fn is_same(one: &str, other: &str) -> bool {
    let lines = |text: &str| text.matches('\n').count();
    one == other || soft(one) == soft(other) && lines(one).abs_diff(lines(other)) <= 2
}

/// A text with each paragraph on one line.
fn soft(text: &str) -> String {
    let lines: Vec<&str> = text.trim_matches('\n').lines().map(|line| line.trim_end_matches([' ', '\t'])).collect();
    let mut soft = String::with_capacity(text.len());
    for (index, line) in lines.iter().enumerate() {
        let is_between = index > 0 && !line.is_empty();
        match is_between.then(|| lines[index - 1].is_empty()) {
            Some(true) => soft.push_str("\n\n"),
            Some(false) => soft.push(' '),
            None => {}
        }
        soft.push_str(line);
    }
    soft
}

/// The edit distance of two texts, in code points.
fn far(one: &str, other: &str) -> usize {
    let codes = |text: &str| text.chars().map(u32::from).collect::<Vec<_>>();
    distance(&codes(one), &codes(other))
}

fn pass_table(by_kind: &BTreeMap<&str, Figures>, passes: &BTreeMap<String, String>) -> String {
    let mut by_pass: BTreeMap<&str, Figures> = BTreeMap::new();
    for (kind, figures) in by_kind {
        let pass = passes.get(*kind).map_or("other", String::as_str);
        for name in [pass, "~all"] {
            let sum = by_pass.entry(name).or_default();
            sum.kinds += figures.kinds;
            sum.cases += figures.cases;
            sum.traps += figures.traps;
            for level in 0..3 {
                sum.exact[level] += figures.exact[level];
                sum.worse[level] += figures.worse[level];
                sum.kept[level] += figures.kept[level];
            }
        }
    }
    let percent = |part: usize, all: usize| format!("{:.0} %", 100.0 * part as f64 / all.max(1) as f64);
    let each = |counts: [usize; 3]| counts.map(|count| count.to_string()).join(" / ");
    let row = |(pass, f): (&&str, &Figures)| {
        vec![
            pass.trim_start_matches('~').to_owned(),
            f.kinds.to_string(),
            f.cases.to_string(),
            percent(f.exact[0], f.cases),
            percent(f.exact[1], f.cases),
            percent(f.exact[2], f.cases),
            each(f.worse),
            f.traps.to_string(),
            each(f.kept.map(|kept| f.traps - kept)),
        ]
    };
    let head = ["pass", "kinds", "cases", "certain", "probable", "suspect", "made worse", "traps", "traps changed"];
    table(&head, &by_pass.iter().map(row).collect::<Vec<_>>())
}

fn kind_table(by_kind: &BTreeMap<&str, Figures>, passes: &BTreeMap<String, String>) -> String {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (kind, f) in by_kind.iter().filter(|(_, figures)| figures.cases > 0) {
        let of = |counts: [usize; 3], all: usize| counts.map(|count| format!("{count}/{all}")).join(" ");
        rows.push(vec![
            passes.get(*kind).map_or("other", String::as_str).to_owned(),
            (*kind).to_owned(),
            of(f.exact, f.cases),
            of(f.kept, f.traps),
            f.rules.iter().cloned().collect::<Vec<_>>().join(", "),
        ]);
    }
    rows.sort();
    table(&["pass", "kind", "cases right", "traps kept", "rules"], &rows)
}
