//! A cache of the words that readings may be misreadings of: each reading is searched for
//! once.
//!
//! A search in the lexicon takes far longer than anything else that is done with a word,
//! and every pass and iteration would repeat the same ones. How likely a confusion is
//! differs between documents and iterations, but not which words it leads to: so these
//! words are kept, and only their scores are computed anew.

use std::sync::{Arc, Mutex, PoisonError};

use descan_text::shards::Shards;

use super::reachable::{ReachableWord, ReachableWords};
use super::resemblance::Resembled;
use super::searcher::Searcher;

/// A way in which a word may be several run together.
#[derive(Clone, Debug)]
pub struct Parting {
    /// The words, with a space between each two.
    pub text: Box<str>,
    /// What happened besides.
    pub joint: Joint,
}

/// How words came to be run together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// One space was lost.
    Lost,
    /// So many spaces were lost, more than one.
    AllLost(u8),
    /// The first word is an `I`, misread besides.
    MisreadI,
    /// The same, misread as a small letter.
    SmallI,
    /// The space was misread as a letter or a mark.
    Misread,
}

/// The words that the readings of one document may be misreadings of, kept over all iterations.
#[derive(Debug)]
pub struct CandidateCache {
    searcher: Arc<Searcher>,
    near: Shards<ReachableWord>,
    far: Shards<ReachableWord>,
    partings: Shards<Parting>,
    resembled: Shards<Resembled>,
    /// What the confusions that the document taught lead to from known words.
    taught: Shards<ReachableWord>,
    /// The log-probabilities of these confusions, and infinitely little for all others.
    learned: Mutex<Arc<[f32]>>,
    /// Known words without rivals at the log-probabilities in `bound`.
    unrivalled: Shards<ReachableWord>,
    /// What [`CandidateCache::far`] searches with.
    bound: Mutex<Bound>,
}

/// The log-probabilities of confusions with which words are searched for.
#[derive(Clone, Debug, Default)]
struct Bound {
    /// One for each confusion; empty before the first search.
    log_probs: Arc<[f32]>,
    /// Whether none of those last allowed is above what it is in a scan of which nothing is known. All documents
    /// of which that is true share what is found.
    is_usual: bool,
}

/// How far log-probabilities may rise, in nats, before everything is searched for again: they
/// depend on the length of the text, which every repair changes.
pub const LEEWAY: f32 = 0.01;

impl CandidateCache {
    /// An empty cache.
    pub fn new(searcher: Arc<Searcher>) -> CandidateCache {
        CandidateCache {
            searcher,
            near: Shards::default(),
            far: Shards::default(),
            partings: Shards::default(),
            resembled: Shards::default(),
            taught: Shards::default(),
            learned: Mutex::default(),
            unrivalled: Shards::default(),
            bound: Mutex::default(),
        }
    }

    /// The searcher that it uses.
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// The words that one confusion leads to. If `is_known`, the lexicon has `word`, and the
    /// searcher keeps them for all documents.
    pub fn near(&self, word: &str, is_known: bool) -> ReachableWords {
        if is_known {
            return self.searcher.reachable_from_known(word);
        }
        let zeros = self.searcher.language().confusions().zero_log_probs();
        self.near.get_or_insert(word, || self.searcher.reachable(word, 1, zeros))
    }

    /// The words that up to two confusions lead to, if their log-probability is at least
    /// [`MIN_LOG_PROB`](super::confusion::MIN_LOG_PROB) by the values last allowed. A search
    /// that was cut short, for a word with very many readings, is kept as far as it went.
    pub fn far(&self, word: &str) -> ReachableWords {
        let bound = self.bound.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match bound.is_usual {
            true => self.searcher.reachable_usually(word),
            false => self.far.get_or_insert(word, || self.searcher.reachable(word, 2, &bound.log_probs)),
        }
    }

    /// The words that a confusion which the document taught leads to from a known word, and, if `at_start`, any
    /// confusion of the word's first letters. A word is always asked for in the same way.
    pub fn taught(&self, word: &str, at_start: bool) -> ReachableWords {
        let learned = || Arc::clone(&self.learned.lock().unwrap_or_else(PoisonError::into_inner));
        self.taught.get_or_insert(word, || match at_start {
            true => self.searcher.reachable_at_start(word, Some(&learned())),
            false => self.searcher.reachable(word, 1, &learned()),
        })
    }

    /// The common words that a reading resembles as a whole.
    pub fn resembled(&self, word: &str) -> Arc<[Resembled]> {
        let search = || self.searcher.resemblance().search(self.searcher.language().confusions(), word).into();
        self.resembled.get_or_insert(word, search)
    }

    /// How a word may be several run together; `search` is called once for each word.
    pub fn partings(&self, word: &str, search: impl FnOnce() -> Vec<Parting>) -> Arc<[Parting]> {
        self.partings.get_or_insert(word, || search().into())
    }

    /// Whether a known word was found without rivals in an earlier iteration.
    pub fn is_unrivalled(&self, word: &str) -> bool {
        self.unrivalled.get(word).is_some()
    }

    /// Records that a known word has no rivals, even if all confusions were likelier by
    /// [`LEEWAY`].
    pub fn set_unrivalled(&self, word: &str) {
        self.unrivalled.insert(word, Arc::default());
    }

    /// Prepares [`CandidateCache::far`] for these log-probabilities: discards the results of
    /// searches with lower ones, which may have missed words. `learned` are those of the confusions
    /// that the document taught.
    pub fn allow(&self, log_probs: &[f32], learned: &[f32]) {
        let mut bound = self.bound.lock().unwrap_or_else(PoisonError::into_inner);
        let mut known = self.learned.lock().unwrap_or_else(PoisonError::into_inner);
        if **known != *learned {
            *known = learned.into();
            self.taught.clear();
        }
        let usual = self.searcher.language().confusions().usual_log_probs();
        bound.is_usual = log_probs.iter().zip(usual).all(|(log_prob, usual)| log_prob <= usual);
        let allowed = &mut bound.log_probs;
        if allowed.len() != log_probs.len() {
            *allowed = log_probs.iter().map(|log_prob| log_prob + LEEWAY).collect();
        } else if log_probs.iter().zip(allowed.iter()).any(|(log_prob, bound)| log_prob > bound) {
            *allowed =
                log_probs.iter().zip(allowed.iter()).map(|(log_prob, bound)| bound.max(log_prob + LEEWAY)).collect();
            self.far.clear();
            self.unrivalled.clear();
        }
    }
}

#[cfg(all(test, feature = "english"))]
mod tests {
    use super::*;
    use crate::confusion::MIN_LOG_PROB;
    use crate::reachable::weigh;

    #[test]
    fn what_is_kept_is_weighed_as_if_searched_for_anew() {
        let searcher = Searcher::english();
        let table = searcher.language().confusions();
        let shifted = |shift: f32| (0..table.len()).map(|i| table.get(i as u16).weight + shift).collect::<Vec<f32>>();
        let cache = CandidateCache::new(Arc::clone(&searcher));
        // Falling log-probabilities are weighed from what is kept; the last, higher again, are searched for.
        for shift in [-4.0, -6.0, -7.5, -3.0] {
            let log_probs = shifted(shift);
            cache.allow(&log_probs, &[]);
            for reading in ["tbe", "rnany", "wor1d", "thc"] {
                let mut anew = Vec::new();
                for candidate in searcher.candidates(reading, 2, &log_probs, MIN_LOG_PROB) {
                    anew.push(format!("{} {}", candidate.text, candidate.channel_log_prob));
                }
                let mut kept = Vec::new();
                for (log_prob, word) in weigh(&cache.far(reading), &log_probs, MIN_LOG_PROB) {
                    kept.push(format!("{} {log_prob}", word.raw()));
                }
                assert_eq!(anew, kept, "{reading} at {shift}");
            }
        }
    }

    #[test]
    fn what_is_shared_by_quiet_documents_is_what_each_finds() {
        let searcher = Searcher::english();
        let table = searcher.language().confusions();
        let quiet: Vec<f32> = table.usual_log_probs().iter().map(|usual| usual - 0.1).collect();
        let cache = CandidateCache::new(Arc::clone(&searcher));
        cache.allow(&quiet, &[]);
        let of = |words: &ReachableWords| -> Vec<String> {
            weigh(words, &quiet, MIN_LOG_PROB)
                .into_iter()
                .map(|(log_prob, word)| format!("{} {log_prob}", word.raw()))
                .collect()
        };
        for reading in ["wor1ds", "thcre", "Zarquil"] {
            assert_eq!(of(&cache.far(reading)), of(&searcher.reachable(reading, 2, &quiet)), "{reading}");
        }
    }
}
