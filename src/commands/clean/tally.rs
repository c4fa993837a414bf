//! Counts what a run of `clean` does.

use std::fmt::Display;

use descan_report::ledger::SummaryLine;

use crate::commands::clean::cleaned::Report;
use crate::display::shown;
use crate::error::{CliError, Done, Result};
use crate::inputs::discover::Found;
use crate::inputs::list::Input;
use crate::say::say;
use crate::terminal::output::{batch_summary, counted, page_summary, summary};

/// How many failures are listed again at the end.
const FAILURES: usize = 10;

/// Counts what a run does, and reports failures as they happen.
pub(super) struct Tally {
    pub(super) summary: SummaryLine,
    /// Files whose result from an earlier run was reused.
    pub(super) reused: usize,
    /// Whether to print errors only.
    quiet: bool,
    /// The first failures, to be listed again at the end.
    failures: Vec<String>,
    /// What was written, and where: the last line.
    wrote: Option<String>,
}

impl Tally {
    pub(super) fn new(found: &Found, quiet: bool) -> Tally {
        let failures = found.failed.iter().map(|(path, why)| format!("{}: {why}", shown(path)));
        Tally {
            summary: SummaryLine { failed: found.failed.len(), ..SummaryLine::default() },
            reused: 0,
            quiet,
            failures: failures.take(FAILURES).collect(),
            wrote: None,
        }
    }

    /// Counts a cleaned file.
    pub(super) fn take(&mut self, input: &Input, report: Report) {
        self.summary += report.summary;
        if let Some((encoding, character)) = report.reencoded {
            let path = shown(input.path());
            say(format_args!(
                "{path} was converted to UTF-8: its encoding, {encoding}, cannot represent {character:?}"
            ));
        }
    }

    /// Counts and reports a file that failed.
    pub(super) fn fail(&mut self, input: &Input, why: &str) {
        say(format_args!("{} {why}", shown(input.path())));
        self.summary.failed += 1;
        if self.failures.len() < FAILURES {
            self.failures.push(format!("{} {why}", shown(input.path())));
        }
    }

    /// Sets the last line of the run, which says what was written, and where.
    pub(super) fn wrote(&mut self, what: impl Display) {
        self.wrote = Some(what.to_string());
    }

    /// Prints the summary, or how to go on after Ctrl-C.
    pub(super) fn finish(&self, found: &Found, wrote: bool) -> Result {
        if self.summary.interrupted {
            let (done, all) = (self.summary.files, counted(found.inputs.len(), "file"));
            say(format_args!("stopped after {done} of {all}; the same command goes on with the rest"));
            return Err(CliError::Interrupted);
        }
        if self.quiet {
            return Ok(if self.summary.failed > 0 { Done::SomeFailed } else { Done::Clean });
        }
        summary(&self.summary, found.skipped, wrote);
        if let Some(input) = found.inputs.iter().next() {
            page_summary(&self.summary, input.path());
        }
        batch_summary(&self.summary, self.reused, &self.failures);
        if let Some(wrote) = &self.wrote {
            say(wrote);
        }
        Ok(if self.summary.failed > 0 { Done::SomeFailed } else { Done::Clean })
    }
}
