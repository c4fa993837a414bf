//! A store of what was found for words, which threads share: each word is looked for once.

use std::fmt;
use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::{FxBuildHasher, FxHashMap};

/// Results by word, in parts with a lock each, so that threads seldom wait.
pub struct Shards<T> {
    parts: [Mutex<Shard<T>>; 32],
    /// Of so many words a part keeps what was found.
    most: usize,
}

/// The results for some of the words.
type Shard<T> = FxHashMap<Box<str>, Arc<[T]>>;

impl<T> Shards<T> {
    /// An empty store that keeps what was found for about so many words, those that come first.
    pub fn of_most(words: usize) -> Shards<T> {
        let shards = Shards::default();
        Shards { most: words / shards.parts.len(), ..shards }
    }

    /// What is kept for a word, or else what `search` finds.
    pub fn get_or_insert(&self, word: &str, search: impl FnOnce() -> Arc<[T]>) -> Arc<[T]> {
        // Two threads may search for one word at the same time; they find the same.
        self.get(word).unwrap_or_else(|| {
            let found = search();
            self.insert(word, Arc::clone(&found));
            found
        })
    }

    /// What is kept for a word.
    pub fn get(&self, word: &str) -> Option<Arc<[T]>> {
        self.shard(word).get(word).map(Arc::clone)
    }

    /// Keeps what was found for a word, if there is room.
    pub fn insert(&self, word: &str, found: Arc<[T]>) {
        let mut shard = self.shard(word);
        if shard.len() < self.most {
            shard.insert(word.into(), found);
        }
    }

    /// The part that holds a word.
    fn shard(&self, word: &str) -> MutexGuard<'_, Shard<T>> {
        // The map itself uses the low bits and the seven highest.
        let shard = &self.parts[(FxBuildHasher.hash_one(word) >> 40) as usize % self.parts.len()];
        shard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets everything.
    pub fn clear(&self) {
        for shard in &self.parts {
            shard.lock().unwrap_or_else(PoisonError::into_inner).clear();
        }
    }
}

impl<T> Default for Shards<T> {
    fn default() -> Shards<T> {
        Shards { parts: Default::default(), most: usize::MAX }
    }
}

impl<T> fmt::Debug for Shards<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shards").finish_non_exhaustive()
    }
}
