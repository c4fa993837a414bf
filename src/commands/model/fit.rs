//! `descan model fit`: fits the trees of the decision to scans with ground truth and to correct texts, and reports
//! their reliability.

use std::io::Write as _;

use descan_lang::decision::Levels;
use descan_rules::RuleSet;
use descan_train::fit::{Set, fit_trees};
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
    let levels = match &args.levels {
        Some(path) => {
            Levels::parse(&read_text(path)?).map_err(|error| CliError::Usage(format!("{}, {error}", path.display())))?
        }
        None => Levels::parse(descan_data_en::DECISION).expect("the built-in levels"),
    };
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
    let fitted = fit_trees(&sets);
    write_file(&args.out, &fitted.trees)?;
    if let Some(path) = &args.report {
        write_file(path, report(&sets, &fitted.judged, &levels).as_bytes())?;
    }
    let mut out = stdout();
    let listed = wrong(&sets, &fitted.judged, args.wrong);
    out.write_all(listed.as_bytes()).and_then(|()| out.flush()).map_err(|e| output_error(&e, Done::Clean))?;
    say(format_args!("{}: fitted to {} places", args.out.display(), fitted.judged.len()));
    Ok(Done::Clean)
}
