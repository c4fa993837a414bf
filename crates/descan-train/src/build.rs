//! Builds the bytes of the n-gram model from counts.

use descan_lang::ngrams::{
    MAGIC, PAIR_DISCOUNT, PairCode, TRIPLE_BITS, TRIPLE_DISCOUNT, TRIPLE_WIDTH, WordCode, encode_triple, pair_key,
    triple_key,
};
use descan_lang::terms::{TermHash, hash_folded};
use rustc_hash::FxHashMap;

use super::count::{Count, Counts, WordCount};
use super::fuse;

/// What of the counts goes into the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Texts a word, pair or triple must occur in.
    pub books: u32,
    /// Occurrences a word must have.
    pub words: u32,
    /// Occurrences a pair must have.
    pub pairs: u32,
    /// Occurrences a triple must have.
    pub triples: u32,
    /// The gain in nats over all texts below which a triple is left out: it says what its pairs say.
    pub triple_gain: f32,
    /// The same for a pair against its words.
    pub pair_gain: f32,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { books: 2, words: 3, pairs: 2, triples: 3, triple_gain: 17.0, pair_gain: 8.0 }
    }
}

/// The model's bytes; the same counts and limits give the same bytes.
///
/// Returns `None` only if two different n-grams share a 64-bit hash.
pub fn ngrams(counts: &Counts, limits: Limits) -> Option<Vec<u8>> {
    let kept: Vec<bool> = counts.words.iter().map(|w| w.count >= limits.words && (w.books >= limits.books)).collect();
    let known = |terms: &[u32]| terms.iter().all(|&t| kept[t as usize]);
    let hashes: Vec<TermHash> = counts.words.iter().map(|w| hash_folded(&w.term)).collect();
    let seen = |t: u32| counts.words[t as usize].count as f32;
    let total: f64 = counts.words.iter().map(|w| f64::from(w.count)).sum();

    let pairs: Vec<&Count<2>> =
        counts.pairs.iter().filter(|p| p.count >= limits.pairs && p.books >= limits.books && known(&p.terms)).collect();
    let pair_counts: FxHashMap<[u32; 2], u32> = pairs.iter().map(|p| (p.terms, p.count)).collect();
    let pair_count = |a: u32, b: u32| pair_counts.get(&[a, b]).copied();

    let back_offs = back_offs(counts);

    // What the pairs after each word leave over, before any pair is left out.
    let full_rest = rests(pairs.iter().map(|p| (p.terms[0], p.count)), PAIR_DISCOUNT, seen);
    let back_off = |a: u32, b: u32| full_rest.get(&a).copied().unwrap_or(1.0) * back_offs[b as usize] / total as f32;
    let pair_probability = |a: u32, b: u32| {
        let own = pair_count(a, b).map_or(0.0, |c| (c as f32 - PAIR_DISCOUNT) / seen(a));
        own + back_off(a, b)
    };

    let triples: Vec<&Count<3>> = counts
        .triples
        .iter()
        .filter(|t| {
            let [a, b, c] = t.terms;
            let (Some(history), Some(_)) = (pair_count(a, b), pair_count(b, c)) else { return false };
            let gain = gain(t.count, t.count as f32 / history as f32, pair_probability(b, c));
            t.count >= limits.triples && t.books >= limits.books && gain >= limits.triple_gain
        })
        .collect();
    let needed: rustc_hash::FxHashSet<[u32; 2]> =
        triples.iter().flat_map(|t| [[t.terms[0], t.terms[1]], [t.terms[1], t.terms[2]]]).collect();
    let pairs: Vec<&Count<2>> = pairs
        .into_iter()
        .filter(|p| {
            let [a, b] = p.terms;
            needed.contains(&p.terms) || gain(p.count, p.count as f32 / seen(a), back_off(a, b)) >= limits.pair_gain
        })
        .collect();

    let rest = rests(pairs.iter().map(|p| (p.terms[0], p.count)), PAIR_DISCOUNT, seen);
    let pair_rest = rests(triples.iter().map(|t| ([t.terms[0], t.terms[1]], t.count)), TRIPLE_DISCOUNT, |[a, b]| {
        pair_count(a, b).unwrap_or(1) as f32
    });

    let key = |[a, b]: [u32; 2]| pair_key(hashes[a as usize], hashes[b as usize]);
    let word_entries: Vec<(u64, u32)> = (0..counts.words.len() as u32)
        .filter(|&t| kept[t as usize])
        .map(|t| {
            let word = &counts.words[t as usize];
            let rest = rest.get(&t).copied().unwrap_or(1.0);
            (hashes[t as usize].0, WordCode::encode(word.count, word.books, rest, back_offs[t as usize]).0)
        })
        .collect();
    let pair_entries: Vec<(u64, u32)> = pairs
        .iter()
        .map(|p| (key(p.terms), PairCode::encode(p.count, pair_rest.get(&p.terms).copied().unwrap_or(1.0)).0))
        .collect();
    let triple_entries: Vec<(u64, u32)> = triples
        .iter()
        .map(|t| {
            let [a, b, c] = t.terms;
            (triple_key(key([a, b]), hashes[c as usize]), encode_triple(t.count))
        })
        .collect();

    let mut bytes = MAGIC.to_vec();
    bytes.extend((total as f32).to_le_bytes());
    bytes.extend(fuse::build::<{ WordCode::WIDTH }>(&word_entries, WordCode::BITS)?);
    bytes.extend(fuse::build::<{ PairCode::WIDTH }>(&pair_entries, PairCode::BITS)?);
    bytes.extend(fuse::build::<TRIPLE_WIDTH>(&triple_entries, TRIPLE_BITS)?);
    Some(bytes)
}

/// What to take for the count of each term after a history that was never followed by it.
///
/// Kneser and Ney count the different terms before it instead of its occurrences; the geometric
/// mean of both decided best between readings on books that were not counted.
fn back_offs(counts: &Counts) -> Vec<f32> {
    let mut before = vec![0u32; counts.words.len()];
    for pair in &counts.pairs {
        before[pair.terms[1] as usize] += 1;
    }
    let total: f64 = counts.words.iter().map(|w| f64::from(w.count)).sum();
    let scale = total / counts.pairs.len().max(1) as f64;
    let of =
        |(word, before): (&WordCount, u32)| (f64::from(word.count) * f64::from(before).max(0.3) * scale).sqrt() as f32;
    counts.words.iter().zip(before).map(of).collect()
}

/// How much better the texts are foretold with an n-gram than without it, in nats.
fn gain(count: u32, with: f32, without: f32) -> f32 {
    count as f32 * (with / without).ln().abs()
}

/// For every history, the share of what follows it that its continuations do not tell.
fn rests<H: std::hash::Hash + Eq + Copy>(
    followed: impl Iterator<Item = (H, u32)>,
    discount: f32,
    seen: impl Fn(H) -> f32,
) -> FxHashMap<H, f32> {
    let mut told: FxHashMap<H, f32> = FxHashMap::default();
    for (history, count) in followed {
        *told.entry(history).or_default() += count as f32 - discount;
    }
    told.into_iter().map(|(history, told)| (history, (1.0 - told / seen(history)).clamp(0.001, 1.0))).collect()
}
