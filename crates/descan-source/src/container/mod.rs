//! Files in a ZIP archive: EPUB and DOCX.
//!
//! The parts with text are unpacked, one after the other, into one file that is read and
//! repaired like any other. Writing packs the changed parts anew and copies all others as
//! they are packed, so that they stay bit for bit.

mod epub;
#[cfg(test)]
mod tests;
mod unpack;

use std::io::{Cursor, Write};
use std::ops::Range;

use zip::read::ZipArchive;
use zip::write::ZipWriter;

use crate::sources::FileFormat;
use crate::splice::{Cut, Splice};
use unpack::{MOST, Unreadable, broken, contents};

/// Parts of a copied entry's data shorter than this are not worth a cut of their own.
const WORTH: usize = 64;

/// An archive and its parts with text.
#[derive(Clone, Debug)]
pub(crate) struct Container {
    pub file: Vec<u8>,
    pub format: FileFormat,
    /// In reading order.
    pub parts: Vec<Part>,
}

/// A file in the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub name: String,
    /// Where it stands among all unpacked parts, in bytes.
    pub span: Range<usize>,
}

/// The container in these bytes with its parts, unpacked.
pub(crate) fn unpacked(bytes: &[u8]) -> Result<(Container, Vec<u8>), Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let (format, names) = if archive.index_for_name("META-INF/container.xml").is_some() {
        (FileFormat::Epub, epub::reading_order(&mut archive)?)
    } else if archive.index_for_name("word/document.xml").is_some() {
        let names = ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"];
        (FileFormat::Docx, names.map(str::to_owned).to_vec())
    } else {
        return Err("is an archive, but neither EPUB nor DOCX: unpack it and name what is inside".to_owned());
    };
    let mut parts: Vec<Part> = Vec::with_capacity(names.len());
    let mut all = Vec::new();
    for name in names {
        if archive.index_for_name(&name).is_none() || parts.iter().any(|part| part.name == name) {
            continue;
        }
        let part = contents(&mut archive, &name, MOST - all.len() as u64)?;
        // An encrypted part, or one in an encoding of old: it stays as it is.
        if std::str::from_utf8(&part).is_err() || part.contains(&0) {
            continue;
        }
        parts.push(Part { name, span: all.len()..all.len() + part.len() });
        all.extend(part);
        all.push(b'\n');
    }
    if parts.is_empty() {
        return Err("has no part that can be read as text".to_owned());
    }
    Ok((Container { file: bytes.to_vec(), format, parts }, all))
}

impl Container {
    /// The part that holds a place among the unpacked parts.
    pub(crate) fn part_at(&self, at: usize) -> Option<&Part> {
        let index = self.parts.partition_point(|part| part.span.end < at);
        self.parts.get(index)
    }

    /// What a change of the unpacked parts changes in the bytes of the archive.
    pub(crate) fn splice(&self, unpacked: &[u8], inner: &Splice) -> Splice {
        if inner.cuts.is_empty() {
            return Splice::default();
        }
        // What could be unpacked can be packed; if not, nothing is changed.
        self.packed(unpacked, inner).unwrap_or_default()
    }

    /// The cuts of a part, in bytes of the part.
    pub(crate) fn cuts_of(part: &Part, inner: &Splice) -> Splice {
        let first = inner.cuts.partition_point(|cut| cut.span.start < part.span.start);
        let mut splice = Splice::default();
        for cut in inner.cuts[first..].iter().take_while(|cut| cut.span.end <= part.span.end) {
            let span = cut.span.start - part.span.start..cut.span.end - part.span.start;
            splice.push(span, cut.new.clone());
        }
        splice
    }

    fn packed(&self, unpacked: &[u8], inner: &Splice) -> zip::result::ZipResult<Splice> {
        let mut old = ZipArchive::new(Cursor::new(&self.file[..]))?;
        let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(self.file.len())));
        let mut copied = Vec::new();
        for index in 0..old.len() {
            let entry = old.by_index_raw(index)?;
            let name = entry.name()?.into_owned();
            let part = self.parts.iter().find(|part| part.name == name);
            let change = part.map(|part| (part, Container::cuts_of(part, inner))).filter(|(_, s)| !s.cuts.is_empty());
            match change {
                Some((part, splice)) => {
                    let options = entry.options();
                    drop(entry);
                    writer.start_file(&name, options)?;
                    writer.write_all(&splice.apply(&unpacked[part.span.clone()]))?;
                }
                None => {
                    let start = entry.data_start().unwrap_or(0) as usize;
                    copied.push((index, start..start + entry.compressed_size() as usize));
                    writer.raw_copy_file(entry)?;
                }
            }
        }
        writer.set_raw_comment(old.comment().into())?;
        let new = writer.finish()?.into_inner();
        self.cuts(&new, copied)
    }

    /// The changes from the old archive to the new one: all but the data of the copied
    /// entries, of which each has the index and the place in the old archive.
    fn cuts(&self, new: &[u8], copied: Vec<(usize, Range<usize>)>) -> zip::result::ZipResult<Splice> {
        let mut archive = ZipArchive::new(Cursor::new(new))?;
        let mut splice = Splice::default();
        let (mut in_old, mut in_new) = (0, 0);
        for (index, old) in copied {
            let start = archive.by_index_raw(index)?.data_start().unwrap_or(0) as usize;
            let kept = start..start + old.len();
            let is_next = old.start >= in_old && kept.start >= in_new && old.len() >= WORTH;
            if !is_next || self.file.get(old.clone()) != new.get(kept.clone()) {
                continue;
            }
            push_cut(&self.file, in_old..old.start, &new[in_new..kept.start], &mut splice);
            (in_old, in_new) = (old.end, kept.end);
        }
        push_cut(&self.file, in_old..self.file.len(), &new[in_new..], &mut splice);
        Ok(splice)
    }
}

/// Adds a cut, unless nothing changes.
fn push_cut(file: &[u8], span: Range<usize>, new: &[u8], splice: &mut Splice) {
    if file[span.clone()] != *new {
        splice.cuts.push(Cut { span, new: new.to_vec() });
    }
}
