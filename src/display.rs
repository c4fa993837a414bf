//! Formats paths and errors for messages.

use std::io;
use std::path::Path;

use descan_text::escape::visible;

/// A path for a message, safe to print.
pub(crate) fn shown(path: &Path) -> String {
    visible(&path.to_string_lossy())
}

/// An I/O error, worded as the end of a sentence.
pub(crate) fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    first.to_lowercase().chain(chars).collect()
}
