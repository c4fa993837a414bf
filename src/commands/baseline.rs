//! `descan baseline`: records the current findings, so that `check` fails only on
//! new ones.

use std::io::{BufWriter, Write as _};

use descan_core::pipeline::clean;
use descan_report::baseline::Baseline;
use descan_report::records;
use descan_text::level::Level;

use crate::args::BaselineArgs;
use crate::batch::{Batch, in_order};
use crate::commands::check::{folder, judge_at, record};
use crate::display::{plain, shown};
use crate::error::{CliError, Done, Result};
use crate::files::write;
use crate::inputs::discover::discover;
use crate::say::say;
use crate::setup::session::Session;
use crate::terminal::output::counted;

/// Runs the command.
pub(crate) fn run(args: &BaselineArgs) -> Result {
    let mut session = Session::new(&args.choice, &args.inputs, Level::Certain, true)?;
    // Use the level at which `check` will run with the same settings.
    judge_at(&mut session, None);
    let mut found = discover(&session, &args.inputs, None)?;
    let own = args.output.canonicalize().ok();
    found.inputs.retain(|input| own.is_none() || input.path().canonicalize().ok() != own);
    let cannot =
        |error: &std::io::Error| CliError::Io(format!("cannot write {}: {}", shown(&args.output), plain(error)));
    let file = write::prepare(&args.output, b"", None, false).map_err(|error| cannot(&error))?;
    let mut out = BufWriter::new(file);
    out.write_all(Baseline::head(session.options.level).as_bytes()).map_err(|error| cannot(&error))?;
    let folder = folder(&args.output);
    let mut failed = found.failed.len();
    let mut entries = 0;
    in_order(
        Batch::new(&session, &found, &args.inputs, false),
        |index, input, bytes| {
            let document = session.open(input.path(), bytes)?;
            let outcome = clean(&document, &session.rules, &session.options);
            let records = records(index + 1, &document, &outcome, &session.rules);
            Ok(Baseline::lines(&record(&folder, input.path()), &records))
        },
        |input, result| match result {
            Ok(lines) => {
                entries += lines.lines().count();
                out.write_all(lines.as_bytes()).map_err(|error| cannot(&error))
            }
            Err(why) => {
                say(format_args!("{} {why}", shown(input.path())));
                failed += 1;
                Ok(())
            }
        },
    )?;
    let file = out.into_inner().map_err(|error| cannot(error.error()))?;
    file.persist(&args.output).map_err(|error| cannot(&error.error))?;
    say(format_args!("{} written to {}", counted(entries, "finding"), shown(&args.output)));
    Ok(if failed > 0 { Done::SomeFailed } else { Done::Clean })
}
