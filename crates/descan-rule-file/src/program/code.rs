//! A program and its instructions.

use regex_automata::util::look::Look;

/// A regex as a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// The instructions.
    pub(super) code: Vec<Instruction>,
    /// The sets of characters that the instructions name.
    pub(super) sets: Vec<Set>,
    /// Where choices lead.
    pub(super) choices: Vec<Choice>,
    /// The names of the groups, by number; the first is the whole match.
    pub(super) names: Vec<Option<Box<str>>>,
    /// The longest match, in bytes; `None` where there is no bound.
    pub(super) longest: Option<usize>,
    /// The number of the set of characters with which a match begins; `None` where it may be empty.
    pub(super) first: Option<u32>,
    /// Where a match may begin.
    pub(super) start: Start,
    /// The bytes with which a match begins; `None` where it may be empty.
    pub(super) leads: Option<Leads>,
}

/// The first bytes of some characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Leads {
    /// A bit for each byte.
    bits: [u64; 4],
    /// The bytes, where they are at most three.
    few: Vec<u8>,
}

impl Leads {
    /// Those of the characters of a set.
    pub(super) fn of(set: &Set) -> Leads {
        let lead = |code: u32| char::from_u32(code).map_or(0xff, |c| c.encode_utf8(&mut [0; 4]).as_bytes()[0]);
        let mut bits = [0_u64; 4];
        for &(first, last) in &set.ranges {
            for byte in lead(first)..=lead(last) {
                bits[usize::from(byte) / 64] |= 1 << (byte % 64);
            }
        }
        // With these no character begins.
        bits[2] = 0;
        let mut few: Vec<u8> =
            (0..=255_u8).filter(|&byte| bits[usize::from(byte) / 64] >> (byte % 64) & 1 == 1).collect();
        if few.len() > 3 {
            few.clear();
        }
        Leads { bits, few }
    }

    /// The first place of a part of a text from one on that has such a byte.
    #[inline]
    pub(super) fn find(&self, part: &[u8]) -> Option<usize> {
        match self.few[..] {
            [one] => memchr::memchr(one, part),
            [one, two] => memchr::memchr2(one, two, part),
            [one, two, three] => memchr::memchr3(one, two, three, part),
            _ => part.iter().position(|&byte| self.bits[usize::from(byte) / 64] >> (byte % 64) & 1 == 1),
        }
    }
}

/// A search would take too many steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

/// Stands for the place of a group that is not in a match.
pub const NOWHERE: usize = usize::MAX;

/// What a program does next. Places in the code are numbers of instructions, sets numbers of [`Set`]s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Instruction {
    /// The match is whole.
    Match,
    /// Reads a character: its code.
    Char(u32),
    /// Reads a character of a set.
    Class(u32),
    /// Reads as many characters of a set as there are, at least and at most so many; and where that leads nowhere,
    /// fewer, by at most so many bytes, before a character of another set; [`ANY`] stands for any character or none.
    Run { set: u32, min: u32, max: u32, back: u32, before: u32 },
    /// Goes on at the first of two places, and at the second where that leads nowhere.
    Split { first: u32, second: u32 },
    /// The same, where the next character is in a set; else goes on at the second place.
    Branch { set: u32, first: u32, second: u32 },
    /// Goes on elsewhere.
    Jump(u32),
    /// Notes where a group begins or ends.
    Save(u32),
    /// Asks what stands around the place.
    Look(Look),
    /// Reads a character and goes on at the place for it: so many of the program's choices, from one on.
    Choose { from: u32, count: u32 },
}

/// Stands for a set that is not known.
pub(super) const ANY: u32 = u32::MAX;

/// Where the program goes on with a character from a first to a last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub first: u32,
    pub last: u32,
    pub to: u32,
}

/// Ranges of the codes of characters, in order, none touching another.
pub(super) type Ranges = Vec<(u32, u32)>;

/// A set of characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Set {
    /// A bit for each ASCII character.
    ascii: [u32; 4],
    /// All ranges.
    pub ranges: Ranges,
    /// The only character that is not in the set, where that is one of ASCII.
    pub all_but: Option<u8>,
}

impl Set {
    /// The set of some ranges.
    pub(super) fn of(ranges: Ranges) -> Set {
        let mut ascii = [0_u32; 4];
        for &(first, last) in &ranges {
            for code in first..=last.min(127) {
                ascii[code as usize / 32] |= 1 << (code % 32);
            }
        }
        let all_but = match ranges[..] {
            [(0, last), (next, 0x0010_ffff)] if last + 2 == next && next <= 128 => Some(last as u8 + 1),
            _ => None,
        };
        Set { ascii, ranges, all_but }
    }

    /// Whether a character is in the set.
    #[inline]
    pub(super) fn has(&self, c: u32) -> bool {
        match c {
            0..128 => self.ascii[c as usize / 32] >> (c % 32) & 1 == 1,
            _ => self.ranges.iter().any(|&(first, last)| first <= c && c <= last),
        }
    }
}

/// Where a match may begin, besides the characters with which it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// Anywhere.
    Anywhere = 0,
    /// Where no ASCII letter, digit or low line stands before.
    Word,
    /// Where a line begins.
    Line,
    /// Where the text begins.
    Text,
}

impl Start {
    /// The start of a number.
    pub(super) fn of(number: u64) -> Start {
        match number {
            1 => Start::Word,
            2 => Start::Line,
            3 => Start::Text,
            _ => Start::Anywhere,
        }
    }
}

/// Whether two sets have a character in common.
pub(super) fn meet(one: &[(u32, u32)], two: &[(u32, u32)]) -> bool {
    one.iter().any(|a| two.iter().any(|b| a.0 <= b.1 && b.0 <= a.1))
}

/// The characters of several sets.
pub(super) fn union(sets: impl IntoIterator<Item = Ranges>) -> Ranges {
    let mut all: Ranges = sets.into_iter().flatten().collect();
    all.sort_unstable();
    let mut joined: Ranges = Vec::new();
    for (first, last) in all {
        match joined.last_mut() {
            Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
            _ => joined.push((first, last)),
        }
    }
    joined
}
