//! `descan model fit`: fits decision curves to scans with ground truth and to correct texts, and reports
//! their reliability.

use std::io::Write as _;

use descan_lang::decision::DecisionModel;
use descan_rules::RuleSet;
use descan_train::fit::{Set, decision_table, fit_curves};
use descan_train::places::places;
use descan_train::reliability::{report, wrong};
use rayon::prelude::*;

use crate::args::model::FitArgs;
use crate::commands::model::files::{read_text, write_file};
use crate::error::{CliError, Done, Result, output_error};
use crate::say::say;
use crate::terminal::output::stdout;

/// Runs the command.
pub(super) fn run(args: &FitArgs) -> Result {
    let before = match &args.levels {
        Some(path) => read_text(path)?,
        None => descan_data_en::DECISION.to_owned(),
    };
    let refuse = |error| CliError::Usage(format!("{}, {error}", args.levels.as_deref().unwrap_or(&args.out).display()));
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
