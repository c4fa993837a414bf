//! The words that readings may stand for, each reading searched for once.
//!
//! A search in the lexicon takes far more than anything else that is done with
//! a word, and every pass and every look would ask for the same ones again.
//! How likely a confusion is differs from document to document and from look to
//! look, which words it leads to does not: so the words are kept here, and only
//! weighed anew.

use std::fmt;
use std::hash::{BuildHasher, BuildHasherDefault};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use descan_text::case::{Shape, capitalise};
use rustc_hash::{FxHashMap, FxHasher};

use super::confusion::{Candidate, DEAREST};
use super::language::Language;
use super::lexicon::{Entry, Trust};
use super::resemblance::Resembled;
use super::searcher::Searcher;

/// A word that a reading may stand for, whatever that costs.
#[derive(Clone, Debug)]
pub struct Reached {
    /// The word as the confusions leave it.
    raw: Box<str>,
    /// The word in the case it is written in.
    text: Box<str>,
    /// The confusions that lead from the word to the reading, as indices of the table.
    steps: Box<[u16]>,
    /// What the lexicon has of the word.
    entry: Option<Entry>,
    /// Whether it is a word that a repair may write.
    trusted: bool,
}

/// The words of one reading.
pub type Reaches = Arc<[Reached]>;

/// A place where a word may be two run together.
#[derive(Clone, Copy, Debug)]
pub struct Half {
    /// Where the second begins, in bytes.
    pub at: usize,
    /// Whether the first is an `I` misread.
    pub is_i: bool,
}

/// The words that the readings of one document may stand for, over all looks at it.
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
    /// [`DEAREST`] with the log-probabilities last allowed. A search that is cut
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

    /// Whether a known word was found without rivals at an earlier look.
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

/// Weighs the words of a reading: those that cost no more than `dearest`, the
/// likeliest first, each by the confusions that most likely lead to it.
pub fn weigh<'r>(reaches: &'r [Reached], cost: &[f32], dearest: f32) -> Vec<(f32, &'r Reached)> {
    let dearest = dearest.max(DEAREST);
    let mut weighed: Vec<(f32, &Reached)> = Vec::new();
    for reached in reaches {
        let channel = reached.channel(cost);
        if channel < dearest {
            continue;
        }
        match weighed.last_mut() {
            Some(last) if last.1.raw == reached.raw => {
                if channel > last.0 {
                    *last = (channel, reached);
                }
            }
            _ => weighed.push((channel, reached)),
        }
    }
    // They are in the order of their letters, which decides between equals.
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0));
    weighed
}

impl Reached {
    /// The word as the confusions leave it, perhaps with capitals inside.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The word in the case it is written in.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The confusions that lead from the word to the reading, as indices of the table.
    pub fn steps(&self) -> &[u16] {
        &self.steps
    }

    /// Whether it is a word that a repair may write.
    pub fn is_trusted(&self) -> bool {
        self.trusted
    }

    /// How common it is, in nats.
    pub fn commonness(&self) -> f32 {
        self.entry.map_or(0.0, |e| f32::from(e.commonness())) * std::f32::consts::LN_2
    }

    /// What all its confusions cost together, in nats.
    pub fn channel(&self, cost: &[f32]) -> f32 {
        self.steps.iter().fold(0.0, |spent, &step| spent + cost[usize::from(step)])
    }

    /// The word as a candidate.
    pub fn candidate(&self, channel: f32) -> Candidate {
        Candidate { text: self.text.to_string(), channel, steps: self.steps.to_vec(), unusual: 0 }
    }
}

/// What was found for `word`, in the order of the letters.
pub(crate) fn reached(language: &Language, word: &str, found: Vec<Candidate>) -> Reaches {
    let lexicon = language.lexicon();
    let mut found: Vec<Reached> = found
        .into_iter()
        .map(|Candidate { text: raw, steps, .. }| {
            let text = settle_case(&raw);
            let entry = lexicon.lookup(&text);
            let trusted = text != word
                && entry.is_some_and(|e| {
                    !e.suspect() && e.trust() == Trust::Trusted && (e.fits_case(&text) || e.capitalised())
                });
            Reached { raw: raw.into(), text: text.into(), steps: steps.into(), entry, trusted }
        })
        .collect();
    found.sort_by(|a, b| a.raw.cmp(&b.raw));
    found.into()
}

/// A word found letter by letter in the case of its first letter: confusions of
/// capitals leave capitals inside.
fn settle_case(word: &str) -> String {
    if Shape::of(word) != Shape::Other || word.starts_with("I’") || !word.chars().any(char::is_lowercase) {
        word.to_owned()
    } else if word.starts_with(char::is_uppercase) {
        capitalise(word)
    } else {
        word.to_lowercase()
    }
}

/// What was searched for, in parts that threads seldom want at the same time.
pub struct Shards<T>([Mutex<Shard<T>>; 32]);

/// What was found for some words.
type Shard<T> = FxHashMap<Box<str>, Arc<[T]>>;

impl<T> Shards<T> {
    pub(crate) fn get_or_insert(&self, word: &str, search: impl FnOnce() -> Arc<[T]>) -> Arc<[T]> {
        // Two threads may search for one word at the same time, and find the same.
        self.get(word).unwrap_or_else(|| {
            let found = search();
            self.insert(word, Arc::clone(&found));
            found
        })
    }

    fn get(&self, word: &str) -> Option<Arc<[T]>> {
        self.shard(word).get(word).map(Arc::clone)
    }

    fn insert(&self, word: &str, found: Arc<[T]>) {
        self.shard(word).insert(word.into(), found);
    }

    /// The part that keeps a word.
    fn shard(&self, word: &str) -> MutexGuard<'_, Shard<T>> {
        let hash = BuildHasherDefault::<FxHasher>::default().hash_one(word);
        // The map itself uses the low bits and the seven highest.
        let shard = &self.0[(hash >> 40) as usize % self.0.len()];
        shard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn clear(&self) {
        for shard in &self.0 {
            shard.lock().unwrap_or_else(PoisonError::into_inner).clear();
        }
    }
}

impl<T> Default for Shards<T> {
    fn default() -> Shards<T> {
        Shards(Default::default())
    }
}

impl<T> fmt::Debug for Shards<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shards").finish_non_exhaustive()
    }
}

#[cfg(all(test, feature = "english"))]
mod tests {
    use super::*;

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
                    kept.push(format!("{} {channel}", reached.raw));
                }
                assert_eq!(anew, kept, "{word} at {shift}");
            }
        }
    }
}
