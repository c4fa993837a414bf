//! Which documents numbers are learned from, and which judge them.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::project::root;

/// One half of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Half {
    /// Numbers are learned from it.
    Fit,
    /// Numbers are judged by it.
    Check,
}

/// `docs/split.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Split {
    by_order: Vec<String>,
    check_only: Vec<String>,
}

impl Half {
    /// The half that a document is in, by its place in the order of names.
    fn of(place: usize) -> Half {
        if place.is_multiple_of(2) { Half::Fit } else { Half::Check }
    }

    /// The name in tables.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Half::Fit => "fit",
            Half::Check => "check",
        }
    }

    /// The documents of this half of a set, whose names have that `ending`. A set that nothing is learned
    /// from has no other half.
    ///
    /// # Errors
    /// If the set is not parted, or cannot be read.
    pub(crate) fn documents(self, corpus: &Path, set: &str, ending: &str) -> Result<Vec<PathBuf>, String> {
        let place = root().join("docs/split.toml");
        let source = fs::read_to_string(&place).map_err(|e| format!("{}: {e}", place.display()))?;
        let split: Split = toml::from_str(&source).map_err(|e| format!("{}: {e}", place.display()))?;
        let is_whole = self == Half::Check && split.check_only.iter().any(|name| name == set);
        if !is_whole && !split.by_order.iter().any(|name| name == set) {
            return Err(format!("{set} is not parted; name it in {}", place.display()));
        }
        let folder = corpus.join(set);
        let entries = fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.retain(|path| path.to_string_lossy().ends_with(ending));
        paths.sort();
        let halves = paths.into_iter().enumerate().filter(|&(place, _)| is_whole || Half::of(place) == self);
        Ok(halves.map(|(_, path)| path).collect())
    }
}

/// The place of the true text of a scan.
pub(crate) fn truth_of(scan: &Path) -> PathBuf {
    PathBuf::from(scan.to_string_lossy().replace(".ocr.txt", ".gt.txt"))
}
