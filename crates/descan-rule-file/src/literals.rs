//! Literals of many rules, looked for at once.
//!
//! Of each literal the rarest four bytes are kept, and one look at tables of bits
//! says for nearly every place of a text that none of them begins there. The build
//! script works the tables of the built-in rules out, so that a run begins with them.

use std::borrow::Cow;
use std::ops::Range;

use crate::rarity::rarity;

/// The most bytes of a literal that are looked for; what is longer is cut.
pub const LONGEST: usize = 255;

/// The size of each table of bits.
const BITS: usize = 1 << 16;

/// Literals of rules.
#[derive(Clone, Debug, Default)]
pub struct Literals<'a> {
    /// Which hashes of four bytes are those of a literal's rarest ones; behind them,
    /// for the literals that have no more, those of three, and which two bytes.
    may_begin: Cow<'a, [u64]>,
    /// Which bytes are literals by themselves.
    single: [u64; 4],
    /// The rarest bytes of the literals, sorted, each with the index of its first anchor.
    grams: Cow<'a, [(u64, u32)]>,
    /// A literal each, in the order of their rarest bytes.
    anchors: Cow<'a, [u64]>,
    /// The literals one after another.
    text: Cow<'a, str>,
}

/// A literal of a rule and where its rarest bytes stand in it.
struct Anchor {
    /// Where it begins in the text of all literals.
    start: usize,
    length: usize,
    offset: usize,
    rule: u16,
    /// Whether no letter or digit may stand before or after it.
    is_whole: bool,
}

impl Anchor {
    fn pack(&self) -> u64 {
        let Anchor { start, length, offset, rule, is_whole } = *self;
        (start as u64) << 33
            | (length as u64) << 25
            | (offset as u64) << 17
            | u64::from(rule) << 1
            | u64::from(is_whole)
    }

    fn unpack(bits: u64) -> Anchor {
        Anchor {
            start: (bits >> 33) as usize,
            length: usize::from((bits >> 25) as u8),
            offset: usize::from((bits >> 17) as u8),
            rule: (bits >> 1) as u16,
            is_whole: bits & 1 == 1,
        }
    }
}

/// A literal that is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'l> {
    /// The literal, of at most [`LONGEST`] bytes; what is longer is cut.
    pub literal: &'l str,
    /// The number of its rule.
    pub rule: u16,
    /// Whether no letter or digit may stand before or after it.
    pub is_whole: bool,
}

impl Literals<'static> {
    /// The tables that [`Literals::to_rust`] wrote.
    pub const fn built_in(
        may_begin: &'static [u64],
        single: [u64; 4],
        grams: &'static [(u64, u32)],
        anchors: &'static [u64],
        text: &'static str,
    ) -> Literals<'static> {
        Literals {
            may_begin: Cow::Borrowed(may_begin),
            single,
            grams: Cow::Borrowed(grams),
            anchors: Cow::Borrowed(anchors),
            text: Cow::Borrowed(text),
        }
    }

    /// The tables of some literals.
    pub fn of<'l>(wanted: impl Iterator<Item = Wanted<'l>>) -> Literals<'static> {
        let mut text = String::new();
        let mut all: Vec<(u64, Anchor)> = Vec::new();
        let (mut may_begin, mut single) = (vec![0_u64; 3 * BITS / 64], [0_u64; 4]);
        for Wanted { literal, rule, is_whole } in wanted {
            let literal =
                &literal[..(0..=literal.len().min(LONGEST)).rev().find(|&i| literal.is_char_boundary(i)).unwrap_or(0)];
            let length = literal.len().min(4);
            if length == 0 {
                continue;
            }
            let windows = literal.as_bytes().windows(length).enumerate();
            let rarest = windows
                .map(|(offset, window)| (rarity(window), offset))
                .reduce(|best, next| if next.0 > best.0 { next } else { best });
            let offset = rarest.map_or(0, |(_, offset)| offset);
            let bytes = &literal.as_bytes()[offset..offset + length];
            let bit = match length {
                4 => Some(hash(padded(bytes))),
                3 => Some(BITS + hash(padded(bytes))),
                2 => Some(2 * BITS + padded(bytes) as usize),
                _ => None,
            };
            match bit {
                Some(bit) => may_begin[bit / 64] |= 1 << (bit % 64),
                None => single[usize::from(bytes[0]) / 64] |= 1 << (bytes[0] % 64),
            }
            all.push((gram(bytes), Anchor { start: text.len(), length: literal.len(), offset, rule, is_whole }));
            text += literal;
        }
        all.sort_by_key(|(gram, anchor)| (*gram, anchor.rule, anchor.start));
        let mut grams: Vec<(u64, u32)> = Vec::new();
        for (index, (gram, _)) in all.iter().enumerate() {
            if grams.last().is_none_or(|(last, _)| last != gram) {
                grams.push((*gram, index as u32));
            }
        }
        let anchors = all.iter().map(|(_, anchor)| anchor.pack()).collect();
        Literals {
            may_begin: Cow::Owned(may_begin),
            single,
            grams: Cow::Owned(grams),
            anchors: Cow::Owned(anchors),
            text: Cow::Owned(text),
        }
    }

    /// The tables as Rust that makes them again.
    pub fn to_rust(&self) -> String {
        let Literals { may_begin, single, grams, anchors, text } = self;
        format!("Literals::built_in(&{may_begin:?}, {single:?}, &{grams:?}, &{anchors:?}, {text:?})")
    }
}

impl Literals<'_> {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.anchors.is_empty()
    }

    /// Calls `take` with the rule of each literal that begins in a part of a text and
    /// where it begins, in bytes, in no particular order. The part is in bytes too.
    pub fn find(&self, text: &str, part: Range<usize>, mut take: impl FnMut(u16, usize)) {
        if self.is_empty() {
            return;
        }
        let bytes = text.as_bytes();
        let may_begin: &[u64] = &self.may_begin;
        let mut take = |rule: u16, start: usize| {
            if part.contains(&start) {
                take(rule, start);
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
                self.check(bytes, at, 4, &mut take);
            }
            if has(BITS + hash(four & 0xff_ffff)) {
                self.check(bytes, at, 3, &mut take);
            }
            if has(2 * BITS + (four & 0xffff) as usize) {
                self.check(bytes, at, 2, &mut take);
            }
            if self.single[usize::from(byte) / 64] >> (byte % 64) & 1 == 1 {
                self.check(bytes, at, 1, &mut take);
            }
        }
    }

    /// Looks up the literals whose rarest bytes, so many, may stand at `at`.
    fn check(&self, bytes: &[u8], at: usize, length: usize, take: &mut impl FnMut(u16, usize)) {
        let Some(bytes_there) = bytes.get(at..at + length) else { return };
        let gram = gram(bytes_there);
        let Ok(found) = self.grams.binary_search_by_key(&gram, |&(gram, _)| gram) else { return };
        let first = self.grams[found].1 as usize;
        let end = self.grams.get(found + 1).map_or(self.anchors.len(), |&(_, end)| end as usize);
        for &bits in &self.anchors[first..end] {
            let anchor = Anchor::unpack(bits);
            let Some(start) = at.checked_sub(anchor.offset) else { continue };
            let literal = &self.text.as_bytes()[anchor.start..anchor.start + anchor.length];
            if bytes[start..].starts_with(literal) && (!anchor.is_whole || is_whole(bytes, start, literal.len())) {
                take(anchor.rule, start);
            }
        }
    }
}

/// Whether no letter or digit stands beside the bytes from `start` on.
fn is_whole(bytes: &[u8], start: usize, length: usize) -> bool {
    let is_letter = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric);
    !is_letter(start.checked_sub(1)) && !is_letter(Some(start + length))
}

/// Up to four bytes with their number, so that no two of another length are alike.
fn gram(bytes: &[u8]) -> u64 {
    u64::from(padded(bytes)) | (bytes.len() as u64) << 32
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
        table.find(text, 0..text.len(), |rule, at| found.push((usize::from(rule), at)));
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
        table.find(text, 0..text.len(), |rule, at| found.push((rule, at)));
        assert_eq!(found, [(7, 0), (7, 22)]);
        found.clear();
        table.find(text, 1..22, |rule, at| found.push((rule, at)));
        assert_eq!(found, []);
    }
}
