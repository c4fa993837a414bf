//! Prints messages to standard error, above the progress bar if one is shown.

use std::fmt::Display;
use std::io::{IsTerminal as _, Write as _};
use std::sync::OnceLock;

use indicatif::ProgressBar;

use crate::display::wrapped_at_words;

/// The progress bar on screen, so that messages can be printed above it.
static SHOWN: OnceLock<ProgressBar> = OnceLock::new();

/// Shows a bar unless one is already shown; returns the one that is.
pub(crate) fn show(bar: ProgressBar) -> ProgressBar {
    SHOWN.get_or_init(|| bar).clone()
}

/// Prints a message to standard error. A closed stream is ignored.
pub(crate) fn say(what: impl Display) {
    let mut line = format!("descan: {what}");
    if std::io::stderr().is_terminal()
        && let Ok((columns, _)) = crossterm::terminal::size()
        && columns > 0
    {
        line = wrapped_at_words(&line, columns.into(), "  ");
    }
    let write = || {
        let _ = writeln!(anstream::stderr(), "{line}");
    };
    match SHOWN.get() {
        Some(bar) => bar.suspend(write),
        None => write(),
    }
}
