//! `descan model confusions`: scans with their truth in, a table of confusions out.

use std::path::PathBuf;

use clap::Args;
use descan_source::Document;
use descan_train::confusions::{Pair, learn};

use super::sets::SetArg;
use super::{read_text, write_file};
use crate::exit::{Done, Result, Stop, say};

/// `descan model confusions`.
#[derive(Args, Debug)]
pub struct ConfusionsArgs {
    /// Where to write the table.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Confusions put in by hand: a table of the same form, whose lines take the place of those learned.
    #[arg(long, value_name = "FILE")]
    hand: Option<PathBuf>,
    /// Folders of right texts, which tell what an author writes that looks like a confusion.
    #[arg(long, value_name = "DIR")]
    clean: Vec<SetArg>,
    /// Folders of NAME.ocr.txt with NAME.gt.txt, one for each origin; DIR=1/4 reads every fourth.
    #[arg(required = true, value_name = "DIR")]
    sets: Vec<SetArg>,
}

/// Runs the command.
pub fn run(args: &ConfusionsArgs) -> Result {
    let mut sets = Vec::new();
    for set in &args.sets {
        let pair = |scan: super::sets::Scan| Pair {
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
        Stop::Usage(format!("{path}, {error}"))
    })?;
    write_file(&args.out, table.as_bytes())?;
    let count = table.lines().filter(|line| !line.starts_with('#')).count();
    say(format_args!("{}: {count} confusions from {} sets", args.out.display(), sets.len()));
    Ok(Done::Clean)
}
