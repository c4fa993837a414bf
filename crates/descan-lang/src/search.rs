//! Searches the lexicon for the words that one reading may be a misreading of.
//!
//! It descends the lexicon letter by letter, with the letters as read and with every
//! confusion that fits, so the work is bounded by the prefixes of existing words.

use std::ops::Range;

use super::confusion::{Candidate, Confusions};
use super::terms::fold_chars;
use super::trie::{Spot, Trie};

/// A bound on the work for one word: a long string of letters that are all
/// easily confused has more readings than anyone wants to look at.
const MOST_STEPS: usize = 20_000;

/// A search for the words that one reading may stand for.
pub(crate) struct Search<'s> {
    table: &'s Confusions,
    trie: &'s mut Trie,
    cost: &'s [f32],
    dearest: f32,
    reading: &'s str,
    /// The reading, folded as the lexicon's words are.
    folded: Vec<u8>,
    /// What can be read at each byte of the reading; nothing inside a character.
    places: Vec<Place>,
    /// The confusions that fit, place after place, and after them the lost
    /// letters that are not too dear; each with what its printed letters begin with.
    fitting: Vec<(u32, u16)>,
    /// Where among them the lost letters with each beginning are, by its bit.
    lost: [(u32, u32); 32],
    /// What all the lost letters begin with.
    lost_letters: u32,
    work: usize,
    /// The places that ways still to be tried part from, each with its spot in the lexicon.
    way: Vec<(Spot, usize)>,
    /// The confusions taken so far, each with its place.
    taken: Vec<(u16, usize)>,
    found: Vec<Candidate>,
}

/// A byte of a reading where a character begins, or its end.
#[derive(Clone, Copy, Default)]
struct Place {
    /// Bytes of the character; none at the end.
    length: usize,
    /// Where the folded character begins in the folded reading.
    folded: usize,
    /// The confusions whose letters stand here, from and to.
    fitting: (usize, usize),
    /// What their printed letters begin with.
    letters: u32,
}

impl<'s> Search<'s> {
    pub(crate) fn new(
        table: &'s Confusions,
        trie: &'s mut Trie,
        reading: &'s str,
        cost: &'s [f32],
        dearest: f32,
    ) -> Search<'s> {
        let affordable = |index: &u16| cost[usize::from(*index)] >= dearest;
        let with_letters = |index: u16| (table.steps[usize::from(index)].first, index);
        let mut places = vec![Place::default(); reading.len() + 1];
        let mut folded = Vec::with_capacity(reading.len());
        let mut fitting = Vec::with_capacity(8 * reading.len());
        for (at, c) in reading.char_indices() {
            let (start, first) = (folded.len(), fitting.len());
            if c.is_ascii() {
                folded.push(c.to_ascii_lowercase() as u8);
            } else {
                fold_chars(&reading[at..at + c.len_utf8()], |c| {
                    folded.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                });
            }
            let rest = &reading.as_bytes()[at..];
            // The table is by the first byte.
            let fits = |index: &u16| {
                table.steps[usize::from(*index)].seen == 1 || rest.starts_with(table.get(*index).seen.as_bytes())
            };
            let seen = &table.by_first[usize::from(rest[0])];
            fitting.extend(seen.iter().copied().filter(affordable).filter(fits).map(with_letters));
            let letters = fitting[first..].iter().fold(0, |all, (letters, _)| all | letters);
            places[at] = Place { length: c.len_utf8(), folded: start, fitting: (first, fitting.len()), letters };
        }
        places[reading.len()].folded = folded.len();
        let first = fitting.len();
        fitting.extend(table.lost.iter().copied().filter(affordable).map(with_letters));
        fitting[first..].sort_by_key(|(letters, _)| *letters);
        let mut lost = [(0, 0); 32];
        let mut lost_letters = 0;
        for (place, &(letters, _)) in fitting.iter().enumerate().skip(first) {
            let range = &mut lost[letters.trailing_zeros() as usize & 31];
            *range = (if letters & lost_letters == 0 { place as u32 } else { range.0 }, place as u32 + 1);
            lost_letters |= letters;
        }
        Search {
            table,
            trie,
            cost,
            dearest,
            reading,
            folded,
            places,
            fitting,
            lost,
            lost_letters,
            work: 0,
            way: Vec::new(),
            taken: Vec::new(),
            found: Vec::new(),
        }
    }

    /// The words that up to `most` confusions lead to, one for each way to it.
    pub(crate) fn run(mut self, most: usize) -> Vec<Candidate> {
        if !self.fitting.is_empty() {
            let root = self.trie.root();
            self.walk(root, 0, 0.0, most);
        }
        self.found
    }

    /// The words that one confusion of the reading's first letters leads to.
    pub(crate) fn run_at_start(mut self) -> Vec<Candidate> {
        let root = self.trie.root();
        let goes_on = self.trie.letters(root);
        let (first, end) = self.places[0].fitting;
        self.confuse(first..end, goes_on, root, 0, 0.0, 1);
        self.found
    }

    /// Goes on from a place of the reading and a spot in the lexicon with up to
    /// `left` confusions: as it stands, as far as any word goes, and then from
    /// each place on that way, the last first, with what else may be printed there.
    fn walk(&mut self, mut spot: Spot, mut at: usize, spent: f32, left: usize) {
        let from = self.way.len();
        loop {
            self.work += 1;
            if self.work > MOST_STEPS {
                break;
            }
            self.way.push((spot, at));
            let place = self.places[at];
            if place.length == 0 {
                if self.trie.is_word(spot) && !self.taken.is_empty() {
                    self.keep(spent);
                }
                break;
            }
            let after = at + place.length;
            let letters = place.folded..self.places[after].folded;
            let Some(next) = self.trie.follow(spot, &self.folded[letters]) else { break };
            (spot, at) = (next, after);
        }
        while self.way.len() > from {
            let Some((spot, at)) = self.way.pop() else { break };
            // Most confusions lead to a letter with which no word goes on here.
            let goes_on = self.trie.letters(spot);
            let Place { fitting: (first, end), letters, .. } = self.places[at];
            if letters & goes_on != 0 || letters == u32::MAX {
                self.confuse(first..end, goes_on, spot, at, spent, left);
            }
            let mut lost = self.lost_letters & goes_on;
            while lost != 0 {
                let (first, end) = self.lost[lost.trailing_zeros() as usize & 31];
                self.confuse(first as usize..end as usize, goes_on, spot, at, spent, left);
                lost &= lost - 1;
            }
        }
    }

    /// Goes on as if the letters of each of these confusions had been printed.
    fn confuse(&mut self, these: Range<usize>, goes_on: u32, spot: Spot, at: usize, spent: f32, left: usize) {
        let table = self.table;
        for place in these {
            let (letters, index) = self.fitting[place];
            if letters & goes_on == 0 && letters != u32::MAX {
                continue;
            }
            let spent = spent + self.cost[usize::from(index)];
            if spent < self.dearest {
                continue;
            }
            let step = &table.steps[usize::from(index)];
            let Some(next) = self.trie.follow(spot, &step.meant) else { continue };
            self.taken.push((index, at));
            if left > 1 {
                self.walk(next, at + step.seen, spent, left - 1);
            } else {
                self.finish(next, at + step.seen, spent);
            }
            self.taken.pop();
        }
    }

    /// Takes the rest of the reading as it stands.
    fn finish(&mut self, mut spot: Spot, at: usize, spent: f32) {
        for &byte in &self.folded[self.places[at].folded..] {
            self.work += 1;
            let Some(next) = self.trie.step(spot, byte) else { return };
            spot = next;
        }
        self.work += 1;
        if self.work <= MOST_STEPS && self.trie.is_word(spot) {
            self.keep(spent);
        }
    }

    /// Keeps the word that the confusions taken lead to.
    fn keep(&mut self, channel: f32) {
        let mut text = String::with_capacity(self.reading.len() + 4);
        let mut from = 0;
        for &(index, at) in &self.taken {
            let confusion = self.table.get(index);
            text.push_str(&self.reading[from..at]);
            text.push_str(&confusion.meant);
            from = at + confusion.seen.len();
        }
        text.push_str(&self.reading[from..]);
        self.found.push(Candidate {
            text,
            channel,
            steps: self.taken.iter().map(|&(index, _)| index).collect(),
            unusual: 0,
        });
    }
}
