//! What is worked out of a text once, for all who ask.

use std::sync::OnceLock;

use super::layout::Layout;
use super::measure::Measure;
use super::token::{Token, words};
use super::types::Types;

/// The parts of one text, each worked out when it is first asked for. Every
/// call takes that text; for another one the answers are wrong.
#[derive(Debug, Default)]
pub struct Parts {
    words: OnceLock<Vec<Token>>,
    types: OnceLock<Types>,
    layout: OnceLock<Layout>,
    measure: OnceLock<Measure>,
    marked: OnceLock<Vec<usize>>,
}

impl Parts {
    /// The words of the text in order.
    pub fn words(&self, text: &str) -> &[Token] {
        self.words.get_or_init(|| words(text).collect())
    }

    /// Which of the words are alike.
    pub fn types(&self, text: &str) -> &Types {
        self.types.get_or_init(|| Types::of(text, self.words(text)))
    }

    /// The words, by index, behind which more stands than a blank or a line break
    /// before the next word.
    pub fn marked(&self, text: &str) -> &[usize] {
        self.marked.get_or_init(|| {
            let (words, bytes) = (self.words(text), text.as_bytes());
            let is_marked = |pair: &[Token]| {
                let (start, end) = (pair[0].end as usize, pair[1].start as usize);
                end != start + 1 || !matches!(bytes[start], b' ' | b'\n')
            };
            let pairs = words.windows(2).enumerate();
            pairs.filter(|(_, pair)| is_marked(pair)).map(|(index, _)| index).collect()
        })
    }

    /// The lines of the text and the regions they make.
    pub fn layout(&self, text: &str) -> &Layout {
        self.layout.get_or_init(|| Layout::of(text))
    }

    /// How wide the lines of the text are.
    pub fn measure(&self, text: &str) -> &Measure {
        let lines = self.layout(text).lines();
        self.measure.get_or_init(|| Measure::of(lines.iter().map(|l| &text[l.text_start..l.end])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_a_blank_between_two_words_is_marked() {
        let text = "The tide, the quay-side\nand the  end.";
        let parts = Parts::default();
        let marked: Vec<&str> = parts.marked(text).iter().map(|&index| parts.words(text)[index].text(text)).collect();
        assert_eq!(marked, ["tide", "quay", "the"]);
    }
}
