//! What is read for what: the confusions of letters, and the words they lead to.

use std::sync::OnceLock;

use super::lexicon::Lexicon;
use super::search::Search;
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
    pub by_first: Vec<Vec<u16>>,
    /// The confusions that add a letter where none was read.
    pub lost: Vec<u16>,
    free: Vec<f32>,
}

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
    /// The table built into the program.
    pub fn built_in() -> &'static Confusions {
        static TABLE: OnceLock<Confusions> = OnceLock::new();
        TABLE.get_or_init(|| Confusions::parse(descan_data_en::CONFUSIONS))
    }

    /// Reads a table: a line a confusion, four fields parted by tabs, `#` for
    /// remarks. Lines of another form are passed over.
    pub fn parse(source: &str) -> Confusions {
        let list: Vec<Confusion> = source
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let mut fields = line.split('\t');
                let (seen, meant, weight) = (fields.next()?, fields.next()?, fields.next()?);
                let dialect = fields.next().and_then(|field| field.trim().parse().ok()).unwrap_or(0.0);
                Some(Confusion { seen: seen.into(), meant: meant.into(), weight: weight.parse().ok()?, dialect })
            })
            .collect();
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
        Confusions { list, steps, by_first, lost, free }
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

    /// The words of the lexicon that `reading` may stand for, by at most
    /// `most` confusions whose costs (in nats, below zero) `cost` tells, and
    /// that together cost no more than `dearest`.
    ///
    /// Walks the lexicon letter by letter, so that the work is bounded by the
    /// beginnings of words that exist. `reading` itself is not among them.
    pub fn candidates(
        &self,
        lexicon: &Lexicon,
        reading: &str,
        most: usize,
        cost: &[f32],
        dearest: f32,
    ) -> Vec<Candidate> {
        let mut found = self.search(lexicon, reading, most, cost, dearest);
        found.sort_by(|a, b| a.text.cmp(&b.text).then(b.channel.total_cmp(&a.channel)));
        found.dedup_by(|b, a| a.text == b.text);
        found.sort_by(|a, b| b.channel.total_cmp(&a.channel).then(a.text.cmp(&b.text)));
        found
    }

    /// As [`Confusions::candidates`], but in no order that means anything, and
    /// with a word once for each way that leads to it.
    pub fn search(&self, lexicon: &Lexicon, reading: &str, most: usize, cost: &[f32], dearest: f32) -> Vec<Candidate> {
        self.search_with(lexicon, reading, cost, dearest, |search| search.run(most))
    }

    /// The words that one confusion of the first letters leads to, at no cost.
    pub fn search_at_start(&self, lexicon: &Lexicon, reading: &str) -> Vec<Candidate> {
        self.search_with(lexicon, reading, &self.free, DEAREST, |search| search.run_at_start())
    }

    fn search_with(
        &self,
        lexicon: &Lexicon,
        reading: &str,
        cost: &[f32],
        dearest: f32,
        run: impl Fn(Search<'_>) -> Vec<Candidate>,
    ) -> Vec<Candidate> {
        let (stem, ending) = reading.split_at(possessive_start(reading));
        let mut found = Vec::new();
        lexicon.unpacked(|map, trie| {
            found.append(&mut run(Search::new(self, map, trie, stem, cost, dearest.max(DEAREST))));
        });
        for candidate in &mut found {
            candidate.text.push_str(ending);
        }
        found
    }
}

/// Where a possessive ending begins; the lexicon has words without it.
fn possessive_start(word: &str) -> usize {
    ["’s", "'s", "‘s"].iter().find_map(|ending| word.strip_suffix(ending)).map_or(word.len(), str::len)
}

impl Step {
    fn of(confusion: &Confusion) -> Step {
        let mut folded = String::with_capacity(confusion.meant.len());
        fold_chars(&confusion.meant, |c| folded.push(c));
        let first = folded.bytes().next().map_or(u32::MAX, letter);
        Step { meant: folded.into_bytes().into(), first, seen: confusion.seen.len() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(reading: &str, most: usize) -> Vec<String> {
        let table = Confusions::built_in();
        let cost: Vec<f32> = (0..table.len()).map(|i| table.get(i as u16).weight - 6.0).collect();
        table.candidates(&Lexicon::built_in(), reading, most, &cost, DEAREST).into_iter().map(|c| c.text).collect()
    }

    #[test]
    fn one_confusion_leads_to_the_word() {
        assert!(words("muftled", 1).contains(&"muffled".to_owned()));
        assert!(words("tbe", 1).contains(&"the".to_owned()));
        assert!(words("Tbe’s", 1).contains(&"The’s".to_owned()));
        assert!(words("rnany", 1).contains(&"many".to_owned()));
        assert!(words("wor1d", 1).contains(&"world".to_owned()));
        assert!(words("he’1l", 1).contains(&"he’ll".to_owned()));
    }

    #[test]
    fn a_string_of_confusable_letters_ends() {
        assert!(words(&"il1l".repeat(500), 2).is_empty());
    }
}
