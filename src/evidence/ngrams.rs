//! How likely words are between their neighbours: an n-gram model read in place.
//!
//! The model holds how often terms, pairs and triples of terms were seen, in three
//! [`FuseMap`]s, and estimates probabilities by interpolation with absolute discount
//! (Ney, Essen and Kneser, “On structuring probabilistic dependences in stochastic
//! language modelling”, 1994). The score of a word in its place is the logarithm of the
//! probability of the word *and* of the two terms after it, given the two terms before:
//! so readings of one, two or more words in the same place compare fairly, and both
//! sides count.

use super::fuse::FuseMap;
use super::terms::{TermHash, mix};
use std::sync::LazyLock;

pub use super::terms::{Context, context, term};

/// The bytes every model file begins with.
pub const MAGIC: &[u8; 8] = b"descanN1";

/// The n-gram model.
#[derive(Clone, Debug)]
pub struct Ngrams<'a> {
    maps: Option<Maps<'a>>,
    total: f32,
}

#[derive(Clone, Debug)]
struct Maps<'a> {
    words: FuseMap<'a>,
    pairs: FuseMap<'a>,
    triples: FuseMap<'a>,
}

/// The bytes are not a model of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an n-gram model of this version")]
pub struct NgramsError;

impl Ngrams<'static> {
    /// The English model that is part of the program.
    pub fn english() -> &'static Ngrams<'static> {
        static ENGLISH: LazyLock<Ngrams<'static>> =
            LazyLock::new(|| Ngrams::open(include_bytes!("../../rules/model/ngrams.bin")).unwrap_or(Ngrams::EMPTY));
        &ENGLISH
    }
}

impl<'a> Ngrams<'a> {
    /// A model that has seen nothing: every reading is as good as any other.
    pub const EMPTY: Ngrams<'static> = Ngrams { maps: None, total: 1.0 };

    /// Reads the header of a model; the bytes stay where they are.
    ///
    /// # Errors
    /// When `bytes` are cut short or no model.
    pub fn open(bytes: &'a [u8]) -> Result<Ngrams<'a>, NgramsError> {
        Self::split(bytes).ok_or(NgramsError)
    }

    fn split(bytes: &'a [u8]) -> Option<Ngrams<'a>> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (total, rest) = rest.split_first_chunk::<4>()?;
        let total = f32::from_le_bytes(*total);
        let (words, rest) = FuseMap::split_from(rest)?;
        let (pairs, rest) = FuseMap::split_from(rest)?;
        let (triples, rest) = FuseMap::split_from(rest)?;
        (rest.is_empty() && total >= 1.0).then_some(Ngrams { maps: Some(Maps { words, pairs, triples }), total })
    }

    /// How well `word` fits between the terms before (nearest last) and after (nearest first) it.
    ///
    /// In nats, always below zero; only differences between readings in the same place mean anything.
    pub fn log_prob(&self, left: &[TermHash; 2], word: TermHash, right: &[TermHash; 2]) -> f32 {
        self.score_sequence(left, &[word], right)
    }

    /// How well a sequence of words, or none, fits in a place. The unit is that of [`Ngrams::log_prob`].
    pub fn score_sequence(&self, left: &[TermHash; 2], words: &[TermHash], right: &[TermHash; 2]) -> f32 {
        let Some(maps) = &self.maps else { return 0.0 };
        let mut history = History::new(maps, left);
        words.iter().chain(right).map(|&next| history.step(maps, self.total, next).ln()).sum()
    }

    /// How often the texts behind the model have `word`, as the logarithm to base 2 of one more
    /// than the count; 0.0 for a word they do not have, or hardly.
    pub fn count_log(&self, word: TermHash) -> f32 {
        self.word(word).map_or(0.0, |entry| (entry.count() + 1.0).log2())
    }

    /// In how many books the texts have `word`, as a power of two rounded down; 0 for none.
    pub fn books(&self, word: TermHash) -> u32 {
        self.word(word).map_or(0, |entry| 1 << entry.books_log())
    }

    fn word(&self, word: TermHash) -> Option<WordCode> {
        self.maps.as_ref()?.words.get(word.0).map(WordCode)
    }
}

/// The key of two terms in sequence.
#[inline]
pub(crate) fn pair_key(a: TermHash, b: TermHash) -> u64 {
    mix(a.0.rotate_left(23) ^ b.0)
}

/// The key of three terms in sequence; `pair` is the key of the first two.
#[inline]
pub(crate) fn triple_key(pair: u64, c: TermHash) -> u64 {
    mix(pair.rotate_left(29) ^ c.0.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// What is taken from every count of a pair for what was not seen.
pub(crate) const PAIR_DISCOUNT: f32 = 0.8;
/// What is taken from every count of a triple for what was not seen.
pub(crate) const TRIPLE_DISCOUNT: f32 = 1.5;
/// The count of a term that is not in the model.
const UNSEEN: f32 = 0.5;

/// The two terms before the next one, with what the model knows of them.
struct History {
    last: TermHash,
    /// How often the last term was seen, and the share of what follows it that pairs do not tell.
    single: Option<(f32, f32)>,
    pair: u64,
    /// The same of the last two terms.
    double: Option<(f32, f32)>,
}

impl History {
    fn new(maps: &Maps<'_>, left: &[TermHash; 2]) -> History {
        let [before, last] = *left;
        let pair = pair_key(before, last);
        History {
            last,
            single: maps.words.get(last.0).map(|w| (WordCode(w).count(), WordCode(w).rest())),
            pair,
            double: maps.pairs.get(pair).map(|p| (PairCode(p).count(), PairCode(p).rest())),
        }
    }

    /// The probability of `next` after this history, which then moves on by it.
    #[inline]
    fn step(&mut self, maps: &Maps<'_>, total: f32, next: TermHash) -> f32 {
        let word = maps.words.get(next.0).map(WordCode);
        let word_count = word.map_or(UNSEEN, WordCode::count);
        let mut probability = word.map_or(UNSEEN, WordCode::back_off) / total;

        let pair = pair_key(self.last, next);
        let mut double = None;
        if let (Some((count, rest)), Some(_)) = (self.single, word) {
            // A pair cannot be more frequent than its words: whatever says so is a chance hit of the map.
            let found = maps.pairs.get(pair).map(PairCode).filter(|p| p.count() < 1.5 * count.min(word_count));
            let own = found.map_or(0.0, |p| (p.count() - PAIR_DISCOUNT).max(0.0) / count);
            probability = own + rest * probability;
            double = found.map(|p| (p.count(), p.rest()));
        }
        if let (Some((count, rest)), Some((follow, _))) = (self.double, double)
            && rest < 1.0
        {
            let limit = 1.5 * count.min(follow);
            let found = maps.triples.get(triple_key(self.pair, next)).map(triple_count).filter(|&c| c < limit);
            let own = found.map_or(0.0, |c| (c - TRIPLE_DISCOUNT).max(0.0) / count);
            probability = own + rest * probability;
        } else if let Some((_, rest)) = self.double {
            probability *= rest;
        }
        *self = History { last: next, single: word.map(|w| (w.count(), w.rest())), pair, double };
        probability.min(1.0)
    }
}

/// The value of a term: count, back-off, number of books and what its pairs leave over, on
/// logarithmic scales.
#[derive(Clone, Copy)]
pub(crate) struct WordCode(pub u32);

impl WordCode {
    pub(crate) const BITS: u32 = 20;
    pub(crate) const WIDTH: u32 = 4;

    pub(crate) fn encode(count: u32, books: u32, rest: f32, back_off: f32) -> WordCode {
        let count = count.max(1) as f32;
        let fields = [
            nearest(count.log2() * 4.0, 127) << 13,
            nearest((back_off / count).log2() * -2.0 + 5.0, 15) << 9,
            books.max(1).ilog2().min(15) << 5,
            nearest(-rest.log2() * 4.0, 31),
        ];
        WordCode(fields.into_iter().sum())
    }

    /// Occurrences.
    pub(crate) fn count(self) -> f32 {
        ((self.0 >> 13 & 127) as f32 / 4.0).exp2()
    }

    /// The count to use where the history says nothing.
    pub(crate) fn back_off(self) -> f32 {
        let steps = (self.0 >> 13 & 127) as f32 / 4.0;
        (steps + (5.0 - (self.0 >> 9 & 15) as f32) / 2.0).exp2()
    }

    fn books_log(self) -> u32 {
        self.0 >> 5 & 15
    }

    pub(crate) fn rest(self) -> f32 {
        ((self.0 & 31) as f32 / -4.0).exp2()
    }
}

/// The value of a pair: count and what its triples leave over.
#[derive(Clone, Copy)]
pub(crate) struct PairCode(pub u32);

impl PairCode {
    pub(crate) const BITS: u32 = 10;
    pub(crate) const WIDTH: u32 = 3;

    pub(crate) fn encode(count: u32, rest: f32) -> PairCode {
        PairCode(nearest(((count.max(2) as f32).log2() - 1.0) * 3.0, 63) << 4 | nearest(-rest.log2() * 3.0, 15))
    }

    pub(crate) fn count(self) -> f32 {
        ((self.0 >> 4 & 63) as f32 / 3.0 + 1.0).exp2()
    }

    pub(crate) fn rest(self) -> f32 {
        ((self.0 & 15) as f32 / -3.0).exp2()
    }
}

pub(crate) const TRIPLE_BITS: u32 = 5;
pub(crate) const TRIPLE_WIDTH: u32 = 2;

pub(crate) fn encode_triple(count: u32) -> u32 {
    nearest(((count.max(3) as f32).log2() - 1.5) * 2.0, 31)
}

pub(crate) fn triple_count(code: u32) -> f32 {
    (code as f32 / 2.0 + 1.5).exp2()
}

fn nearest(x: f32, most: u32) -> u32 {
    (x.round().max(0.0) as u32).min(most)
}
