//! Learns from a document what it adds to the statistics of its archive.

use std::sync::Arc;

use descan_lang::candidates::CandidateCache;
use descan_lang::searcher::Searcher;
use descan_source::Document;
use descan_text::analysis::Analysis;

use crate::archive::{ArchiveStats, Confused, Count, Damage};
use crate::evidence::Evidence;
use crate::evidence::decide::is_open;

/// The statistics of an archive of this one document, which must be as the engine left it: of a
/// cleaned one most errors are gone.
///
/// ```
/// use descan_core::learn::learn;
/// use descan_lang::searcher::Searcher;
/// use descan_source::Document;
///
/// let document = Document::of_text("They saw tbe tide; Penrodden saw tbe boats.");
/// let stats = learn(&document, &Searcher::english());
/// assert_eq!((stats.documents, stats.damage.words, stats.damage.misread), (1, 8, 2));
/// assert_eq!(stats.words["Penrodden"].places, 1);
/// ```
pub fn learn(document: &Document<'_>, searcher: &Arc<Searcher>) -> ArchiveStats {
    let analysis = Analysis::new(document.text(), searcher.language().part_names());
    let candidates = Arc::new(CandidateCache::new(Arc::clone(searcher)));
    let evidence = Evidence::gather(&analysis, &candidates, None);
    let mut stats = ArchiveStats { documents: 1, damage: damage(&evidence), ..ArchiveStats::default() };
    let table = searcher.language().confusions();
    for index in 0..table.len() as u16 {
        let (places, confusion) = (evidence.noise().shown(index), table.get(index));
        if places > 0 {
            let confused = Confused { read: confusion.seen.clone(), printed: confusion.meant.clone() };
            stats.confusions.insert(confused, Count { documents: 1, places: places.into() });
        }
    }
    for (first, places) in analysis.types().iter() {
        let word = first.text(analysis.text());
        if is_open(evidence.vocabulary(), word) && !word.contains(|c: char| c.is_ascii_digit()) {
            stats.words.insert(word.into(), Count { documents: 1, places: places.into() });
        }
    }
    stats
}

fn damage(evidence: &Evidence) -> Damage {
    let (noise, hand) = (evidence.noise(), evidence.hand().document());
    Damage {
        words: hand.words.into(),
        of_scan: hand.of_scan.into(),
        letters: noise.letters(),
        misread: noise.misread().into(),
    }
}
