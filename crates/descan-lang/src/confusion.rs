//! Confusions: which letters are read for which, and the words that they lead to.

use super::terms::fold_chars;
use super::trie::letter;

/// A confusion: letters as they were printed, and as an engine misreads them.
#[derive(Clone, Debug, PartialEq)]
pub struct Confusion {
    /// As read; empty if a letter was lost.
    pub seen: Box<str>,
    /// As printed; empty if the letters read were specks.
    pub meant: Box<str>,
    /// The log-probability, in nats, that the printed letters are read so, relative to the
    /// share of all letters that a scan misreads.
    pub weight: f32,
    /// How often, in a million words of clean text, an unknown word looks like this
    /// confusion: dialect drops an h without any scan.
    pub dialect: f32,
}

/// The table of confusions, indexed by the first byte of what is read.
#[derive(Debug)]
pub struct Confusions {
    list: Vec<Confusion>,
    /// Each confusion in the form that the lexicon search needs.
    pub steps: Vec<Step>,
    /// The confusions by the first byte of what is read.
    pub by_first: Vec<Vec<u16>>,
    /// The confusions in which a letter was lost.
    pub lost: Vec<u16>,
    zeros: Vec<f32>,
    usual: Vec<f32>,
}

/// The malformed line of a table of confusions, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {0}: not `read<tab>printed<tab>weight` with a number last")]
pub struct ConfusionsError(usize);

/// A confusion as a step of the lexicon search.
#[derive(Debug)]
pub struct Step {
    /// The printed letters, folded as the lexicon's words are.
    pub meant: Box<[u8]>,
    /// The [`letter`] of the first of them; all bits if nothing was printed.
    pub first: u32,
    /// The length in bytes of the letters as read.
    pub seen: usize,
}

/// A word of the lexicon that a reading may be a misreading of.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The word, in the case of the reading.
    pub text: String,
    /// The log-probability that it was misread so, in nats; 0 would be without any misreading.
    pub channel_log_prob: f32,
    /// The confusions that lead from the word to the reading, as indices of the table.
    pub confusions: Vec<u16>,
    /// How many other letters were misread, in ways that the table does not list.
    pub unusual: u8,
}

/// The least log-probability of the confusions that lead to a candidate, in nats.
pub const MIN_LOG_PROB: f32 = -24.0;
/// The share of letters misread in a scan of which nothing is known.
pub const USUAL_RATE: f32 = 0.002;

impl Confusion {
    fn parse(line: &str) -> Option<Confusion> {
        let mut fields = line.split('\t');
        let (seen, meant, weight) = (fields.next()?, fields.next()?, fields.next()?);
        let dialect = match fields.next() {
            Some(field) => field.trim().parse().ok()?,
            None => 0.0,
        };
        Some(Confusion { seen: seen.into(), meant: meant.into(), weight: weight.trim().parse().ok()?, dialect })
    }

    /// Whether the letters as read look like the spelling of an accent: letters of the printed ones
    /// omitted, or v for w.
    pub fn looks_like_accent(&self) -> bool {
        let mut meant = self.meant.chars();
        let left_out = self.seen.len() < self.meant.len() && self.seen.chars().all(|c| meant.any(|m| m == c));
        left_out || matches!((&*self.seen, &*self.meant), ("v", "w") | ("w", "v") | ("V", "W") | ("W", "V"))
    }

    /// Whether the letters as read may be a deliberate spelling, of a dialect or an old one: one
    /// vowel for another, v for w, a letter dropped or doubled.
    pub fn sounds_alike(&self) -> bool {
        let vowels = |s: &str| !s.is_empty() && s.chars().all(|c| "aeiouyéèêAEIOUY".contains(c));
        self.seen.is_empty()
            || self.meant.is_empty() && self.seen.chars().all(char::is_alphabetic)
            || vowels(&self.seen) && vowels(&self.meant)
            || matches!(
                (&*self.seen, &*self.meant),
                ("v", "w")
                    | ("w", "v")
                    | ("k", "h")
                    | ("d", "t")
                    | ("t", "d")
                    | ("s", "c")
                    | ("c", "s")
                    | ("k", "c")
                    | ("c", "k")
            )
    }
}

impl Confusions {
    /// Reads a table: one line for each confusion, three or four fields separated by tabs
    /// (as read, as printed, weight in nats, frequency in dialect); `#` begins a comment.
    ///
    /// # Errors
    /// The number of the first malformed line.
    pub fn parse(source: &str) -> Result<Confusions, ConfusionsError> {
        let mut list = Vec::new();
        for (index, line) in source.lines().enumerate() {
            if !line.starts_with('#') {
                list.push(Confusion::parse(line).ok_or(ConfusionsError(index + 1))?);
            }
        }
        let mut by_first = vec![Vec::new(); 256];
        let mut lost = Vec::new();
        for (index, confusion) in list.iter().enumerate() {
            match confusion.seen.as_bytes().first() {
                Some(&byte) => by_first[usize::from(byte)].push(index as u16),
                None => lost.push(index as u16),
            }
        }
        let steps = list.iter().map(Step::of).collect();
        let zeros = vec![0.0; list.len()];
        let usual = list.iter().map(|confusion| confusion.weight + USUAL_RATE.ln()).collect();
        Ok(Confusions { list, steps, by_first, lost, zeros, usual })
    }

    /// The confusion with this index.
    pub fn get(&self, index: u16) -> &Confusion {
        &self.list[usize::from(index)]
    }

    /// A log-probability of zero for every confusion, for searches in which all confusions are
    /// free.
    pub fn zero_log_probs(&self) -> &[f32] {
        &self.zeros
    }

    /// The log-probability of each confusion in a scan of which nothing is known, in nats.
    pub fn usual_log_probs(&self) -> &[f32] {
        &self.usual
    }

    /// The confusions whose letters as read are a prefix of `text`.
    pub fn seen_at(&self, text: &str) -> impl Iterator<Item = u16> {
        let first = text.as_bytes().first();
        let seen = first.map_or(&[][..], |&byte| &self.by_first[usize::from(byte)]);
        seen.iter().copied().filter(move |&index| text.starts_with(&*self.get(index).seen))
    }

    /// The printed letters of a confusion, folded as the lexicon's words are.
    pub fn folded(&self, index: u16) -> &[u8] {
        &self.steps[usize::from(index)].meant
    }

    /// The number of confusions.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether the table is empty.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl Step {
    fn of(confusion: &Confusion) -> Step {
        let mut folded = String::with_capacity(confusion.meant.len());
        fold_chars(&confusion.meant, |c| folded.push(c));
        let first = folded.bytes().next().map_or(u32::MAX, letter);
        Step { meant: folded.into_bytes().into(), first, seen: confusion.seen.len() }
    }
}
