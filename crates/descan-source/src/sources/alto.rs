//! ALTO: a word is the `CONTENT` of a `String`.

use std::ops::Range;

use super::source::Source;
use super::words::{AltoWords, KEPT};
use crate::markup::Broken;
use crate::markup::element::WordElements;
use crate::markup::flow::{Flow, Quote, Separator};
use crate::markup::references::resolved;
use crate::markup::scan::Rectangle;
use crate::markup::{Handler, Tag, walk};

pub(super) struct Alto;

impl Source for Alto {
    fn read(&self, file: &str) -> Result<Option<Flow>, Broken> {
        let has_spaces = memchr::memmem::find(file.as_bytes(), b"<SP").is_some()
            || memchr::memmem::find(file.as_bytes(), b":SP ").is_some();
        let mut flow = Flow::default();
        flow.has_space_elements = has_spaces;
        let mut reader = Reader {
            file,
            has_spaces,
            flow,
            image: String::new(),
            is_image_open: false,
            word: None,
            alternative: None,
            half: None,
        };
        walk(file, &mut reader)?;
        Ok(Some(reader.flow))
    }

    fn words(&self) -> &dyn WordElements {
        &AltoWords
    }
}

struct Reader<'t> {
    file: &'t str,
    /// Whether spaces are elements of their own: then words without one between them are
    /// parts of one word, in different type.
    has_spaces: bool,
    flow: Flow,
    /// The path of the image that was read, unless a page has it.
    image: String,
    /// Whether the element with that path is open.
    is_image_open: bool,
    /// The word whose element is open, by its index.
    word: Option<usize>,
    /// The other reading of the word that is being read.
    alternative: Option<String>,
    /// The first half of a word that is broken at the end of a line.
    half: Option<Half>,
}

/// The first half of a broken word.
struct Half {
    /// Its letters, without the hyphen.
    flat: Range<usize>,
    joined: Option<Joined>,
}

/// The value of `SUBS_CONTENT`: the whole of a broken word.
struct Joined {
    raw: String,
    start: usize,
    quote: Quote,
}

impl Handler for Reader<'_> {
    fn start(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "fileName" => self.is_image_open = !tag.is_empty,
            "Page" => {
                let image = std::mem::take(&mut self.image);
                let size = tag.values(["WIDTH", "HEIGHT"]);
                let area = size.and_then(|[width, height]| Rectangle::sized(["0", "0", &width, &height]));
                self.flow.begin_page(Some(&image), area);
            }
            "TextBlock" | "ComposedBlock" => self.flow.separate(Separator::Block),
            "TextLine" => {
                self.flow.separate(Separator::Line);
                let place = tag.values(["HPOS", "VPOS", "WIDTH", "HEIGHT"]);
                self.flow.begin_line(place.and_then(|place| Rectangle::sized(place.each_ref().map(|edge| &**edge))));
            }
            "SP" => self.flow.separate(Separator::Space),
            "String" => self.word(tag),
            "HYP" => self.hyphen(tag),
            // What stood there before a repair is not what the engine thought of besides.
            "ALTERNATIVE" if !tag.is_empty && tag.attribute("PURPOSE").is_none_or(|purpose| purpose != KEPT) => {
                self.alternative = Some(String::new());
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str, span: Range<usize>) {
        match name {
            "fileName" => self.is_image_open = false,
            "ALTERNATIVE" => {
                if let (Some(reading), Some(word)) = (self.alternative.take(), self.word) {
                    self.flow.alternative(word, reading);
                }
            }
            "String" => {
                if let Some(word) = self.word.take() {
                    self.flow.element_ends(word, span.end);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, span: Range<usize>) {
        if self.is_image_open {
            self.image.push_str(&resolved(&self.file[span]));
        } else if let Some(reading) = &mut self.alternative {
            reading.push_str(&resolved(&self.file[span]));
        }
    }

    fn reference(&mut self, span: Range<usize>) {
        self.text(span);
    }
}

impl Reader<'_> {
    fn word(&mut self, tag: &Tag<'_>) {
        if !self.has_spaces {
            self.flow.separate(Separator::Space);
        }
        let (mut content, mut joined, mut part, mut confidence) = (None, None, None, None);
        tag.attributes(|name, value| match name {
            "CONTENT" => content = Some((value.raw.to_owned(), value.span.start, Quote::of(value.quote))),
            "SUBS_CONTENT" => {
                joined =
                    Some(Joined { raw: value.raw.to_owned(), start: value.span.start, quote: Quote::of(value.quote) });
            }
            "SUBS_TYPE" => part = Some(value.raw.to_owned()),
            "WC" => confidence = value.raw.parse().ok(),
            _ => {}
        });
        (self.word, self.alternative) = (None, None);
        let Some((raw, start, quote)) = content else { return };
        self.flow.begin_word(confidence, tag.span.start);
        let before = self.flow.words.len();
        self.flow.raw(&raw, start, quote, false);
        self.flow.end_word();
        let flat = match self.flow.words.get(before) {
            Some(word) => word.flat.clone(),
            None => return,
        };
        match tag.is_empty {
            true => self.flow.element_ends(before, tag.span.end),
            false => self.word = Some(before),
        }
        match part.as_deref() {
            Some("HypPart1") => self.half = Some(Half { flat, joined }),
            Some("HypPart2") => {
                if let Some(first) = self.half.take() {
                    let copies = [first.joined, joined];
                    for copy in copies.into_iter().flatten() {
                        self.flow.copy_of_two(&copy.raw, copy.start, copy.quote, first.flat.clone(), flat.clone());
                    }
                }
            }
            _ => self.half = None,
        }
    }

    fn hyphen(&mut self, tag: &Tag<'_>) {
        let mut content = None;
        tag.attributes(|name, value| {
            if name == "CONTENT" {
                content = Some((value.raw.to_owned(), value.span.start, Quote::of(value.quote)));
            }
        });
        match content {
            Some((raw, start, quote)) => {
                self.flow.begin_word(None, start);
                self.flow.raw(&raw, start, quote, false);
                self.flow.end_word();
            }
            None => self.flow.implied("-"),
        }
    }
}
