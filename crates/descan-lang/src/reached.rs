//! Words that a reading may stand for, and where they are kept: each reading is
//! searched for once.

use std::fmt;
use std::hash::{BuildHasher, BuildHasherDefault};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use descan_text::case::{Shape, capitalise};
use rustc_hash::{FxHashMap, FxHasher};

use super::confusion::{Candidate, DEAREST};
use super::entry::{Entry, Trust};
use super::language::Language;

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

    pub(crate) fn get(&self, word: &str) -> Option<Arc<[T]>> {
        self.shard(word).get(word).map(Arc::clone)
    }

    pub(crate) fn insert(&self, word: &str, found: Arc<[T]>) {
        self.shard(word).insert(word.into(), found);
    }

    /// The part that keeps a word.
    fn shard(&self, word: &str) -> MutexGuard<'_, Shard<T>> {
        let hash = BuildHasherDefault::<FxHasher>::default().hash_one(word);
        // The map itself uses the low bits and the seven highest.
        let shard = &self.0[(hash >> 40) as usize % self.0.len()];
        shard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn clear(&self) {
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
