//! What an archive shows that no document of it shows alone: a sum over its documents.

mod count;
mod file;

pub use count::Count;
pub use file::StatsError;

use std::collections::BTreeMap;

use count::add_all;

/// The statistics of an archive, each a sum over its documents.
///
/// The sum of two archives is [`ArchiveStats::add`]; it does not depend on their order, nor on how the
/// documents were shared out. Nothing is left out of it, so that it stays exact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArchiveStats {
    /// How many documents there are.
    pub documents: u64,
    /// How damaged they are.
    pub damage: Damage,
    /// How often letters are read for others, in unmistakable errors.
    pub confusions: BTreeMap<Confused, Count>,
    /// The words as written that no dictionary of ordinary size has.
    pub words: BTreeMap<Box<str>, Count>,
}

/// Letters as read, and as printed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confused {
    /// The letters as read; nothing where some were lost.
    pub read: Box<str>,
    /// The letters as printed; nothing where some are stray.
    pub printed: Box<str>,
}

/// How damaged texts are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Damage {
    /// How many words they have.
    pub words: u64,
    /// How many different unknown words of each document a scan's confusion explains.
    pub of_scan: u64,
    /// About how many letters they have.
    pub letters: u64,
    /// How many words are unmistakable errors.
    pub misread: u64,
}

impl ArchiveStats {
    /// Adds the statistics of other documents. Counts stop at the largest number there is.
    pub fn add(&mut self, other: &ArchiveStats) {
        self.documents = self.documents.saturating_add(other.documents);
        self.damage = self.damage.plus(other.damage);
        add_all(&mut self.confusions, &other.confusions);
        add_all(&mut self.words, &other.words);
    }
}

impl Damage {
    /// The damage of both; counts stop at the largest number there is.
    fn plus(self, other: Damage) -> Damage {
        Damage {
            words: self.words.saturating_add(other.words),
            of_scan: self.of_scan.saturating_add(other.of_scan),
            letters: self.letters.saturating_add(other.letters),
            misread: self.misread.saturating_add(other.misread),
        }
    }

    /// The damage of the other documents, where `own` is that of one of them.
    pub fn without(self, own: Damage) -> Damage {
        Damage {
            words: self.words.saturating_sub(own.words),
            of_scan: self.of_scan.saturating_sub(own.of_scan),
            letters: self.letters.saturating_sub(own.letters),
            misread: self.misread.saturating_sub(own.misread),
        }
    }
}
