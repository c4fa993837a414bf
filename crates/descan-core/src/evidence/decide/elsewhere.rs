//! Words that other documents of the archive have too.

use super::judge::Judge;
use crate::evidence::noise::is_misreading;
use crate::evidence::vocabulary::fold;

/// In fewer other documents a word may be there by chance.
const SEVERAL: u32 = 2;
/// Shorter words are misreadings, and pieces of words, in nearly every document of a bad scan.
const SHORTEST: usize = 6;

impl Judge<'_> {
    /// How many other documents of the archive have a word, as it is written: none if they are few, or if
    /// the word can only be a misreading. A systematic one is in all documents too.
    pub(super) fn elsewhere(&self, word: &str) -> u32 {
        let Some(archive) = self.archive else { return 0 };
        if word.chars().count() < SHORTEST {
            return 0;
        }
        let documents = archive.words.get(word).map_or(0, |count| count.documents);
        let others = u32::try_from(documents.saturating_sub(1)).unwrap_or(u32::MAX);
        if others < SEVERAL || is_misreading(&fold(word), self.vocabulary, self.reached) {
            return 0;
        }
        others
    }
}
