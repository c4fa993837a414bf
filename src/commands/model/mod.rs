//! `descan model`: builds the models that choose between readings, from texts and from scans with ground
//! truth.

mod build;
mod confusions;
mod count;
mod fit;
mod rivals;
mod sets;

use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};

use crate::args::model::{ModelArgs, ModelCommand};
use crate::error::{CliError, Result};

/// Runs the command; progress messages go to standard error.
pub(crate) fn run(args: &ModelArgs) -> Result {
    match &args.command {
        ModelCommand::Count(args) => count::run(args),
        ModelCommand::Build(args) => build::run(args),
        ModelCommand::Confusions(args) => confusions::run(args),
        ModelCommand::Rivals(args) => rivals::run(args),
        ModelCommand::Fit(args) => fit::run(args),
    }
}

/// The files of a folder, sorted by name.
fn folder(path: &Path) -> Result<Vec<PathBuf>> {
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

fn read_text(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path).map_err(|e| cannot("read", path, &e))?;
    String::from_utf8(bytes).map_err(|_| CliError::Usage(format!("{} is not UTF-8; convert it first", path.display())))
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    std::fs::write(path, bytes).map_err(|e| cannot("write", path, &e))
}

fn cannot(what: &str, path: &Path, error: &io::Error) -> CliError {
    CliError::Io(format!("cannot {what} {}: {error}", path.display()))
}

/// An error about the contents of a file.
fn bad(path: &Path, error: impl Display) -> CliError {
    CliError::Usage(format!("{}: {error}", path.display()))
}
