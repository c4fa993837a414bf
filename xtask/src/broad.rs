//! Measures what is changed in right texts of many kinds, and in pages of them.
//!
//! `cargo xtask broad CORPUS [--texts N] [--check] [--write]`
//!
//! Every text of CORPUS/broad is cleaned at `certain` and at `probable`, and its
//! pages of 600 words, every fourth, at `certain`, each by itself. The task prints
//! how many words were changed in 10,000, for the half that numbers were fitted on
//! and for the half that judges them, the median and the worst text, and which
//! rules changed them. It never prints the texts. `--check` fails if the half that
//! judges exceeds a figure of `docs/broad-floors.toml`; `--write` writes the table to
//! `docs/accuracy.md`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use descan_core::pass::Options;
use descan_core::pipeline::clean;
use descan_rules::RuleSet;
use descan_source::Document;
use descan_text::level::Level;
use rayon::prelude::*;

use crate::measure::harm::Harm;
use crate::measure::marks;
use crate::measure::pages::pages;
use crate::measure::project::root;
use crate::measure::split::Half;
use crate::measure::table::table;
use crate::measure::verdict;

/// Measures what is changed in right texts of many kinds.
#[derive(Args)]
pub struct Arguments {
    /// The folder that holds `broad`.
    corpus: PathBuf,
    /// How many of the texts changed most are named.
    #[arg(long, default_value_t = 5)]
    texts: usize,
    /// Fail if more is changed than docs/broad-floors.toml allows.
    #[arg(long)]
    check: bool,
    /// Write the table to docs/accuracy.md.
    #[arg(long)]
    write: bool,
}

/// How texts are cleaned.
const WAYS: [(&str, Level, bool); 3] = [
    ("certain", Level::Certain, false),
    ("probable", Level::Probable, false),
    ("certain, in pages", Level::Certain, true),
];

/// Runs the task.
pub fn run(arguments: &Arguments) -> ExitCode {
    verdict::exit("broad", "more than docs/broad-floors.toml allows", measure(arguments))
}

/// Measures, and returns the figures that are above their floors.
fn measure(arguments: &Arguments) -> Result<Vec<String>, String> {
    let root = root();
    let floors = fs::read_to_string(root.join("docs/broad-floors.toml")).map_err(|e| e.to_string())?;
    let floors: BTreeMap<String, f64> = toml::from_str(&floors).map_err(|e| format!("docs/broad-floors.toml: {e}"))?;
    let mut above = Vec::new();
    let rules = RuleSet::built_in();
    let head = ["changed in 10,000 words", "texts", "words", "all", "no running heads", "median", "worst"];
    let mut rows = Vec::new();
    let mut details = String::new();
    for half in [Half::Fit, Half::Check] {
        let paths = half.documents(&arguments.corpus, "broad", ".txt")?;
        for (way, level, in_pages) in WAYS {
            let harms: Vec<Harm> =
                paths.par_iter().map(|path| harm(path, level, in_pages, &rules)).collect::<Result<_, _>>()?;
            let mut all = Harm::default();
            harms.iter().for_each(|harm| all.add(harm));
            let floor = floors.get(way).copied().unwrap_or_default();
            if arguments.check && half == Half::Check && own_rate(&all, &rules) > floor {
                above
                    .push(format!("{way}: {:.3} words in 10,000 are changed, {floor} at most", own_rate(&all, &rules)));
            }
            let mut rates: Vec<(f64, String)> =
                harms.iter().map(|harm| own_rate(harm, &rules)).zip(names(&paths)).collect();
            rates.sort_by(|a, b| b.0.total_cmp(&a.0));
            rows.push(vec![
                format!("{}, {way}", half.name()),
                paths.len().to_string(),
                all.words.to_string(),
                format!("{:.2}", all.rate()),
                format!("{:.2}", own_rate(&all, &rules)),
                format!("{:.2}", rates[rates.len() / 2].0),
                format!("{:.2}", rates[0].0),
            ]);
            let mut by_rule: Vec<(usize, &str)> =
                all.by_rule.iter().map(|(&rule, &count)| (count, &*rules.get(rule).name)).collect();
            by_rule.sort_by(|a, b| b.cmp(a));
            let by_rule: Vec<String> = by_rule.iter().map(|(count, name)| format!("{name} {count}")).collect();
            let worst = rates.iter().take(arguments.texts).map(|(rate, name)| format!("{name} {rate:.1}"));
            details += &format!(
                "{}, {way}: {}\n    {}\n",
                half.name(),
                by_rule.join(", "),
                worst.collect::<Vec<_>>().join(", ")
            );
        }
    }
    let table = table(&head, &rows);
    println!("{table}\n{details}");
    if arguments.write {
        marks::replace_between(&root.join("docs/accuracy.md"), "broad", &table)?;
    }
    Ok(above)
}

fn names(paths: &[PathBuf]) -> impl Iterator<Item = String> + '_ {
    paths.iter().map(|path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned())
}

fn harm(path: &PathBuf, level: Level, in_pages: bool, rules: &RuleSet) -> Result<Harm, String> {
    let bytes = fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let whole = Document::decode(&bytes[..]);
    let options = Options { level, ..Options::default() };
    if !in_pages {
        return Ok(Harm::of(&whole, &clean(&whole, rules, &options)));
    }
    let mut harm = Harm::default();
    for page in pages(whole.text()) {
        let document = Document::decode(page.as_bytes());
        harm.add(&Harm::of(&document, &clean(&document, rules, &options)));
    }
    Ok(harm)
}

/// Words changed in 10,000, without the heads and numbers of printed pages, which
/// some texts of the set have and which are none of the text.
fn own_rate(harm: &Harm, rules: &RuleSet) -> f64 {
    let furniture = ["running-head", "page-number"];
    let of_text: BTreeMap<_, _> =
        harm.by_rule.iter().filter(|(rule, _)| !furniture.contains(&&*rules.get(**rule).name)).collect();
    1e4 * of_text.values().copied().sum::<usize>() as f64 / harm.words.max(1) as f64
}
