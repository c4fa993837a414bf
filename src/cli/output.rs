//! The standard streams.

use std::io::{self, BufWriter, IsTerminal, StdoutLock};

use super::discover::Skipped;
use super::exit::say;
use descan::ledger::SummaryLine;

/// The standard output, for a product that must stay as it is.
pub fn stdout() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// Says what a run came to, where someone may read it: on a terminal, or when
/// there were several files.
pub fn summary(summary: &SummaryLine, skipped: Skipped, wrote: bool) {
    let several = summary.files + summary.failed > 1;
    if !several && !io::stderr().is_terminal() {
        return;
    }
    let mut parts = vec![counted(summary.files, "file")];
    if wrote {
        parts.push(format!("{} changed", summary.changed));
    }
    parts.push(counted(summary.applied, "repair"));
    parts.push(format!("{} only offered", summary.offered));
    for (count, what) in [
        (summary.failed, "failed"),
        (skipped.binary, "skipped that are no text"),
        (skipped.links, "links not followed"),
        (skipped.special, "skipped that are no files"),
        (skipped.excluded, "excluded"),
        (skipped.ignored, "ignored"),
        (skipped.hidden, "hidden"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    say(parts.join(", "));
}

/// A number with its noun.
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
