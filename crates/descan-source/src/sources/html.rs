//! hOCR and HTML: the character data of the body, but for code.

use std::ops::Range;

use super::source::Source;
use crate::markup::Broken;
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
        let mut reader =
            Reader { file, is_hocr: self.is_hocr, flow: Flow::default(), open: Open::default(), left_out: 0, other: 0 };
        walk(file, &mut reader)?;
        Ok(Some(reader.flow))
    }
}

struct Reader<'t> {
    file: &'t str,
    is_hocr: bool,
    flow: Flow,
    open: Open<Role>,
    /// How many elements are open whose text is not part of the running text.
    left_out: usize,
    /// How many elements are open that hold another reading of a word.
    other: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Parts what is inside from what is around.
    Parts(Separator),
    Word,
    LeftOut,
    /// Another reading of the word.
    Alternative,
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
        if let Role::Parts(separator) = role {
            self.flow.separate(separator);
        }
        if tag.is_empty || VOID.contains(&&*name) {
            return;
        }
        match role {
            Role::Word => {
                self.flow.separate(Separator::Space);
                let title = tag.attribute("title").unwrap_or_default();
                self.flow.begin_word(confidence(&title));
            }
            Role::LeftOut => self.left_out += 1,
            Role::Alternative => self.other += 1,
            Role::Parts(_) | Role::Inline => {}
        }
        self.open.push(&name, role);
    }

    fn end(&mut self, name: &str) {
        let name = name.to_ascii_lowercase();
        while let Some((role, is_last)) = self.open.pop(&name) {
            match role {
                Role::Parts(separator) => self.flow.separate(separator),
                Role::Word => {
                    self.flow.end_word();
                    self.flow.separate(Separator::Space);
                }
                Role::LeftOut => self.left_out -= 1,
                Role::Alternative => self.other -= 1,
                Role::Inline => {}
            }
            if is_last {
                return;
            }
        }
    }

    fn text(&mut self, span: Range<usize>) {
        let raw = &self.file[span.clone()];
        if self.other > 0 {
            self.flow.alternative(resolved(raw));
        } else if self.left_out == 0 {
            self.flow.raw(raw, span.start, Quote::Tags, !self.is_hocr);
        }
    }

    fn reference(&mut self, span: Range<usize>) {
        if self.left_out == 0 && self.other == 0 {
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
                    "ocr_page" => return Role::Parts(Separator::Page),
                    "ocr_line" | "ocrx_line" | "ocr_header" | "ocr_footer" | "ocr_caption" | "ocr_textfloat" => {
                        return Role::Parts(Separator::Line);
                    }
                    "ocrx_word" | "ocr_word" => return Role::Word,
                    "alt" if name == "del" => return Role::Alternative,
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

/// The confidence in the `title` of a word, in percent: `bbox 1 2 3 4; x_wconf 93`.
fn confidence(title: &str) -> Option<f32> {
    title.split(';').find_map(|property| {
        let (name, value) = property.trim().split_once(' ')?;
        if name == "x_wconf" || name == "x_conf" { value.split_whitespace().next()?.parse().ok() } else { None }
    })
}
