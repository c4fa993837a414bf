//! Confusions: which letters are read for which, and the words that they lead to.

use super::terms::fold_chars;
use super::trie::letter;

/// One confusion: letters as an engine reads them, and as they were printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Confusion {
    /// As read; empty where a letter was lost.
    pub seen: Box<str>,
    /// As printed; empty where the letters were specks.
    pub meant: Box<str>,
    /// How often the printed letters are read so, relative to the share of all
    /// letters that a scan misreads, in nats.
    pub weight: f32,
    /// How often, in a million words of right text, an unknown word looks like
    /// this confusion: dialect drops an h, and no scan did it.
    pub dialect: f32,
}

/// The table of confusions, indexed by the first byte of what is read.
#[derive(Debug)]
pub struct Confusions {
    list: Vec<Confusion>,
    /// What the search in the lexicon asks of each confusion.
    pub steps: Vec<Step>,
    /// The confusions by the first byte of what is read.
    pub by_first: Vec<Vec<u16>>,
    /// The confusions that add a letter where none was read.
    pub lost: Vec<u16>,
    free: Vec<f32>,
}

/// The line of a table of confusions that has another form, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {0}: not `read<tab>printed<tab>weight` with a number last")]
pub struct ConfusionsError(usize);

/// A confusion as a step through the lexicon.
#[derive(Debug)]
pub struct Step {
    /// The printed letters, folded as the lexicon's words are.
    pub meant: Box<[u8]>,
    /// The [`letter`] of the first of them; all letters where nothing was printed.
    pub first: u32,
    /// Bytes of the letters as read.
    pub seen: usize,
}

/// A word of the lexicon that a reading may stand for.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The word, in the case of the reading.
    pub text: String,
    /// How easily it is read so, in nats; 0 would be without any misreading.
    pub channel: f32,
    /// The confusions that lead from the word to the reading, as indices of the table.
    pub steps: Vec<u16>,
    /// How many letters were misread beside them, in ways that the table does not have.
    pub unusual: u8,
}

/// How much a reading may cost before it is no candidate, in nats.
pub const DEAREST: f32 = -24.0;
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

    /// Whether the letters as read are those meant with some left out, or v for w: what accents are
    /// written like.
    pub fn is_spoken_so(&self) -> bool {
        let mut meant = self.meant.chars();
        let left_out = self.seen.len() < self.meant.len() && self.seen.chars().all(|c| meant.any(|m| m == c));
        left_out || matches!((&*self.seen, &*self.meant), ("v", "w") | ("w", "v") | ("V", "W") | ("W", "V"))
    }

    /// Whether a writer of dialect or of old spelling may have put the letters
    /// as read on purpose: one vowel for another, v for w, a letter dropped or
    /// doubled.
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
    /// Reads a table: a line a confusion, three or four fields parted by tabs
    /// (as read, as printed, weight in nats, frequency in dialect), `#` for
    /// remarks.
    ///
    /// # Errors
    /// The first line of another form.
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
        let free = vec![0.0; list.len()];
        Ok(Confusions { list, steps, by_first, lost, free })
    }

    /// The confusion of that index.
    pub fn get(&self, index: u16) -> &Confusion {
        &self.list[usize::from(index)]
    }

    /// Costs with which every confusion is free.
    pub fn free(&self) -> &[f32] {
        &self.free
    }

    /// The confusions whose letters as read `text` begins with.
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
