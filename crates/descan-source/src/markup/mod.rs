//! Mark-up as it is: read with its places, never written anew.

pub(crate) mod change;
pub(crate) mod element;
pub(crate) mod flow;
pub(crate) mod groups;
mod manner;
pub(crate) mod open;
pub(crate) mod parts;
mod quote;
mod rebuild;
pub(crate) mod references;
pub(crate) mod scan;
pub(crate) mod ways;

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

/// Why a file of a known format cannot be read, as the end of a sentence about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// Mark-up without an end: the line, from 1, and what is wrong there.
    #[error("is broken at line {0}: {1}; repair it, or read it as plain text with --text")]
    Markup(usize, String),
    /// The same in a part of an archive, with its name.
    #[error("is broken in {0}, line {1}: {2}; repair it")]
    Part(String, usize, String),
    /// An archive that cannot be unpacked.
    #[error("{0}")]
    Container(String),
}

impl Broken {
    /// The same error in a part of an archive.
    pub(crate) fn in_part(self, name: &str) -> Broken {
        match self {
            Broken::Markup(line, what) => Broken::Part(name.to_owned(), line, what),
            other => other,
        }
    }
}

/// What takes the parts of a file in their order. Places are in bytes of the decoded file.
pub(crate) trait Handler {
    /// A start tag, or an empty element.
    fn start(&mut self, tag: &Tag<'_>);
    /// An end tag, from `<` to `>`.
    fn end(&mut self, name: &str, span: Range<usize>);
    /// Character data without references.
    fn text(&mut self, span: Range<usize>);
    /// A reference to a character or an entity, from `&` to `;`.
    fn reference(&mut self, span: Range<usize>);
}

/// A start tag or an empty element.
pub(crate) struct Tag<'t> {
    /// The name without its prefix.
    pub name: &'t str,
    /// From `<` to `>`.
    pub span: Range<usize>,
    /// Whether it is an empty element.
    pub is_empty: bool,
    text: &'t str,
    tag: &'t quick_xml::events::BytesStart<'t>,
}

/// The value of an attribute as it stands in the file.
#[derive(Clone, Debug)]
pub(crate) struct Value<'t> {
    /// With references as they are.
    pub raw: &'t str,
    pub span: Range<usize>,
    /// `"`, `'`, or something else if the value is not quoted.
    pub quote: u8,
}

impl<'t> Tag<'t> {
    /// Calls `take` with the name of every attribute, without its prefix, and its value.
    pub(crate) fn attributes(&self, mut take: impl FnMut(&str, Value<'_>)) {
        let mut attributes = self.tag.html_attributes();
        for attribute in attributes.with_checks(false).flatten() {
            let raw: &str = &attribute.value;
            let start = (raw.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
            let span = start..start.saturating_add(raw.len());
            // An attribute without a value has one that stands nowhere in the file.
            if raw.is_empty() || self.text.get(span.clone()) != Some(raw) {
                continue;
            }
            let quote = start.checked_sub(1).map_or(0, |at| self.text.as_bytes()[at]);
            take(local(attribute.key.as_ref()), Value { raw, span, quote });
        }
    }

    /// The value of the attribute with this name, references not resolved.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let mut found = None;
        self.attributes(|key, value| {
            if key == name && found.is_none() {
                found = Some(value.raw.to_owned());
            }
        });
        found
    }

    /// The values of the attributes with these names, references not resolved; `None` unless
    /// all are there.
    pub(crate) fn values<const N: usize>(&self, names: [&str; N]) -> Option<[String; N]> {
        let mut values = [const { String::new() }; N];
        self.attributes(|key, value| {
            if let Some(index) = names.iter().position(|name| *name == key) {
                values[index] = value.raw.to_owned();
            }
        });
        values.iter().all(|value| !value.is_empty()).then_some(values)
    }
}

/// A name without its prefix.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// A reader that takes mark-up as libraries serve it: broken nesting, end tags without a
/// start, `&` that begins no reference.
pub(crate) fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// The name of the first element, without its prefix.
pub(crate) fn root(text: &str) -> Option<String> {
    let mut reader = reader(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => return Some(local(tag.name().as_ref()).to_owned()),
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// Reads a decoded file from start to end. Comments, processing instructions, CDATA
/// sections and document types are passed over.
///
/// # Errors
/// Mark-up that has no end: a comment, a tag, a section.
pub(crate) fn walk(text: &str, handler: &mut impl Handler) -> Result<(), Broken> {
    let mut reader = reader(text);
    let mut from = 0;
    loop {
        let event = reader.read_event();
        let to = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        match event {
            Ok(Event::Start(tag)) => start(text, from..to, &tag, false, handler),
            Ok(Event::Empty(tag)) => start(text, from..to, &tag, true, handler),
            Ok(Event::End(tag)) => handler.end(local(tag.name().as_ref()), from..to),
            Ok(Event::Text(_)) => handler.text(from..to),
            Ok(Event::GeneralRef(_)) => handler.reference(from..to),
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(error) => {
                let at = usize::try_from(reader.error_position()).unwrap_or(0).min(text.len());
                let line = 1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count();
                return Err(Broken::Markup(line, what(&error)));
            }
        }
        from = to;
    }
}

fn start(
    text: &str,
    span: Range<usize>,
    tag: &quick_xml::events::BytesStart<'_>,
    is_empty: bool,
    handler: &mut impl Handler,
) {
    let name = tag.name();
    handler.start(&Tag { name: local(name.as_ref()), span, is_empty, text, tag });
}

/// The reader's error as part of a sentence.
fn what(error: &quick_xml::Error) -> String {
    let text = error.to_string();
    let text = text.split(": ").last().unwrap_or_default();
    text.trim_end_matches('.').replace('`', "").to_owned()
}
