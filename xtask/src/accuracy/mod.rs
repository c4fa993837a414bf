//! Measures what descan repairs and what it breaks.
//!
//! `cargo xtask accuracy CORPUS [--check] [--raise] [--write]`
//!
//! CORPUS holds folders of scans with the text that was printed (`scans`,
//! `books`, `news`, `crime`, `hathi`: `NAME.ocr.txt` beside `NAME.gt.txt`) and
//! of right text (`clean`; files named `hard-*` are full of tables, dialect,
//! verse and foreign passages). The task prints word and character error rates
//! before and after cleaning, words fixed and broken, words changed in right
//! text by rule and level, and whether cleaning a second time changes anything.
//! Of each set only the half that nothing is learned from is measured (`docs/split.toml`).
//! It never prints or keeps the texts themselves, only the names of files that
//! change when they are cleaned again.
//!
//! - `--check` fails (exit 1) if a figure is worse than its floor in `docs/floors.toml`;
//! - `--raise` puts better figures into that file;
//! - `--write` writes the tables to `docs/accuracy.md` and to `README.md`.

mod edits;
mod floors;
mod sets;

pub(crate) use edits::{Counts, judge};

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use descan_core::passes::PASSES;
use descan_rules::RuleSet;

use crate::measure::project::root;
use crate::measure::score::cut;
use crate::measure::table::{arrow, table};
use crate::measure::{marks, verdict};
use floors::Figures;
use sets::{Result as Measured, SETS, Set};

/// Measures what descan repairs and what it breaks.
#[derive(Args)]
pub struct Arguments {
    /// The folder with the sets.
    corpus: PathBuf,
    /// Fail if a figure is worse than its floor.
    #[arg(long)]
    check: bool,
    /// Raise the floors to the figures of this run.
    #[arg(long)]
    raise: bool,
    /// Write the tables to docs/accuracy.md and README.md.
    #[arg(long)]
    write: bool,
}

/// Runs the task.
pub fn run(arguments: &Arguments) -> ExitCode {
    verdict::exit("accuracy", "below its floor", measure(arguments))
}

/// Returns the figures that are worse than their floors, if `--check` asks for them.
fn measure(arguments: &Arguments) -> Result<Vec<String>, String> {
    let rules = RuleSet::built_in();
    let results = sets::measure_all(&arguments.corpus, &rules)?;
    let measured: Vec<(&Set, &Measured)> = SETS.iter().zip(&results).collect();
    let tables =
        [scans(&measured), by_pass(&measured), right_text(&measured), by_rule(&measured, &rules), stable(&measured)];
    println!("{}", tables.join("\n"));
    for name in unstable(&measured) {
        println!("not stable: {name}");
    }
    let root = root();
    let floor_file = root.join("docs/floors.toml");
    let reached = figures(&measured);
    let floors = if arguments.check || floor_file.exists() { floors::read(&floor_file)? } else { Figures::new() };
    if arguments.write {
        write(root, &tables, &short(&measured))?;
    }
    if arguments.raise {
        floors::raise(&floor_file, &floors, &reached)?;
    }
    Ok(if arguments.check { floors::check(&floors, &reached) } else { Vec::new() })
}

/// The figures that have floors. The level `suspect` has none, as nobody applies
/// such repairs unread.
fn figures(measured: &[(&Set, &Measured)]) -> Figures {
    let mut figures = Figures::new();
    for (set, result) in measured.iter().filter(|(set, _)| !set.name.ends_with("-at-suspect")) {
        let list: Vec<(&str, f64)> = if set.is_right() {
            vec![("changed", result.harm.rate())]
        } else {
            let gone = [("errors-gone", cut(result.score.word_errors))];
            let sound = [("precision", result.score.precision()), ("harm", result.score.harm())];
            // Against another edition, errors cannot be counted.
            let gone = if result.score.characters > 0 { &gone[..] } else { &[] };
            [gone, &sound].concat()
        };
        figures.insert(set.name.to_owned(), list.into_iter().map(|(m, f)| (m.to_owned(), f)).collect());
    }
    let unstable = unstable(measured).len() as f64;
    figures.insert("all".to_owned(), [("unstable".to_owned(), unstable)].into());
    figures
}

fn scans(measured: &[(&Set, &Measured)]) -> String {
    let head = [
        "scans",
        "texts",
        "words",
        "word errors %",
        "gone %",
        "folded: gone %",
        "character errors %",
        "gone %",
        "fixed",
        "broken",
        "precision %",
        "recall %",
        "harm / 10,000",
        "paragraphs F1",
    ];
    let rows = measured.iter().filter(|(set, _)| !set.is_right()).map(|(set, result)| {
        let s = &result.score;
        let exact = |text: String| if s.characters > 0 { text } else { "–".to_owned() };
        vec![
            set.name.replace('-', " "),
            s.files.to_string(),
            s.words.to_string(),
            exact(arrow(s.word_error_rates())),
            exact(format!("{:.1}", cut(s.word_errors))),
            exact(format!("{:.1}", cut(s.folded_errors))),
            exact(arrow(s.character_error_rates())),
            exact(format!("{:.1}", cut(s.character_errors))),
            s.fixed.to_string(),
            s.broken.to_string(),
            format!("{:.2}", s.precision()),
            format!("{:.1}", s.recall()),
            format!("{:.2}", s.harm()),
            exact(arrow(s.paragraphs())),
        ]
    });
    table(&head, &rows.collect::<Vec<_>>())
}

/// Edits that were right, wrong, or neither, by pass.
fn by_pass(measured: &[(&Set, &Measured)]) -> String {
    const COLUMNS: [(&str, &str); 2] = [("scans-all", "scans"), ("books", "books")];
    let of = |name: &str| measured.iter().find(|(set, _)| set.name == name).map(|(_, r)| &r.edits.by_pass);
    let heads = COLUMNS.map(|(_, head)| [format!("{head}: right"), "neither".into(), "wrong".into(), "right %".into()]);
    let head: Vec<String> = std::iter::once("edits of the pass".to_owned()).chain(heads.concat()).collect();
    let rows = PASSES.iter().map(|(pass, _)| {
        let cells = COLUMNS.map(|(set, _)| {
            let counts = of(set).and_then(|by_pass| by_pass.get(pass.as_str())).copied().unwrap_or_default();
            let share =
                if counts.right + counts.wrong > 0 { format!("{:.2}", counts.share()) } else { "–".to_owned() };
            [counts.right.to_string(), counts.neither.to_string(), counts.wrong.to_string(), share]
        });
        std::iter::once(pass.as_str().to_owned()).chain(cells.concat()).collect()
    });
    table(&head.iter().map(String::as_str).collect::<Vec<_>>(), &rows.collect::<Vec<_>>())
}

fn right_text(measured: &[(&Set, &Measured)]) -> String {
    let rows = measured.iter().filter(|(set, _)| set.is_right()).map(|(set, result)| {
        let h = &result.harm;
        let counts = [h.files, h.words, h.changed()].map(|n| n.to_string());
        [vec![set.name.replace('-', " ")], counts.into(), vec![format!("{:.2}", h.rate())]].concat()
    });
    table(&["right text", "texts", "words", "words changed", "per 10,000"], &rows.collect::<Vec<_>>())
}

/// Words changed in right text at level certain, by rule.
fn by_rule(measured: &[(&Set, &Measured)], rules: &RuleSet) -> String {
    let of = |name: &str| measured.iter().find(|(set, _)| set.name == name).map(|(_, r)| &r.harm.by_rule);
    let (right, hard) = (of("right-text"), of("hard-text"));
    let count = |counts: Option<&BTreeMap<_, usize>>, id| counts.and_then(|c| c.get(&id)).copied();
    let rows = rules.iter().filter_map(|(id, rule)| {
        let (right, hard) = (count(right, id), count(hard, id));
        let row = [right, hard].map(|n| n.unwrap_or(0).to_string());
        (right.is_some() || hard.is_some()).then(|| [vec![rule.name.clone()], row.into()].concat())
    });
    table(&["words changed by", "right text", "hard text"], &rows.collect::<Vec<_>>())
}

/// The texts that change when they are cleaned again. Some belong to two sets.
fn unstable<'m>(measured: &[(&Set, &'m Measured)]) -> BTreeSet<&'m str> {
    measured.iter().flat_map(|(_, r)| r.unstable.iter().map(String::as_str)).collect()
}

fn stable(measured: &[(&Set, &Measured)]) -> String {
    let unstable = unstable(measured).len();
    let files: usize = measured
        .iter()
        .filter(|(set, _)| !set.name.contains("-at-") && set.name != "scans-all")
        .map(|(_, r)| r.score.files + r.harm.files)
        .sum();
    format!("Cleaned again, {unstable} of {files} texts change.\n")
}

/// The sets that README.md leaves out: sums and parts of others, and repairs
/// that nobody applies unread.
fn is_left_out(set: &Set) -> bool {
    let name = set.name;
    name == "hathi"
        || set.is_right() && name.contains("-at-")
        || name.starts_with("scans-all")
        || name.starts_with("books-words")
        || name.ends_with("-at-suspect")
}

/// The tables of README.md.
fn short(measured: &[(&Set, &Measured)]) -> String {
    let measured: Vec<(&Set, &Measured)> = measured.iter().copied().filter(|(set, _)| !is_left_out(set)).collect();
    let scans = measured.iter().filter(|(set, _)| !set.is_right()).map(|(set, result)| {
        let s = &result.score;
        vec![
            set.name.replace('-', " "),
            arrow(s.word_error_rates()),
            format!("{:.0} %", cut(s.word_errors)),
            format!("{:.1} %", s.precision()),
            format!("{:.1}", s.harm()),
        ]
    });
    let head = ["", "word errors per 100", "gone", "precision", "right words broken per 10,000"];
    format!("{}\n{}", table(&head, &scans.collect::<Vec<_>>()), right_text(&measured))
}

fn write(root: &Path, tables: &[String], short: &str) -> Result<(), String> {
    let accuracy = root.join("docs/accuracy.md");
    marks::replace_between(&accuracy, "accuracy", &tables.join("\n"))?;
    marks::replace_between(&root.join("README.md"), "accuracy", short)
}
