//! What is usual in a scan: in one of which nothing is known, or in the other documents of its archive.

use descan_lang::confusion::{Confusion, Confusions, USUAL_RATE};

use crate::archive::{ArchiveStats, Confused, Damage};

/// How many letters a document must show before they weigh as much as what is usual.
pub(super) const PRIOR_LETTERS: f32 = 4000.0;
/// The same for one confusion: occurrences of the printed letters.
pub(super) const PRIOR_OCCURRENCES: f32 = 1500.0;

/// What is usual in a document.
#[derive(Debug)]
pub(super) struct Usual {
    /// The share of letters misread; no less than [`USUAL_RATE`], as most errors are not unmistakable.
    pub(super) rate: f32,
    /// The letters of the other documents.
    letters: f32,
    /// In how many places they show each confusion of the table; empty without an archive.
    shown: Vec<f32>,
}

impl Usual {
    /// What is usual in a document that has these letters and unmistakable errors, and shows each
    /// confusion of the table in so many places of its `own`.
    pub(super) fn of(archive: Option<&ArchiveStats>, document: Damage, own: &[u32], table: &Confusions) -> Usual {
        let Some(archive) = archive else { return Usual { rate: USUAL_RATE, letters: 0.0, shown: Vec::new() } };
        let others = archive.damage.without(document);
        let rate = (USUAL_RATE * PRIOR_LETTERS + others.misread as f32) / (PRIOR_LETTERS + others.letters as f32);
        let mut shown = Vec::with_capacity(own.len());
        for (index, &places) in own.iter().enumerate() {
            let Confusion { seen, meant, .. } = table.get(index as u16);
            let confused = Confused { read: seen.clone(), printed: meant.clone() };
            let all = archive.confusions.get(&confused).map_or(0, |count| count.places);
            shown.push(all.saturating_sub(places.into()) as f32);
        }
        Usual { rate: rate.max(USUAL_RATE), letters: others.letters as f32, shown }
    }

    /// Whether another document shows the confusion of that index.
    pub(super) fn is_shown(&self, confusion: usize) -> bool {
        self.shown.get(confusion).is_some_and(|&places| places > 0.0)
    }

    /// How likely the confusion of that index is where its letters are printed, if it is as likely as
    /// `expected` in a scan of which nothing is known. `frequency` is how often a letter begins those printed.
    pub(super) fn likelihood(&self, confusion: usize, expected: f32, frequency: f32) -> f32 {
        let Some(places) = self.shown.get(confusion) else { return expected };
        let occurrences = self.letters * frequency;
        ((PRIOR_OCCURRENCES * expected + places) / (PRIOR_OCCURRENCES + occurrences)).max(expected)
    }
}
