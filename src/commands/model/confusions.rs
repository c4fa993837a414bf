//! `descan model confusions`: learns a table of confusions from scans and their ground truth.

use descan_source::Document;
use descan_train::confusions::{Pair, learn};

use crate::args::model::ConfusionsArgs;
use crate::commands::model::files::{read_text, write_file};
use crate::error::{CliError, Done, Result};
use crate::say::say;

/// Runs the command.
pub(super) fn run(args: &ConfusionsArgs) -> Result {
    let mut sets = Vec::new();
    for set in &args.sets {
        let pair = |scan: crate::commands::model::sets::Scan| Pair {
            read: Document::decode(scan.read).text().to_owned(),
            printed: scan.printed,
        };
        sets.push(set.scans()?.into_iter().map(pair).collect());
    }
    let mut clean = Vec::new();
    for set in &args.clean {
        clean.extend(set.texts()?);
    }
    let hand = args.hand.as_deref().map(read_text).transpose()?.unwrap_or_default();
    let table = learn(&sets, &clean, &hand).map_err(|error| {
        let path = args.hand.as_deref().unwrap_or(&args.out).display();
        CliError::Usage(format!("{path}, {error}"))
    })?;
    write_file(&args.out, table.as_bytes())?;
    let count = table.lines().filter(|line| !line.starts_with('#')).count();
    say(format_args!("{}: {count} confusions from {} sets", args.out.display(), sets.len()));
    Ok(Done::Clean)
}
