//! Sentences on the error stream, above the progress bar if one is shown.

use std::fmt::Display;
use std::io::Write as _;
use std::sync::OnceLock;

use indicatif::ProgressBar;

/// The bar that is shown, so that a message can make room for itself.
static SHOWN: OnceLock<ProgressBar> = OnceLock::new();

/// Shows a bar, of which there is one at most: returns it, or the one before.
pub(crate) fn show(bar: ProgressBar) -> ProgressBar {
    SHOWN.get_or_init(|| bar).clone()
}

/// Says a sentence on the error stream. A closed one is no reason to stop.
pub(crate) fn say(what: impl Display) {
    let write = || {
        let _ = writeln!(anstream::stderr(), "descan: {what}");
    };
    match SHOWN.get() {
        Some(bar) => bar.suspend(write),
        None => write(),
    }
}
