//! The different words of a text (types): whatever depends on the word alone is computed
//! once for all its occurrences.

use super::token::Token;

/// The different words of a text, compared letter by letter, including case.
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
        let mut known = Known::default();
        for &word in words {
            let index = known.index_of(text.as_bytes(), word, &mut types.first);
            if index as usize == types.counts.len() {
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
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (Token, u32)> {
        self.first.iter().copied().zip(self.counts.iter().copied())
    }
}

/// The types met so far, to be found by their letters: a table of open addresses,
/// as nothing is taken out of it and a text asks for every word.
#[derive(Default)]
struct Known {
    /// One more than the index of a type, or 0 where there is none.
    slots: Vec<u32>,
    /// The hash of each type.
    hashes: Vec<u64>,
}

impl Known {
    /// The index of the type that `word` is of; a new one is added to `first`.
    #[inline]
    fn index_of(&mut self, text: &[u8], word: Token, first: &mut Vec<Token>) -> u32 {
        if 2 * self.hashes.len() >= self.slots.len() {
            self.grow();
        }
        let letters = &text[word.span()];
        let hash = hash(letters);
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        while let Some(index) = self.slots[slot].checked_sub(1) {
            if self.hashes[index as usize] == hash && &text[first[index as usize].span()] == letters {
                return index;
            }
            slot = (slot + 1) & mask;
        }
        first.push(word);
        self.hashes.push(hash);
        self.slots[slot] = self.hashes.len() as u32;
        self.slots[slot] - 1
    }

    fn grow(&mut self) {
        let length = (2 * self.slots.len()).max(512);
        self.slots = vec![0; length];
        for (index, &hash) in self.hashes.iter().enumerate() {
            let mut slot = hash as usize & (length - 1);
            while self.slots[slot] != 0 {
                slot = (slot + 1) & (length - 1);
            }
            self.slots[slot] = index as u32 + 1;
        }
    }
}

/// A hash of a word, eight letters at a time.
#[inline]
fn hash(word: &[u8]) -> u64 {
    const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
    let add = |hash: u64, letters: u64| (hash.rotate_left(23) ^ letters).wrapping_mul(SPREAD);
    let (eights, rest) = word.as_chunks::<8>();
    let hash = eights.iter().fold(word.len() as u64, |hash, eight| add(hash, u64::from_le_bytes(*eight)));
    let hash = add(hash, rest.iter().fold(0, |letters, &byte| letters << 8 | u64::from(byte)));
    hash ^ hash >> 32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::words;

    #[test]
    fn words_are_told_apart_by_their_letters_and_case() {
        let text = "The tide, the quay, the Tide.";
        let types = Types::of(text, &words(text).collect::<Vec<_>>());
        assert_eq!(types.of_words(), [0, 1, 2, 3, 2, 4]);
        let found: Vec<(&str, u32)> = types.iter().map(|(word, count)| (word.text(text), count)).collect();
        assert_eq!(found, [("The", 1), ("tide", 1), ("the", 2), ("quay", 1), ("Tide", 1)]);
    }

    #[test]
    fn many_types_are_all_kept_apart() {
        let text: String = (0..5000).map(|number| format!("word{number} ")).collect();
        let types = Types::of(&text, &words(&text.repeat(2)).collect::<Vec<_>>()[..5000]);
        assert_eq!(types.of_words(), (0..5000).collect::<Vec<u32>>());
    }
}
