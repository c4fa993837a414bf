//! The folder in an output folder for what a run has not finished.
//!
//! It holds a lock, so that no two runs write to one place; the run's ledger
//! as it grows; and each output until it is whole. Nothing of a run that is
//! killed lies anywhere else. `docs/batch.md` tells the design.

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

/// A run's working folder; locked until it is dropped.
pub(super) struct Work {
    folder: PathBuf,
    _lock: File,
    /// Numbers of the ledgers that runs which were killed left.
    journals: Vec<u64>,
}

impl Work {
    /// Makes the folder, or takes over what a run that was killed left there.
    ///
    /// # Errors
    /// It cannot be made, or another run is at work.
    pub(super) fn begin(dir: &Path) -> Result<Work> {
        let folder = dir.join(WORK);
        let broken = |error: io::Error| CliError::Io(format!("cannot write to {}: {}", shown(dir), plain(&error)));
        if folder.is_symlink() {
            return usage(format!("{} is a link; remove it", shown(&folder)));
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

    /// The ledgers of runs that were killed, the newest first.
    pub(super) fn journals(&self) -> impl Iterator<Item = PathBuf> + '_ {
        self.journals.iter().rev().map(|&number| self.journal(number))
    }

    /// A place for this run's ledger.
    pub(super) fn next_journal(&mut self) -> PathBuf {
        let number = self.journals.last().map_or(1, |last| last + 1);
        self.journals.push(number);
        self.journal(number)
    }

    /// Writes an output whole or not at all, with the folders above it.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let file: NamedTempFile = prepare_in(&self.folder, bytes)?;
        match file.persist(path) {
            Ok(_) => Ok(()),
            // Most outputs share their folder with one that is there already.
            Err(error) if error.error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(folder_of(path))?;
                error.file.persist(path)?;
                Ok(())
            }
            Err(error) => Err(error.error),
        }
    }

    /// The run is whole: nothing here is needed any longer.
    ///
    /// # Errors
    /// What the system says.
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
