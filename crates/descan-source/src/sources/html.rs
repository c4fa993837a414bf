//! hOCR and HTML: the character data of the body, but for code.

use std::ops::Range;

use super::choices::Choices;
use super::source::Source;
use super::title;
use super::words::HocrWords;
use crate::markup::Broken;
use crate::markup::element::{NoElements, WordElements};
use crate::markup::flow::{Flow, Quote, Separator};
use crate::markup::open::Open;
use crate::markup::references::resolved;
use crate::markup::{Handler, Tag, walk};

pub(super) struct Html {
    /// Whether the elements are pages, lines and words of an OCR engine.
    pub is_hocr: bool,
}

/// Whether an HTML file is hOCR.
pub(super) fn is_hocr(file: &str) -> bool {
    let has = |class: &str| memchr::memmem::find(file.as_bytes(), class.as_bytes()).is_some();
    ["ocr_page", "ocr_line", "ocrx_line", "ocrx_word"].into_iter().any(has)
}

impl Source for Html {
    fn read(&self, file: &str) -> Result<Option<Flow>, Broken> {
        let mut reader = Reader {
            file,
            is_hocr: self.is_hocr,
            flow: Flow::default(),
            open: Open::default(),
            left_out: 0,
            other: None,
            choices: Choices::default(),
        };
        walk(file, &mut reader)?;
        Ok(Some(reader.flow))
    }

    fn words(&self) -> &dyn WordElements {
        if self.is_hocr { &HocrWords } else { &NoElements }
    }
}

struct Reader<'t> {
    file: &'t str,
    is_hocr: bool,
    flow: Flow,
    open: Open<Role>,
    /// How many elements are open whose text is not part of the running text.
    left_out: usize,
    /// The other reading of a word that is being read.
    other: Option<String>,
    /// The letters that the engine thought of in the open word.
    choices: Choices,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Parts what is inside from what is around.
    Parts(Separator),
    /// A page of a scan.
    Page,
    /// A line of a scan.
    Line,
    Word,
    LeftOut,
    /// Another reading of the word.
    Alternative,
    /// A letter of a word, in an element of its own.
    Letter,
    /// What the engine thought of one letter of a word.
    Choices,
    /// One of the letters.
    Choice,
    Inline,
}

/// Elements without an end tag.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements whose text is not prose.
const LEFT_OUT: [&str; 13] = [
    "head", "script", "style", "pre", "code", "kbd", "samp", "svg", "math", "textarea", "template", "noscript",
    "object",
];

/// Elements of a line or so inside the running text; all others are blocks.
const INLINE: [&str; 32] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "data", "del", "dfn", "em", "font", "i", "img", "ins",
    "label", "mark", "q", "rp", "rt", "ruby", "s", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u",
];

impl Handler for Reader<'_> {
    fn start(&mut self, tag: &Tag<'_>) {
        let name = tag.name.to_ascii_lowercase();
        if name == "br" {
            self.flow.separate(Separator::Line);
        }
        let role = self.role(tag, &name);
        match role {
            Role::Parts(separator) => self.flow.separate(separator),
            Role::Page => {
                let title = resolved(&tag.attribute("title").unwrap_or_default());
                self.flow.begin_page(title::image(&title), title::bounding_box(&title));
            }
            Role::Line => {
                self.flow.separate(Separator::Line);
                self.flow.begin_line(title::bounding_box(&tag.attribute("title").unwrap_or_default()));
            }
            _ => {}
        }
        if tag.is_empty || VOID.contains(&&*name) {
            return;
        }
        match role {
            Role::Word => {
                self.flow.separate(Separator::Space);
                let title = tag.attribute("title").unwrap_or_default();
                self.choices.clear();
                self.flow.begin_word(title::number(&title, &["x_wconf", "x_conf"]), tag.span.start);
            }
            Role::LeftOut => self.left_out += 1,
            Role::Alternative => self.other = Some(String::new()),
            Role::Letter => self.flow.forget_held(),
            Role::Choices => self.choices.next(),
            Role::Choice => {
                self.choices.begin(title::number(&tag.attribute("title").unwrap_or_default(), &["x_confs"]))
            }
            Role::Parts(_) | Role::Page | Role::Line | Role::Inline => {}
        }
        self.open.push(&name, role);
    }

    fn end(&mut self, name: &str, span: Range<usize>) {
        let name = name.to_ascii_lowercase();
        while let Some((role, is_last)) = self.open.pop(&name) {
            match role {
                Role::Parts(separator) => self.flow.separate(separator),
                Role::Page => self.flow.separate(Separator::Page),
                Role::Line => self.flow.separate(Separator::Line),
                Role::Word => {
                    if let Some(word) = self.flow.open_word().filter(|_| is_last) {
                        self.flow.element_ends(word, span.end);
                        let read = self.flow.text[self.flow.words[word].flat.clone()].to_owned();
                        for reading in self.choices.readings(&read) {
                            self.flow.alternative(word, reading);
                        }
                    }
                    self.flow.end_word();
                    self.flow.separate(Separator::Space);
                }
                Role::LeftOut => self.left_out -= 1,
                Role::Alternative => {
                    if let (Some(reading), Some(word)) = (self.other.take(), self.flow.open_word()) {
                        self.flow.alternative(word, reading.trim().to_owned());
                    }
                }
                Role::Choices => self.choices.end(),
                Role::Letter | Role::Choice | Role::Inline => {}
            }
            if is_last {
                return;
            }
        }
    }

    fn text(&mut self, span: Range<usize>) {
        let raw = &self.file[span.clone()];
        if let Some(other) = &mut self.other {
            other.push_str(&resolved(raw));
        } else if self.choices.is_open() {
            self.choices.take(&resolved(raw));
        } else if self.left_out == 0 {
            self.flow.raw(raw, span.start, Quote::Tags, !self.is_hocr);
        }
    }

    fn reference(&mut self, span: Range<usize>) {
        if self.other.is_some() || self.choices.is_open() {
            self.text(span);
        } else if self.left_out == 0 {
            self.flow.reference(&self.file[span.clone()], span.start, Quote::Tags);
        }
    }
}

impl Reader<'_> {
    fn role(&self, tag: &Tag<'_>, name: &str) -> Role {
        if LEFT_OUT.contains(&name) {
            return Role::LeftOut;
        }
        if self.is_hocr
            && let Some(class) = tag.attribute("class")
        {
            for class in class.split_ascii_whitespace() {
                match class {
                    "ocr_page" => return Role::Page,
                    "ocr_line" | "ocrx_line" | "ocr_header" | "ocr_footer" | "ocr_caption" | "ocr_textfloat" => {
                        return Role::Line;
                    }
                    "ocrx_word" | "ocr_word" => return Role::Word,
                    "alt" if name == "del" => return Role::Alternative,
                    "ocr_symbol" => return Role::Choices,
                    "ocrx_cinfo" if self.choices.is_open() => return Role::Choice,
                    // Without a confidence or a box it is no letter but a list of them.
                    "ocrx_cinfo" if tag.attribute("title").is_none() => return Role::Choices,
                    "ocrx_cinfo" => return Role::Letter,
                    _ => {}
                }
            }
        }
        match name {
            "tr" | "dt" | "li" => Role::Parts(Separator::Line),
            "td" | "th" => Role::Parts(Separator::Space),
            _ if INLINE.contains(&name) || VOID.contains(&name) => Role::Inline,
            _ => Role::Parts(Separator::Block),
        }
    }
}
