//! Aligns two sequences of symbols with the fewest edits.
//!
//! The bit-parallel matrix is that of Hyyrö, "A bit-vector algorithm for
//! computing Levenshtein and Damerau edit distances" (2003); sequences whose
//! matrix would be large are cut in two as Hirschberg does. Where several
//! alignments are equally short, the choice is that of the `rapidfuzz` library,
//! so that its figures can be compared with these.

use std::collections::HashMap;
use std::hash::Hash;

/// The largest bit matrix that is kept whole, in bytes.
const MATRIX: usize = 1 << 20;

/// Numbers items; equal items have the same number.
#[derive(Default)]
pub(crate) struct Symbols<T>(HashMap<T, u32>);

impl<T: Hash + Eq> Symbols<T> {
    /// The numbers of `items` in order.
    pub(crate) fn of(&mut self, items: impl Iterator<Item = T>) -> Vec<u32> {
        items
            .map(|item| {
                let next = self.0.len() as u32;
                *self.0.entry(item).or_insert(next)
            })
            .collect()
    }
}

/// How a sequence aligns with the truth.
pub(crate) struct Alignment {
    /// For each symbol of the truth, whether the other sequence has it.
    pub right: Vec<bool>,
    /// For each symbol of the truth, the index in the other sequence.
    pub at: Vec<usize>,
    /// Insertions, deletions and replacements.
    pub distance: usize,
}

/// Aligns `other` with `truth`.
pub(crate) fn align(other: &[u32], truth: &[u32]) -> Alignment {
    let mut found = Alignment { right: vec![true; truth.len()], at: vec![usize::MAX; truth.len()], distance: 0 };
    part(other, truth, 0, 0, usize::MAX, &mut found);
    found
}

/// The number of insertions, deletions and replacements between two sequences.
pub(crate) fn distance(a: &[u32], b: &[u32]) -> usize {
    let (_, a, b) = without_affixes(a, b);
    if a.is_empty() || b.is_empty() {
        return a.len().max(b.len());
    }
    *scores(a.iter(), b.iter()).last().unwrap_or(&0)
}

/// Aligns parts of both sequences that begin at `src` and `dest`, and that are at
/// most `max` edits apart.
fn part(other: &[u32], truth: &[u32], src: usize, dest: usize, max: usize, found: &mut Alignment) {
    let (prefix, a, b) = without_affixes(other, truth);
    for k in 0..prefix {
        found.at[dest + k] = src + k;
    }
    let tail = truth.len() - prefix - b.len();
    for k in 0..tail {
        found.at[dest + prefix + b.len() + k] = src + prefix + a.len() + k;
    }
    let (src, dest) = (src + prefix, dest + prefix);
    let max = max.min(a.len().max(b.len()));
    let band = a.len().min(2 * max + 1);
    if 2 * band * b.len() / 8 < MATRIX || a.len() < 65 || b.len() < 10 {
        whole(a, b, src, dest, found);
        return;
    }
    let middle = b.len() / 2;
    let left = scores(a.iter(), b[..middle].iter());
    let right = scores(a.iter().rev(), b[middle..].iter().rev());
    let total = |i: usize| left[i] + right[a.len() - i];
    let cut = (1..=a.len()).min_by_key(|&i| total(i)).unwrap_or(0);
    part(&a[..cut], &b[..middle], src, dest, left[cut], found);
    part(&a[cut..], &b[middle..], src + cut, dest + middle, right[a.len() - cut], found);
}

/// Aligns with the whole matrix in memory.
fn whole(a: &[u32], b: &[u32], src: usize, dest: usize, found: &mut Alignment) {
    let mut matrix = Vec::with_capacity(b.len());
    let mut columns = Columns::new(a.iter());
    for symbol in b {
        columns.step(*symbol);
        matrix.push((columns.up.clone(), columns.down.clone()));
    }
    let bit = |bits: &[u64], i: usize| bits[i / 64] >> (i % 64) & 1 == 1;
    let (mut i, mut j) = (a.len(), b.len());
    while i > 0 && j > 0 {
        if bit(&matrix[j - 1].0, i - 1) {
            found.distance += 1;
            i -= 1;
            continue;
        }
        j -= 1;
        found.right[dest + j] = false;
        if j > 0 && bit(&matrix[j - 1].1, i - 1) {
            found.distance += 1;
            found.at[dest + j] = src + i;
        } else {
            i -= 1;
            found.right[dest + j] = a[i] == b[j];
            found.distance += usize::from(a[i] != b[j]);
            found.at[dest + j] = src + i;
        }
    }
    found.distance += i + j;
    for j in 0..j {
        found.right[dest + j] = false;
        found.at[dest + j] = src;
    }
}

/// The distance of each prefix of `a` from `b`, the empty prefix first.
fn scores<'s>(a: impl Iterator<Item = &'s u32>, b: impl Iterator<Item = &'s u32>) -> Vec<usize> {
    let mut columns = Columns::new(a);
    let mut rows = 0;
    for symbol in b {
        columns.step(*symbol);
        rows += 1;
    }
    let mut score = rows;
    let mut list = Vec::with_capacity(columns.length + 1);
    list.push(score);
    for i in 0..columns.length {
        score += (columns.up[i / 64] >> (i % 64) & 1) as usize;
        score -= (columns.down[i / 64] >> (i % 64) & 1) as usize;
        list.push(score);
    }
    list
}

/// One row of the matrix, as differences between neighbouring cells.
struct Columns {
    length: usize,
    /// Bits of cells that are one more than the cell before.
    up: Vec<u64>,
    /// Bits of cells that are one less.
    down: Vec<u64>,
    /// The positions of each symbol: a block of 64 and its bits.
    places: HashMap<u32, Vec<(u32, u64)>>,
}

impl Columns {
    fn new<'s>(a: impl Iterator<Item = &'s u32>) -> Columns {
        let mut places: HashMap<u32, Vec<(u32, u64)>> = HashMap::new();
        let mut length = 0_usize;
        for &symbol in a {
            let (block, mask) = ((length / 64) as u32, 1 << (length % 64));
            let list = places.entry(symbol).or_default();
            match list.last_mut() {
                Some((last, bits)) if *last == block => *bits |= mask,
                _ => list.push((block, mask)),
            }
            length += 1;
        }
        let blocks = length.div_ceil(64);
        Columns { length, up: vec![u64::MAX; blocks], down: vec![0; blocks], places }
    }

    /// Advances to the row of the next symbol.
    fn step(&mut self, symbol: u32) {
        let mut places = self.places.get(&symbol).map_or(&[][..], Vec::as_slice).iter().peekable();
        let (mut more, mut less) = (1, 0);
        for (block, (up, down)) in self.up.iter_mut().zip(&mut self.down).enumerate() {
            let same = places.next_if(|p| p.0 as usize == block).map_or(0, |p| p.1) | less;
            let level = ((same & *up).wrapping_add(*up) ^ *up) | same | *down;
            let rise = *down | !(level | *up);
            let fall = level & *up;
            let (rising, falling) = (rise << 1 | more, fall << 1 | less);
            (more, less) = (rise >> 63, fall >> 63);
            *up = falling | !(level | rising);
            *down = rising & level;
        }
    }
}

/// The length of the common prefix, and both sequences without their common
/// prefix and suffix.
fn without_affixes<'s>(a: &'s [u32], b: &'s [u32]) -> (usize, &'s [u32], &'s [u32]) {
    let prefix = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[prefix..], &b[prefix..]);
    let suffix = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    (prefix, &a[..a.len() - suffix], &b[..b.len() - suffix])
}

#[cfg(test)]
mod tests {
    use super::{Symbols, align, distance};

    fn by_hand(a: &[u32], b: &[u32]) -> usize {
        let mut row: Vec<usize> = (0..=b.len()).collect();
        for (i, x) in a.iter().enumerate() {
            let mut before = std::mem::replace(&mut row[0], i + 1);
            for (j, y) in b.iter().enumerate() {
                let replaced = before + usize::from(x != y);
                before = row[j + 1];
                row[j + 1] = replaced.min(before + 1).min(row[j] + 1);
            }
        }
        row[b.len()]
    }

    /// Random sequences, shorter and longer than a block.
    #[test]
    fn agrees_with_the_plain_matrix() {
        let mut seed = 7_u64;
        let mut next = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        for _ in 0..300 {
            let mut make = |length: u64| (0..next(length)).map(|_| next(5) as u32).collect::<Vec<_>>();
            let (a, b) = (make(200), make(200));
            let found = align(&a, &b);
            assert_eq!(distance(&a, &b), by_hand(&a, &b));
            assert_eq!(found.distance, by_hand(&a, &b));
            for (j, &at) in found.at.iter().enumerate() {
                assert!(!found.right[j] || a[at] == b[j]);
            }
        }
    }

    #[test]
    fn finds_the_words_that_are_right() {
        let mut symbols = Symbols::default();
        let truth = symbols.of("the cat sat on the mat".split(' '));
        let other = symbols.of("the eat sat onthe mat".split(' '));
        let found = align(&other, &truth);
        assert_eq!(found.distance, 3);
        assert_eq!(found.right.iter().filter(|r| **r).count(), 3);
    }
}
