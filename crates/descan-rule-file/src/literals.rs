//! Literals of many rules, looked for at once.
//!
//! Of each literal the rarest four bytes are kept, and one look at tables of bits
//! says for nearly every place of a text that none of them begins there. The literals
//! themselves lie in buckets by a hash of these bytes. The build script works the
//! tables of the built-in rules out, so that a run begins with them.

use std::borrow::Cow;
use std::ops::Range;

use crate::rarity::rarity;

/// The most bytes of a literal that are looked for; what is longer is cut.
pub const LONGEST: usize = 255;

/// The size of each table of bits.
const BITS: usize = 1 << 16;

/// The number of buckets.
const BUCKETS: usize = 1 << 14;

/// Literals of rules.
#[derive(Clone, Debug, Default)]
pub struct Literals<'a> {
    /// Which hashes of four bytes are those of a literal's rarest ones; behind them,
    /// for the literals that have no more, those of three, and which two bytes.
    may_begin: Cow<'a, [u64]>,
    /// Which bytes are literals by themselves.
    single: [u64; 4],
    /// Where each bucket begins in `entries`, in bytes, and behind the last where it ends.
    buckets: Cow<'a, [u32]>,
    /// The literals of each bucket, as [`Entry::write`] writes them.
    entries: Cow<'a, [u8]>,
}

/// A literal of a rule.
struct Entry<'a> {
    literal: &'a [u8],
    /// Where its rarest bytes stand in it.
    offset: usize,
    rule: u16,
    /// Whether no letter or digit may stand before or after it.
    is_whole: bool,
}

/// The bytes of an entry before its literal: the length, the offset, and the rule with the
/// bit for whole words on top.
const HEAD: usize = 4;
const WHOLE: u16 = 1 << 15;

impl<'a> Entry<'a> {
    fn write(&self, to: &mut Vec<u8>) {
        let rule = if self.is_whole { self.rule | WHOLE } else { self.rule };
        let [low, high] = rule.to_le_bytes();
        to.extend([self.literal.len() as u8, self.offset as u8, low, high]);
        to.extend(self.literal);
    }

    /// The first entry of some, and the others.
    fn read(bytes: &'a [u8]) -> Option<(Entry<'a>, &'a [u8])> {
        let (&[length, offset, low, high], rest) = bytes.split_first_chunk::<HEAD>()?;
        let (literal, rest) = rest.split_at_checked(usize::from(length))?;
        let rule = u16::from_le_bytes([low, high]);
        let entry = Entry { literal, offset: usize::from(offset), rule: rule & !WHOLE, is_whole: rule & WHOLE != 0 };
        Some((entry, rest))
    }

    /// Its rarest bytes.
    fn anchor(&self) -> &'a [u8] {
        &self.literal[self.offset..][..self.literal.len().min(4)]
    }

    /// Whether it stands at a place of a text.
    fn is_at(&self, bytes: &[u8], start: usize) -> bool {
        let Some(there) = bytes.get(start..start + self.literal.len()) else { return false };
        there[0] == self.literal[0]
            && there == self.literal
            && (!self.is_whole || is_whole(bytes, start, self.literal.len()))
    }
}

/// A literal that is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'l> {
    /// The literal, of at most [`LONGEST`] bytes; what is longer is cut.
    pub literal: &'l str,
    /// The number of its rule, below 32,768.
    pub rule: u16,
    /// Whether no letter or digit may stand before or after it.
    pub is_whole: bool,
}

impl Literals<'static> {
    /// The tables that [`Literals::to_rust`] wrote.
    pub const fn built_in(
        may_begin: &'static [u64],
        single: [u64; 4],
        buckets: &'static [u32],
        entries: &'static [u8],
    ) -> Literals<'static> {
        Literals {
            may_begin: Cow::Borrowed(may_begin),
            single,
            buckets: Cow::Borrowed(buckets),
            entries: Cow::Borrowed(entries),
        }
    }

    /// The tables of some literals.
    pub fn of<'l>(wanted: impl Iterator<Item = Wanted<'l>>) -> Literals<'static> {
        let mut all: Vec<(usize, Entry<'l>)> = Vec::new();
        let (mut may_begin, mut single) = (vec![0_u64; 3 * BITS / 64], [0_u64; 4]);
        for Wanted { literal, rule, is_whole } in wanted {
            let literal =
                &literal[..(0..=literal.len().min(LONGEST)).rev().find(|&i| literal.is_char_boundary(i)).unwrap_or(0)];
            if literal.is_empty() {
                continue;
            }
            let windows = literal.as_bytes().windows(literal.len().min(4)).enumerate();
            let rarest = windows
                .map(|(offset, window)| (rarity(window), offset))
                .reduce(|best, next| if next.0 > best.0 { next } else { best });
            let offset = rarest.map_or(0, |(_, offset)| offset);
            let entry = Entry { literal: literal.as_bytes(), offset, rule, is_whole };
            let anchor = entry.anchor();
            let bit = match anchor.len() {
                4 => Some(hash(padded(anchor))),
                3 => Some(BITS + hash(padded(anchor))),
                2 => Some(2 * BITS + padded(anchor) as usize),
                _ => None,
            };
            match bit {
                Some(bit) => may_begin[bit / 64] |= 1 << (bit % 64),
                None => single[usize::from(anchor[0]) / 64] |= 1 << (anchor[0] % 64),
            }
            all.push((bucket(padded(anchor)), entry));
        }
        all.sort_by_key(|(bucket, entry)| (*bucket, entry.anchor(), entry.rule));
        let (mut buckets, mut entries) = (Vec::with_capacity(BUCKETS + 1), Vec::new());
        for (bucket, entry) in &all {
            buckets.resize(buckets.len().max(bucket + 1), entries.len() as u32);
            entry.write(&mut entries);
        }
        buckets.resize(BUCKETS + 1, entries.len() as u32);
        Literals {
            may_begin: Cow::Owned(may_begin),
            single,
            buckets: Cow::Owned(buckets),
            entries: Cow::Owned(entries),
        }
    }

    /// The tables as Rust that makes them again.
    pub fn to_rust(&self) -> String {
        let Literals { may_begin, single, buckets, entries } = self;
        format!("Literals::built_in(&{may_begin:?}, {single:?}, &{buckets:?}, b\"{}\")", entries.escape_ascii())
    }
}

impl Literals<'_> {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Calls `take` with the rule of each literal that begins in a part of a text and
    /// where it stands, in bytes, in no particular order. The part is in bytes too.
    pub fn find(&self, text: &str, part: Range<usize>, mut take: impl FnMut(u16, Range<usize>)) {
        if self.is_empty() {
            return;
        }
        let bytes = text.as_bytes();
        let may_begin: &[u64] = &self.may_begin;
        let mut take = |rule: u16, span: Range<usize>| {
            if part.contains(&span.start) {
                take(rule, span);
            }
        };
        // The rarest bytes of a literal may stand at its end.
        for at in part.start..bytes.len().min(part.end + LONGEST) {
            let four = match bytes.get(at..at + 4) {
                Some(four) => u32::from_le_bytes([four[0], four[1], four[2], four[3]]),
                None => padded(&bytes[at..]),
            };
            let byte = bytes[at];
            let has = |bit: usize| may_begin[bit / 64] >> (bit % 64) & 1 == 1;
            if has(hash(four)) {
                self.check(bytes, at, four, 4, &mut take);
            }
            if has(BITS + hash(four & 0xff_ffff)) {
                self.check(bytes, at, four & 0xff_ffff, 3, &mut take);
            }
            if has(2 * BITS + (four & 0xffff) as usize) {
                self.check(bytes, at, four & 0xffff, 2, &mut take);
            }
            if self.single[usize::from(byte) / 64] >> (byte % 64) & 1 == 1 {
                self.check(bytes, at, u32::from(byte), 1, &mut take);
            }
        }
    }

    /// Looks up the literals whose rarest bytes, so many, may be those at `at`.
    fn check(&self, bytes: &[u8], at: usize, anchor: u32, length: usize, take: &mut impl FnMut(u16, Range<usize>)) {
        let bucket = bucket(anchor);
        let mut entries = &self.entries[self.buckets[bucket] as usize..self.buckets[bucket + 1] as usize];
        while let Some((entry, rest)) = Entry::read(entries) {
            entries = rest;
            let Some(start) = at.checked_sub(entry.offset) else { continue };
            // A shorter one in the same bucket is looked up by itself.
            if entry.literal.len().min(4) == length && entry.is_at(bytes, start) {
                take(entry.rule, start..start + entry.literal.len());
            }
        }
    }
}

/// Whether no letter or digit stands beside the bytes from `start` on.
fn is_whole(bytes: &[u8], start: usize, length: usize) -> bool {
    let is_letter = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric);
    !is_letter(start.checked_sub(1)) && !is_letter(Some(start + length))
}

/// Up to four bytes, followed by zeros.
fn padded(bytes: &[u8]) -> u32 {
    let at = |index: usize| bytes.get(index).copied().unwrap_or_default();
    u32::from_le_bytes([at(0), at(1), at(2), at(3)])
}

#[inline]
fn hash(bytes: u32) -> usize {
    (bytes.wrapping_mul(0x9e37_79b1) >> 16) as usize
}

/// The bucket of a literal with these rarest bytes.
#[inline]
fn bucket(anchor: u32) -> usize {
    anchor.wrapping_mul(0x85eb_ca6b) as usize >> 18
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_of_all_lengths_are_found_wherever_they_stand() {
        let literals = ["^", "’", " ;", "n't", "said; “", "z"];
        let wanted = literals.iter().enumerate();
        let wanted = wanted.map(|(index, literal)| Wanted { literal, rule: index as u16, is_whole: false });
        let table = Literals::of(wanted);
        let text = "^ he didn't ; and said; “it’s z";
        let mut found = Vec::new();
        table.find(text, 0..text.len(), |rule, span| found.push((usize::from(rule), span.start)));
        found.sort_unstable();
        let mut expected = Vec::new();
        for (index, literal) in literals.iter().enumerate() {
            expected.extend(text.match_indices(literal).map(|(at, _)| (index, at)));
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn whole_words_have_no_letter_beside_them() {
        let table = Literals::of([Wanted { literal: "tlie", rule: 7, is_whole: true }].into_iter());
        let mut found = Vec::new();
        let text = "tlie untlie, tlier “tlie”";
        table.find(text, 0..text.len(), |rule, span| found.push((rule, span.start)));
        assert_eq!(found, [(7, 0), (7, 22)]);
        found.clear();
        table.find(text, 1..22, |rule, span| found.push((rule, span.start)));
        assert_eq!(found, []);
    }
}
