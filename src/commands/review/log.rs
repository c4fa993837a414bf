//! The decisions file of a review: every decision is on disk before the next
//! finding is shown.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use descan_core::decisions::{Decision, Decisions, FILE_NAME, header};

use crate::display::{plain, shown};
use crate::error::{CliError, Result, failed};
use crate::files::write::{folder_of, prepare, sync_folder};
use crate::setup::decisions_file::read;

/// The decisions file of a review, and its contents.
pub(super) struct DecisionLog {
    path: PathBuf,
    decisions: Arc<Decisions>,
}

impl DecisionLog {
    /// A log at `path`, which need not exist yet, with the decisions read from it.
    pub(super) fn open(path: PathBuf, decisions: Arc<Decisions>) -> DecisionLog {
        DecisionLog { path, decisions }
    }

    /// The path of the file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The decisions so far.
    pub(super) fn decisions(&self) -> &Arc<Decisions> {
        &self.decisions
    }

    /// Writes decisions to the file; returns their lines.
    ///
    /// # Errors
    /// The file cannot be written. `Ok(Err(…))` if a decision contradicts an
    /// earlier one; then none is written.
    pub(super) fn decide(&mut self, made: Vec<Decision>) -> Result<std::result::Result<Vec<String>, String>> {
        let decisions = Arc::make_mut(&mut self.decisions);
        let mut lines = Vec::with_capacity(made.len());
        for decision in made {
            lines.push(decision.to_json());
            if let Err(why) = decisions.push(decision, &shown(&self.path)) {
                self.decisions = Arc::new(if self.path.exists() { read(&self.path)? } else { Decisions::default() });
                return Ok(Err(why));
            }
        }
        self.append(&lines.concat()).map_err(|e| self.broken(&e))?;
        Ok(Ok(lines))
    }

    /// Removes lines that this review wrote.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub(super) fn withdraw(&mut self, lines: &[String]) -> Result<()> {
        let text = std::fs::read_to_string(&self.path).map_err(|e| self.broken(&e))?;
        let mut kept: Vec<&str> = text.split_inclusive('\n').collect();
        for line in lines {
            if let Some(at) = kept.iter().rposition(|l| l == line) {
                kept.remove(at);
            }
        }
        let permissions = self.path.metadata().map(|data| data.permissions()).ok();
        prepare(&self.path, kept.concat().as_bytes(), permissions, true)
            .and_then(|file| file.persist(&self.path).map_err(|e| e.error))
            .map_err(|e| self.broken(&e))?;
        sync_folder(&self.path);
        self.decisions = Arc::new(read(&self.path)?);
        Ok(())
    }

    /// Appends lines to the file and syncs it to disk. If that fails, the file
    /// is left as it was.
    fn append(&self, lines: &str) -> io::Result<()> {
        let is_new = !self.path.exists();
        let mut file = OpenOptions::new().create(true).read(true).append(true).open(&self.path)?;
        let before = file.metadata()?.len();
        let text = format!("{}{lines}", if before == 0 { header() } else { missing_break(&mut file)? });
        let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_data());
        if written.is_err() {
            let _ = file.set_len(before); // The first failure is the one to report.
        }
        if is_new {
            sync_folder(&self.path);
        }
        written
    }

    fn broken(&self, error: &io::Error) -> CliError {
        CliError::Io(format!("cannot write the decisions file {}: {}", shown(&self.path), plain(error)))
    }
}

/// A line break if the file's last line has none.
fn missing_break(file: &mut File) -> io::Result<String> {
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(if last == *b"\n" { String::new() } else { "\n".to_owned() })
}

/// Where to create a decisions file for the texts: in the nearest folder that
/// contains them all, so that later runs find it for each of them.
///
/// # Errors
/// A folder does not exist.
pub(in crate::commands) fn new_place(paths: &[PathBuf]) -> Result<PathBuf> {
    let mut common: Option<PathBuf> = None;
    for path in paths {
        let folder = if path.is_dir() { path.as_path() } else { folder_of(path) };
        let folder = match folder.canonicalize() {
            Ok(folder) => folder,
            Err(e) => return failed(format!("cannot read {}: {}", shown(folder), plain(&e))),
        };
        common = Some(match common {
            None => folder,
            Some(mut common) => {
                while !folder.starts_with(&common) && common.pop() {}
                common
            }
        });
    }
    let place = common.unwrap_or_default().join(FILE_NAME);
    let here = std::env::current_dir().and_then(|dir| dir.canonicalize()).ok();
    let below = here.and_then(|here| place.strip_prefix(here).map(Path::to_owned).ok());
    Ok(below.unwrap_or(place))
}
