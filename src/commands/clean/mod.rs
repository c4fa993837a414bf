//! `descan clean`: writes the cleaned text.

mod cleaned;
mod in_place;
mod out_dir;
mod past;
mod tally;
mod work;

use std::io::Write as _;

use descan_core::pipeline::clean;
use descan_report::ledger::PathRecord;
use descan_text::level::Level;

use crate::args::CleanArgs;
use crate::batch::{Batch, in_order};
use crate::error::{Done, Result, output_error, usage};
use crate::inputs::discover::{Found, discover};
use crate::setup::session::Session;
use crate::terminal::output::stdout;
use cleaned::Report;
use tally::Tally;

/// Runs the command.
pub(crate) fn run(args: &CleanArgs) -> Result {
    let writes = args.write || args.out_dir.is_some();
    let session = Session::new(&args.choice, &args.inputs, Level::Certain, writes)?.writing(args);
    let mut found = discover(&session, &args.inputs, args.out_dir.as_deref())?;
    if session.is_to_text() {
        found.inputs.name_as_texts();
    }
    write(args, &session, &found)
}

/// Cleans the texts found and writes them where the arguments say.
pub(crate) fn write(args: &CleanArgs, session: &Session, found: &Found) -> Result {
    match &args.out_dir {
        Some(dir) => out_dir::run(args, session, found, dir),
        // `review` writes in the end, without the option.
        None if args.write && args.inputs.text => {
            usage("--text would replace files that are not text; add --out-dir DIR to write the results there")
        }
        None if args.write && args.to.is_some() => usage("--to writes no file; use it with `descan clean`"),
        None if args.write => in_place::run(args, session, found),
        None if found.inputs.len() > 1 => usage(format!(
            "{} inputs cannot all go to standard output; add --out-dir DIR to write them there, or --write to replace them",
            found.inputs.len()
        )),
        None => to_stdout(args, session, found),
    }
}

fn to_stdout(args: &CleanArgs, session: &Session, found: &Found) -> Result {
    let mut tally = Tally::new(found, args.quiet);
    in_order(
        Batch::new(session, found, &args.inputs, true),
        |_, input, bytes| {
            let document = session.open(input.path(), bytes)?;
            let outcome = clean(&document, &session.rules, &session.options);
            let splice = document.splice(&outcome.edits);
            let after = splice.apply(document.bytes());
            let path = PathRecord::new(input.path());
            let report = Report::new(&path, session, &document, &outcome, &splice, after != document.bytes());
            Ok((after, report))
        },
        |input, result| {
            match result {
                Ok((after, report)) => {
                    tally.take(input, report);
                    let mut out = stdout();
                    out.write_all(&after).and_then(|()| out.flush()).map_err(|e| output_error(&e, Done::Clean))?;
                }
                Err(why) => tally.fail(input, &why),
            }
            Ok(())
        },
    )?;
    tally.finish(found, true)
}
