//! Decisions files on the disk: which one holds for a run, and reading it.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use descan_core::decisions::{Decisions, FILE_NAME, LARGEST};

use crate::args::DecisionsArgs;
use crate::display::{plain, shown};
use crate::error::{CliError, Result, failed};
use crate::files::nearest::{Nearest, nearest_of_all};
use crate::settings::{Key, Settings};

/// The decisions file that holds for texts at `paths`: that of `--decisions`,
/// of the settings, or the nearest. `None` if there is none, or none is wanted.
///
/// # Errors
/// The texts go by different files.
pub(crate) fn place(args: &DecisionsArgs, settings: &Settings, paths: &[PathBuf]) -> Result<Option<PathBuf>> {
    if args.no_decisions {
        return Ok(None);
    }
    let named = args.decisions.clone().or_else(|| settings.paths(Key::Decisions).first().map(|p| p.to_path_buf()));
    match named {
        Some(path) => Ok(Some(path)),
        None => nearest_of_all(paths, &Nearest { name: FILE_NAME, options: "--decisions FILE or --no-decisions" }),
    }
}

/// Reads a decisions file.
///
/// # Errors
/// It cannot be read, or a line is refused.
pub(crate) fn read(path: &Path) -> Result<Decisions> {
    let bytes = read_bytes(path)?;
    Decisions::read(&shown(path), &bytes).map_err(|refused| CliError::Usage(refused.to_string()))
}

/// The bytes of a decisions file; at most one more than it may have.
fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    let broken = |why: &str| failed(format!("cannot read the decisions {}: {why}", shown(path)));
    // A pipe or a device could keep the run waiting, or never end.
    match path.metadata() {
        Ok(data) if !data.is_file() => return broken("it is no regular file"),
        Ok(_) => {}
        Err(e) => return broken(&plain(&e)),
    }
    let mut bytes = Vec::new();
    match File::open(path).and_then(|file| file.take(LARGEST as u64 + 1).read_to_end(&mut bytes)) {
        Ok(_) => Ok(bytes),
        Err(e) => broken(&plain(&e)),
    }
}
