//! Finds the decisions file for a run and reads it.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use descan_core::decisions::{Decisions, FILE_NAME, LARGEST};

use crate::args::DecisionsArgs;
use crate::display::{plain, shown};
use crate::error::{CliError, Result, failed};
use crate::files::nearest::{Nearest, nearest_of_all};
use crate::settings::{Key, Settings};

/// The decisions file for texts at `paths`: from `--decisions`, from the settings,
/// or the nearest. `None` if there is none, or with `--no-decisions`.
///
/// # Errors
/// Different files apply to the texts.
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
/// The file cannot be read, or a line is invalid.
pub(crate) fn read(path: &Path) -> Result<Decisions> {
    let bytes = read_bytes(path)?;
    Decisions::read(&shown(path), &bytes).map_err(|refused| CliError::Usage(refused.to_string()))
}

/// The bytes of a decisions file, up to one more than its maximum size.
fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    let broken = |why: &str| failed(format!("cannot read the decisions file {}: {why}", shown(path)));
    // Reading a pipe or a device could block, or never end.
    match path.metadata() {
        Ok(data) if !data.is_file() => return broken("it is not a regular file"),
        Ok(_) => {}
        Err(e) => return broken(&plain(&e)),
    }
    let mut bytes = Vec::new();
    match File::open(path).and_then(|file| file.take(LARGEST as u64 + 1).read_to_end(&mut bytes)) {
        Ok(_) => Ok(bytes),
        Err(e) => broken(&plain(&e)),
    }
}
