//! The results of earlier runs, read from their ledgers: a file that has not
//! changed since need not be cleaned again.

use std::borrow::Cow;
use std::fs::File;
use std::hash::BuildHasher as _;
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use descan_report::is_layout;
use descan_report::ledger::{Counted, FileLine, Line, RunLine};
use descan_rules::PassName;
use descan_text::level::Level;
use rustc_hash::FxBuildHasher;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// How ledger lines for a file and for an edit begin.
const FILE: &[u8] = br#"{"type":"file","#;
const EDIT: &[u8] = br#"{"type":"edit","#;

/// The low bits of a place hold the offset in a ledger; the others say which ledger.
const OFFSET_BITS: u32 = 48;

/// Size of the read buffer: it holds the lines of several files, since they are
/// looked up roughly in order.
const AHEAD: usize = 1 << 16;

/// Ledgers of earlier runs. Each file in them takes 16 bytes of memory.
pub(super) struct Past {
    ledgers: Vec<Mutex<Ledger>>,
    /// The hash of each output path, and the place of its line; for the same path
    /// the newest comes first.
    index: Vec<(u64, u64)>,
}

/// What an earlier run recorded about a file.
pub(super) struct Earlier {
    pub file: FileLine,
    /// The lines of its edits, as in the ledger.
    pub edits: String,
}

/// The fields of an edit line that are needed to reuse it, and those that must be
/// present.
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
    #[serde(borrow)]
    pass: Cow<'l, str>,
    #[serde(borrow)]
    before: Cow<'l, str>,
    #[serde(borrow)]
    after: Cow<'l, str>,
}

impl Past {
    /// Reads the ledgers, newest first, that were written with the same
    /// fingerprint. Anything that cannot be read or parsed is ignored; that only
    /// means more work.
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

    /// Whether no earlier result is known.
    pub(super) fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// What an earlier run recorded about the file with this output path, if the
    /// input had this hash then.
    pub(super) fn find(&self, output_path: &Path, sha256: &str) -> Option<Earlier> {
        let hash = FxBuildHasher.hash_one(output_path.as_os_str().as_encoded_bytes());
        let alike = &self.index[self.index.partition_point(|&(h, _)| h < hash)..];
        let mut places = alike.iter().take_while(|&&(h, _)| h == hash).map(|&(_, place)| place);
        places.find_map(|place| {
            self.at(place, |file| {
                *file.sha256_source.as_ref().unwrap_or(&file.sha256_before) == *sha256
                    && file.path.to_path().as_deref() == Some(output_path)
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
            // The end, or a read error: whatever follows is ignored.
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

    /// The lines at a place, if the file line is `wanted` and all edit lines are present.
    fn at(&self, place: u64, wanted: impl Fn(&FileLine) -> bool) -> Option<Earlier> {
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
            // A line cut off when a run was killed has no line break.
            if !edits[start..].starts_with(EDIT) || !edits.ends_with(b"\n") {
                return None;
            }
        }
        Some(Earlier { file, edits: String::from_utf8(edits).ok()? })
    }
}

/// What a summary counts of edits, provided that their ids belong to the file with
/// this number: then their lines can be copied to another ledger as they are.
pub(super) fn counted(edits: &str, number: usize) -> Option<Vec<Counted<'_>>> {
    let one = |line| {
        let EditLine { id, rule, level, applied, part_of, pass, before, after, .. } =
            serde_json::from_str(line).ok()?;
        let is_numbered = id.split_once('.')?.0.parse() == Ok(number);
        let is_layout = is_layout(PassName::parse(&pass)?, &before, &after);
        is_numbered.then(|| Counted { rule, level, applied, is_part: part_of.is_some(), is_layout })
    };
    edits.lines().map(one).collect()
}

impl Earlier {
    /// Renumbers the edits for a file with another number.
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

/// A ledger read by offset, mostly forwards.
struct Ledger {
    reader: BufReader<File>,
    at: u64,
}

impl Ledger {
    /// Seeks to a place; keeps the read buffer if the place is near.
    fn go_to(&mut self, place: u64) -> io::Result<()> {
        self.reader.seek_relative(place as i64 - self.at as i64)?;
        self.at = place;
        Ok(())
    }

    /// Reads a line with its line break; returns its length, 0 at the end.
    fn line(&mut self, into: &mut Vec<u8>) -> io::Result<usize> {
        let length = self.reader.read_until(b'\n', into)?;
        self.at += length as u64;
        Ok(length)
    }
}
