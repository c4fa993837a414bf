//! The file that holds this program's code, with the built-in rules and the model.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

static FILE: OnceLock<Option<PathBuf>> = OnceLock::new();

/// Says which file it is; only the first call in a process counts.
pub(crate) fn set(file: Option<PathBuf>) {
    FILE.get_or_init(|| file);
}

/// The file, if it is known.
pub(crate) fn file() -> Option<&'static Path> {
    FILE.get()?.as_deref()
}
