//! The tags of a short piece of mark-up, with their places.

use std::ops::Range;

use super::{Handler, Tag, Value, walk};

/// A start tag, or an empty element.
#[derive(Debug)]
pub(crate) struct Part {
    /// Without its prefix.
    pub name: String,
    /// The whole element, with its end tag if it has one.
    pub span: Range<usize>,
    /// The start tag.
    pub tag: Range<usize>,
    /// How many elements it stands in.
    pub depth: usize,
    /// Names without their prefix, values with references as they are, places of the values.
    pub attributes: Vec<(String, String, Range<usize>)>,
}

impl Part {
    /// The value of an attribute, references not resolved, and its place.
    pub(crate) fn attribute(&self, name: &str) -> Option<(&str, Range<usize>)> {
        let found = self.attributes.iter().find(|(key, ..)| key == name);
        found.map(|(_, value, span)| (&**value, span.clone()))
    }

    /// Where an attribute stands, with its name, its quotes and the space before it.
    pub(crate) fn whole_attribute(&self, text: &str, value: &Range<usize>) -> Range<usize> {
        let before = text[self.tag.start..value.start].rfind(char::is_whitespace);
        self.tag.start + before.unwrap_or_default()..value.end + 1
    }
}

/// All elements of a piece of mark-up in their order; `None` if one of them has no end, or
/// an end tag no start.
pub(crate) fn elements(text: &str) -> Option<Vec<Part>> {
    let mut reader = Reader { parts: Vec::new(), open: Vec::new(), is_sound: true };
    walk(text, &mut reader).ok()?;
    (reader.is_sound && reader.open.is_empty()).then_some(reader.parts)
}

struct Reader {
    parts: Vec<Part>,
    /// The elements that are open, by their index.
    open: Vec<usize>,
    is_sound: bool,
}

impl Handler for Reader {
    fn start(&mut self, tag: &Tag<'_>) {
        let mut attributes = Vec::new();
        tag.attributes(|name, value: Value<'_>| attributes.push((name.to_owned(), value.raw.to_owned(), value.span)));
        let (name, span, depth) = (tag.name.to_owned(), tag.span.clone(), self.open.len());
        if !tag.is_empty {
            self.open.push(self.parts.len());
        }
        self.parts.push(Part { name, tag: span.clone(), span, depth, attributes });
    }

    fn end(&mut self, name: &str, span: Range<usize>) {
        match self.open.pop() {
            Some(index) if self.parts[index].name == name => self.parts[index].span.end = span.end,
            _ => self.is_sound = false,
        }
    }

    fn text(&mut self, _span: Range<usize>) {}
    fn reference(&mut self, _span: Range<usize>) {}
}
