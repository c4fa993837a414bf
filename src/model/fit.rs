//! `descan model fit`: scans with their truth and right texts in, decision curves and their reliability out.

use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;
use descan_lang::decision::DecisionModel;
use descan_rules::RuleSet;
use descan_train::fit::{Set, decision_table, fit_curves};
use descan_train::places::places;
use descan_train::reliability::{report, wrong};
use rayon::prelude::*;

use super::sets::SetArg;
use super::{read_text, write_file};
use crate::exit::{Done, Result, Stop, output_error, say};
use crate::output::stdout;

/// `descan model fit`.
#[derive(Args, Debug)]
pub struct FitArgs {
    /// Where to write the curves.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// The table of curves that says where levels begin [default: the built-in one].
    #[arg(long, value_name = "FILE")]
    levels: Option<PathBuf>,
    /// Where to write the reliability table, in Markdown.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Print the N surest wrong repairs of each curve.
    #[arg(long, value_name = "N", default_value_t = 0)]
    wrong: usize,
    /// Folders of right texts, in which every repair is wrong: DIR, DIR=WEIGHT or DIR=WEIGHT/EVERY.
    #[arg(long, value_name = "DIR")]
    clean: Vec<SetArg>,
    /// Folders of NAME.ocr.txt with NAME.gt.txt, one for each origin, each left out once; DIR=4 counts
    /// fourfold, DIR=1/4 reads every fourth.
    #[arg(required = true, value_name = "DIR")]
    sets: Vec<SetArg>,
}

/// Runs the command.
pub fn run(args: &FitArgs) -> Result {
    let before = match &args.levels {
        Some(path) => read_text(path)?,
        None => descan_data_en::DECISION.to_owned(),
    };
    let refuse = |error| Stop::Usage(format!("{}, {error}", args.levels.as_deref().unwrap_or(&args.out).display()));
    let levels = DecisionModel::parse(&before).map_err(refuse)?;
    let rules = RuleSet::built_in();
    let mut sets = Vec::new();
    for arg in &args.sets {
        let texts = arg.scans()?.par_iter().map(|s| places(&s.read, Some(&s.printed), &rules)).collect();
        sets.push(Set { name: arg.name(), weight: arg.weight, clean: false, texts });
    }
    for arg in &args.clean {
        let texts = arg.texts()?.par_iter().map(|text| places(text.as_bytes(), None, &rules)).collect();
        sets.push(Set { name: arg.name(), weight: arg.weight, clean: true, texts });
    }
    let curves = fit_curves(&sets);
    write_file(&args.out, decision_table(&curves, &before).map_err(refuse)?.as_bytes())?;
    if let Some(path) = &args.report {
        write_file(path, report(&sets, &curves, &levels).as_bytes())?;
    }
    let mut out = stdout();
    let listed = wrong(&sets, &curves, args.wrong);
    out.write_all(listed.as_bytes()).and_then(|()| out.flush()).map_err(|e| output_error(&e, Done::Clean))?;
    let judged: usize = sets.iter().flat_map(|set| &set.texts).map(Vec::len).sum();
    let fitted = curves.iter().filter(|curve| curve.weights.is_some()).count();
    say(format_args!("{}: {fitted} of {} curves fitted to {judged} places", args.out.display(), curves.len()));
    Ok(Done::Clean)
}
