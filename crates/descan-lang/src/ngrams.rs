//! How likely words are next to their neighbours: an n-gram model read in place.
//!
//! The model holds how often terms, pairs and triples of terms were seen, in three
//! [`FuseMap`]s, and estimates probabilities by interpolation with absolute discounting
//! (Ney, Essen and Kneser, “On structuring probabilistic dependences in stochastic
//! language modelling”, 1994). The score of a word is the logarithm of the probability of
//! the word *and* of the two terms after it, given the two terms before: so readings of
//! one, two or more words at the same place are comparable, and both sides count.

use std::borrow::Cow;

use super::fuse::FuseMap;
use super::terms::{TermHash, mix};

pub use super::terms::{Context, context, term};

/// The bytes every model file begins with.
pub const MAGIC: &[u8; 8] = b"descanN1";

/// The n-gram model: the counts of one collection of texts, or of several added up.
#[derive(Clone, Debug)]
pub struct Ngrams {
    layers: Vec<Layer>,
    total: f32,
}

/// The counts of one collection.
#[derive(Clone, Debug)]
struct Layer {
    words: FuseMap<{ WordCode::WIDTH }>,
    pairs: FuseMap<{ PairCode::WIDTH }>,
    triples: FuseMap<TRIPLE_WIDTH>,
}

/// The bytes are not a model of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an n-gram model of this version")]
pub struct NgramsError;

impl Ngrams {
    /// A model without counts: it scores all readings alike.
    pub const EMPTY: Ngrams = Ngrams { layers: Vec::new(), total: 1.0 };

    /// Reads the header of a model; bytes that live as long as the program stay where they are.
    ///
    /// # Errors
    /// If `bytes` are cut short or not a model.
    pub fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Ngrams, NgramsError> {
        Self::split(bytes.into()).ok_or(NgramsError)
    }

    fn split(bytes: Cow<'static, [u8]>) -> Option<Ngrams> {
        const START: usize = MAGIC.len() + 4;
        let total = bytes.strip_prefix(MAGIC)?.first_chunk::<4>()?;
        let total = f32::from_le_bytes(*total);
        let rest = match bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[START..]),
            Cow::Owned(bytes) => Cow::Owned(bytes[START..].to_vec()),
        };
        let (words, rest) = FuseMap::split_from(rest)?;
        let (pairs, rest) = FuseMap::split_from(rest)?;
        let (triples, rest) = FuseMap::split_from(rest)?;
        let sound = rest.is_empty() && total >= 1.0;
        sound.then(|| Ngrams { layers: vec![Layer { words, pairs, triples }], total })
    }

    /// Merges two models by adding up their counts.
    pub fn with(mut self, other: &Ngrams) -> Ngrams {
        if !other.layers.is_empty() {
            self.total = other.total + if self.layers.is_empty() { 0.0 } else { self.total };
            self.layers.extend(other.layers.iter().cloned());
        }
        self
    }

    /// A slot for competing readings, with everything that they share looked up once.
    pub fn slot(&self, context: &Context) -> Slot<'_> {
        let [before, last] = context.left;
        let pair = pair_key(before, last);
        let left = History { last, single: self.word(last), pair, double: self.pair(pair) };
        let right = context.right.map(|term| (term, self.word(term)));
        let right_pair = self.pair(pair_key(context.right[0], context.right[1]));
        Slot { ngrams: self, left, right, right_pair }
    }

    /// How well `word` fits between the terms before (nearest last) and after (nearest first) it.
    ///
    /// In nats, below zero; only differences between readings of the same slot are meaningful.
    pub fn log_prob(&self, left: &[TermHash; 2], word: TermHash, right: &[TermHash; 2]) -> f32 {
        self.score_sequence(left, &[word], right)
    }

    /// How well a sequence of terms, possibly empty, fits between others. The unit is that of [`Ngrams::log_prob`].
    pub fn score_sequence(&self, left: &[TermHash; 2], words: &[TermHash], right: &[TermHash; 2]) -> f32 {
        self.slot(&Context { left: *left, right: *right }).score(words)
    }

    /// How often `word` occurs in the texts that the model was built from: the logarithm to base 2
    /// of the count plus one; 0.0 for a word that occurs never or hardly ever.
    pub fn log2_count(&self, word: TermHash) -> f32 {
        self.word(word).map_or(0.0, |word| (word.count + 1.0).log2())
    }

    /// The same for two consecutive words.
    pub fn log2_pair_count(&self, first: TermHash, second: TermHash) -> f32 {
        self.pair(pair_key(first, second)).map_or(0.0, |pair| (pair.count + 1.0).log2())
    }

    /// How much more often two words stand side by side than they would by chance: the logarithm to base 2,
    /// below zero where they shun each other, as an article and a verb do; 0.0 where too little would be
    /// expected of chance to tell.
    pub fn log2_affinity(&self, first: TermHash, second: TermHash) -> f32 {
        /// So many pairs are expected at least.
        const TELLING: f32 = 5.0;
        let expected = self.log2_count(first) + self.log2_count(second) - self.total.log2();
        if expected < TELLING { 0.0 } else { self.log2_pair_count(first, second) - expected }
    }

    /// The number of books in which `word` occurs, rounded down to a power of two; 0 for none.
    pub fn books(&self, word: TermHash) -> u32 {
        self.word(word).map_or(0, |word| 1 << word.books_log)
    }

    #[inline]
    fn word(&self, term: TermHash) -> Option<WordCount> {
        let (first, more) = self.layers.split_first()?;
        let found = first.words.get(term.0).map(|code| WordCode(code).decode());
        more.iter().fold(found, |found, layer| {
            merge(found, layer.words.get(term.0).map(|code| WordCode(code).decode()), WordCount::and)
        })
    }

    #[inline]
    fn pair(&self, key: u64) -> Option<PairCount> {
        let (first, more) = self.layers.split_first()?;
        let found = first.pairs.get(key).map(|code| PairCode(code).decode());
        more.iter().fold(found, |found, layer| {
            merge(found, layer.pairs.get(key).map(|code| PairCode(code).decode()), PairCount::and)
        })
    }

    /// How often a triple was seen, each layer's answer being bounded by `limit`.
    #[inline]
    fn triple(&self, key: u64, limit: f32) -> f32 {
        let of = |layer: &Layer| layer.triples.get(key).map(triple_count).filter(|&count| count < limit);
        self.layers.iter().filter_map(of).sum()
    }
}

/// The key of two terms in sequence.
#[inline]
pub fn pair_key(a: TermHash, b: TermHash) -> u64 {
    mix(a.0.rotate_left(23) ^ b.0)
}

/// The key of three terms in sequence; `pair` is the key of the first two.
#[inline]
pub fn triple_key(pair: u64, c: TermHash) -> u64 {
    mix(pair.rotate_left(29) ^ c.0.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// The discount taken from every count of a pair, for unseen pairs.
pub const PAIR_DISCOUNT: f32 = 0.8;
/// The discount taken from every count of a triple, for unseen triples.
pub const TRIPLE_DISCOUNT: f32 = 1.5;
/// How much a count may exceed its bound, as both are rounded.
const SLACK: f32 = 1.5;
/// The count of a term that is not in the model.
const UNSEEN: f32 = 0.5;

/// A place in a text where readings compete, created by [`Ngrams::slot`].
#[derive(Clone, Debug)]
pub struct Slot<'m> {
    ngrams: &'m Ngrams,
    left: History,
    right: [(TermHash, Option<WordCount>); 2],
    right_pair: Option<PairCount>,
}

impl Slot<'_> {
    /// How well the terms of a reading fit here, in the unit of [`Ngrams::log_prob`].
    pub fn score(&self, words: &[TermHash]) -> f32 {
        let Slot { ngrams, left, right: [(first, first_word), (second, second_word)], right_pair } = self;
        if ngrams.layers.is_empty() {
            return 0.0;
        }
        let mut history = left.clone();
        let mut probability = 1.0;
        for &next in words {
            let word = ngrams.word(next);
            let pair = history.pair_with(ngrams, next, word);
            probability *= f64::from(history.step(ngrams, next, word, pair));
        }
        let pair = history.pair_with(ngrams, *first, *first_word);
        probability *= f64::from(history.step(ngrams, *first, *first_word, pair));
        probability *= f64::from(history.step(ngrams, *second, *second_word, *right_pair));
        probability.max(f64::MIN_POSITIVE).ln() as f32
    }
}

/// What the layers together have counted of a term.
#[derive(Clone, Copy, Debug)]
struct WordCount {
    count: f32,
    /// The count to use where the history says nothing.
    back_off: f32,
    /// The share of what follows that its pairs do not tell.
    rest: f32,
    books_log: u32,
}

impl WordCount {
    fn and(self, other: WordCount) -> WordCount {
        let count = self.count + other.count;
        WordCount {
            count,
            back_off: self.back_off + other.back_off,
            rest: (self.rest * self.count + other.rest * other.count) / count,
            books_log: self.books_log.max(other.books_log),
        }
    }
}

/// What the layers together have counted of a pair.
#[derive(Clone, Copy, Debug)]
struct PairCount {
    count: f32,
    /// The share of what follows that its triples do not tell.
    rest: f32,
}

impl PairCount {
    fn and(self, other: PairCount) -> PairCount {
        let count = self.count + other.count;
        PairCount { count, rest: (self.rest * self.count + other.rest * other.count) / count }
    }
}

#[inline]
fn merge<T>(a: Option<T>, b: Option<T>, both: impl Fn(T, T) -> T) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(both(a, b)),
        (a, b) => a.or(b),
    }
}

/// The two terms before the next one, with what the model knows of them.
#[derive(Clone, Debug)]
struct History {
    last: TermHash,
    single: Option<WordCount>,
    pair: u64,
    double: Option<PairCount>,
}

impl History {
    /// What the model knows of the last term and `next` as a pair.
    #[inline]
    fn pair_with(&self, ngrams: &Ngrams, next: TermHash, word: Option<WordCount>) -> Option<PairCount> {
        // The model has no pair of which it lacks a word.
        (self.single.is_some() && word.is_some()).then(|| ngrams.pair(pair_key(self.last, next))).flatten()
    }

    /// The probability of `next` after this history, which then moves on by it.
    #[inline]
    fn step(&mut self, ngrams: &Ngrams, next: TermHash, word: Option<WordCount>, pair: Option<PairCount>) -> f32 {
        let mut probability = word.map_or(UNSEEN, |word| word.back_off) / ngrams.total;
        let mut double = None;
        // A term the model lacks is not made less likely by a history that says much: names and
        // foreign words in right text would lose against every word it has.
        if let (Some(last), Some(word)) = (self.single, word) {
            // A pair cannot be more frequent than its words: whatever says so is a chance hit of the map.
            double = pair.filter(|pair| pair.count < SLACK * last.count.min(word.count));
            let own = double.map_or(0.0, |pair| (pair.count - PAIR_DISCOUNT).max(0.0) / last.count);
            probability = own + last.rest * probability;
        }
        if let Some(history) = self.double
            && history.rest < 1.0
        {
            let own = double.map_or(0.0, |follow| {
                let limit = SLACK * history.count.min(follow.count);
                let found = ngrams.triple(triple_key(self.pair, next), limit);
                (found - TRIPLE_DISCOUNT).max(0.0) / history.count
            });
            probability = own + history.rest * probability;
        }
        *self = History { last: next, single: word, pair: pair_key(self.last, next), double };
        probability.min(1.0)
    }
}

/// The value of a term: count, back-off, number of books and what its pairs leave over, on
/// logarithmic scales.
#[derive(Clone, Copy, Debug)]
pub struct WordCode(pub u32);

impl WordCode {
    /// Bits of a packed value.
    pub const BITS: u32 = 20;
    /// Bytes of a fingerprint and a value together.
    pub const WIDTH: usize = 4;

    /// Packs a count, the number of books it comes from, the share of probability
    /// that pairs leave over, and the count to use where the history says nothing.
    pub fn encode(count: u32, books: u32, rest: f32, back_off: f32) -> WordCode {
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
    fn count(self) -> f32 {
        power::<4>(self.0 >> 13 & 127)
    }

    /// The count to use where the history says nothing.
    fn back_off(self) -> f32 {
        // 2^2.5 over the count is where the scale begins.
        self.count() * power::<2>(5) / power::<2>(self.0 >> 9 & 15)
    }

    fn books_log(self) -> u32 {
        self.0 >> 5 & 15
    }

    fn rest(self) -> f32 {
        1.0 / power::<4>(self.0 & 31)
    }

    #[inline]
    fn decode(self) -> WordCount {
        WordCount { count: self.count(), back_off: self.back_off(), rest: self.rest(), books_log: self.books_log() }
    }
}

/// The value of a pair: count and what its triples leave over.
#[derive(Clone, Copy, Debug)]
pub struct PairCode(pub u32);

impl PairCode {
    /// Bits of a packed value.
    pub const BITS: u32 = 10;
    /// Bytes of a fingerprint and a value together.
    pub const WIDTH: usize = 3;

    /// Packs a count, two at least, and the share of probability that triples leave over.
    pub fn encode(count: u32, rest: f32) -> PairCode {
        PairCode(nearest(((count.max(2) as f32).log2() - 1.0) * 3.0, 63) << 4 | nearest(-rest.log2() * 3.0, 15))
    }

    fn count(self) -> f32 {
        2.0 * power::<3>(self.0 >> 4 & 63)
    }

    fn rest(self) -> f32 {
        1.0 / power::<3>(self.0 & 15)
    }

    #[inline]
    fn decode(self) -> PairCount {
        PairCount { count: self.count(), rest: self.rest() }
    }
}

/// Bits of the packed value of a triple.
pub const TRIPLE_BITS: u32 = 5;
/// Bytes of a triple's fingerprint and value together.
pub const TRIPLE_WIDTH: usize = 2;

/// Packs the count of a triple, three at least.
pub fn encode_triple(count: u32) -> u32 {
    nearest(((count.max(3) as f32).log2() - 1.5) * 2.0, 31)
}

/// The count that [`encode_triple`] packed.
pub fn triple_count(code: u32) -> f32 {
    power::<2>(code + 3)
}

/// 2 to the power of `steps / PARTS`, without a call of `exp2`; for 2 to 4 parts and less than 2¹²⁷.
#[inline]
fn power<const PARTS: u32>(steps: u32) -> f32 {
    const HALVES: [f32; 2] = [1.0, std::f32::consts::SQRT_2];
    const THIRDS: [f32; 3] = [1.0, 1.259_921, 1.587_401];
    const QUARTERS: [f32; 4] = [1.0, 1.189_207_1, std::f32::consts::SQRT_2, 1.681_792_8];
    let part = (steps % PARTS) as usize;
    let fraction = match PARTS {
        2 => HALVES[part],
        3 => THIRDS[part],
        _ => QUARTERS[part],
    };
    f32::from_bits((127 + steps / PARTS) << 23) * fraction
}

fn nearest(x: f32, most: u32) -> u32 {
    (x.round().max(0.0) as u32).min(most)
}

#[cfg(all(test, feature = "english"))]
mod tests {
    use super::*;

    fn terms(words: &str) -> Vec<TermHash> {
        words.split(' ').map(term).collect()
    }

    /// The better of two readings at the gap `_` of a sentence.
    fn better<'r>(sentence: &str, readings: [&'r str; 2]) -> &'r str {
        let at = sentence.find('_').expect("a gap");
        let place_in = context(sentence, at..at + 1);
        let model = Ngrams::open(descan_data_en::NGRAMS).expect("the built-in n-grams");
        let place = model.slot(&place_in);
        let [a, b] = readings.map(|reading| place.score(&terms(reading)));
        if a > b { readings[0] } else { readings[1] }
    }

    #[test]
    fn neighbours_on_both_sides_decide() {
        assert_eq!(better("He looked at her _ said nothing.", ["arid", "and"]), "and");
        assert_eq!(better("She _ a black dress.", ["wore", "were"]), "wore");
        assert_eq!(better("I could _ see him.", ["not", "hot"]), "not");
        assert_eq!(better("It was a very _ day in the summer.", ["not", "hot"]), "hot");
    }

    #[test]
    fn readings_of_one_and_two_words_compare() {
        assert_eq!(better("All _ men were there.", ["of the", "ofthe"]), "of the");
        assert_eq!(better("He had _ to say.", ["nothing", "no thing"]), "nothing");
        assert_eq!(better("She came _ the room.", ["into", "in to"]), "into");
    }

    #[test]
    fn the_long_way_and_the_short_way_agree() {
        let model = Ngrams::open(descan_data_en::NGRAMS).expect("the built-in n-grams");
        let found = context("the old man went _ to sleep", 17..18);
        let word = term("back");
        assert_eq!(model.log_prob(&found.left, word, &found.right), model.slot(&found).score(&[word]));
        assert!(model.log_prob(&found.left, word, &found.right) < 0.0);
        assert!(model.slot(&found).score(&[word; 300]).is_finite());
    }

    #[test]
    fn words_are_counted() {
        let model = Ngrams::open(descan_data_en::NGRAMS).expect("the built-in n-grams");
        assert!(model.log2_count(term("the")) > 20.0 && model.books(term("the")) == 256);
        assert_eq!((model.log2_count(term("qzxvkj")), model.books(term("qzxvkj"))), (0.0, 0));
    }

    #[test]
    fn codes_keep_their_values_roughly() {
        for count in [1u32, 2, 7, 100, 12_345, 3_000_000] {
            let code = WordCode::encode(count, 5, 0.3, count as f32 / 2.0);
            assert!((code.count() / count as f32).log2().abs() < 0.13, "{count}");
            assert!((code.back_off() / count as f32 * 2.0).log2().abs() < 0.26, "{count}");
            assert!((code.rest() / 0.3).log2().abs() < 0.13 && code.books_log() == 2);
            let code = PairCode::encode(count, 0.3);
            assert!((code.count() / count.max(2) as f32).log2().abs() < 0.17, "{count}");
            assert!(
                (triple_count(encode_triple(count.min(100_000))) / count.clamp(3, 100_000) as f32).log2().abs() < 0.26
            );
        }
    }

    #[test]
    fn bytes_that_are_no_model_are_refused() {
        let bytes = descan_data_en::NGRAMS;
        assert!(Ngrams::open(bytes).is_ok());
        for end in [0, 7, 8, 11, 20, 1000, bytes.len() - 1] {
            assert_eq!(Ngrams::open(bytes[..end].to_vec()).err(), Some(NgramsError));
        }
        assert_eq!(Ngrams::EMPTY.log_prob(&[term("a"); 2], term("b"), &[term("c"); 2]), 0.0);
    }
}
