//! The different words of a text: what is true of a word wherever it stands is
//! worked out once for all places where it does.

use rustc_hash::FxHashMap;

use super::token::Token;

/// The different words of a text, told apart letter by letter, case included.
#[derive(Debug, Default)]
pub struct Types {
    /// The type of each word.
    of: Vec<u32>,
    /// The first word of each type.
    first: Vec<Token>,
    /// How many words are of each type.
    counts: Vec<u32>,
}

impl Types {
    /// Sorts the `words` of `text`.
    pub fn of(text: &str, words: &[Token]) -> Types {
        let mut types = Types { of: Vec::with_capacity(words.len()), ..Types::default() };
        let mut known: FxHashMap<&str, u32> = FxHashMap::default();
        for &word in words {
            let next = types.first.len() as u32;
            let index = *known.entry(word.text(text)).or_insert(next);
            if index == next {
                types.first.push(word);
                types.counts.push(0);
            }
            types.counts[index as usize] += 1;
            types.of.push(index);
        }
        types
    }

    /// The type of each word, in the order of the words, as an index of [`Types::iter`].
    pub fn of_words(&self) -> &[u32] {
        &self.of
    }

    /// The types in the order in which the text first has them: each with its
    /// first word, and how many words are of it.
    pub fn iter(&self) -> impl Iterator<Item = (Token, u32)> {
        self.first.iter().copied().zip(self.counts.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::words;

    #[test]
    fn words_are_told_apart_by_their_letters_and_case() {
        let text = "The tide, the quay, the Tide.";
        let types = Types::of(text, &words(text).collect::<Vec<_>>());
        assert_eq!(types.of_words(), [0, 1, 2, 3, 2, 4]);
        let found: Vec<(&str, u32)> = types.iter().map(|(word, count)| (word.text(text), count)).collect();
        assert_eq!(found, [("The", 1), ("tide", 1), ("the", 2), ("quay", 1), ("Tide", 1)]);
    }
}
