//! What earlier runs of the same kind came to, by their ledgers: a file that is
//! what it was then need not be cleaned again.

use std::borrow::Cow;
use std::fs::File;
use std::hash::BuildHasher as _;
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use descan_report::ledger::{Counted, FileLine, Line, RunLine};
use descan_text::level::Level;
use rustc_hash::FxBuildHasher;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// How the lines that tell of a file begin, and those that tell of an edit.
const FILE: &[u8] = br#"{"type":"file","#;
const EDIT: &[u8] = br#"{"type":"edit","#;

/// Bits of a place that tell where in a ledger; the others tell which.
const OFFSET_BITS: u32 = 48;

/// Bytes read ahead: some files' lines, as they are asked for in order.
const AHEAD: usize = 1 << 16;

/// Ledgers of earlier runs. For each file that they tell of, 16 bytes are held.
pub(super) struct Past {
    ledgers: Vec<Mutex<Ledger>>,
    /// A landing's hash, and the place of its line; of one landing the newest first.
    index: Vec<(u64, u64)>,
}

/// What an earlier run told of a file.
pub(super) struct Told {
    pub file: FileLine,
    /// The lines of its edits, as they stand in the ledger.
    pub edits: String,
}

/// An edit's line, as far as taking it over needs it. The other fields must be
/// there.
#[derive(Deserialize)]
struct EditLine<'l> {
    #[serde(borrow)]
    id: Cow<'l, str>,
    #[serde(borrow)]
    rule: Cow<'l, str>,
    level: Level,
    applied: bool,
    #[serde(default)]
    part_of: Option<IgnoredAny>,
    #[serde(rename = "span")]
    _span: [usize; 2],
    #[serde(rename = "before")]
    _before: IgnoredAny,
    #[serde(rename = "after")]
    _after: IgnoredAny,
}

impl Past {
    /// Reads those of the ledgers, the newest first, that were written under
    /// the same fingerprint. What cannot be read or understood counts as not
    /// there: then there is only more to do.
    pub(super) fn read(ledgers: impl Iterator<Item = PathBuf>, run: &RunLine) -> Past {
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
    pub(super) fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// What an earlier run told of the file with this landing, if the original
    /// had this hash then.
    pub(super) fn find(&self, landing: &Path, sha256_before: &str) -> Option<Told> {
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
        let mut ledger = Ledger { reader: BufReader::with_capacity(AHEAD, File::open(path).ok()?), at: 0 };
        let mut line = Vec::new();
        ledger.line(&mut line).ok()?;
        let Line::Run(first) = serde_json::from_slice(&line).ok()? else { return None };
        if first != *run {
            return None;
        }
        let number = (self.ledgers.len() as u64) << OFFSET_BITS;
        loop {
            line.clear();
            let offset = ledger.at;
            // The end; what is behind a place that cannot be read is not known.
            if !matches!(ledger.line(&mut line), Ok(1..)) {
                break;
            }
            if line.starts_with(FILE)
                && let Ok(Line::File(file)) = serde_json::from_slice(&line)
                && let Some(path) = file.path.to_path()
            {
                let hash = FxBuildHasher.hash_one(path.as_os_str().as_encoded_bytes());
                self.index.push((hash, number | offset));
            }
        }
        self.ledgers.push(Mutex::new(ledger));
        Some(())
    }

    /// The lines at a place, if the file's own line is `wanted` and all are there.
    fn at(&self, place: u64, wanted: impl Fn(&FileLine) -> bool) -> Option<Told> {
        let ledger = self.ledgers.get((place >> OFFSET_BITS) as usize)?;
        let mut ledger = ledger.lock().unwrap_or_else(PoisonError::into_inner);
        ledger.go_to(place & ((1 << OFFSET_BITS) - 1)).ok()?;
        let mut line = Vec::new();
        ledger.line(&mut line).ok()?;
        let Line::File(file) = serde_json::from_slice(&line).ok()? else { return None };
        if !wanted(&file) {
            return None;
        }
        let mut edits = Vec::new();
        for _ in 0..file.edits {
            let start = edits.len();
            ledger.line(&mut edits).ok()?;
            // A line that the end of a killed run cut off has no end of its own.
            if !edits[start..].starts_with(EDIT) || !edits.ends_with(b"\n") {
                return None;
            }
        }
        Some(Told { file, edits: String::from_utf8(edits).ok()? })
    }
}

/// What a summary counts of edits, if their lines have the ids of the file with
/// this number: then they can stand in another ledger as they are.
pub(super) fn counted(edits: &str, number: usize) -> Option<Vec<Counted<'_>>> {
    let one = |line| {
        let EditLine { id, rule, level, applied, part_of, .. } = serde_json::from_str(line).ok()?;
        let is_numbered = id.split_once('.')?.0.parse() == Ok(number);
        is_numbered.then(|| Counted { rule, level, applied, is_part: part_of.is_some() })
    };
    edits.lines().map(one).collect()
}

impl Told {
    /// The same edits with the ids of the file with another number.
    pub(super) fn renumber(&mut self, number: usize) -> Option<()> {
        let mut edits = String::with_capacity(self.edits.len() + 64);
        for line in self.edits.lines() {
            let Line::Edit(mut edit) = serde_json::from_str(line).ok()? else { return None };
            edit.renumber(number);
            edits.push_str(&Line::Edit(edit).to_json());
        }
        self.edits = edits;
        Some(())
    }
}

/// A ledger that is read here and there, mostly onwards.
struct Ledger {
    reader: BufReader<File>,
    at: u64,
}

impl Ledger {
    /// Goes to a place; what is read ahead stays good where it is near.
    fn go_to(&mut self, place: u64) -> io::Result<()> {
        self.reader.seek_relative(place as i64 - self.at as i64)?;
        self.at = place;
        Ok(())
    }

    /// Reads a line with its end; returns its length, 0 at the end.
    fn line(&mut self, into: &mut Vec<u8>) -> io::Result<usize> {
        let length = self.reader.read_until(b'\n', into)?;
        self.at += length as u64;
        Ok(length)
    }
}
