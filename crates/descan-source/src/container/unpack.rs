//! The contents of files in an archive.

use std::io::{Cursor, Read};

use zip::read::ZipArchive;

/// How much the parts with text may come to, unpacked, in bytes.
pub(super) const MOST: u64 = 1 << 28;

/// An archive that cannot be read, in words that end a sentence about the file.
pub(crate) type Unreadable = String;

/// The contents of a part of an archive, of at most `most` bytes.
pub(super) fn contents(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str, most: u64) -> Result<Vec<u8>, Unreadable> {
    let entry = archive.by_name(name).map_err(|error| broken(&error))?;
    let mut part = Vec::new();
    entry.take(most + 1).read_to_end(&mut part).map_err(|error| format!("is broken: {name}: {error}"))?;
    if part.len() as u64 > most {
        return Err(format!("holds more than {} MB of text; split it", MOST >> 20));
    }
    Ok(part)
}

pub(super) fn broken(error: &impl std::fmt::Display) -> Unreadable {
    format!("is a broken archive: {error}; repair it with the program that made it")
}
