//! Builds a document's text and the map of runs back to its bytes.

use encoding_rs::Encoding;

use super::Newline;

/// A stretch of the text whose characters all take the same number of bytes,
/// in the text and in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub text: usize,
    pub file: usize,
    /// Bytes of one character in the text and in the file. Where both are equal
    /// the run is measured in bytes and may hold any characters.
    pub text_unit: usize,
    pub file_unit: usize,
}

/// Builds the text and its runs.
pub(super) struct Reader {
    pub text: String,
    pub runs: Vec<Run>,
    pub undecodable: usize,
    lf: usize,
    crlf: usize,
    cr: usize,
}

impl Reader {
    pub(crate) fn new(capacity: usize) -> Reader {
        Reader { text: String::with_capacity(capacity), runs: Vec::new(), undecodable: 0, lf: 0, crlf: 0, cr: 0 }
    }

    pub(crate) fn newline(&self) -> Newline {
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
        if memchr::memchr(b'\r', part.as_bytes()).is_none() {
            if !part.is_empty() {
                self.lf += memchr::memchr_iter(b'\n', part.as_bytes()).count();
                self.run(file, 1, 1);
                self.text.push_str(part);
            }
            return;
        }
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

    pub(crate) fn read_utf8(&mut self, body: &[u8], mut file: usize) {
        if let Ok(whole) = str::from_utf8(body) {
            return self.push_str(whole, file);
        }
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

    pub(crate) fn read_utf16(&mut self, body: &[u8], mut file: usize, big_endian: bool) {
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

    pub(crate) fn read_single_byte(&mut self, body: &[u8], offset: usize, encoding: &'static Encoding) {
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

pub(super) fn decode_byte(byte: u8, encoding: &'static Encoding) -> char {
    let one = [byte];
    let (text, _) = encoding.decode_without_bom_handling(&one);
    text.chars().next().unwrap_or('\u{fffd}')
}
