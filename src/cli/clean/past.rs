//! What earlier runs of the same kind came to, by their ledgers: a file that is
//! what it was then need not be cleaned again.

use std::fs::File;
use std::hash::BuildHasher as _;
use std::io::{BufRead as _, BufReader, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use descan::ledger::{FileLine, Line, RunLine};
use descan::report::FindingRecord;
use rustc_hash::FxBuildHasher;

/// How the lines that tell of a file begin.
const FILE: &[u8] = br#"{"type":"file","#;

/// Bits of a place that tell where in a ledger; the others tell which.
const OFFSET_BITS: u32 = 48;

/// Ledgers of earlier runs. For each file that they tell of, 16 bytes are held.
pub struct Past {
    ledgers: Vec<Mutex<BufReader<File>>>,
    /// A landing's hash, and the place of its line; of one landing the newest first.
    index: Vec<(u64, u64)>,
}

impl Past {
    /// Reads those of the ledgers, the newest first, that were written under
    /// the same fingerprint. What cannot be read or understood counts as not
    /// there: then there is only more to do.
    pub fn read(ledgers: impl Iterator<Item = PathBuf>, run: &RunLine) -> Past {
        let mut past = Past { ledgers: Vec::new(), index: Vec::new() };
        if run.fingerprint.is_some() {
            for path in ledgers {
                past.add(&path, run);
            }
        }
        past.index.sort_unstable();
        past
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// What an earlier run told of the file with this landing, if the original
    /// had this hash then.
    pub fn find(&self, landing: &Path, sha256_before: &str) -> Option<(FileLine, Vec<FindingRecord>)> {
        let hash = FxBuildHasher.hash_one(landing.as_os_str().as_encoded_bytes());
        let alike = &self.index[self.index.partition_point(|&(h, _)| h < hash)..];
        let mut places = alike.iter().take_while(|&&(h, _)| h == hash).map(|&(_, place)| place);
        places.find_map(|place| {
            self.at(place, |file| {
                file.sha256_before == sha256_before && file.path.to_path().as_deref() == Some(landing)
            })
        })
    }

    fn add(&mut self, path: &Path, run: &RunLine) -> Option<()> {
        let mut reader = BufReader::new(File::open(path).ok()?);
        let mut line = Vec::new();
        let mut next = reader.read_until(b'\n', &mut line).ok()? as u64;
        let Line::Run(first) = serde_json::from_slice(&line).ok()? else { return None };
        if first != *run {
            return None;
        }
        let ledger = (self.ledgers.len() as u64) << OFFSET_BITS;
        loop {
            line.clear();
            let offset = next;
            match reader.read_until(b'\n', &mut line) {
                Ok(1..) => next += line.len() as u64,
                // The end; what is behind a place that cannot be read is not known.
                Ok(0) | Err(_) => break,
            }
            if line.starts_with(FILE)
                && let Ok(Line::File(file)) = serde_json::from_slice(&line)
                && let Some(path) = file.path.to_path()
            {
                let hash = FxBuildHasher.hash_one(path.as_os_str().as_encoded_bytes());
                self.index.push((hash, ledger | offset));
            }
        }
        self.ledgers.push(Mutex::new(reader));
        Some(())
    }

    /// The lines at a place, if the file's own line is `wanted` and all are there.
    fn at(&self, place: u64, wanted: impl Fn(&FileLine) -> bool) -> Option<(FileLine, Vec<FindingRecord>)> {
        let ledger = self.ledgers.get((place >> OFFSET_BITS) as usize)?;
        let mut reader = ledger.lock().unwrap_or_else(PoisonError::into_inner);
        reader.seek(SeekFrom::Start(place & ((1 << OFFSET_BITS) - 1))).ok()?;
        let mut text = Vec::new();
        let mut line = || {
            text.clear();
            reader.read_until(b'\n', &mut text).ok()?;
            serde_json::from_slice::<Line>(&text).ok()
        };
        let Line::File(file) = line()? else { return None };
        if !wanted(&file) {
            return None;
        }
        let mut edits = Vec::with_capacity(file.edits.min(1 << 16));
        for _ in 0..file.edits {
            let Line::Edit(edit) = line()? else { return None };
            edits.push(edit);
        }
        Some((file, edits))
    }
}
