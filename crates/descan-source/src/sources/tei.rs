//! TEI: the text of the edition, without its header and its notes on the text.

use std::ops::Range;

use super::source::Source;
use crate::markup::Broken;
use crate::markup::element::WordElements;
use crate::markup::flow::{Flow, Quote, Separator};
use crate::markup::open::Open;
use crate::markup::{Handler, Tag, walk};

pub(super) struct Tei;

impl Source for Tei {
    fn read(&self, file: &str) -> Result<Option<Flow>, Broken> {
        let mut reader = Reader { file, flow: Flow::default(), open: Open::default(), left_out: 0, choices: 0 };
        walk(file, &mut reader)?;
        Ok(Some(reader.flow))
    }

    fn words(&self) -> &dyn WordElements {
        &Corrections
    }
}

/// TEI has elements for corrections anywhere in the text.
struct Corrections;

impl WordElements for Corrections {
    fn kept_in_text(&self) -> Option<[&'static str; 3]> {
        Some(["<choice><sic>", "</sic><corr>", "</corr></choice>"])
    }
}

struct Reader<'t> {
    file: &'t str,
    flow: Flow,
    open: Open<Role>,
    /// How many elements are open whose text is not part of the running text.
    left_out: usize,
    /// How many elements are open that hold a reading and what an editor made of it.
    choices: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Parts(Separator),
    LeftOut,
    Choice,
    Inline,
}

/// Elements that are no part of the running text: what is about it, what was struck out,
/// running heads, and what is no prose.
const LEFT_OUT: [&str; 12] = [
    "teiHeader",
    "facsimile",
    "standOff",
    "sourceDoc",
    "del",
    "surplus",
    "fw",
    "formula",
    "figDesc",
    "code",
    "egXML",
    "index",
];

/// What stood in a place of which the editor gives another reading.
const BEFORE: [&str; 3] = ["sic", "orig", "abbr"];

/// Elements that are lines.
const LINES: [&str; 9] = ["l", "row", "item", "label", "speaker", "stage", "byline", "docAuthor", "titlePart"];

/// Elements that are blocks.
const BLOCKS: [&str; 26] = [
    "text",
    "front",
    "body",
    "back",
    "group",
    "div",
    "div1",
    "div2",
    "div3",
    "div4",
    "p",
    "ab",
    "head",
    "lg",
    "sp",
    "quote",
    "list",
    "table",
    "note",
    "figure",
    "epigraph",
    "opener",
    "closer",
    "trailer",
    "argument",
    "titlePage",
];

impl Handler for Reader<'_> {
    fn start(&mut self, tag: &Tag<'_>) {
        let role = match tag.name {
            "pb" => Role::Parts(Separator::Page),
            // A word that goes on in the next line, without a hyphen to show it.
            "lb" if tag.attribute("break").is_some_and(|b| b == "no") && !self.flow.text.ends_with('-') => Role::Inline,
            "lb" | "cb" => Role::Parts(Separator::Line),
            "cell" => Role::Parts(Separator::Space),
            "choice" => Role::Choice,
            name if LEFT_OUT.contains(&name) => Role::LeftOut,
            name if self.choices > 0 && BEFORE.contains(&name) => Role::LeftOut,
            name if LINES.contains(&name) => Role::Parts(Separator::Line),
            name if BLOCKS.contains(&name) => Role::Parts(Separator::Block),
            _ => Role::Inline,
        };
        if let Role::Parts(separator) = role {
            self.flow.separate(separator);
        }
        if tag.is_empty {
            return;
        }
        self.left_out += usize::from(role == Role::LeftOut);
        self.choices += usize::from(role == Role::Choice);
        self.open.push(tag.name, role);
    }

    fn end(&mut self, name: &str, _span: Range<usize>) {
        while let Some((role, is_last)) = self.open.pop(name) {
            match role {
                Role::Parts(separator) => self.flow.separate(separator),
                Role::LeftOut => self.left_out -= 1,
                Role::Choice => self.choices -= 1,
                Role::Inline => {}
            }
            if is_last {
                return;
            }
        }
    }

    fn text(&mut self, span: Range<usize>) {
        if self.left_out == 0 {
            self.flow.raw(&self.file[span.clone()], span.start, Quote::Tags, true);
        }
    }

    fn reference(&mut self, span: Range<usize>) {
        if self.left_out == 0 {
            self.flow.reference(&self.file[span.clone()], span.start, Quote::Tags);
        }
    }
}
