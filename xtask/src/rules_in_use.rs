//! Counts what each rule finds, and marks those that find nothing of their own.
//!
//! `cargo xtask rules-in-use FOLDER…`
//!
//! Every text below the folders is cleaned at level `suspect`. For each rule the
//! task prints its findings by level, the number of texts that have any, and how
//! many findings are part of another rule's finding (*overtaken*). A rule that
//! *never* finds anything is dead, or is for damage that these texts do not have;
//! a rule whose findings are all overtaken is *shadowed*.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use descan_core::pass::Options;
use descan_core::pipeline::clean;
use descan_rules::{RuleId, RuleSet};
use descan_source::Document;
use descan_text::level::Level;
use ignore::WalkBuilder;
use rayon::prelude::*;

/// The findings of a rule.
#[derive(Clone, Copy, Default)]
struct Use {
    levels: [usize; 3],
    texts: usize,
    overtaken: usize,
}

/// Counts what each rule finds.
#[derive(Args)]
pub struct Arguments {
    /// The folders of texts.
    #[arg(required = true)]
    folders: Vec<PathBuf>,
}

/// Runs the task.
pub fn run(arguments: &Arguments) -> ExitCode {
    let mut walk = WalkBuilder::new(&arguments.folders[0]);
    for folder in &arguments.folders[1..] {
        walk.add(folder);
    }
    let is_text = |path: &PathBuf| path.extension().is_some_and(|e| e == "txt");
    let texts: Vec<PathBuf> = walk.build().flatten().map(ignore::DirEntry::into_path).filter(is_text).collect();
    let rules = RuleSet::built_in();
    let uses: Vec<BTreeMap<RuleId, Use>> = texts.par_iter().map(|path| uses(path, &rules)).collect();
    let mut total: BTreeMap<RuleId, Use> = BTreeMap::new();
    for (rule, found) in uses.into_iter().flatten() {
        let sum = total.entry(rule).or_default();
        sum.levels.iter_mut().zip(found.levels).for_each(|(sum, count)| *sum += count);
        sum.texts += 1;
        sum.overtaken += found.overtaken;
    }
    println!("{:<28} {:>8} {:>8} {:>8} {:>7} {:>9}", "rule", "certain", "probable", "suspect", "texts", "overtaken");
    for (id, rule) in rules.iter() {
        let Use { levels: [certain, probable, suspect], texts, overtaken } =
            total.get(&id).copied().unwrap_or_default();
        let all = certain + probable + suspect;
        let note = match all {
            0 => "  never",
            _ if all == overtaken => "  shadowed",
            _ => "",
        };
        println!("{:<28} {certain:>8} {probable:>8} {suspect:>8} {texts:>7} {overtaken:>9}{note}", rule.name);
    }
    println!("{} texts", texts.len());
    ExitCode::SUCCESS
}

fn uses(path: &PathBuf, rules: &RuleSet) -> BTreeMap<RuleId, Use> {
    let mut uses: BTreeMap<RuleId, Use> = BTreeMap::new();
    // A text that cannot be read counts as empty.
    let bytes = fs::read(path).unwrap_or_default();
    let document = Document::decode(&bytes[..]);
    let options = Options { level: Level::Suspect, ..Options::default() };
    for finding in clean(&document, rules, &options).findings {
        let found = uses.entry(finding.rule).or_default();
        found.levels[finding.level as usize] += 1;
        found.overtaken += usize::from(finding.part_of.is_some());
    }
    uses
}
