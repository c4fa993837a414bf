//! The most likely way to misread a given word as a reading, computed for one word after
//! another.
//!
//! A column holds the scores of a prefix of the word. Words with the same prefix share its
//! columns, and a prefix that is already too unlikely is not extended.

use super::{LONGEST, SPAN, Seen, Usual};

/// What it costs, beside the rate of errors, that a letter was read for any other, in nats.
pub(super) const ANY: f32 = -4.5;
/// The same for a letter that was lost, or is one too many.
pub(super) const LOST: f32 = -5.0;
/// The same for a mark that is no letter, which every engine writes for what it cannot read.
pub(super) const MARK: f32 = -1.5;

/// A reading against the words that it is held against, one by one.
pub(super) struct Grid<'s> {
    seen: &'s Seen,
    /// The way to each place in both, column after column; those of a column are a character apart.
    ways: Vec<Way>,
    /// The cheapest way in each column.
    cheapest: Vec<f32>,
    /// By character of the reading and letter of the word: the cheapest way to read the one for the other.
    single: Vec<(f32, Option<u16>)>,
    /// The confusions of several letters, or of none, that end after each character.
    several: Vec<Vec<Several<'s>>>,
    /// What an extra character costs, by the character, and what a lost letter costs.
    extra: Vec<f32>,
    lost: f32,
    dearest: f32,
    /// The most columns that one confusion goes on by.
    jump: usize,
    word: Vec<u8>,
    /// How many columns stand for the word, and whether they rule out all words that begin so.
    columns: usize,
    is_too_dear: bool,
}

/// The cheapest way so far from the start of a reading and of a word to a place in both.
#[derive(Clone, Copy)]
struct Way {
    cost: f32,
    /// Where it comes from, in letters back of the reading and of the word.
    from: (u8, u8),
    /// The confusion that was the last step; none for a letter read right or for another.
    step: Option<u16>,
}

/// A confusion, with the printed letters as the end of a number.
struct Several<'s> {
    usual: &'s Usual,
    meant: u64,
    mask: u64,
}

const NO_WAY: Way = Way { cost: f32::NEG_INFINITY, from: (0, 0), step: None };
/// The letters that a number holds.
const PACKED: usize = 8;

impl<'s> Grid<'s> {
    /// A grid for a reading where letters are misread at `rate`, its logarithm; words dearer than `dearest`
    /// are not told.
    pub(super) fn new(seen: &'s Seen, rate: f32, dearest: f32) -> Grid<'s> {
        let by_character = |character: f32, mark: f32| {
            seen.chars.iter().map(move |c| rate + if c.is_alphabetic() { character } else { mark })
        };
        let letters = b'a'..=b'z';
        let mut single: Vec<(f32, Option<u16>)> = Vec::with_capacity(seen.chars.len() * letters.len());
        for (other, &c) in by_character(ANY, MARK).zip(&seen.chars) {
            single.extend(letters.clone().map(|letter| (if c == char::from(letter) { 0.0 } else { other }, None)));
        }
        let is_single = |usual: &&Usual| usual.seen == 1 && matches!(&*usual.meant, [b'a'..=b'z']);
        for (read, ending) in seen.ending.iter().enumerate() {
            for usual in ending.iter().filter(is_single) {
                let known = &mut single[place(read - 1, usual.meant[0])];
                if usual.cost > known.0 {
                    *known = (usual.cost, Some(usual.index));
                }
            }
        }
        let several = |ending: &'s Vec<Usual>| {
            ending.iter().filter(|u| !is_single(u) && u.meant.len() <= PACKED).map(Several::of).collect()
        };
        let columns = LONGEST + SPAN + 1;
        let mut grid = Grid {
            seen,
            ways: vec![NO_WAY; columns * (seen.chars.len() + 1)],
            cheapest: vec![0.0; columns],
            single,
            several: seen.ending.iter().map(several).collect(),
            extra: by_character(LOST, MARK).collect(),
            lost: rate + LOST,
            dearest,
            jump: seen.ending.iter().flatten().map(|usual| usual.meant.len()).max().unwrap_or(1).max(1),
            word: Vec::new(),
            columns: 0,
            is_too_dear: false,
        };
        grid.column(0, 0);
        grid
    }

    /// How easily `word` is read so, in nats; nothing if it is dearer than the dearest.
    pub(super) fn channel(&mut self, word: &str) -> Option<f32> {
        let shared = self.word.iter().zip(word.as_bytes()).take_while(|(a, b)| a == b).count();
        if self.is_too_dear && shared >= self.columns {
            return None;
        }
        self.columns = self.columns.min(shared);
        self.word.truncate(shared);
        self.word.extend_from_slice(&word.as_bytes()[shared..]);
        let mut tail = self.word[..self.columns].iter().fold(0, |tail, &b| tail << 8 | u64::from(b));
        while self.columns < self.word.len() {
            tail = tail << 8 | u64::from(self.word[self.columns]);
            self.columns += 1;
            self.is_too_dear = self.column(self.columns, tail) < self.dearest;
            if self.is_too_dear {
                return None;
            }
        }
        Some(self.way(self.seen.chars.len(), self.columns).cost).filter(|&cost| cost >= self.dearest)
    }

    /// The confusions on the cheapest way to the last word, and how many letters were misread otherwise.
    pub(super) fn steps(&self) -> (Vec<u16>, u8) {
        let (mut read, mut printed) = (self.seen.chars.len(), self.columns);
        let (mut steps, mut unusual) = (Vec::new(), 0);
        while read + printed > 0 {
            let Way { from: (back, back_printed), step, .. } = self.way(read, printed);
            let is_right =
                || (back, back_printed) == (1, 1) && self.seen.chars[read - 1] == char::from(self.word[printed - 1]);
            match step {
                Some(index) => steps.push(index),
                None => unusual += u8::from(!is_right()),
            }
            read -= usize::from(back);
            printed -= usize::from(back_printed);
        }
        steps.reverse();
        (steps, unusual)
    }

    fn way(&self, read: usize, printed: usize) -> Way {
        self.ways[printed * (self.seen.chars.len() + 1) + read]
    }

    /// Works out the column of the first `printed` letters, the last of which are `tail`; returns what is the
    /// cheapest of the columns that a way may still start from.
    fn column(&mut self, printed: usize, tail: u64) -> f32 {
        let mut best = f32::NEG_INFINITY;
        let last = (printed + SPAN).min(self.seen.chars.len());
        for read in printed.saturating_sub(SPAN)..=last {
            let mut way = if read + printed == 0 { Way { cost: 0.0, ..NO_WAY } } else { NO_WAY };
            let mut try_way = |before: Way, cost: f32, from: (u8, u8), step| {
                if before.cost + cost > way.cost {
                    way = Way { cost: before.cost + cost, from, step };
                }
            };
            if read > 0 && printed > 0 {
                let (cost, step) = self.single[place(read - 1, tail as u8)];
                try_way(self.way(read - 1, printed - 1), cost, (1, 1), step);
            }
            if read > 0 {
                try_way(self.way(read - 1, printed), self.extra[read - 1], (1, 0), None);
            }
            if printed > 0 {
                try_way(self.way(read, printed - 1), self.lost, (0, 1), None);
            }
            for several in &self.several[read] {
                let Usual { index, cost, seen, ref meant } = *several.usual;
                if tail & several.mask == several.meant && meant.len() <= printed {
                    let before = self.way(read - usize::from(seen), printed - meant.len());
                    try_way(before, cost, (seen, meant.len() as u8), Some(index));
                }
            }
            best = best.max(way.cost);
            self.ways[printed * (self.seen.chars.len() + 1) + read] = way;
        }
        self.cheapest[printed] = best;
        self.cheapest[(printed + 1).saturating_sub(self.jump)..=printed].iter().fold(best, |all, &one| all.max(one))
    }
}

impl Several<'_> {
    fn of(usual: &Usual) -> Several<'_> {
        let pack = |packed: u64, byte: u64| packed << 8 | byte;
        let meant = usual.meant.iter().fold(0, |packed, &byte| pack(packed, byte.into()));
        Several { usual, meant, mask: usual.meant.iter().fold(0, |mask, _| pack(mask, 0xff)) }
    }
}

/// Where the ways to read a letter of a word as the character after `read` others are.
fn place(read: usize, letter: u8) -> usize {
    read * 26 + usize::from(letter - b'a')
}
