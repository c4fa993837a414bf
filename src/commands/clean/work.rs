//! The working folder inside an output folder, for unfinished files.
//!
//! It holds a lock, so that no two runs write to the same output folder; the
//! ledger of the run in progress; and each output until it is complete. A killed
//! run leaves nothing anywhere else. `docs/batch.md` describes the design.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::display::{plain, shown};
use crate::error::{CliError, Result, usage};
use crate::files::write::{folder_of, prepare_in};
use crate::inputs::output_path::WORK;

const LOCK: &str = "lock";
const JOURNAL: &str = "ledger-";

/// The working folder of a run, locked until it is dropped.
pub(super) struct Work {
    folder: PathBuf,
    _lock: File,
    /// Numbers of the ledgers left by killed runs.
    journals: Vec<u64>,
}

impl Work {
    /// Creates the folder, or takes over what a killed run left there.
    ///
    /// # Errors
    /// The folder cannot be created, or another run is using it.
    pub(super) fn begin(dir: &Path) -> Result<Work> {
        let folder = dir.join(WORK);
        let broken = |error: io::Error| CliError::Io(format!("cannot write to {}: {}", shown(dir), plain(&error)));
        if folder.is_symlink() {
            return usage(format!("{} is a symbolic link; remove it", shown(&folder)));
        }
        fs::create_dir_all(&folder).map_err(broken)?;
        let lock = File::create(folder.join(LOCK)).map_err(broken)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return usage(format!(
                    "another run is writing to {}; wait for it, or name another --out-dir",
                    shown(dir)
                ));
            }
            Err(TryLockError::Error(error)) => return Err(broken(error)),
        }
        let mut journals = Vec::new();
        for entry in folder.read_dir().map_err(broken)?.flatten() {
            let name = entry.file_name();
            match number_of(&name.to_string_lossy()) {
                Some(number) => journals.push(number),
                None if name != LOCK => fs::remove_file(entry.path()).map_err(broken)?,
                None => {}
            }
        }
        journals.sort_unstable();
        Ok(Work { folder, _lock: lock, journals })
    }

    /// The ledgers of killed runs, newest first.
    pub(super) fn journals(&self) -> impl Iterator<Item = PathBuf> + '_ {
        self.journals.iter().rev().map(|&number| self.journal(number))
    }

    /// The path for this run's ledger.
    pub(super) fn next_journal(&mut self) -> PathBuf {
        let number = self.journals.last().map_or(1, |last| last + 1);
        self.journals.push(number);
        self.journal(number)
    }

    /// Writes an output atomically, and creates its folders.
    ///
    /// # Errors
    /// I/O errors.
    pub(super) fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let file: NamedTempFile = prepare_in(&self.folder, bytes)?;
        match file.persist(path) {
            Ok(_) => Ok(()),
            // Rare: most outputs share their folder with an earlier one.
            Err(error) if error.error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(folder_of(path))?;
                error.file.persist(path)?;
                Ok(())
            }
            Err(error) => Err(error.error),
        }
    }

    /// Removes the folder, because the run is complete.
    ///
    /// # Errors
    /// I/O errors.
    pub(super) fn finish(self) -> io::Result<()> {
        fs::remove_dir_all(&self.folder)
    }

    fn journal(&self, number: u64) -> PathBuf {
        self.folder.join(format!("{JOURNAL}{number}.jsonl"))
    }
}

fn number_of(name: &str) -> Option<u64> {
    name.strip_prefix(JOURNAL)?.strip_suffix(".jsonl")?.parse().ok()
}
