//! The most likely way to misread a given word as a reading, computed for one word after
//! another.
//!
//! A column holds the scores of a prefix of the word. Words with the same prefix share its
//! columns, and a prefix that is already too unlikely is not extended.

use super::seen::{ANY, LONGEST, LOST, MARK, SPAN, Seen, Usual};

/// A reading and the words that it is compared with, one by one.
pub(super) struct Grid<'s> {
    seen: &'s Seen,
    /// The path to each place in both, column after column; those of a column are a character apart.
    paths: Vec<Path>,
    /// The log-probability of the likeliest path in each column.
    likeliest: Vec<f32>,
    /// By character of the reading and letter of the word: the likeliest way to read the one for the other.
    single: Vec<(f32, Option<u16>)>,
    /// The confusions of several letters, or of none, that end after each character of the reading.
    several: Vec<Vec<Several<'s>>>,
    /// The log-probability of an added character, by the character, and of a lost letter.
    extra: Vec<f32>,
    lost: f32,
    min_log_prob: f32,
    /// The most columns that one confusion spans.
    jump: usize,
    word: Vec<u8>,
    /// How many columns are computed for the word, and whether they exclude all words with this prefix.
    columns: usize,
    is_too_unlikely: bool,
}

/// The likeliest path from the start of a reading and of a word to a place in both.
#[derive(Clone, Copy)]
struct Path {
    log_prob: f32,
    /// Where its last step comes from, in letters back of the reading and of the word.
    from: (u8, u8),
    /// The confusion that was the last step; `None` for a letter read correctly, or misread in another way.
    confusion: Option<u16>,
}

/// A confusion, with its printed letters packed into a number.
struct Several<'s> {
    usual: &'s Usual,
    meant: u64,
    mask: u64,
}

const NO_PATH: Path = Path { log_prob: f32::NEG_INFINITY, from: (0, 0), confusion: None };
/// The most letters that a number holds.
const PACKED: usize = 8;

impl<'s> Grid<'s> {
    /// A grid for a reading. `rate` is the logarithm of the rate at which letters are misread; words less
    /// likely than `min_log_prob` get no result.
    pub(super) fn new(seen: &'s Seen, rate: f32, min_log_prob: f32) -> Grid<'s> {
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
                if usual.log_prob > known.0 {
                    *known = (usual.log_prob, Some(usual.index));
                }
            }
        }
        let several = |ending: &'s Vec<Usual>| {
            ending.iter().filter(|u| !is_single(u) && u.meant.len() <= PACKED).map(Several::of).collect()
        };
        let columns = LONGEST + SPAN + 1;
        let mut grid = Grid {
            seen,
            paths: vec![NO_PATH; columns * (seen.chars.len() + 1)],
            likeliest: vec![0.0; columns],
            single,
            several: seen.ending.iter().map(several).collect(),
            extra: by_character(LOST, MARK).collect(),
            lost: rate + LOST,
            min_log_prob,
            jump: seen.ending.iter().flatten().map(|usual| usual.meant.len()).max().unwrap_or(1).max(1),
            word: Vec::new(),
            columns: 0,
            is_too_unlikely: false,
        };
        grid.column(0, 0);
        grid
    }

    /// The log-probability that `word` was misread as the reading, in nats; `None` if it is too unlikely.
    pub(super) fn log_prob(&mut self, word: &str) -> Option<f32> {
        let shared = self.word.iter().zip(word.as_bytes()).take_while(|(a, b)| a == b).count();
        if self.is_too_unlikely && shared >= self.columns {
            return None;
        }
        self.columns = self.columns.min(shared);
        self.word.truncate(shared);
        self.word.extend_from_slice(&word.as_bytes()[shared..]);
        let mut tail = self.word[..self.columns].iter().fold(0, |tail, &b| tail << 8 | u64::from(b));
        while self.columns < self.word.len() {
            tail = tail << 8 | u64::from(self.word[self.columns]);
            self.columns += 1;
            self.is_too_unlikely = self.column(self.columns, tail) < self.min_log_prob;
            if self.is_too_unlikely {
                return None;
            }
        }
        Some(self.path(self.seen.chars.len(), self.columns).log_prob).filter(|&log_prob| log_prob >= self.min_log_prob)
    }

    /// The confusions on the likeliest path to the last word, and how many letters were misread otherwise.
    pub(super) fn confusions(&self) -> (Vec<u16>, u8) {
        let (mut read, mut printed) = (self.seen.chars.len(), self.columns);
        let (mut confusions, mut unusual) = (Vec::new(), 0);
        while read + printed > 0 {
            let Path { from: (back, back_printed), confusion, .. } = self.path(read, printed);
            let is_right =
                || (back, back_printed) == (1, 1) && self.seen.chars[read - 1] == char::from(self.word[printed - 1]);
            match confusion {
                Some(index) => confusions.push(index),
                None => unusual += u8::from(!is_right()),
            }
            read -= usize::from(back);
            printed -= usize::from(back_printed);
        }
        confusions.reverse();
        (confusions, unusual)
    }

    fn path(&self, read: usize, printed: usize) -> Path {
        self.paths[printed * (self.seen.chars.len() + 1) + read]
    }

    /// Computes the column of the first `printed` letters, the last of which are `tail`; returns the highest
    /// log-probability in the columns that a path may still continue from.
    fn column(&mut self, printed: usize, tail: u64) -> f32 {
        let mut best = f32::NEG_INFINITY;
        let last = (printed + SPAN).min(self.seen.chars.len());
        for read in printed.saturating_sub(SPAN)..=last {
            let mut path = if read + printed == 0 { Path { log_prob: 0.0, ..NO_PATH } } else { NO_PATH };
            let mut try_path = |before: Path, log_prob: f32, from: (u8, u8), confusion| {
                if before.log_prob + log_prob > path.log_prob {
                    path = Path { log_prob: before.log_prob + log_prob, from, confusion };
                }
            };
            if read > 0 && printed > 0 {
                let (log_prob, confusion) = self.single[place(read - 1, tail as u8)];
                try_path(self.path(read - 1, printed - 1), log_prob, (1, 1), confusion);
            }
            if read > 0 {
                try_path(self.path(read - 1, printed), self.extra[read - 1], (1, 0), None);
            }
            if printed > 0 {
                try_path(self.path(read, printed - 1), self.lost, (0, 1), None);
            }
            for several in &self.several[read] {
                let Usual { index, log_prob, seen, ref meant } = *several.usual;
                if tail & several.mask == several.meant && meant.len() <= printed {
                    let before = self.path(read - usize::from(seen), printed - meant.len());
                    try_path(before, log_prob, (seen, meant.len() as u8), Some(index));
                }
            }
            best = best.max(path.log_prob);
            self.paths[printed * (self.seen.chars.len() + 1) + read] = path;
        }
        self.likeliest[printed] = best;
        self.likeliest[(printed + 1).saturating_sub(self.jump)..=printed].iter().fold(best, |all, &one| all.max(one))
    }
}

impl Several<'_> {
    fn of(usual: &Usual) -> Several<'_> {
        let pack = |packed: u64, byte: u64| packed << 8 | byte;
        let meant = usual.meant.iter().fold(0, |packed, &byte| pack(packed, byte.into()));
        Several { usual, meant, mask: usual.meant.iter().fold(0, |mask, _| pack(mask, 0xff)) }
    }
}

/// The index in [`Grid::single`] of a letter of a word, read as the character after `read` others.
fn place(read: usize, letter: u8) -> usize {
    read * 26 + usize::from(letter - b'a')
}
