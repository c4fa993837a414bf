//! Reads and writes the files of `descan model`.

use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{CliError, Result};

/// The files of a folder, sorted by name.
pub(super) fn folder(path: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(|e| cannot("read", path, &e))? {
        let file = entry.map_err(|e| cannot("read", path, &e))?.path();
        if file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

/// The text of a file.
pub(super) fn read_text(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path).map_err(|e| cannot("read", path, &e))?;
    String::from_utf8(bytes).map_err(|_| CliError::Usage(format!("{} is not UTF-8; convert it first", path.display())))
}

/// Writes a file.
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    std::fs::write(path, bytes).map_err(|e| cannot("write", path, &e))
}

/// The error for a file that cannot be read or written.
pub(super) fn cannot(what: &str, path: &Path, error: &io::Error) -> CliError {
    CliError::Io(format!("cannot {what} {}: {error}", path.display()))
}

/// An error about the contents of a file.
pub(super) fn bad(path: &Path, error: impl Display) -> CliError {
    CliError::Usage(format!("{}: {error}", path.display()))
}
