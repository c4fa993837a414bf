//! `descan config --unused`: lists protected words and patterns that no text needs.

use std::io::Write as _;

use descan_text::escape::visible;
use descan_text::level::Level;

use crate::args::ShowConfigArgs;
use crate::commands::unused::used;
use crate::error::{Done, Result, output_error};
use crate::setup::session::Session;
use crate::terminal::output::stdout;

/// Runs the command.
pub(super) fn run(args: &ShowConfigArgs) -> Result {
    let session = Session::new(&args.choice, &args.inputs, Level::Certain, false)?;
    let (used, failed) = used(&session, &args.inputs, |outcome| outcome.held_back)?;
    let entries = session.settings.protected();
    let unused = session.options.protection.list().iter().enumerate().filter(|(index, _)| !used.contains(index));
    let mut done = Done::Clean;
    let mut out = stdout();
    for (_, protected) in unused {
        done = Done::Findings;
        let entry = &entries[protected.entry];
        writeln!(
            out,
            "{}: `{}` prevented no repair ({})",
            entry.origin,
            visible(&protected.what),
            visible(&entry.value.reason)
        )
        .map_err(|e| output_error(&e, done))?;
    }
    out.flush().map_err(|e| output_error(&e, done))?;
    Ok(if failed { Done::SomeFailed } else { done })
}
