//! A file's bytes as text, and back.
//!
//! Passes work on a decoded text in which every line ends in `\n`. A map of
//! runs leads from that text back to the bytes of the file, so that whatever no
//! edit touches is written byte for byte as it was read: CRLF, BOM, an odd
//! encoding and even bytes that are no text at all.

use std::borrow::Cow;
use std::ops::Range;

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::edit::EditList;

/// How a file ends most of its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Newline {
    /// `\n`
    Lf,
    /// `\r\n`
    CrLf,
    /// `\r` alone, as old Macintosh files have it
    Cr,
}

impl Newline {
    /// The characters themselves.
    pub fn as_str(self) -> &'static str {
        match self {
            Newline::Lf => "\n",
            Newline::CrLf => "\r\n",
            Newline::Cr => "\r",
        }
    }
}

/// A stretch of the text whose characters all take the same number of bytes,
/// in the text and in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    text: usize,
    file: usize,
    /// Bytes of one character in the text and in the file. Where both are equal
    /// the run is measured in bytes and may hold any characters.
    text_unit: usize,
    file_unit: usize,
}

/// A decoded file.
#[derive(Clone, Debug)]
pub struct Document<'b> {
    bytes: Cow<'b, [u8]>,
    text: String,
    runs: Vec<Run>,
    encoding: &'static Encoding,
    bom: bool,
    newline: Newline,
    undecodable: usize,
}

/// What [`Document::write`] made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The bytes of the cleaned file.
    pub bytes: Vec<u8>,
    /// The first character that the file's own encoding cannot hold, when the
    /// file was therefore written as UTF-8.
    pub reencoded_for: Option<char>,
}

impl<'b> Document<'b> {
    /// Decodes a file. Any bytes are a document; what cannot be decoded shows
    /// as U+FFFD in the text and stays as it is in the file.
    pub fn decode(bytes: impl Into<Cow<'b, [u8]>>) -> Document<'b> {
        let bytes = bytes.into();
        let (encoding, bom_length) = match Encoding::for_bom(&bytes) {
            Some((encoding, length)) => (encoding, length),
            None => (guess_encoding(&bytes), 0),
        };
        let mut reader = Reader::new(bytes.len());
        let body = &bytes[bom_length..];
        if encoding == UTF_8 {
            reader.read_utf8(body, bom_length);
        } else if encoding == UTF_16LE || encoding == UTF_16BE {
            reader.read_utf16(body, bom_length, encoding == UTF_16BE);
        } else {
            reader.read_single_byte(body, bom_length, encoding);
        }
        let newline = reader.newline();
        Document {
            text: reader.text,
            runs: reader.runs,
            undecodable: reader.undecodable,
            bytes,
            encoding,
            bom: bom_length > 0,
            newline,
        }
    }

    /// The text, with every line ending in `\n`.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The file as it was read.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The encoding's name as the WHATWG encoding standard writes it.
    pub fn encoding(&self) -> &'static str {
        self.encoding.name()
    }

    /// Whether the file begins with a byte order mark.
    pub fn has_bom(&self) -> bool {
        self.bom
    }

    /// How most lines of the file end.
    pub fn newline(&self) -> Newline {
        self.newline
    }

    /// The number of places that could not be decoded.
    pub fn undecodable(&self) -> usize {
        self.undecodable
    }

    /// Where a span of the text, in bytes, lies in the file, in bytes.
    pub fn file_span(&self, span: Range<usize>) -> Range<usize> {
        let start = self.file_offset(span.start);
        let end = if span.is_empty() { start } else { self.file_offset(span.end) };
        start..end
    }

    /// The text of a span as the file has it: decoded, its own line ends kept.
    pub fn original(&self, span: Range<usize>) -> Cow<'_, str> {
        let slice = &self.text[span.clone()];
        if self.newline == Newline::Lf && !slice.contains('\n') {
            return Cow::Borrowed(slice);
        }
        let file = &self.bytes[self.file_span(span)];
        self.encoding.decode_without_bom_handling(file).0
    }

    /// Whether an edit of this span would touch bytes that are no text.
    pub fn is_undecodable(&self, span: Range<usize>) -> bool {
        self.undecodable > 0 && self.text[span].contains('\u{fffd}')
    }

    /// The file with `edits` (of [`Document::text`]) applied.
    ///
    /// Bytes outside the edits are copied. New text is written in the file's
    /// own encoding and newline style; where that cannot hold a character, the
    /// whole file is written as UTF-8 and the character is reported.
    pub fn write(&self, edits: &EditList) -> Written {
        if edits.is_empty() {
            return Written { bytes: self.bytes.to_vec(), reencoded_for: None };
        }
        let stranger = edits.iter().find_map(|e| self.first_unencodable(&e.text));
        match stranger {
            Some(c) => Written { bytes: self.write_as_utf8(edits), reencoded_for: Some(c) },
            None => Written { bytes: self.write_as_read(edits), reencoded_for: None },
        }
    }

    /// The file's bytes for a piece of new text.
    pub fn encode(&self, text: &str) -> Vec<u8> {
        let text = self.with_newlines(text);
        if self.encoding == UTF_16LE {
            return text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        }
        if self.encoding == UTF_16BE {
            return text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        }
        self.encoding.encode(&text).0.into_owned()
    }

    fn write_as_read(&self, edits: &EditList) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.bytes.len() + 64);
        let mut done = 0;
        for edit in edits.iter() {
            let span = self.file_span(edit.span.clone());
            out.extend_from_slice(&self.bytes[done..span.start]);
            out.extend_from_slice(&self.encode(&edit.text));
            done = span.end;
        }
        out.extend_from_slice(&self.bytes[done..]);
        out
    }

    fn write_as_utf8(&self, edits: &EditList) -> Vec<u8> {
        let mut out = String::with_capacity(self.text.len() + 64);
        let mut done = 0;
        for edit in edits.iter() {
            out.push_str(&self.original(done..edit.span.start));
            out.push_str(&self.with_newlines(&edit.text));
            done = edit.span.end;
        }
        out.push_str(&self.original(done..self.text.len()));
        out.into_bytes()
    }

    fn with_newlines<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.newline == Newline::Lf || !text.contains('\n') {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(text.replace('\n', self.newline.as_str()))
        }
    }

    fn first_unencodable(&self, text: &str) -> Option<char> {
        if self.encoding == UTF_8 || self.encoding == UTF_16LE || self.encoding == UTF_16BE || text.is_ascii() {
            return None;
        }
        let mut buffer = [0; 4];
        text.chars().find(|c| self.encoding.encode(c.encode_utf8(&mut buffer)).2)
    }

    fn file_offset(&self, at: usize) -> usize {
        let index = self.runs.partition_point(|run| run.text <= at);
        match index.checked_sub(1).map(|i| self.runs[i]) {
            Some(run) => run.file + (at - run.text) / run.text_unit * run.file_unit,
            None => 0,
        }
    }
}

/// UTF-8 where the bytes are, or nearly are; else what `chardetng` makes of
/// them, as long as that is an encoding of one byte a character: nothing else
/// can be told from noise in a short English text.
fn guess_encoding(bytes: &[u8]) -> &'static Encoding {
    let mut good = 0usize;
    let mut bad = 0usize;
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good >= bad {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    if guess.is_single_byte() { guess } else { WINDOWS_1252 }
}

/// Builds the text and its runs.
struct Reader {
    text: String,
    runs: Vec<Run>,
    undecodable: usize,
    lf: usize,
    crlf: usize,
    cr: usize,
}

impl Reader {
    fn new(capacity: usize) -> Reader {
        Reader { text: String::with_capacity(capacity), runs: Vec::new(), undecodable: 0, lf: 0, crlf: 0, cr: 0 }
    }

    fn newline(&self) -> Newline {
        if self.crlf > self.lf && self.crlf >= self.cr {
            Newline::CrLf
        } else if self.cr > self.lf {
            Newline::Cr
        } else {
            Newline::Lf
        }
    }

    /// Starts a new run unless the last one goes on with the same units.
    fn run(&mut self, file: usize, text_unit: usize, file_unit: usize) {
        // Runs with equal units are measured in bytes, whatever the characters.
        let (text_unit, file_unit) = if text_unit == file_unit { (1, 1) } else { (text_unit, file_unit) };
        let text = self.text.len();
        if let Some(last) = self.runs.last()
            && last.text_unit == text_unit
            && last.file_unit == file_unit
            && last.file + (text - last.text) / text_unit * file_unit == file
        {
            return;
        }
        self.runs.push(Run { text, file, text_unit, file_unit });
    }

    fn push(&mut self, c: char, file: usize, file_unit: usize) {
        self.run(file, c.len_utf8(), file_unit);
        self.text.push(c);
    }

    /// Reads valid UTF-8 that starts at `file` in the file.
    fn push_str(&mut self, mut part: &str, mut file: usize) {
        while let Some(at) = memchr::memchr2(b'\n', b'\r', part.as_bytes()) {
            let (head, tail) = part.split_at(at);
            let crlf = tail.starts_with("\r\n");
            if !head.is_empty() {
                self.run(file, 1, 1);
                self.text.push_str(head);
            }
            self.push('\n', file + at, 1 + usize::from(crlf));
            match (crlf, tail.as_bytes()[0]) {
                (true, _) => self.crlf += 1,
                (false, b'\n') => self.lf += 1,
                (false, _) => self.cr += 1,
            }
            let step = at + 1 + usize::from(crlf);
            part = &part[step..];
            file += step;
        }
        if !part.is_empty() {
            self.run(file, 1, 1);
            self.text.push_str(part);
        }
    }

    fn read_utf8(&mut self, body: &[u8], mut file: usize) {
        for chunk in body.utf8_chunks() {
            self.push_str(chunk.valid(), file);
            file += chunk.valid().len();
            let invalid = chunk.invalid().len();
            if invalid > 0 {
                self.push('\u{fffd}', file, invalid);
                self.undecodable += 1;
                file += invalid;
            }
        }
    }

    fn read_utf16(&mut self, body: &[u8], mut file: usize, big_endian: bool) {
        let units = body.chunks_exact(2).map(|pair| match (big_endian, pair) {
            (true, &[a, b]) => u16::from_be_bytes([a, b]),
            (false, &[a, b]) => u16::from_le_bytes([a, b]),
            _ => 0xfffd,
        });
        let mut chars = char::decode_utf16(units).peekable();
        while let Some(c) = chars.next() {
            let mut length = 2;
            match c {
                Ok('\r') if matches!(chars.peek(), Some(Ok('\n'))) => {
                    chars.next();
                    length = 4;
                    self.crlf += 1;
                    self.push('\n', file, length);
                }
                Ok('\r') => {
                    self.cr += 1;
                    self.push('\n', file, length);
                }
                Ok(c) => {
                    self.lf += usize::from(c == '\n');
                    length = 2 * c.len_utf16();
                    self.push(c, file, length);
                }
                Err(_) => {
                    self.undecodable += 1;
                    self.push('\u{fffd}', file, length);
                }
            }
            file += length;
        }
        if body.len() % 2 == 1 {
            self.undecodable += 1;
            self.push('\u{fffd}', file, 1);
        }
    }

    fn read_single_byte(&mut self, body: &[u8], offset: usize, encoding: &'static Encoding) {
        let decoded: Vec<char> = (0..=255u8).map(|b| decode_byte(b, encoding)).collect();
        let mut at = 0;
        while at < body.len() {
            let byte = body[at];
            let file = offset + at;
            if byte == b'\r' && body.get(at + 1) == Some(&b'\n') {
                self.crlf += 1;
                self.push('\n', file, 2);
                at += 2;
                continue;
            }
            let c = decoded[byte as usize];
            match byte {
                b'\r' => self.cr += 1,
                b'\n' => self.lf += 1,
                _ => self.undecodable += usize::from(c == '\u{fffd}'),
            }
            self.push(if byte == b'\r' { '\n' } else { c }, file, 1);
            at += 1;
        }
    }
}

fn decode_byte(byte: u8, encoding: &'static Encoding) -> char {
    let one = [byte];
    let (text, _) = encoding.decode_without_bom_handling(&one);
    text.chars().next().unwrap_or('\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edit;

    fn replace(bytes: &[u8], from: &str, to: &str) -> Written {
        let document = Document::decode(bytes);
        let start = document.text().find(from).expect("the text holds it");
        let edits = EditList::new(vec![Edit::new(start..start + from.len(), to)]);
        document.write(&edits)
    }

    #[test]
    fn bytes_outside_the_edits_stay() {
        let bytes = b"\xef\xbb\xbfone\r\ntwo\rthree\n\xff four\r\n";
        let document = Document::decode(&bytes[..]);
        assert_eq!(document.text(), "one\ntwo\nthree\n\u{fffd} four\n");
        assert_eq!(document.newline(), Newline::CrLf);
        assert_eq!(replace(bytes, "three", "3\n3").bytes, b"\xef\xbb\xbfone\r\ntwo\r3\r\n3\n\xff four\r\n");
        assert_eq!(document.write(&EditList::default()).bytes, bytes);
    }

    #[test]
    fn a_windows_1252_file_keeps_its_encoding() {
        let bytes = b"It\x92s caf\xe9 \x97 tlie sea.\r\n";
        let document = Document::decode(&bytes[..]);
        assert_eq!(document.text(), "It’s café — tlie sea.\n");
        assert_eq!(document.encoding(), "windows-1252");
        assert_eq!(replace(bytes, "tlie", "the’").bytes, b"It\x92s caf\xe9 \x97 the\x92 sea.\r\n");
    }

    #[test]
    fn what_the_encoding_cannot_hold_makes_the_file_utf8_and_is_named() {
        let written = replace(b"It\x92s caf\xe9 tlie sea.\r\n", "tlie", "ﬁ");
        assert_eq!(written.reencoded_for, Some('ﬁ'));
        assert_eq!(written.bytes, "It’s café ﬁ sea.\r\n".as_bytes());
    }

    #[test]
    fn utf_16_both_ways_round() {
        for big in [false, true] {
            let encode = |s: &str| -> Vec<u8> {
                s.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
            };
            let bytes = encode("\u{feff}A “cat”\r\n𝄞 tlie end");
            let document = Document::decode(bytes.clone());
            assert_eq!(document.text(), "A “cat”\n𝄞 tlie end");
            assert_eq!(replace(&bytes, "tlie", "the").bytes, encode("\u{feff}A “cat”\r\n𝄞 the end"));
            let span = document.text().find("cat").map(|a| document.file_span(a..a + 3));
            assert_eq!(span, Some(8..14));
        }
    }

    #[test]
    fn an_odd_byte_after_utf_16_is_kept() {
        let bytes = b"\xff\xfea\0b\0c";
        let document = Document::decode(&bytes[..]);
        assert_eq!(document.undecodable(), 1);
        assert_eq!(replace(bytes, "a", "x").bytes, b"\xff\xfex\0b\0c");
    }
}
