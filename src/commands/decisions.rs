//! `descan decisions`: lists saved decisions, and those that no longer apply, and removes some.

use std::io::{self, Write as _};
use std::ops::RangeInclusive;
use std::path::Path;

use descan_core::decisions::Entry;
use descan_text::level::Level;

use crate::args::ListDecisionsArgs;
use crate::commands::describe::describe;
use crate::commands::unused::used;
use crate::display::{plain, shown};
use crate::error::{CliError, Done, Result, output_error, usage};
use crate::files::write::{prepare, sync_folder};
use crate::say::say;
use crate::setup::session::Session;
use crate::terminal::output::{counted, stdout};

/// Runs the command.
pub(crate) fn run(args: &ListDecisionsArgs) -> Result {
    let session = Session::new(&args.choice, &args.inputs, Level::Suspect, false)?;
    let Some(path) = &session.decided_in else {
        return usage(
            "there is no decisions file here; name one with --decisions FILE, or create one with `descan review PATH`",
        );
    };
    if !args.remove.is_empty() {
        return remove(path, &args.remove);
    }
    if !args.unused {
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

/// Removes the decisions on these lines of the file.
fn remove(path: &Path, lines: &[RangeInclusive<usize>]) -> Result {
    let cannot = |e: io::Error| CliError::Io(format!("cannot write the decisions file {}: {}", shown(path), plain(&e)));
    let text = std::fs::read_to_string(path).map_err(cannot)?;
    let all: Vec<&str> = text.split_inclusive('\n').collect();
    for range in lines {
        // The first line is no decision.
        let is_decision = |line: usize| line > 1 && all.get(line - 1).is_some_and(|text| !text.trim().is_empty());
        if let Some(line) = range.clone().find(|&line| !is_decision(line)) {
            return usage(format!("{}:{line} holds no decision; `descan decisions` lists them", shown(path)));
        }
    }
    let is_removed = |line: usize| lines.iter().any(|range| range.contains(&line));
    let kept: String = all.iter().zip(1..).filter(|(_, line)| !is_removed(*line)).map(|(text, _)| *text).collect();
    let removed = (1..=all.len()).filter(|&line| is_removed(line)).count();
    let permissions = path.metadata().map(|data| data.permissions()).ok();
    prepare(path, kept.as_bytes(), permissions, true)
        .and_then(|file| file.persist(path).map_err(|e| e.error))
        .map_err(cannot)?;
    sync_folder(path);
    say(format_args!("{} removed from {}", counted(removed, "decision"), shown(path)));
    Ok(Done::Clean)
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
