//! What is read for what: the confusions of letters, and the words they lead to.

use std::ops::Range;
use std::sync::OnceLock;

use super::lexicon::{Lexicon, Words};
use super::terms::fold_chars;
use super::trie::{Spot, Trie, letter};

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
    steps: Vec<Step>,
    by_first: Vec<Vec<u16>>,
    /// The confusions that add a letter where none was read.
    lost: Vec<u16>,
    free: Vec<f32>,
}

/// A confusion as a step through the lexicon.
#[derive(Debug)]
struct Step {
    /// The printed letters, folded as the lexicon's words are.
    meant: Box<[u8]>,
    /// The [`letter`] of the first of them; all letters where nothing was printed.
    first: u32,
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
/// A bound on the work for one word: a long string of letters that are all
/// easily confused has more readings than anyone wants to look at.
const MOST_STEPS: usize = 20_000;

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
    pub(super) fn built_in() -> &'static Confusions {
        static TABLE: OnceLock<Confusions> = OnceLock::new();
        TABLE.get_or_init(|| Confusions::parse(include_str!("../../rules/model/confusions.tsv")))
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
        let steps = list.iter().map(|confusion| Step::of(&confusion.meant)).collect();
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
        let stem_end = possessive_start(reading);
        let (stem, ending) = reading.split_at(stem_end);
        let mut found = Vec::new();
        lexicon.unpacked(|map, trie| {
            let mut search = Search::new(self, map, trie, stem, cost, dearest.max(DEAREST));
            if !(search.fitting.is_empty() && search.lost.is_empty()) {
                let root = search.trie.root(map);
                search.walk(root, 0, 0.0, most);
            }
            found.append(&mut search.found);
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
    fn of(meant: &str) -> Step {
        let mut folded = String::with_capacity(meant.len());
        fold_chars(meant, |c| folded.push(c));
        let first = folded.bytes().next().map_or(u32::MAX, letter);
        Step { meant: folded.into_bytes().into(), first }
    }
}

/// A search for the words that one reading may stand for.
struct Search<'s> {
    table: &'s Confusions,
    map: &'s Words,
    trie: &'s mut Trie,
    cost: &'s [f32],
    dearest: f32,
    reading: &'s str,
    /// The reading, folded as the lexicon's words are.
    folded: String,
    /// What can be read at each byte of the reading; nothing inside a character.
    places: Vec<Place>,
    /// The confusions that fit, place after place.
    fitting: Vec<u16>,
    /// The lost letters that are not too dear.
    lost: Vec<u16>,
    work: usize,
    out: String,
    steps: Vec<u16>,
    found: Vec<Candidate>,
}

/// A byte of a reading where a character begins, or its end.
#[derive(Clone, Default)]
struct Place {
    /// Bytes of the character.
    length: usize,
    /// The folded character, in bytes of the folded reading.
    folded: Range<usize>,
    /// The confusions whose letters stand here.
    fitting: Range<usize>,
}

impl<'s> Search<'s> {
    fn new(
        table: &'s Confusions,
        map: &'s Words,
        trie: &'s mut Trie,
        reading: &'s str,
        cost: &'s [f32],
        dearest: f32,
    ) -> Search<'s> {
        let affordable = |index: &u16| cost[usize::from(*index)] >= dearest;
        let mut places = vec![Place::default(); reading.len() + 1];
        let mut folded = String::with_capacity(reading.len());
        let mut fitting = Vec::new();
        for (at, c) in reading.char_indices() {
            let (start, first) = (folded.len(), fitting.len());
            fold_chars(c.encode_utf8(&mut [0; 4]), |c| folded.push(c));
            let seen = &table.by_first[usize::from(reading.as_bytes()[at])];
            let fits = |index: &u16| reading[at..].starts_with(&*table.get(*index).seen);
            fitting.extend(seen.iter().copied().filter(affordable).filter(fits));
            places[at] = Place { length: c.len_utf8(), folded: start..folded.len(), fitting: first..fitting.len() };
        }
        Search {
            table,
            map,
            trie,
            cost,
            dearest,
            reading,
            folded,
            places,
            fitting,
            lost: table.lost.iter().copied().filter(affordable).collect(),
            work: 0,
            out: String::with_capacity(reading.len() + 4),
            steps: Vec::new(),
            found: Vec::new(),
        }
    }

    fn walk(&mut self, spot: Spot, at: usize, spent: f32, left: usize) {
        if left == 0 {
            return self.finish(spot, at, spent);
        }
        self.work += 1;
        if self.work > MOST_STEPS {
            return;
        }
        if at == self.reading.len() && self.trie.is_word(spot) && !self.steps.is_empty() {
            self.found.push(Candidate {
                text: self.out.clone(),
                channel: spent,
                steps: self.steps.clone(),
                unusual: 0,
            });
        }
        let Place { length, folded, fitting } = self.places[at].clone();
        if length > 0
            && let Some(next) = self.read(spot, folded)
        {
            self.out.push_str(&self.reading[at..at + length]);
            self.walk(next, at + length, spent, left);
            self.out.truncate(self.out.len() - length);
        }
        // Most confusions lead to a letter with which no word goes on here.
        let goes_on = self.trie.letters(spot);
        for place in fitting {
            self.confuse(self.fitting[place], goes_on, spot, at, spent, left);
        }
        for place in 0..self.lost.len() {
            self.confuse(self.lost[place], goes_on, spot, at, spent, left);
        }
    }

    /// Goes on as if the letters of a confusion had been printed.
    #[inline]
    fn confuse(&mut self, index: u16, goes_on: u32, spot: Spot, at: usize, spent: f32, left: usize) {
        let table = self.table;
        let step = &table.steps[usize::from(index)];
        let spent = spent + self.cost[usize::from(index)];
        if step.first & goes_on == 0 && step.first != u32::MAX || spent < self.dearest {
            return;
        }
        let mut next = spot;
        for &byte in &step.meant {
            let Some(found) = self.trie.step(self.map, next, byte) else { return };
            next = found;
        }
        let confusion = table.get(index);
        self.steps.push(index);
        self.out.push_str(&confusion.meant);
        self.walk(next, at + confusion.seen.len(), spent, left - 1);
        self.out.truncate(self.out.len() - confusion.meant.len());
        self.steps.pop();
    }

    /// Goes on by a character of the reading, in bytes of its folded form.
    #[inline]
    fn read(&mut self, from: Spot, folded: Range<usize>) -> Option<Spot> {
        let Search { trie, map, folded: reading, .. } = self;
        reading.as_bytes()[folded].iter().try_fold(from, |spot, &byte| trie.step(map, spot, byte))
    }

    /// Takes the rest of the reading as it stands.
    fn finish(&mut self, mut spot: Spot, at: usize, spent: f32) {
        let mut end = at;
        loop {
            self.work += 1;
            if self.work > MOST_STEPS {
                return;
            }
            let Place { length, folded, .. } = self.places[end].clone();
            if length == 0 {
                break;
            }
            let Some(next) = self.read(spot, folded) else { return };
            spot = next;
            end += length;
        }
        if self.trie.is_word(spot) && !self.steps.is_empty() {
            let text = [&self.out, &self.reading[at..]].concat();
            self.found.push(Candidate { text, channel: spent, steps: self.steps.clone(), unusual: 0 });
        }
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
