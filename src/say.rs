//! Prints messages to standard error, above the progress bar if one is shown.

use std::fmt::Display;
use std::io::Write as _;
use std::sync::OnceLock;

use indicatif::ProgressBar;

/// The progress bar on screen, so that messages can be printed above it.
static SHOWN: OnceLock<ProgressBar> = OnceLock::new();

/// Shows a bar unless one is already shown; returns the one that is.
pub(crate) fn show(bar: ProgressBar) -> ProgressBar {
    SHOWN.get_or_init(|| bar).clone()
}

/// Prints a message to standard error. A closed stream is ignored.
pub(crate) fn say(what: impl Display) {
    let write = || {
        let _ = writeln!(anstream::stderr(), "descan: {what}");
    };
    match SHOWN.get() {
        Some(bar) => bar.suspend(write),
        None => write(),
    }
}
