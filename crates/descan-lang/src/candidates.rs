//! A cache of the words that readings may be misreadings of: each reading is searched for
//! once.
//!
//! A search in the lexicon takes far longer than anything else that is done with a word,
//! and every pass and iteration would repeat the same ones. How likely a confusion is
//! differs between documents and iterations, but not which words it leads to: so these
//! words are kept, and only their scores are computed anew.

use std::sync::{Arc, Mutex, PoisonError};

use super::reached::{Reached, Reaches, Shards};
use super::resemblance::Resembled;
use super::searcher::Searcher;

/// A place where a word may be two run together.
#[derive(Clone, Copy, Debug)]
pub struct Half {
    /// Where the second begins, in bytes.
    pub at: usize,
    /// Whether the first is an `I` misread.
    pub is_i: bool,
}

/// The words that the readings of one document may stand for, over all iterations.
#[derive(Debug)]
pub struct CandidateCache {
    searcher: Arc<Searcher>,
    near: Shards<Reached>,
    far: Shards<Reached>,
    halves: Shards<Half>,
    resembled: Shards<Resembled>,
    /// Known words without rivals at the log-probabilities in `bound`.
    unrivalled: Shards<Reached>,
    /// The log-probabilities that [`CandidateCache::far`] searches with; empty before the first.
    bound: Mutex<Arc<[f32]>>,
}

/// What log-probabilities may rise by, in nats, before all is searched for again:
/// the length of a text moves them, and every repair moves that.
pub const LEEWAY: f32 = 0.01;

impl CandidateCache {
    /// Nothing searched for yet.
    pub fn new(searcher: Arc<Searcher>) -> CandidateCache {
        CandidateCache {
            searcher,
            near: Shards::default(),
            far: Shards::default(),
            halves: Shards::default(),
            resembled: Shards::default(),
            unrivalled: Shards::default(),
            bound: Mutex::default(),
        }
    }

    /// The searcher behind it.
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// The words that one confusion leads to. Those of a word that the lexicon
    /// has are kept by the searcher, for every document.
    pub fn near(&self, word: &str, is_known: bool) -> Reaches {
        if is_known {
            return self.searcher.reached_from_known(word);
        }
        let free = self.searcher.language().confusions().free();
        self.near.get_or_insert(word, || self.searcher.reached(word, 1, free))
    }

    /// The words that up to two confusions lead to, as far as they come to
    /// [`DEAREST`](super::confusion::DEAREST) with the log-probabilities last allowed. A search that is cut
    /// short, for a word of very many readings, is kept as far as it went.
    pub fn far(&self, word: &str) -> Reaches {
        let bound = Arc::clone(&self.bound.lock().unwrap_or_else(PoisonError::into_inner));
        self.far.get_or_insert(word, || self.searcher.reached(word, 2, &bound))
    }

    /// The common words that a reading resembles as a whole.
    pub fn resembled(&self, word: &str) -> Arc<[Resembled]> {
        let search = || self.searcher.resemblance().search(self.searcher.language().confusions(), word).into();
        self.resembled.get_or_insert(word, search)
    }

    /// Where a word may be two run together; `search` is asked once for each word.
    pub fn halves(&self, word: &str, search: impl FnOnce() -> Vec<Half>) -> Arc<[Half]> {
        self.halves.get_or_insert(word, || search().into())
    }

    /// Whether a known word was found without rivals in an earlier iteration.
    pub fn is_unrivalled(&self, word: &str) -> bool {
        self.unrivalled.get(word).is_some()
    }

    /// Remembers that a known word has no rivals, not even if all confusions were
    /// likelier by [`LEEWAY`].
    pub fn set_unrivalled(&self, word: &str) {
        self.unrivalled.insert(word, Arc::default());
    }

    /// Lets [`CandidateCache::far`] be weighed with these log-probabilities:
    /// forgets what was searched for with lower ones, which may have left words out.
    pub fn allow(&self, cost: &[f32]) {
        let mut bound = self.bound.lock().unwrap_or_else(PoisonError::into_inner);
        if bound.len() != cost.len() {
            *bound = cost.iter().map(|cost| cost + LEEWAY).collect();
        } else if cost.iter().zip(bound.iter()).any(|(cost, bound)| cost > bound) {
            *bound = cost.iter().zip(bound.iter()).map(|(cost, bound)| bound.max(cost + LEEWAY)).collect();
            self.far.clear();
            self.unrivalled.clear();
        }
    }
}

#[cfg(all(test, feature = "english"))]
mod tests {
    use super::*;
    use crate::confusion::DEAREST;
    use crate::reached::weigh;

    #[test]
    fn what_is_kept_is_weighed_as_if_searched_for_anew() {
        let searcher = Searcher::english();
        let table = searcher.language().confusions();
        let costs = |shift: f32| (0..table.len()).map(|i| table.get(i as u16).weight + shift).collect::<Vec<f32>>();
        let cache = CandidateCache::new(Arc::clone(&searcher));
        // Falling log-probabilities are weighed from what is kept; the last, higher again, are searched for.
        for shift in [-4.0, -6.0, -7.5, -3.0] {
            let cost = costs(shift);
            cache.allow(&cost);
            for word in ["tbe", "rnany", "wor1d", "thc"] {
                let mut anew = Vec::new();
                for candidate in searcher.candidates(word, 2, &cost, DEAREST) {
                    anew.push(format!("{} {}", candidate.text, candidate.channel));
                }
                let mut kept = Vec::new();
                for (channel, reached) in weigh(&cache.far(word), &cost, DEAREST) {
                    kept.push(format!("{} {channel}", reached.raw()));
                }
                assert_eq!(anew, kept, "{word} at {shift}");
            }
        }
    }
}
