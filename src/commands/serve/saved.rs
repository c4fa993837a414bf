//! The decisions file of a served page: replaced as a whole at every decision.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use descan_core::decisions::{Decision, Decisions, header};
use descan_text::escape::visible;

use crate::commands::serve::guard::Refused;
use crate::display::{plain, shown};
use crate::files::write::{prepare, sync_folder};

/// The decisions file. It need not exist before the first decision.
pub(super) struct Saved {
    path: PathBuf,
    /// How many decisions were made and not undone. Locked while the file is written.
    made: Mutex<i64>,
}

impl Saved {
    /// The file at `path`.
    pub(super) fn new(path: PathBuf) -> Saved {
        Saved { path, made: Mutex::new(0) }
    }

    /// The path of the file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// How many decisions were made and not undone.
    pub(super) fn made(&self) -> i64 {
        *self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The decisions in the file.
    ///
    /// # Errors
    /// The file cannot be read, or a line is not a decision.
    pub(super) fn read(&self) -> Result<Decisions, Refused> {
        let bytes = self.bytes()?;
        Decisions::read(&shown(&self.path), &bytes).map_err(|refused| Refused::new(409, refused.to_string()))
    }

    /// Removes lines and adds others.
    ///
    /// # Errors
    /// A line to remove is not there, a new one contradicts another, or the file cannot be
    /// written. Then it is left as it was.
    pub(super) fn decide(&self, add: &[Decision], remove: &[Decision]) -> Result<(), Refused> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let text = String::from_utf8(self.bytes()?).map_err(|_| self.broken(409, "it is not valid UTF-8"))?;
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let parsed: Vec<Option<Decision>> = lines.iter().map(|line| serde_json::from_str(line).ok()).collect();
        for gone in remove {
            let Some(at) = parsed.iter().rposition(|line| line.as_ref() == Some(gone)) else {
                return Err(self.broken(409, "another program has changed it; reload the page"));
            };
            lines[at].clear();
        }
        lines.retain(|line| !line.is_empty());
        let mut text: String = lines.into_iter().map(|line| line + "\n").collect();
        for decision in add {
            text.push_str(&decision.to_json());
        }
        Decisions::read(&shown(&self.path), text.as_bytes())
            .map_err(|refused| Refused::new(409, refused.to_string()))?;
        let permissions = self.path.metadata().map(|data| data.permissions()).ok();
        prepare(&self.path, text.as_bytes(), permissions, true)
            .and_then(|file| file.persist(&self.path).map_err(|e| e.error))
            .map_err(|error| self.broken(500, &plain(&error)))?;
        sync_folder(&self.path);
        *made += add.len() as i64 - remove.len() as i64;
        Ok(())
    }

    /// The bytes of the file, or those of an empty one.
    fn bytes(&self) -> Result<Vec<u8>, Refused> {
        match fs::read(&self.path) {
            Ok(bytes) => Ok(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(header().into_bytes()),
            Err(error) => Err(self.broken(500, &plain(&error))),
        }
    }

    fn broken(&self, status: u16, why: &str) -> Refused {
        let path = visible(&self.path.to_string_lossy());
        Refused::new(status, format!("the decision was not saved in {path}: {why}"))
    }
}
