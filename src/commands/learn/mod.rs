//! `descan learn`: sums up what an archive shows that no document of it shows alone.

mod cleaned;

use std::path::Path;

use descan_core::archive::{ArchiveStats, StatsError};
use descan_core::learn::learn;
use descan_text::hash::sha256;
use descan_text::level::Level;

use crate::args::{Choice, DecisionsArgs, LearnArgs};
use crate::batch::{Batch, in_order};
use crate::display::{plain, shown};
use crate::error::{Done, Result, failed as failed_to, usage};
use crate::files::write;
use crate::inputs::discover::{Found, discover};
use crate::say::say;
use crate::setup::session::Session;
use crate::terminal::output::counted;
use cleaned::CleanedFiles;

/// Runs the command.
pub(crate) fn run(args: &LearnArgs) -> Result {
    let choice = Choice {
        config: args.config.clone(),
        model: args.model.clone(),
        decisions: DecisionsArgs { no_decisions: true, ..DecisionsArgs::default() },
        ..Choice::default()
    };
    let session = Session::without_archive(&choice, &args.inputs, Level::Certain, false)?;
    let found = discover(&session, &args.inputs, None)?;
    let cleaned = CleanedFiles::of(&found.inputs);
    let mut all = ArchiveStats::default();
    let mut failed = found.failed.len();
    in_order(
        Batch::new(&session, &found, &args.inputs, false),
        |_, input, bytes| learned(&session, &cleaned, input.path(), bytes),
        |input, result| {
            match result {
                Ok(Ok(stats)) => all.add(&stats),
                // A sum that lacks a part would be taken for the whole.
                Ok(Err(error)) => return usage(format!("{}: {error}", shown(input.path()))),
                Err(why) => {
                    say(format_args!("{} {why}", shown(input.path())));
                    failed += 1;
                }
            }
            Ok(())
        },
    )?;
    finish(args, &found, &all, failed)
}

/// What a file adds to the statistics: those that it has, if they are whole, or else those of the text that it is.
///
/// # Errors
/// Why nothing is learned from it, as the end of a sentence that begins with its name.
fn learned(
    session: &Session,
    cleaned: &CleanedFiles,
    path: &Path,
    bytes: &[u8],
) -> std::result::Result<std::result::Result<ArchiveStats, StatsError>, String> {
    if ArchiveStats::is_begun_by(bytes) {
        return Ok(ArchiveStats::parse(bytes));
    }
    if let Some(ledger) = cleaned.ledger_of(&sha256(bytes)) {
        return Err(format!("was cleaned already, as {} says; learn from its original", shown(ledger)));
    }
    Ok(Ok(learn(&session.open(path, bytes)?, &session.options.searcher)))
}

/// Writes the statistics, unless there are none.
fn finish(args: &LearnArgs, found: &Found, all: &ArchiveStats, failed: usize) -> Result {
    let place = shown(&args.output);
    if all.documents == 0 {
        let inputs = counted(found.inputs.len(), "file");
        return usage(format!("nothing was learned from {inputs}, so {place} is not written; name originals"));
    }
    if let Err(error) = write::output(&args.output, all.to_text().as_bytes()) {
        return failed_to(format!("cannot write {place}: {}", plain(&error)));
    }
    let documents = usize::try_from(all.documents).unwrap_or(usize::MAX);
    say(format_args!("statistics of {} written to {place}", counted(documents, "document")));
    Ok(if failed > 0 { Done::SomeFailed } else { Done::Clean })
}
