//! A text with everything derived from it (tokens, types, lines, regions), each computed
//! once, on first use.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::layout::{Layout, PartNames};
use super::measure::Measure;
use super::token::{Token, chunks, words};
use super::types::Types;

/// A text: a borrowed one, or one that edits produced.
#[derive(Clone, Debug)]
pub enum Text<'t> {
    /// The caller's text.
    Borrowed(&'t str),
    /// The result of edits.
    Shared(Arc<str>),
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Text::Borrowed(text) => text,
            Text::Shared(text) => text,
        }
    }
}

impl<'t> From<&'t str> for Text<'t> {
    fn from(text: &'t str) -> Text<'t> {
        Text::Borrowed(text)
    }
}

/// A text with its tokens, types, lines and regions, each computed on first use.
#[derive(Debug)]
pub struct Analysis<'t> {
    text: Text<'t>,
    names: Arc<PartNames>,
    words: OnceLock<Vec<Token>>,
    types: OnceLock<Types>,
    chunks: OnceLock<(Vec<Token>, Types)>,
    layout: OnceLock<Layout>,
    measure: OnceLock<Measure>,
    marked: OnceLock<Vec<usize>>,
}

impl<'t> Analysis<'t> {
    /// An analysis of `text`, in which the parts of a book have such names; nothing is computed yet.
    pub fn new(text: impl Into<Text<'t>>, names: &Arc<PartNames>) -> Analysis<'t> {
        Analysis {
            text: text.into(),
            names: Arc::clone(names),
            words: OnceLock::new(),
            types: OnceLock::new(),
            chunks: OnceLock::new(),
            layout: OnceLock::new(),
            measure: OnceLock::new(),
            marked: OnceLock::new(),
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the parts of a book are called in it.
    pub fn names(&self) -> &Arc<PartNames> {
        &self.names
    }

    /// The words of the text in order.
    pub fn words(&self) -> &[Token] {
        self.words.get_or_init(|| words(&self.text).collect())
    }

    /// The different words.
    pub fn types(&self) -> &Types {
        self.types.get_or_init(|| Types::of(&self.text, self.words()))
    }

    /// What stands between spaces and line breaks, in order, marks and all, and
    /// which of it is alike.
    pub fn chunks(&self) -> (&[Token], &Types) {
        let (chunks, types) = self.chunks.get_or_init(|| {
            let chunks: Vec<Token> = chunks(&self.text).collect();
            let types = Types::of(&self.text, &chunks);
            (chunks, types)
        });
        (chunks, types)
    }

    /// The words, by index, after which more than one space or one line break
    /// comes before the next word.
    pub fn marked(&self) -> &[usize] {
        self.marked.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let mut marked = Vec::new();
            for (index, pair) in self.words().windows(2).enumerate() {
                let (start, end) = (pair[0].end as usize, pair[1].start as usize);
                if end != start + 1 || !matches!(bytes[start], b' ' | b'\n') {
                    marked.push(index);
                }
            }
            marked
        })
    }

    /// The lines of the text and the regions they form.
    pub fn layout(&self) -> &Layout {
        self.layout.get_or_init(|| Layout::of(&self.text, &self.names))
    }

    /// How wide the lines of the text are.
    pub fn measure(&self) -> &Measure {
        let lines = self.layout().lines();
        self.measure.get_or_init(|| Measure::of(lines.iter().map(|l| &self.text[l.text_start..l.end])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_a_space_between_two_words_is_marked() {
        let text = "The tide, the quay-side\nand the  end.";
        let analysis = Analysis::new(text, &Arc::default());
        let marked: Vec<&str> = analysis.marked().iter().map(|&index| analysis.words()[index].text(text)).collect();
        assert_eq!(marked, ["tide", "quay", "the"]);
    }
}
