//! A cache of lexicon lookups.
//!
//! A text looks up the same words again and again, in every pass and every iteration,
//! and a lookup in a finite-state map takes a thousand times as long as one in a table.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use super::entry::Entry;
use super::terms::TermHash;

/// The number of bits of a word's hash that select its slot.
const SLOT_BITS: u32 = 16;
/// The number of bits of a slot that hold the answer; the others are from the word's hash.
const ANSWER_BITS: u32 = 21;
/// The bit of an answer that says the word exists.
const IS_WORD: u32 = 1 << (ANSWER_BITS - 1);

/// A table of answers. Each word has one slot, which a later word may overwrite; threads
/// share the table without waiting for each other.
///
/// One word is mistaken for another only if 59 of the 64 bits of their hashes agree; as in
/// the n-gram model, this is assumed never to happen.
pub(crate) struct Memo(Box<[AtomicU64]>);

impl Memo {
    /// The answer for a word, from the table or else from `look_up`.
    #[inline]
    pub(crate) fn get_or_insert(&self, word: TermHash, look_up: impl FnOnce() -> Option<Entry>) -> Option<Entry> {
        let Some(slot) = self.0.get(word.0 as usize & ((1 << SLOT_BITS) - 1)) else { return look_up() };
        let kept = slot.load(Ordering::Relaxed);
        let tag = word.0 >> ANSWER_BITS << ANSWER_BITS;
        if kept ^ tag < 1 << ANSWER_BITS && kept != 0 {
            let answer = (kept ^ tag) as u32;
            return (answer & IS_WORD != 0).then(|| Entry::unpack(answer ^ IS_WORD));
        }
        let found = look_up();
        let answer = found.map_or(0, |entry| entry.pack() | IS_WORD);
        slot.store(tag | u64::from(answer), Ordering::Relaxed);
        found
    }
}

impl Default for Memo {
    fn default() -> Memo {
        Memo((0..1 << SLOT_BITS).map(|_| AtomicU64::new(0)).collect())
    }
}

impl fmt::Debug for Memo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memo").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_answered_is_not_looked_up_again() {
        let memo = Memo::default();
        let entry = Entry::unpack(0x2_0305);
        for (hash, answer) in [(7, Some(entry)), (7 << 40, None)] {
            assert_eq!(memo.get_or_insert(TermHash(hash), || answer), answer);
            assert_eq!(memo.get_or_insert(TermHash(hash), || unreachable!("it is kept")), answer);
        }
        // One slot, another word.
        assert_eq!(memo.get_or_insert(TermHash(7 | 1 << 50), || None), None);
        assert_eq!(memo.get_or_insert(TermHash(7), || Some(entry)), Some(entry));
    }
}
