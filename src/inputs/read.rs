//! Reads an input, after a look at what it is.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use descan_core::archive::ArchiveStats;
use descan_source::kind::{self, HEAD, Refused};

use crate::display::plain;
use crate::inputs::list::{Input, Source};

/// The bytes of an input. Without `as_text`, only text and known formats are read, and
/// of anything else no more than its beginning.
///
/// # Errors
/// Why it is not read, as the end of a sentence that begins with its name.
pub(crate) fn read(input: &Input, as_text: bool) -> Result<Vec<u8>, String> {
    let read = match &input.source {
        Source::Stdin => all(io::stdin().lock(), 0, as_text),
        Source::File(path) => File::open(path).and_then(|file| {
            let length = file.metadata().map_or(0, |data| data.len());
            all(file, usize::try_from(length).unwrap_or(0), as_text)
        }),
    };
    match read {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(refused)) => Err(sentence(refused, input.path())),
        Err(error) => Err(format!("cannot be read: {}", plain(&error))),
    }
}

/// Whether a file found in a folder is text or a known format, and no statistics of an archive, as far
/// as its beginning tells.
pub(crate) fn is_text(file: &mut File) -> io::Result<bool> {
    let head = head(file)?;
    Ok(kind::refused_by_head(&head).is_none() && !ArchiveStats::is_begun_by(&head))
}

fn all(mut from: impl Read, length: usize, as_text: bool) -> io::Result<Result<Vec<u8>, Refused>> {
    let mut bytes = head(&mut from)?;
    if !as_text && let Some(refused) = kind::refused_by_head(&bytes) {
        return Ok(Err(refused));
    }
    bytes.reserve(length.saturating_sub(bytes.len()));
    from.read_to_end(&mut bytes)?;
    Ok(match kind::refused(&bytes) {
        Some(refused) if !as_text => Err(refused),
        _ => Ok(bytes),
    })
}

fn head(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD);
    from.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

fn sentence(refused: Refused, path: &Path) -> String {
    let to_do = refused.to_do(&path.to_string_lossy());
    format!("is {}, not text: {}; --text reads it as it is", refused.what(), descan_text::escape::visible(&to_do))
}
