//! PAGE: the text of a word, line or region is the `Unicode` of its `TextEquiv`.

use std::ops::Range;

use super::source::Source;
use super::words::PageWords;
use crate::markup::Broken;
use crate::markup::element::WordElements;
use crate::markup::flow::{Flow, Quote, Separator};
use crate::markup::open::Open;
use crate::markup::references::resolved;
use crate::markup::scan::Rectangle;
use crate::markup::{Handler, Tag, walk};

pub(super) struct Page;

impl Source for Page {
    fn read(&self, file: &str) -> Result<Option<Flow>, Broken> {
        let mut reader = Reader {
            file,
            flow: Flow::default(),
            open: Open::default(),
            holders: Vec::new(),
            equivalent: None,
            unicode: None,
        };
        walk(file, &mut reader)?;
        Ok(Some(reader.flow))
    }

    fn words(&self) -> &dyn WordElements {
        &PageWords
    }
}

struct Reader<'t> {
    file: &'t str,
    flow: Flow,
    open: Open<Role>,
    /// The regions, lines and words that are open, from the outside in.
    holders: Vec<Holder>,
    /// The `TextEquiv` that is open.
    equivalent: Option<Equivalent>,
    /// Where the character data of the open `Unicode` stands.
    unicode: Option<Range<usize>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Holder,
    Equivalent,
    Unicode,
    Other,
}

/// An element that may have text of its own.
#[derive(Debug)]
struct Holder {
    kind: Kind,
    /// Where its text begins.
    flat: usize,
    /// Where its start tag begins in the file.
    start: usize,
    /// Its word, by its index.
    word: Option<usize>,
    /// Whether its own first reading has been read.
    is_read: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Region,
    Line,
    Word,
    /// A single letter: its text is in the word's.
    Glyph,
}

#[derive(Clone, Copy, Debug)]
struct Equivalent {
    /// Whether it is the reading that counts.
    is_first: bool,
    confidence: Option<f32>,
}

impl Handler for Reader<'_> {
    fn start(&mut self, tag: &Tag<'_>) {
        let kind = match tag.name {
            "TextRegion" => Some(Kind::Region),
            "TextLine" => Some(Kind::Line),
            "Word" => Some(Kind::Word),
            "Glyph" => Some(Kind::Glyph),
            _ => None,
        };
        match tag.name {
            "Page" => {
                let image = tag.attribute("imageFilename").map(|path| resolved(&path));
                let size = tag.values(["imageWidth", "imageHeight"]);
                let area = size.and_then(|[width, height]| Rectangle::sized(["0", "0", &width, &height]));
                self.flow.begin_page(image.as_deref(), area);
            }
            "TextRegion" => self.flow.separate(Separator::Block),
            "TextLine" => self.flow.separate(Separator::Line),
            "Word" => self.flow.separate(Separator::Space),
            "Coords" if self.holders.last().is_some_and(|holder| holder.kind == Kind::Line) => {
                let points = tag.attribute("points").unwrap_or_default();
                self.flow.begin_line(Rectangle::around(&points));
            }
            _ => {}
        }
        if tag.is_empty {
            return;
        }
        if let Some(kind) = kind {
            self.holders.push(Holder {
                kind,
                flat: self.flow.text.len(),
                start: tag.span.start,
                word: None,
                is_read: false,
            });
            self.open.push(tag.name, Role::Holder);
            return;
        }
        let role = match tag.name {
            "TextEquiv" => {
                let index = tag.attribute("index").and_then(|index| index.parse::<u32>().ok());
                let is_read = self.holders.last().is_some_and(|holder| holder.is_read);
                let is_first = index.unwrap_or(0) == 0 && !is_read;
                let confidence = tag.attribute("conf").and_then(|conf| conf.parse().ok());
                self.equivalent = Some(Equivalent { is_first, confidence });
                Role::Equivalent
            }
            "Unicode" => {
                self.unicode = Some(tag.span.end..tag.span.end);
                Role::Unicode
            }
            _ => Role::Other,
        };
        self.open.push(tag.name, role);
    }

    fn end(&mut self, name: &str, span: Range<usize>) {
        while let Some((role, is_last)) = self.open.pop(name) {
            match role {
                Role::Holder => {
                    let word = self.holders.pop().and_then(|holder| holder.word);
                    if let Some(word) = word.filter(|_| is_last) {
                        self.flow.element_ends(word, span.end);
                    }
                }
                Role::Equivalent => self.equivalent = None,
                Role::Unicode => self.take_unicode(),
                Role::Other => {}
            }
            if is_last {
                return;
            }
        }
    }

    fn text(&mut self, span: Range<usize>) {
        self.unicode = self.unicode.take().map(|unicode| unicode.start..span.end);
    }

    fn reference(&mut self, span: Range<usize>) {
        self.text(span);
    }
}

impl Reader<'_> {
    /// The character data of a `Unicode` is complete.
    fn take_unicode(&mut self) {
        let (Some(span), Some(equivalent)) = (self.unicode.take(), self.equivalent) else { return };
        let Some(holder) = self.holders.last_mut() else { return };
        let raw = &self.file[span.clone()];
        // A comment inside is no part of a text that can be told from the rest.
        if raw.contains('<') || holder.kind == Kind::Glyph {
            return;
        }
        if !equivalent.is_first {
            if let Some(word) = holder.word {
                self.flow.alternative(word, resolved(raw));
            }
            return;
        }
        holder.is_read = true;
        let flat = holder.flat;
        match holder.kind {
            Kind::Word => {
                self.flow.begin_word(equivalent.confidence, holder.start);
                self.flow.raw(raw, span.start, Quote::Tags, false);
                holder.word = self.flow.open_word();
                self.flow.end_word();
            }
            // The words have been read: this is the same text once more.
            _ if self.flow.text.len() > flat => {
                let flat = flat + self.flow.text[flat..].len() - self.flow.text[flat..].trim_start().len();
                self.flow.copy(raw, span.start, Quote::Tags, flat);
            }
            kind => self.flow.raw(raw, span.start, Quote::Tags, kind == Kind::Region),
        }
    }
}
