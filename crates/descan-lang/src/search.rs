//! Searches the lexicon for the words that one reading may be a misreading of.
//!
//! It descends the lexicon letter by letter, with the letters as read and with every
//! confusion that fits, so the work is bounded by the prefixes of existing words.

use std::ops::Range;

use super::confusion::{Candidate, Confusions};
use super::terms::fold_chars;
use super::trie::{ENDS, NodeId, Trie, letter};

/// Bounds the work for one word: a long string of letters that are all easily confused has
/// countless readings.
const MOST_STEPS: usize = 20_000;

/// A search for the words that one reading may be a misreading of.
pub(crate) struct Search<'s> {
    table: &'s Confusions,
    trie: &'s mut Trie,
    log_probs: &'s [f32],
    min_log_prob: f32,
    reading: &'s str,
    /// The reading, folded as the lexicon's words are.
    folded: Vec<u8>,
    /// What fits at each byte of the reading; empty inside a character.
    places: Vec<Place>,
    /// The confusions that fit at each place in turn, followed by the lost letters that are
    /// likely enough; each with the bit of its first printed letter.
    fitting: Vec<(u32, u16)>,
    /// The range of the lost letters among them, by the bit of their first printed letter.
    lost: [(u32, u32); 32],
    /// The bits of the first printed letters of all lost letters.
    lost_letters: u32,
    work: usize,
    /// The stack of the search: places still to be expanded, each with its node in the lexicon.
    pending: Vec<(NodeId, usize)>,
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
    /// The range of the confusions that fit here.
    fitting: (usize, usize),
    /// The bits of their first printed letters.
    letters: u32,
}

impl<'s> Search<'s> {
    pub(crate) fn new(
        table: &'s Confusions,
        trie: &'s mut Trie,
        reading: &'s str,
        log_probs: &'s [f32],
        min_log_prob: f32,
    ) -> Search<'s> {
        let likely_enough = |index: &u16| log_probs[usize::from(*index)] >= min_log_prob;
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
            // The table is indexed by the first byte.
            let fits = |index: &u16| {
                table.steps[usize::from(*index)].seen == 1 || rest.starts_with(table.get(*index).seen.as_bytes())
            };
            let seen = &table.by_first[usize::from(rest[0])];
            fitting.extend(seen.iter().copied().filter(likely_enough).filter(fits).map(with_letters));
            let letters = fitting[first..].iter().fold(0, |all, (letters, _)| all | letters);
            places[at] = Place { length: c.len_utf8(), folded: start, fitting: (first, fitting.len()), letters };
        }
        places[reading.len()].folded = folded.len();
        let first = fitting.len();
        fitting.extend(table.lost.iter().copied().filter(likely_enough).map(with_letters));
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
            log_probs,
            min_log_prob,
            reading,
            folded,
            places,
            fitting,
            lost,
            lost_letters,
            work: 0,
            pending: Vec::new(),
            taken: Vec::new(),
            found: Vec::new(),
        }
    }

    /// The words that up to `most` confusions lead to, once for each set of confusions.
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
        let continuing = self.trie.letters(root);
        let (first, end) = self.places[0].fitting;
        self.confuse(first..end, continuing, root, 0, 0.0, 1);
        self.found
    }

    /// Continues from a place of the reading and a node of the lexicon with up to `left`
    /// confusions: first with the letters as read, as far as any word goes, and then from each
    /// place on that path, the last first, with the confusions that fit there.
    fn walk(&mut self, mut node: NodeId, mut at: usize, log_prob: f32, left: usize) {
        let from = self.pending.len();
        loop {
            self.work += 1;
            if self.work > MOST_STEPS {
                break;
            }
            self.pending.push((node, at));
            let place = self.places[at];
            if place.length == 0 {
                if self.trie.is_word(node) && !self.taken.is_empty() {
                    self.keep(log_prob);
                }
                break;
            }
            let after = at + place.length;
            let letters = place.folded..self.places[after].folded;
            let Some(next) = self.trie.follow(node, &self.folded[letters], u32::MAX) else { break };
            (node, at) = (next, after);
        }
        while self.pending.len() > from {
            let Some((node, at)) = self.pending.pop() else { break };
            // Most confusions lead to a letter with which no word continues here.
            let continuing = self.trie.letters(node);
            let Place { fitting: (first, end), letters, .. } = self.places[at];
            if letters & continuing != 0 || letters == u32::MAX {
                self.confuse(first..end, continuing, node, at, log_prob, left);
            }
            let mut lost = self.lost_letters & continuing;
            while lost != 0 {
                let (first, end) = self.lost[lost.trailing_zeros() as usize & 31];
                self.confuse(first as usize..end as usize, continuing, node, at, log_prob, left);
                lost &= lost - 1;
            }
        }
    }

    /// Continues as if the letters of each of these confusions had been printed.
    fn confuse(&mut self, these: Range<usize>, continuing: u32, node: NodeId, at: usize, log_prob: f32, left: usize) {
        let table = self.table;
        for place in these {
            let (letters, index) = self.fitting[place];
            if letters & continuing == 0 && letters != u32::MAX {
                continue;
            }
            let log_prob = log_prob + self.log_probs[usize::from(index)];
            if log_prob < self.min_log_prob {
                continue;
            }
            let step = &table.steps[usize::from(index)];
            let behind = at + step.seen;
            let then = if left > 1 { u32::MAX } else { self.read_at(self.places[behind].folded) };
            let Some(next) = self.trie.follow(node, &step.meant, then) else { continue };
            self.taken.push((index, at));
            if left > 1 {
                self.walk(next, behind, log_prob, left - 1);
            } else {
                self.finish(next, behind, log_prob);
            }
            self.taken.pop();
        }
    }

    /// The [`letter`] at a place of the folded reading, or [`ENDS`] at its end.
    fn read_at(&self, place: usize) -> u32 {
        self.folded.get(place).map_or(ENDS, |&byte| letter(byte))
    }

    /// Takes the rest of the reading as read.
    fn finish(&mut self, mut node: NodeId, at: usize, log_prob: f32) {
        for place in self.places[at].folded..self.folded.len() {
            self.work += 1;
            let then = self.read_at(place + 1);
            let Some(next) = self.trie.step(node, self.folded[place], then) else { return };
            node = next;
        }
        self.work += 1;
        if self.work <= MOST_STEPS && self.trie.is_word(node) {
            self.keep(log_prob);
        }
    }

    /// Keeps the word that the confusions taken lead to.
    fn keep(&mut self, log_prob: f32) {
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
            channel_log_prob: log_prob,
            confusions: self.taken.iter().map(|&(index, _)| index).collect(),
            unusual: 0,
        });
    }
}
