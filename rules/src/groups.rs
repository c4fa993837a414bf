//! What a pattern has matched.

use std::ops::Range;

use descan_rule_file::NOWHERE;

use crate::lazy::Lazy;

/// The groups of a match.
#[derive(Clone, Debug)]
pub struct Groups<'t> {
    text: &'t str,
    regex: &'t Lazy,
    /// Where each group begins and ends.
    places: Box<[usize]>,
}

impl<'t> Groups<'t> {
    /// The groups of a match in a text: where each begins and ends, or [`NOWHERE`] twice.
    pub(crate) fn new(text: &'t str, regex: &'t Lazy, places: Box<[usize]>) -> Groups<'t> {
        Groups { text, regex, places }
    }

    /// Where the whole match stands, in bytes of the text that was searched.
    pub fn whole(&self) -> Range<usize> {
        self.at(0).unwrap_or(0..0)
    }

    /// Where a group stands, in bytes of the text that was searched; `None` where
    /// the match has nothing for it.
    pub fn span(&self, name: &str) -> Option<Range<usize>> {
        self.at(self.regex.group(name)?)
    }

    /// What a group holds; nothing where the match has nothing for it.
    pub fn text(&self, name: &str) -> &'t str {
        self.span(name).map_or("", |span| &self.text[span])
    }

    fn at(&self, group: usize) -> Option<Range<usize>> {
        let places = self.places.get(2 * group..2 * group + 2)?;
        (places[1] != NOWHERE).then(|| places[0]..places[1])
    }
}
