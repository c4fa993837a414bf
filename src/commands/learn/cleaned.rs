//! Which files an earlier run has cleaned: most of their errors are gone, so that they would
//! make an archive look better than it is.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use descan_report::ledger::Line;
use rustc_hash::FxHashMap;

use crate::inputs::list::Inputs;

/// What cleaned files have inside, by the ledgers of the runs that wrote them.
#[derive(Debug, Default)]
pub(super) struct CleanedFiles {
    ledgers: Vec<PathBuf>,
    /// The SHA-256 of each cleaned file that differs from its original, with the index of its ledger.
    hashes: FxHashMap<String, usize>,
}

impl CleanedFiles {
    /// Reads the ledgers in the folders of the inputs and in all folders above. What cannot be read
    /// is no ledger.
    pub(super) fn of(inputs: &Inputs) -> CleanedFiles {
        let mut folders = BTreeSet::new();
        for input in inputs.iter() {
            let path = std::path::absolute(input.path()).unwrap_or_default();
            for folder in path.ancestors().skip(1) {
                if !folders.insert(folder.to_owned()) {
                    break;
                }
            }
        }
        let mut cleaned = CleanedFiles::default();
        for folder in folders {
            for entry in folder.read_dir().into_iter().flatten().flatten() {
                let path = entry.path();
                if is_ledger(&path) {
                    cleaned.add(path);
                }
            }
        }
        cleaned
    }

    /// The ledger that has a file with this SHA-256 as a cleaned one.
    pub(super) fn ledger_of(&self, sha256: &str) -> Option<&Path> {
        self.hashes.get(sha256).map(|&index| self.ledgers[index].as_path())
    }

    fn add(&mut self, path: PathBuf) {
        let Ok(file) = File::open(&path) else { return };
        let index = self.ledgers.len();
        for line in BufReader::new(file).lines().map_while(std::io::Result::ok) {
            if let Ok(Line::File(file)) = serde_json::from_str(&line)
                && file.sha256_before != file.sha256_after
            {
                self.hashes.insert(file.sha256_after, index);
            }
        }
        self.ledgers.push(path);
    }
}

/// Whether a file is named as `clean --write` and `clean --out-dir` name their ledgers.
fn is_ledger(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_in_place = name.starts_with("descan.ledger") && name.ends_with(".jsonl");
    (is_in_place || name == "ledger.jsonl") && path.is_file()
}
