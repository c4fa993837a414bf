//! What a pattern has matched.

use std::ops::Range;

use regex_automata::util::captures::Captures;

/// The groups of a match.
#[derive(Clone, Debug)]
pub struct Groups<'t> {
    text: &'t str,
    captures: Captures,
}

impl<'t> Groups<'t> {
    /// The groups of a match in a text.
    pub(crate) fn new(text: &'t str, captures: Captures) -> Groups<'t> {
        Groups { text, captures }
    }

    /// Where the whole match stands, in bytes of the text that was searched.
    pub fn whole(&self) -> Range<usize> {
        self.captures.get_match().map_or(0..0, |found| found.range())
    }

    /// Where a group stands, in bytes of the text that was searched; `None` where
    /// the match has nothing for it.
    pub fn span(&self, name: &str) -> Option<Range<usize>> {
        self.captures.get_group_by_name(name).map(|span| span.range())
    }

    /// What a group holds; nothing where the match has nothing for it.
    pub fn text(&self, name: &str) -> &'t str {
        self.span(name).map_or("", |span| &self.text[span])
    }
}
