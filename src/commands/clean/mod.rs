//! `descan clean`: writes the cleaned text.

mod cleaned;
mod in_place;
mod out_dir;
mod past;
mod tally;
mod work;

use std::io::Write as _;
use std::mem::ManuallyDrop;
use std::path::Path;

use descan_core::pipeline::clean;
use descan_report::ledger::PathRecord;
use descan_source::Document;
use descan_text::level::Level;

use crate::args::CleanArgs;
use crate::batch::{Batch, in_order};
use crate::display::{plain, shown};
use crate::error::{Done, Result, failed, output_error, usage};
use crate::files::write;
use crate::inputs::discover::{Found, discover};
use crate::inputs::list::Input;
use crate::setup::session::Session;
use crate::terminal::output::{counted, stdout};
use cleaned::Report;
use tally::Tally;

/// Runs the command.
pub(crate) fn run(args: &CleanArgs) -> Result {
    let writes = args.write || args.out_dir.is_some();
    // The process ends with the run: the rules need not be taken apart.
    let session = ManuallyDrop::new(Session::new(&args.choice, &args.inputs, Level::Certain, writes)?.writing(args));
    let mut found = discover(&session, &args.inputs, args.out_dir.as_deref())?;
    if session.is_to_text() {
        found.inputs.name_as_texts();
    }
    write_cleaned(args, &session, &found)
}

/// Cleans the texts found and writes them where the arguments say.
pub(crate) fn write_cleaned(args: &CleanArgs, session: &Session, found: &Found) -> Result {
    match &args.out_dir {
        _ if args.dry_run => dry_run(args, session, found),
        Some(dir) => out_dir::run(args, session, found, dir),
        // `review` writes in the end, without the option.
        None if args.write && args.inputs.text => {
            usage("--text would replace files that are not text; add --out-dir DIR to write the results there")
        }
        None if args.write && args.to.is_some() => usage("--to writes no file; use it with `descan clean`"),
        None if args.write => in_place::run(args, session, found),
        None if found.inputs.len() > 1 => usage(format!(
            "{} inputs cannot all go to {}; add --out-dir DIR to write them there, or --write to replace them",
            found.inputs.len(),
            args.output().map_or_else(|| "standard output".to_owned(), shown),
        )),
        None => to_one_place(args, session, found),
    }
}

/// Writes the only text to `--output` or to standard output.
fn to_one_place(args: &CleanArgs, session: &Session, found: &Found) -> Result {
    if let Some(place) = args.output() {
        refuse_place(place, found)?;
    }
    let mut tally = Tally::new(found, args.quiet);
    in_order(
        Batch::new(session, found, &args.inputs, args.output().is_none()),
        |_, input, bytes| {
            let document = session.open(input.path(), bytes)?;
            Ok(one(session, input, &document))
        },
        |input, result| {
            let (after, report) = match result {
                Ok(result) => result,
                Err(why) => {
                    tally.fail(input, &why);
                    return Ok(());
                }
            };
            tally.take(input, report);
            match args.output() {
                Some(place) => {
                    if let Err(error) = write::output(place, &after) {
                        return failed(format!("cannot write {}: {}", shown(place), plain(&error)));
                    }
                    tally.wrote(format_args!("the cleaned text is in {}", shown(place)));
                    Ok(())
                }
                None => {
                    let mut out = stdout();
                    out.write_all(&after).and_then(|()| out.flush()).map_err(|e| output_error(&e, Done::Clean))
                }
            }
        },
    )?;
    tally.finish(found, true)
}

/// Counts what would be repaired.
fn dry_run(args: &CleanArgs, session: &Session, found: &Found) -> Result {
    let mut tally = Tally::new(found, args.quiet);
    in_order(
        Batch::new(session, found, &args.inputs, false),
        |_, input, bytes| Ok(one(session, input, &session.open(input.path(), bytes)?).1),
        |input, result| {
            match result {
                Ok(report) => tally.take(input, report),
                Err(why) => tally.fail(input, &why),
            }
            Ok(())
        },
    )?;
    let (changed, repairs) = (counted(tally.summary.changed, "file"), counted(tally.summary.applied, "repair"));
    tally.wrote(format_args!("nothing was written; {changed} would change by {repairs}, and `descan diff` shows them"));
    tally.finish(found, false)
}

/// A document's cleaned bytes, and what was done.
fn one(session: &Session, input: &Input, document: &Document<'_>) -> (Vec<u8>, Report) {
    let outcome = clean(document, &session.rules, &session.options);
    let splice = document.splice(&outcome.edits);
    let after = splice.apply(document.bytes());
    let path = PathRecord::new(input.path());
    let report = Report::new(&path, session, document, &outcome, &splice, after != document.bytes());
    (after, report)
}

/// Refuses to write to a folder, or over the text that is cleaned.
fn refuse_place(place: &Path, found: &Found) -> Result<()> {
    let at = shown(place);
    if place.is_dir() {
        return usage(format!("{at} is a folder; --out-dir {at} writes the cleaned text there"));
    }
    let real = |path: &Path| path.canonicalize().ok();
    let is_input = |input: Input| real(place).is_some_and(|place| real(input.path()) == Some(place));
    if found.inputs.iter().any(is_input) {
        return usage(format!("{at} is the text itself; --write replaces it, and keeps what restores it"));
    }
    Ok(())
}
