//! The running text of a file, and where each part of it stands.

use std::ops::Range;

use super::manner::Manner;
pub(crate) use super::quote::Quote;
use super::references::{Part, UNKNOWN, character, parts, resolved};
use super::scan::{Rectangle, Scan};

/// The running text of a file: what a reader would read, in one string.
///
/// Words are parted by spaces, lines by line feeds, blocks by blank lines and pages by
/// form feeds. Where these are not characters of the file but follow from its mark-up,
/// they are in no piece: a gap, which no edit can touch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flow {
    pub text: String,
    /// In order, in the text and in the file.
    pub pieces: Vec<Piece>,
    /// Elements of one word each, in order.
    pub words: Vec<Word>,
    /// Copies of parts of the text that the file keeps elsewhere, each in order, sorted by
    /// where they start in the text.
    copies: Vec<Vec<Piece>>,
    /// How far the copies up to each one reach in the text.
    reach: Vec<usize>,
    pub manner: Manner,
    /// Whether the space between two words is an element of its own.
    pub has_space_elements: bool,
    /// The pages and lines of a scan.
    pub scan: Scan,
    pending: Option<Separator>,
    /// White space of the file that belongs to the text if text follows.
    held: Option<(Range<usize>, &'static str)>,
    word: Option<usize>,
    /// The element of the word that has begun but has no text yet.
    begun: Option<Word>,
}

/// A part of the text that stands in the file as it is, or as one reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// In bytes of the text.
    pub flat: Range<usize>,
    /// In bytes of the decoded file.
    pub file: Range<usize>,
    /// Whether the file has here what the text has; else one character of the text stands
    /// for all that the file has here.
    pub verbatim: bool,
    pub quote: Quote,
    /// The index of the word whose element holds it.
    pub word: Option<usize>,
}

/// An element that holds one word.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Word {
    /// In bytes of the text.
    pub flat: Range<usize>,
    /// How sure the engine was, in the file's own unit.
    pub confidence: Option<f32>,
    /// What else the engine thought of.
    pub alternatives: Vec<String>,
    /// Where the element stands in the decoded file, with its tags; empty if that is not
    /// known.
    pub element: Range<usize>,
}

/// What parts two words, from the weakest to the strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Separator {
    Space,
    Line,
    Block,
    Page,
}

impl Separator {
    fn as_str(self) -> &'static str {
        match self {
            Separator::Space => " ",
            Separator::Line => "\n",
            Separator::Block => "\n\n",
            Separator::Page => "\n\u{c}",
        }
    }
}

impl Flow {
    /// Parts what follows from what came before; the strongest of several counts.
    pub(crate) fn separate(&mut self, by: Separator) {
        self.pending = self.pending.max(Some(by));
        if by >= Separator::Line {
            self.scan.end_line();
        }
    }

    /// A page of a scan begins; `path` is that of its image.
    pub(crate) fn begin_page(&mut self, path: Option<&str>, area: Option<Rectangle>) {
        self.separate(Separator::Page);
        self.scan.begin_page(self.text.len(), path, area);
    }

    /// Text up to the next line, block or page belongs to a line of a scan.
    pub(crate) fn begin_line(&mut self, area: Option<Rectangle>) {
        self.scan.begin_line(self.text.len(), area);
    }

    /// The element of a word begins at `start` of the file.
    pub(crate) fn begin_word(&mut self, confidence: Option<f32>, start: usize) {
        self.word = None;
        self.begun = Some(Word { confidence, element: start..start, ..Word::default() });
    }

    /// The word whose element is open, by its index, if it has text.
    pub(crate) fn open_word(&self) -> Option<usize> {
        self.word
    }

    /// The element of a word ends at `end` of the file.
    pub(crate) fn element_ends(&mut self, word: usize, end: usize) {
        if let Some(word) = self.words.get_mut(word) {
            word.element.end = end;
        }
    }

    /// The element of a word ends.
    pub(crate) fn end_word(&mut self) {
        self.word = None;
        self.begun = None;
    }

    /// What else the engine thought of a word.
    pub(crate) fn alternative(&mut self, word: usize, text: String) {
        if let Some(word) = self.words.get_mut(word) {
            word.alternatives.push(text);
        }
    }

    /// White space so far does not belong to the text.
    pub(crate) fn forget_held(&mut self) {
        self.held = None;
    }

    /// Takes over the text of another part of the file, which starts at `start` of it.
    pub(crate) fn append(&mut self, other: Flow, start: usize) {
        self.separate(Separator::Page);
        if other.text.is_empty() {
            return;
        }
        self.part();
        let (flat, words) = (self.text.len(), self.words.len());
        let moved = |piece: &Piece| Piece {
            flat: piece.flat.start + flat..piece.flat.end + flat,
            file: piece.file.start + start..piece.file.end + start,
            word: piece.word.map(|word| word + words),
            ..piece.clone()
        };
        self.text.push_str(&other.text);
        self.pieces.extend(other.pieces.iter().map(moved));
        for copy in &other.copies {
            self.copies.push(copy.iter().map(moved).collect());
        }
        for word in other.words {
            let element = word.element.start + start..word.element.end + start;
            self.words.push(Word { flat: word.flat.start + flat..word.flat.end + flat, element, ..word });
        }
        self.manner.join(other.manner);
    }

    /// Text that the mark-up implies.
    pub(crate) fn implied(&mut self, text: &str) {
        self.part();
        self.text.push_str(text);
    }

    /// Raw character data with references; `start` is its place in the file. Its white
    /// space is one space between words, or one line feed where it has any and
    /// `keeps_lines`; at the edges of lines it is none.
    pub(crate) fn raw(&mut self, raw: &str, start: usize, quote: Quote, keeps_lines: bool) {
        for part in parts(raw) {
            match part {
                Part::Verbatim(span) => self.verbatim(&raw[span.clone()], start + span.start, quote, keeps_lines),
                Part::Reference(span, c) => self.referred(&raw[span.clone()], start + span.start, c, quote),
            }
        }
    }

    /// A reference to a character.
    pub(crate) fn reference(&mut self, reference: &str, start: usize, quote: Quote) {
        self.referred(reference, start, character(reference), quote);
    }

    /// How many references name no character that is known.
    pub(crate) fn unknown(&self) -> usize {
        let is_unknown = |piece: &&Piece| !piece.verbatim && self.text[piece.flat.clone()].starts_with(UNKNOWN);
        self.pieces.iter().filter(is_unknown).count()
    }

    /// Character data as it is, without references; all white space is kept.
    pub(crate) fn exact(&mut self, text: &str, start: usize, quote: Quote) {
        self.part();
        self.push(text, start..start + text.len(), quote, true);
    }

    fn referred(&mut self, reference: &str, start: usize, c: char, quote: Quote) {
        self.manner.saw(reference, c);
        if c.is_ascii_whitespace() {
            self.hold(start..start + reference.len(), " ");
            return;
        }
        self.part();
        self.push(c.encode_utf8(&mut [0; 4]), start..start + reference.len(), quote, false);
    }

    fn verbatim(&mut self, text: &str, start: usize, quote: Quote, keeps_lines: bool) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let space = bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
            if space > 0 {
                let has_line = keeps_lines && memchr::memchr(b'\n', &bytes[at..at + space]).is_some();
                self.hold(start + at..start + at + space, if has_line { "\n" } else { " " });
                at += space;
                continue;
            }
            // A single space between words stands for itself, like the words.
            let mut end = at;
            while end < bytes.len() && !bytes[end].is_ascii_whitespace() {
                end += 1;
                if bytes.get(end) == Some(&b' ') && bytes.get(end + 1).is_some_and(|b| !b.is_ascii_whitespace()) {
                    end += 1;
                }
            }
            self.part();
            self.push(&text[at..end], start + at..start + end, quote, true);
            at = end;
        }
    }

    fn hold(&mut self, span: Range<usize>, shown: &'static str) {
        if self.held.is_none() {
            self.held = Some((span, shown));
        }
    }

    /// Writes what parts the text so far from the text to come.
    fn part(&mut self) {
        let (pending, held) = (self.pending.take(), self.held.take());
        if self.text.is_empty() {
            return;
        }
        match (pending, held) {
            (Some(separator), _) => self.text.push_str(separator.as_str()),
            (None, Some((span, shown))) => self.push_shown(shown, span, Quote::Tags, false),
            (None, None) => {}
        }
    }

    fn push(&mut self, text: &str, file: Range<usize>, quote: Quote, verbatim: bool) {
        if let Some(begun) = self.begun.take() {
            self.word = Some(self.words.len());
            self.words.push(Word { flat: self.text.len()..self.text.len(), ..begun });
        }
        let start = self.text.len();
        self.push_shown(text, file, quote, verbatim);
        self.scan.take(start..self.text.len());
        if let Some(word) = self.word {
            self.words[word].flat.end = self.text.len();
        }
    }

    fn push_shown(&mut self, text: &str, file: Range<usize>, quote: Quote, verbatim: bool) {
        let flat = self.text.len()..self.text.len() + text.len();
        self.text.push_str(text);
        push_piece(&mut self.pieces, Piece { flat, file, verbatim, quote, word: self.word });
    }

    /// Says that raw character data elsewhere in the file is a copy of the text from
    /// `flat` on, if it is one: edits are then made there too.
    pub(crate) fn copy(&mut self, raw: &str, start: usize, quote: Quote, flat: usize) {
        let mut pieces = Vec::new();
        let mut at = flat;
        for part in parts(raw) {
            let (span, length, verbatim) = match part {
                Part::Verbatim(span) => (span.clone(), span.len(), true),
                Part::Reference(span, c) => (span, c.len_utf8(), false),
            };
            let file = start + span.start..start + span.end;
            let piece = Piece { flat: at..at + length, file, verbatim, quote, word: None };
            at += length;
            push_piece(&mut pieces, piece);
        }
        if self.text.get(flat..at).is_some_and(|text| text == resolved(raw)) {
            self.copies.push(pieces);
        }
    }

    /// Says that raw character data elsewhere in the file is two parts of the text in one
    /// word, if it is.
    pub(crate) fn copy_of_two(&mut self, raw: &str, start: usize, quote: Quote, one: Range<usize>, two: Range<usize>) {
        let is_plain = !raw.contains('&') && raw.len() == one.len() + two.len();
        if !is_plain || self.text[one.clone()] != raw[..one.len()] || self.text[two.clone()] != raw[one.len()..] {
            return;
        }
        let border = start + one.len();
        let piece = |flat, file| Piece { flat, file, verbatim: true, quote, word: None };
        self.copies.push(vec![piece(one, start..border), piece(two, border..start + raw.len())]);
    }

    /// The copies that hold a place, or have it at their edge.
    pub(crate) fn copies_at(&self, span: &Range<usize>) -> impl Iterator<Item = &[Piece]> {
        let end = self.copies.partition_point(|copy| copy[0].flat.start <= span.end);
        let start = self.reach.partition_point(|&reach| reach < span.start).min(end);
        let from = span.start;
        self.copies[start..end].iter().map(Vec::as_slice).filter(move |copy| from <= copy[copy.len() - 1].flat.end)
    }

    /// Ends the text, as text files end: with a line feed.
    pub(crate) fn finish(&mut self) {
        (self.pending, self.held, self.begun, self.word) = (None, None, None, None);
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.copies.retain(|copy| !copy.is_empty());
        self.copies.sort_by_key(|copy| copy[0].flat.start);
        let mut reach = 0;
        for copy in &self.copies {
            reach = reach.max(copy[copy.len() - 1].flat.end);
            self.reach.push(reach);
        }
    }
}

/// Adds a piece, or lets the last one go on where both stand for themselves.
fn push_piece(pieces: &mut Vec<Piece>, piece: Piece) {
    if let Some(last) = pieces.last_mut()
        && last.flat.end == piece.flat.start
        && last.file.end == piece.file.start
        && (last.quote, last.word) == (piece.quote, piece.word)
        && last.verbatim
        && piece.verbatim
    {
        (last.flat.end, last.file.end) = (piece.flat.end, piece.file.end);
        return;
    }
    pieces.push(piece);
}
