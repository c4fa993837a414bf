//! DOCX: the text of a paragraph is that of its `w:t`.

use std::ops::Range;

use super::source::Source;
use crate::markup::Broken;
use crate::markup::flow::{Flow, Quote, Separator};
use crate::markup::{Handler, Tag, walk};

pub(super) struct Docx;

impl Source for Docx {
    fn read(&self, file: &str) -> Result<Option<Flow>, Broken> {
        let mut reader = Reader { file, flow: Flow::default(), text: None };
        walk(file, &mut reader)?;
        Ok(Some(reader.flow))
    }
}

struct Reader<'t> {
    file: &'t str,
    flow: Flow,
    /// Whether a `w:t` is open, and whether white space at its edges counts.
    text: Option<Edges>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edges {
    Kept,
    Trimmed,
}

impl Handler for Reader<'_> {
    fn start(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "p" => self.flow.separate(Separator::Block),
            "br" | "cr" => self.flow.separate(Separator::Line),
            "tab" => self.flow.separate(Separator::Space),
            "t" if !tag.is_empty => {
                let keeps = tag.attribute("space").is_some_and(|space| space == "preserve");
                self.text = Some(if keeps { Edges::Kept } else { Edges::Trimmed });
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str, _span: Range<usize>) {
        match name {
            "p" => self.flow.separate(Separator::Block),
            "t" => {
                if self.text == Some(Edges::Trimmed) {
                    self.flow.forget_held();
                }
                self.text = None;
            }
            _ => {}
        }
    }

    fn text(&mut self, span: Range<usize>) {
        let Some(edges) = self.text else { return };
        let raw = &self.file[span.clone()];
        let start = if edges == Edges::Trimmed && self.file[..span.start].ends_with('>') {
            span.start + (raw.len() - raw.trim_start().len())
        } else {
            span.start
        };
        self.flow.raw(&self.file[start..span.end], start, Quote::Tags, false);
    }

    fn reference(&mut self, span: Range<usize>) {
        if self.text.is_some() {
            self.flow.reference(&self.file[span.clone()], span.start, Quote::Tags);
        }
    }
}
