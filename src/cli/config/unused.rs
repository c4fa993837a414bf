//! `descan config --unused`: protected words and patterns that no text needs.

use std::collections::BTreeSet;
use std::io::Write as _;

use descan::document::Document;
use descan::level::Level;
use descan::pipeline::clean;
use descan::report::escape::visible;

use crate::cli::args::ShowConfigArgs;
use crate::cli::batch::{Batch, in_order};
use crate::cli::discover::{discover, shown};
use crate::cli::exit::{Done, Result, output_error, say};
use crate::cli::output::stdout;
use crate::cli::session::Session;

/// Runs the command.
pub fn run(args: &ShowConfigArgs) -> Result {
    let session = Session::new(&args.choice, &args.inputs, Level::Certain, false)?;
    let found = discover(&session, &args.inputs, None)?;
    let mut used = BTreeSet::new();
    let mut failed = !found.failed.is_empty();
    in_order(
        Batch::new(&session, &found, &args.inputs, false),
        |_, _, bytes| Ok(clean(&Document::decode(bytes), &session.rules, &session.options).held_back),
        |input, result| {
            match result {
                Ok(held_back) => used.extend(held_back),
                Err(why) => {
                    say(format_args!("{} {why}", shown(input.path())));
                    failed = true;
                }
            }
            Ok(())
        },
    )?;
    let entries = session.settings.protected();
    let unused = session.options.protection.list().iter().enumerate().filter(|(index, _)| !used.contains(index));
    let mut done = Done::Clean;
    let mut out = stdout();
    for (_, protected) in unused {
        done = Done::Findings;
        let entry = &entries[protected.entry];
        writeln!(
            out,
            "{}: `{}` kept no repair away ({})",
            entry.origin,
            visible(&protected.what),
            visible(&entry.value.reason)
        )
        .map_err(|e| output_error(&e, done))?;
    }
    out.flush().map_err(|e| output_error(&e, done))?;
    Ok(if failed { Done::SomeFailed } else { done })
}
