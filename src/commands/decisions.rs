//! `descan decisions`: lists saved decisions, and those that no longer apply.

use std::io::Write as _;

use descan_core::decisions::Entry;
use descan_text::level::Level;

use crate::args::ListDecisionsArgs;
use crate::commands::describe::describe;
use crate::commands::unused::used;
use crate::error::{Done, Result, output_error, usage};
use crate::say::say;
use crate::setup::session::Session;
use crate::terminal::output::{counted, stdout};

/// Runs the command.
pub(crate) fn run(args: &ListDecisionsArgs) -> Result {
    let session = Session::new(&args.choice, &args.inputs, Level::Suspect, false)?;
    if session.decided_in.is_none() {
        return usage(
            "there is no decisions file here; name one with --decisions FILE, or create one with `descan review PATH`",
        );
    }
    if !args.unused {
        if !args.inputs.paths.is_empty() {
            return usage("add --unused to list the decisions that no longer apply to these texts, or name no texts");
        }
        let all: Vec<(&Entry, Option<String>)> =
            session.options.decisions.entries().iter().map(|e| (e, None)).collect();
        list(&all)?;
        return Ok(Done::Clean);
    }
    let (used, failed) = used(&session, &args.inputs, |outcome| outcome.decided.used)?;
    let entries = session.options.decisions.entries();
    let unused = entries.iter().enumerate().filter_map(|(index, entry)| match entry.same_as {
        Some(first) => Some((entry, Some(format!("same as {}", entries[first].origin)))),
        None => (!used.contains(&index)).then_some((entry, None)),
    });
    let unused: Vec<_> = unused.collect();
    list(&unused)?;
    say(format_args!("{} of {} unused", unused.len(), counted(entries.len(), "decision")));
    Ok(match (failed, unused.is_empty()) {
        (true, _) => Done::SomeFailed,
        (false, true) => Done::Clean,
        (false, false) => Done::Findings,
    })
}

/// Prints entries, one per line, each with its note.
fn list(entries: &[(&Entry, Option<String>)]) -> Result<()> {
    let mut out = stdout();
    for (entry, note) in entries {
        let note = note.as_ref().map_or_else(String::new, |note| format!("; {note}"));
        let line = format!("{}: {} {}{note}", entry.origin, entry.decision.name(), describe(&entry.decision));
        writeln!(out, "{line}").map_err(|e| output_error(&e, Done::Clean))?;
    }
    out.flush().map_err(|e| output_error(&e, Done::Clean))
}
