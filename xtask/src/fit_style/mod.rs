//! Learns from scans and right texts what of either each rule meets.
//!
//! `cargo xtask fit-style CORPUS [--write]`
//!
//! Only the halves for fitting are read (`docs/split.toml`). Three things are
//! learned, one after the other:
//!
//! 1. which unknown words are a scan's and which a writer's (`data/en/hands.tsv`);
//! 2. of each rule, what share of the right forms damage hits;
//! 3. of each rule, how often it meets a style, and of each pass, what the unknown
//!    words of a document say about that (`rules/style.tsv`).
//!
//! A right edit of a scan is damage; any edit of a right text, whole or in pages,
//! is style, and so is a wrong edit of a scan. Right texts are taken to be as many
//! words as the scans, and a rule's edits in one document count as a few at most:
//! what a writer does a thousand times is one style.
//!
//! - `--write` writes both files; else they are printed.

mod hands;
mod regression;
mod samples;
mod shares;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use descan_core::style_or_damage::odds_of_counts;
use descan_lang::hands::Hands;
use descan_lang::language::Language;
use descan_lang::searcher::Searcher;
use descan_rules::{PassName, Prior, RuleSet, TILTS};

use crate::measure::project::root;
use crate::measure::verdict;
use regression::Row;
use samples::Sample;

/// Learns what of style and damage each rule meets.
#[derive(Args)]
pub struct Arguments {
    /// The folder of the sets.
    corpus: PathBuf,
    /// Write what was learned, instead of printing it.
    #[arg(long)]
    write: bool,
}

/// Passes whose edits may be a writer's style, with those that share what the
/// unknown words say: repairs of words, and of marks.
const GROUPS: [&[PassName]; 2] =
    [&[PassName::Letters, PassName::Words, PassName::Context], &[PassName::Quotes, PassName::Spacing]];

/// The share of right forms damaged, as a beta distribution, where nothing tells.
const UNKNOWN_SHARE: (f64, f64) = (0.5, 50.0);

const HEAD: &str = "\
# What was learned of each rule, and of all rules of a pass: the probability that such places are a style
# where a document has any; the share of right forms that damage hits, as the two numbers of a beta
# distribution; what the unknown words count for. Written by `cargo xtask fit-style`.
";

/// Runs the task.
pub fn run(arguments: &Arguments) -> ExitCode {
    verdict::exit("fit-style", "", fit(arguments).map(|()| Vec::new()))
}

fn fit(arguments: &Arguments) -> Result<(), String> {
    let table = hands::count(&arguments.corpus)?;
    let hands = Hands::parse(&table).map_err(|e| e.to_string())?;
    let language = Language::clone(&Language::english()).with_hands(hands);
    let searcher = Searcher::new(Arc::new(language));
    let rules = RuleSet::built_in();
    let samples = samples::gather(&arguments.corpus, &searcher)?;
    let mut lines = BTreeMap::new();
    for group in GROUPS {
        let members: Vec<&Sample> = samples.iter().filter(|s| group.contains(&rules.get(s.rule).pass)).collect();
        for (name, prior) in priors(group, &members, &rules) {
            let tilt = prior.tilt.map(|weight| format!("{weight:.3}")).join("\t");
            lines.insert(
                name.clone(),
                format!("{name}\t{:.5}\t{}\t{}\t{tilt}\n", prior.style, prior.damaged, prior.right),
            );
        }
    }
    let body: String = lines.into_values().collect();
    if !arguments.write {
        println!("{HEAD}{body}");
        return Ok(());
    }
    for (place, text) in [("data/en/hands.tsv", table), ("rules/style.tsv", format!("{HEAD}{body}"))] {
        fs::write(root().join(place), text).map_err(|e| format!("{place}: {e}"))?;
    }
    Ok(())
}

/// What is learned of the rules of a group of passes, by rule and by pass.
fn priors(group: &[PassName], samples: &[&Sample], rules: &RuleSet) -> Vec<(String, Prior)> {
    let mut names: Vec<(String, PassName)> = Vec::new();
    for (_, rule) in rules.iter().filter(|(_, rule)| group.contains(&rule.pass)) {
        names.push((rule.name.clone(), rule.pass));
    }
    let share_of = |name: &str| {
        let own = samples.iter().filter(|s| rules.get(s.rule).name == name);
        shares::fit(own.copied()).unwrap_or(UNKNOWN_SHARE)
    };
    let shares: Vec<(f64, f64)> = names.iter().map(|(name, _)| share_of(name)).collect();
    let mut rows = Vec::new();
    for sample in samples {
        let name = &rules.get(sample.rule).name;
        let Some(index) = names.iter().position(|(other, _)| other == name) else { continue };
        let (damaged, right) = shares[index];
        let prior = Prior { style: 0.5, damaged, right, tilt: [0.0; TILTS] };
        let offset = sample.counts.map_or(0.0, |counts| odds_of_counts(counts, &prior));
        rows.push(Row { rule: index, tilt: sample.tilt, offset, is_damage: sample.is_damage, weight: sample.weight });
    }
    let fitted = regression::fit(&rows, names.len());
    let style_of = |odds: f64| 1.0 / (1.0 + odds.exp());
    let mut priors = Vec::new();
    for (index, (name, _)) in names.iter().enumerate() {
        let (damaged, right) = shares[index];
        priors.push((
            name.clone(),
            Prior { style: style_of(fitted.bias + fitted.own[index]), damaged, right, tilt: fitted.tilt },
        ));
    }
    for pass in group {
        let (damaged, right) = UNKNOWN_SHARE;
        priors.push((
            pass.as_str().to_owned(),
            Prior { style: style_of(fitted.bias), damaged, right, tilt: fitted.tilt },
        ));
    }
    priors
}
