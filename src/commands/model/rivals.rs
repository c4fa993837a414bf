//! `descan model rivals`: computes the table of rivals from the built-in lexicon and confusions.

use descan_lang::searcher::Searcher;
use descan_train::rivals::rivals;

use crate::args::model::RivalsArgs;
use crate::commands::model::files::write_file;
use crate::error::{CliError, Done, Result};
use crate::say::say;

/// Runs the command.
pub(super) fn run(args: &RivalsArgs) -> Result {
    let table = rivals(&Searcher::english()).ok_or_else(|| {
        CliError::Usage("two words have the same hash; remove one of them from the lexicon".to_owned())
    })?;
    write_file(&args.out, &table)?;
    say(format_args!("{}: {} bytes", args.out.display(), table.len()));
    Ok(Done::Clean)
}
