//! What was found of tokens, kept for all texts of a run.

use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::RuleId;

/// The rules whose patterns match in tokens, in parts with a lock each, so that threads seldom wait: most tokens of a
/// text are those of the one before.
#[derive(Debug, Default)]
pub(crate) struct Seen([Mutex<Part>; 16]);

/// The rules for some of the tokens.
type Part = FxHashMap<Box<str>, Arc<[RuleId]>>;

/// Of so many tokens a part keeps the rules; about eight megabytes in all.
const MOST: usize = 1 << 12;

impl Seen {
    /// The rules for a token, from what is kept or else from `look`.
    pub(crate) fn get_or_insert(&self, token: &str, look: impl FnOnce() -> Vec<RuleId>) -> Arc<[RuleId]> {
        // The map itself uses the low bits and the seven highest.
        let part = (FxBuildHasher.hash_one(token) >> 40) as usize % self.0.len();
        let part = || self.0[part].lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = part().get(token) {
            return Arc::clone(kept);
        }
        // Two threads may look at one token at the same time; they find the same.
        let found: Arc<[RuleId]> = look().into();
        let mut part = part();
        if part.len() < MOST {
            part.insert(token.into(), Arc::clone(&found));
        }
        found
    }
}
