//! Restores the original from a cleaned file and its ledger lines.

use descan_source::encode;
use encoding_rs::{Encoding, UTF_8};
use thiserror::Error;

use super::path::unhex;
use super::{CutRecord, FileLine, sha256};
use crate::FindingRecord;

/// The cleaned file does not match the ledger.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum Mismatch {
    /// The file is neither the cleaned one nor the original.
    #[error("it has changed since the run")]
    Changed,
    /// Reversing the ledger's edits does not give the original's hash.
    #[error("the ledger does not reproduce the original")]
    Ledger,
}

/// The original bytes of a cleaned file.
///
/// Only edits that were applied and are not part of another count: they are
/// exactly the places where the two files differ; in a file with mark-up those are the
/// file's cuts. If the run wrote the file as
/// UTF-8, the rest is converted back to its original encoding.
///
/// # Errors
/// The file or the ledger has changed since the run. A returned original has
/// been checked against its hash.
pub fn restore(cleaned: &[u8], file: &FileLine, edits: &[FindingRecord]) -> Result<Vec<u8>, Mismatch> {
    if sha256(cleaned) != file.sha256_after {
        return Err(Mismatch::Changed);
    }
    let original = match &file.format {
        Some(_) => put_back(cleaned, &file.cuts),
        None => lead_back(cleaned, file, edits),
    };
    let original = original.ok_or(Mismatch::Ledger)?;
    if sha256(&original) == file.sha256_before { Ok(original) } else { Err(Mismatch::Ledger) }
}

/// The original of a file that is not plain text: its edits stand in mark-up, so that the
/// ledger keeps the bytes themselves.
fn put_back(cleaned: &[u8], cuts: &[CutRecord]) -> Option<Vec<u8>> {
    let mut rest = cleaned;
    let mut out = Vec::with_capacity(cleaned.len());
    let mut done = 0;
    for cut in cuts {
        let [start, end] = cut.span;
        let (kept, after) = rest.split_at_checked(start.checked_sub(done)?)?;
        out.extend_from_slice(kept);
        out.extend(unhex(&cut.before_hex)?);
        rest = after.split_at_checked(cut.length)?.1;
        done = end;
    }
    out.extend_from_slice(rest);
    Some(out)
}

fn lead_back(cleaned: &[u8], file: &FileLine, edits: &[FindingRecord]) -> Option<Vec<u8>> {
    let encoding = Encoding::for_label(file.encoding.as_bytes())?;
    let written = if file.reencoded.is_some() { UTF_8 } else { encoding };
    let mut rest = cleaned;
    let mut out = Vec::with_capacity(cleaned.len());
    let mut done = 0;
    for edit in edits.iter().filter(|e| e.applied && e.part_of.is_none()) {
        let [start, end] = edit.span;
        let kept = take(&mut rest, start.checked_sub(done)?, file.reencoded.is_some())?;
        out.extend(in_encoding(kept, written, encoding)?);
        rest = rest.strip_prefix(&*encode(&edit.after, written))?;
        match &edit.before_hex {
            Some(hex) => out.extend(unhex(hex)?),
            None => out.extend(encode(&edit.before, encoding)),
        }
        done = end;
    }
    out.extend(in_encoding(rest, written, encoding)?);
    Some(out)
}

/// Takes the part of the cleaned file that was `length` bytes in the original.
/// Only files in single-byte encodings are ever re-encoded, so there one byte of
/// the original is one character.
fn take<'b>(rest: &mut &'b [u8], length: usize, reencoded: bool) -> Option<&'b [u8]> {
    let length = if reencoded {
        let starts = rest.iter().enumerate().filter(|(_, b)| **b & 0xc0 != 0x80).map(|(i, _)| i);
        starts.chain([rest.len()]).nth(length)?
    } else {
        length
    };
    let (taken, left) = rest.split_at_checked(length)?;
    *rest = left;
    Some(taken)
}

fn in_encoding(bytes: &[u8], written: &'static Encoding, encoding: &'static Encoding) -> Option<Vec<u8>> {
    if written == encoding {
        return Some(bytes.to_vec());
    }
    let (back, _, lost) = encoding.encode(std::str::from_utf8(bytes).ok()?);
    (!lost).then(|| back.into_owned())
}
