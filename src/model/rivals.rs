//! `descan model rivals`: the built-in lexicon and confusions in, the table of rivals out.

use std::path::PathBuf;

use clap::Args;
use descan_lang::searcher::Searcher;
use descan_train::rivals::rivals;

use super::write_file;
use crate::exit::{Done, Result, Stop, say};

/// `descan model rivals`.
#[derive(Args, Debug)]
pub struct RivalsArgs {
    /// Where to write the table.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Runs the command.
pub fn run(args: &RivalsArgs) -> Result {
    let table = rivals(&Searcher::english())
        .ok_or_else(|| Stop::Usage("two words share a hash; leave one of them out of the lexicon".to_owned()))?;
    write_file(&args.out, &table)?;
    say(format_args!("{}: {} bytes", args.out.display(), table.len()));
    Ok(Done::Clean)
}
