//! A file's bytes as text, and back.
//!
//! Passes work on a decoded text in which every line ends in `\n`. A map of runs
//! leads from that text back to the bytes of the file, so that everything no edit
//! touches is written exactly as it was read: CRLF, a byte order mark, an unusual
//! encoding, even bytes that cannot be decoded.

mod container;
mod guess;
pub mod kind;
mod markup;
mod reader;
mod sources;
mod splice;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::iter;
use std::ops::Range;

use container::Container;
use descan_text::edit::EditList;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
pub use guess::is_utf16;
use markup::flow::Flow;
use markup::scan::parted_by_form_feeds;
pub use markup::scan::{BoundingBox, LineHint, PageHint};
use markup::ways::Ways;
use reader::{Reader, Run};
pub use sources::{Broken, FileFormat};
pub use splice::{Cut, Splice};

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

    /// The name used in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Newline::Lf => "lf",
            Newline::CrLf => "crlf",
            Newline::Cr => "cr",
        }
    }
}

/// A decoded file.
#[derive(Clone, Debug)]
pub struct Document<'b> {
    bytes: Cow<'b, [u8]>,
    text: String,
    runs: Vec<Run>,
    encoding: &'static Encoding,
    /// The length of the byte order mark, 0 without one.
    bom_length: usize,
    newline: Newline,
    undecodable: usize,
    format: FileFormat,
    /// The running text and its places, unless that is the whole of `text`.
    flow: Option<Box<Flow>>,
    /// The archive whose unpacked parts `bytes` are.
    container: Option<Box<Container>>,
    /// Whether elements of words may be split, joined and removed.
    structure: bool,
    /// Whether old readings are kept beside new ones.
    keep_original: bool,
}

/// What a file says of a word beside its letters.
#[derive(Clone, Debug, PartialEq)]
pub struct WordHint<'d> {
    /// In bytes of the text.
    pub span: Range<usize>,
    /// How sure the engine was, in the file's own unit.
    pub confidence: Option<f32>,
    /// What else the engine thought of, the likeliest first.
    pub alternatives: &'d [String],
}

/// What mark-up lacks for an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPlace {
    /// An element of a word more or less; [`Document::with_structure`] makes it.
    Word,
    /// An element of a line, or of a word that cannot be split or joined.
    Line,
    /// A place for the old reading, which [`Document::with_originals_kept`] asks for.
    Original,
}

/// What [`Document::write`] made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
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
    #[must_use]
    pub fn decode(bytes: impl Into<Cow<'b, [u8]>>) -> Document<'b> {
        let bytes = bytes.into();
        let (encoding, bom_length) = match Encoding::for_bom(&bytes) {
            Some((encoding, length)) => (encoding, length),
            None => (guess::encoding_of(&bytes), 0),
        };
        Document::read(bytes, encoding, bom_length)
    }

    /// A text that is no file: its bytes are UTF-8, whatever they look like.
    #[must_use]
    pub fn of_text(text: &'b str) -> Document<'b> {
        let bom_length = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Document::read(Cow::Borrowed(text.as_bytes()), UTF_8, bom_length)
    }

    /// Reads bytes in this encoding, after a byte order mark of this length.
    fn read(bytes: Cow<'b, [u8]>, encoding: &'static Encoding, bom_length: usize) -> Document<'b> {
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
            bom_length,
            newline,
            format: FileFormat::Plain,
            flow: None,
            container: None,
            structure: false,
            keep_original: false,
        }
    }

    /// Opens a file of any known format, told by its content; of any other, all bytes are
    /// text.
    ///
    /// ```
    /// use descan_source::{Document, FileFormat};
    ///
    /// let file = b"<alto><String CONTENT='of&#xFB01;ce'/><SP/><String CONTENT='hours'/></alto>";
    /// let document = Document::open(&file[..])?;
    /// assert_eq!((document.format(), document.text()), (FileFormat::Alto, "of\u{fb01}ce hours\n"));
    /// # Ok::<(), descan_source::Broken>(())
    /// ```
    ///
    /// # Errors
    /// The mark-up is broken, so that it cannot be told where its text stands.
    pub fn open(bytes: impl Into<Cow<'b, [u8]>>) -> Result<Document<'b>, Broken> {
        let bytes = bytes.into();
        if kind::is_container(&bytes) {
            let (container, unpacked) = container::unpacked(&bytes).map_err(Broken::Container)?;
            return Document::open_parts(container, unpacked);
        }
        let mut document = Document::decode(bytes);
        document.format = sources::recognised(&document.text);
        document.flow = sources::source(document.format).read(&document.text)?.map(Box::new);
        if let Some(flow) = &mut document.flow {
            let is_unicode = |e: &'static Encoding| [UTF_8, UTF_16LE, UTF_16BE].contains(&e);
            let declared = declared(&document.text)
                .is_none_or(|label| Encoding::for_label(label.as_bytes()).is_some_and(is_unicode));
            flow.finish();
            flow.manner.look_at(&document.text, !is_unicode(document.encoding) || !declared);
        }
        Ok(document)
    }

    /// Reads the unpacked parts of an archive, each by itself.
    fn open_parts(container: Container, unpacked: Vec<u8>) -> Result<Document<'b>, Broken> {
        let mut document = Document::read(Cow::Owned(unpacked), UTF_8, 0);
        let source = sources::source(container.format);
        let mut flow = Flow::default();
        let mut decoded = 0;
        for part in &container.parts {
            // Where the part is in the text: line ends may be shorter there.
            let bytes = &document.bytes[part.span.clone()];
            let length = Document::read(Cow::Borrowed(bytes), UTF_8, 0).text.len();
            let text = &document.text[decoded..decoded + length];
            let start = text.len() - text.trim_start_matches('\u{feff}').len();
            let read = source.read(&text[start..]).map_err(|broken| broken.in_part(&part.name))?;
            flow.append(read.unwrap_or_default(), decoded + start);
            decoded += length + 1;
        }
        flow.finish();
        flow.manner.look_at(&document.text, false);
        document.format = container.format;
        document.flow = Some(Box::new(flow));
        document.container = Some(Box::new(container));
        Ok(document)
    }

    /// The text, with every line ending in `\n`: of a file with mark-up, its running text.
    pub fn text(&self) -> &str {
        self.flow.as_ref().map_or(&self.text, |flow| &flow.text)
    }

    /// The running text of a file with mark-up as a document of its own, in UTF-8; a file
    /// of plain text as it is.
    ///
    /// ```
    /// use descan_source::{Document, FileFormat};
    ///
    /// let page = Document::open(&b"<alto><TextLine><String CONTENT='Ebb'/></TextLine></alto>"[..])?;
    /// let text = page.into_running_text();
    /// assert_eq!((text.format(), text.bytes()), (FileFormat::Plain, &b"Ebb\n"[..]));
    /// # Ok::<(), descan_source::Broken>(())
    /// ```
    #[must_use]
    pub fn into_running_text(self) -> Document<'b> {
        match self.flow {
            Some(flow) => Document::read(Cow::Owned(flow.text.into_bytes()), UTF_8, 0),
            None => self,
        }
    }

    /// What kind of file it is.
    pub fn format(&self) -> FileFormat {
        self.format
    }

    /// The whole file as text, mark-up and all, with every line ending in `\n`.
    pub fn file_text(&self) -> &str {
        &self.text
    }

    /// Where a span of the text, in bytes, lies in [`Document::file_text`], in bytes, with
    /// the mark-up inside it.
    pub fn file_text_span(&self, span: Range<usize>) -> Range<usize> {
        self.flow.as_ref().map_or(span.clone(), |flow| flow.file_span(&span))
    }

    /// The same file, in which elements of words may be split, joined and removed, where
    /// its format has such elements.
    ///
    /// ```
    /// use descan_source::Document;
    ///
    /// let file = b"<alto><String HPOS='0' VPOS='0' WIDTH='60' HEIGHT='9' CONTENT='Letme'/><SP/></alto>";
    /// let document = Document::open(&file[..])?;
    /// assert!(!document.has_place_for(0..5, "Let me"));
    /// assert!(document.with_structure().has_place_for(0..5, "Let me"));
    /// # Ok::<(), descan_source::Broken>(())
    /// ```
    #[must_use]
    pub fn with_structure(self) -> Document<'b> {
        Document { structure: true, ..self }
    }

    /// The same file, in which every edit keeps the old reading in the mark-up. Where the
    /// format cannot do that ([`FileFormat::can_keep_originals`]), there is no place for
    /// any edit.
    #[must_use]
    pub fn with_originals_kept(self) -> Document<'b> {
        Document { keep_original: true, ..self }
    }

    /// Whether the file's mark-up has a place for an edit of the text. It has none for a
    /// line or a block more or less, and for a word more or less only
    /// [with structure](Document::with_structure).
    pub fn has_place_for(&self, span: Range<usize>, new: &str) -> bool {
        let Some(flow) = &self.flow else { return true };
        flow.all_changes(iter::once((span, new)), &self.ways()).misfits == 0
    }

    /// Why the file's mark-up has no place for an edit of the text; `None` if it has one.
    pub fn no_place_for(&self, span: Range<usize>, new: &str) -> Option<NoPlace> {
        let flow = self.flow.as_ref()?;
        let fits = |ways: &Ways<'_>| flow.all_changes(iter::once((span.clone(), new)), ways).misfits == 0;
        let ways = self.ways();
        if fits(&ways) {
            None
        } else if self.keep_original && fits(&Ways { keep_original: false, ..ways }) {
            Some(NoPlace::Original)
        } else if !self.structure && fits(&Ways { structure: true, ..ways }) {
            Some(NoPlace::Word)
        } else {
            Some(NoPlace::Line)
        }
    }

    fn ways(&self) -> Ways<'_> {
        Ways {
            file: &self.text,
            elements: sources::source(self.format).words(),
            structure: self.structure,
            keep_original: self.keep_original,
        }
    }

    /// The file as it was read.
    pub fn bytes(&self) -> &[u8] {
        self.container.as_ref().map_or(&self.bytes, |container| &container.file)
    }

    /// The part of an archive that holds a place of the text, and where it begins in
    /// [`Document::file_text`], in bytes; `None` if the file is no archive.
    pub fn part_at(&self, at: usize) -> Option<(&str, usize)> {
        let place = self.file_span(at..at).start;
        let part = self.container.as_ref()?.part_at(place)?;
        let run = self.runs.partition_point(|run| run.file <= part.span.start);
        let start = run.checked_sub(1).map(|i| self.runs[i]);
        let start = start.map_or(0, |run| run.text + (part.span.start - run.file) / run.file_unit * run.text_unit);
        Some((&part.name, start))
    }

    /// What the file says of its words beside their letters, in the order of the text;
    /// empty where words are no elements of their own.
    pub fn words(&self) -> impl Iterator<Item = WordHint<'_>> {
        let words = self.flow.as_ref().map_or(&[][..], |flow| &flow.words);
        words.iter().map(|word| WordHint {
            span: word.flat.clone(),
            confidence: word.confidence,
            alternatives: &word.alternatives,
        })
    }

    /// The pages with text, in order: those of a scan as its mark-up tells them, those of
    /// plain text and TEI as form feeds part them. Other formats have none.
    ///
    /// ```
    /// use descan_source::Document;
    ///
    /// let page = b"<PcGts><Page imageFilename='scans/p7.png'><TextRegion><TextLine><TextEquiv>\
    ///     <Unicode>Ebb</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>";
    /// let document = Document::open(&page[..])?;
    /// assert_eq!(document.pages()[0].image, Some("p7.png"));
    /// assert_eq!(Document::of_text("Ebb\n\u{c}Flood\n").pages()[1].span, 5..11);
    /// # Ok::<(), descan_source::Broken>(())
    /// ```
    pub fn pages(&self) -> Vec<PageHint<'_>> {
        match (self.format, &self.flow) {
            (FileFormat::Plain | FileFormat::Tei, _) => parted_by_form_feeds(self.text()),
            (_, Some(flow)) => flow.scan.pages(),
            (_, None) => Vec::new(),
        }
    }

    /// The lines of a scan whose place on the page is known, in order.
    pub fn lines(&self) -> impl Iterator<Item = &LineHint> {
        self.flow.iter().flat_map(|flow| flow.scan.lines())
    }

    /// What edits change, file by file: of an archive, every part that has changes, with
    /// its name, its bytes and the changes in them; of any other file, the file itself
    /// without a name.
    pub fn splices(&self, edits: &EditList) -> Vec<(Option<&str>, &[u8], Splice)> {
        let (Some(container), Some(flow)) = (&self.container, &self.flow) else {
            return vec![(None, &self.bytes, self.splice(edits))];
        };
        let inner = self.splice_around(flow, edits);
        let mut splices = Vec::new();
        for part in &container.parts {
            let splice = Container::cuts_of(part, &inner);
            if !splice.cuts.is_empty() {
                splices.push((Some(&*part.name), &self.bytes[part.span.clone()], splice));
            }
        }
        splices
    }

    /// The encoding; its name is as the WHATWG encoding standard writes it.
    pub fn encoding(&self) -> &'static Encoding {
        self.encoding
    }

    /// Whether the file begins with a byte order mark.
    pub fn has_bom(&self) -> bool {
        self.bom_length > 0
    }

    /// How most lines of the file end.
    pub fn newline(&self) -> Newline {
        self.newline
    }

    /// The number of places that could not be decoded.
    pub fn undecodable(&self) -> usize {
        self.undecodable + self.flow.as_ref().map_or(0, |flow| flow.unknown())
    }

    /// Where a span of the text, in bytes, lies in the file, in bytes; of an archive, in
    /// its unpacked parts, one after the other.
    pub fn file_span(&self, span: Range<usize>) -> Range<usize> {
        self.span_in_bytes(self.file_text_span(span))
    }

    /// Where a span of the decoded file lies in its bytes.
    fn span_in_bytes(&self, span: Range<usize>) -> Range<usize> {
        let start = self.file_offset(span.start);
        let end = if span.is_empty() { start } else { self.file_offset(span.end) };
        start..end
    }

    /// The text of a span as the file has it: decoded, its own line ends kept.
    pub fn original(&self, span: Range<usize>) -> Cow<'_, str> {
        let slice = &self.text()[span.clone()];
        if self.flow.is_some() || self.newline == Newline::Lf && !slice.contains('\n') {
            return Cow::Borrowed(slice);
        }
        let file = &self.bytes[self.file_span(span)];
        self.encoding.decode_without_bom_handling(file).0
    }

    /// Whether new text can be written into this file without losing any of
    /// its bytes: in its own encoding, or by writing the whole file as UTF-8,
    /// which a file with bytes that are no text does not survive.
    pub fn can_take(&self, text: &str) -> bool {
        self.flow.is_some() || self.undecodable == 0 || self.first_unencodable(text).is_none()
    }

    /// The file with `edits` (of [`Document::text`]) applied.
    ///
    /// Bytes outside the edits are copied. New text is written in the file's
    /// own encoding and newline style; where that cannot hold a character, the
    /// whole file is written as UTF-8 and the character is reported.
    #[must_use]
    pub fn write(&self, edits: &EditList) -> Written {
        let splice = self.splice(edits);
        Written { bytes: splice.apply(self.bytes()), reencoded_for: splice.reencoded_for }
    }

    /// Whether the file with `edits` will be read as the text with `edits`.
    ///
    /// Bytes that are no text, and files without a byte order mark in another
    /// encoding than UTF-8, are told by all that stands in the file: where a
    /// repair takes away what told it, the rest would be read as something else
    /// from then on. So would a line feed after a lone carriage return.
    pub fn reads_back(&self, edits: &EditList) -> bool {
        if self.flow.is_some() {
            let written = self.write(edits).bytes;
            let again = Document::open(&written[..]);
            return edits.is_empty() || again.is_ok_and(|again| again.text() == edits.apply(self.text()));
        }
        let is_plain = self.encoding == UTF_8 && self.undecodable == 0 && !self.bytes.contains(&b'\r');
        if is_plain || edits.is_empty() {
            return true;
        }
        let written = self.write(edits).bytes;
        Document::decode(&written[..]).text == edits.apply(&self.text)
    }

    /// What [`Document::write`] does to the bytes of the file.
    pub fn splice(&self, edits: &EditList) -> Splice {
        if let Some(flow) = &self.flow {
            let splice = self.splice_around(flow, edits);
            return match &self.container {
                Some(container) => container.splice(&self.bytes, &splice),
                None => splice,
            };
        }
        let stranger = edits.iter().find_map(|e| self.first_unencodable(&e.text));
        let mut splice = Splice { cuts: Vec::with_capacity(edits.len()), reencoded_for: stranger };
        let mut done = self.bom_length;
        for edit in edits.iter() {
            let span = self.file_span(edit.span.clone());
            if stranger.is_some() {
                self.reencode(done..span.start, &mut splice);
            }
            let text = self.in_own_newlines(&edit.text);
            let new = if stranger.is_some() { text.into_owned().into_bytes() } else { encode(&text, self.encoding) };
            done = span.end;
            splice.push(span, new);
        }
        if stranger.is_some() {
            self.reencode(done..self.bytes.len(), &mut splice);
        }
        splice
    }

    /// What edits of the running text do to the bytes of a file with mark-up. An edit that
    /// the mark-up has no place for is left out.
    fn splice_around(&self, flow: &Flow, edits: &EditList) -> Splice {
        let edits = edits.iter().map(|edit| (edit.span.clone(), &*edit.text));
        let mut splice = Splice::default();
        for (span, new) in flow.all_changes(edits, &self.ways()).list {
            let new = encode(&self.in_own_newlines(&new), self.encoding);
            splice.push(self.span_in_bytes(span), new);
        }
        splice
    }

    /// Text with its line ends as most of the file has them.
    pub fn in_own_newlines<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.newline == Newline::Lf || !text.contains('\n') {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(text.replace('\n', self.newline.as_str()))
        }
    }

    /// Adds the cuts that make a stretch of the file, in bytes, UTF-8.
    fn reencode(&self, span: Range<usize>, splice: &mut Splice) {
        let part = &self.bytes[span.clone()];
        let mut at = 0;
        while let Some(start) = part[at..].iter().position(|b| !b.is_ascii()).map(|i| at + i) {
            let end = part[start..].iter().position(u8::is_ascii).map_or(part.len(), |i| start + i);
            let text = self.encoding.decode_without_bom_handling(&part[start..end]).0;
            splice.push(span.start + start..span.start + end, text.into_owned().into_bytes());
            at = end;
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
            None => self.bom_length,
        }
    }
}

/// The encoding that an XML declaration names.
fn declared(file: &str) -> Option<&str> {
    let head = file.strip_prefix("<?xml")?.split("?>").next()?;
    let value = head.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split(quote).next()
}

/// The bytes of a text in an encoding that can hold it.
pub fn encode(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    if encoding == UTF_16LE {
        return text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    }
    if encoding == UTF_16BE {
        return text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    }
    encoding.encode(text).0.into_owned()
}
