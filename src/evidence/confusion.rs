//! What is read for what: the confusions of letters, and the words they lead to.

use std::sync::OnceLock;

use fst::raw::{Fst, Node};

use super::lexicon::Lexicon;

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
    by_first: Vec<Vec<u16>>,
    /// The confusions that add a letter where none was read.
    lost: Vec<u16>,
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
}

/// How much a reading may cost before it is no candidate, in nats.
pub const DEAREST: f32 = -24.0;
/// A bound on the work for one word: a long string of letters that are all
/// easily confused has more readings than anyone wants to look at.
const MOST_STEPS: usize = 20_000;

impl Confusion {
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
        Confusions { list, by_first, lost }
    }

    /// The confusion of that index.
    pub fn get(&self, index: u16) -> &Confusion {
        &self.list[usize::from(index)]
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
        let stem_end = possessive_start(reading);
        let (stem, ending) = reading.split_at(stem_end);
        let Some(words) = lexicon.fst() else { return Vec::new() };
        let mut search = Search {
            table: self,
            fst: words.as_fst(),
            cost,
            dearest: dearest.max(DEAREST),
            reading: stem,
            work: 0,
            out: String::with_capacity(stem.len() + 4),
            steps: Vec::new(),
            found: Vec::new(),
        };
        let root = search.fst.root();
        search.walk(root, 0, 0.0, most);
        let mut found = search.found;
        for candidate in &mut found {
            candidate.text.push_str(ending);
        }
        found.sort_by(|a, b| a.text.cmp(&b.text).then(b.channel.total_cmp(&a.channel)));
        found.dedup_by(|b, a| a.text == b.text);
        found.sort_by(|a, b| b.channel.total_cmp(&a.channel).then(a.text.cmp(&b.text)));
        found
    }
}

/// Where a possessive ending begins; the lexicon has words without it.
fn possessive_start(word: &str) -> usize {
    ["’s", "'s", "‘s"].iter().find_map(|ending| word.strip_suffix(ending)).map_or(word.len(), str::len)
}

struct Search<'s> {
    table: &'s Confusions,
    fst: &'s Fst<std::borrow::Cow<'static, [u8]>>,
    cost: &'s [f32],
    dearest: f32,
    reading: &'s str,
    work: usize,
    out: String,
    steps: Vec<u16>,
    found: Vec<Candidate>,
}

impl<'s> Search<'s> {
    fn walk(&mut self, node: Node<'s>, at: usize, spent: f32, left: usize) {
        self.work += 1;
        if self.work > MOST_STEPS {
            return;
        }
        if at == self.reading.len() && node.is_final() && !self.steps.is_empty() {
            self.found.push(Candidate { text: self.out.clone(), channel: spent, steps: self.steps.clone() });
        }
        let rest = &self.reading[at..];
        if let Some(c) = rest.chars().next() {
            self.step(node, c.encode_utf8(&mut [0; 4]), at + c.len_utf8(), spent, left);
        }
        if left == 0 {
            return;
        }
        let table = self.table;
        let seen = rest.as_bytes().first().map_or(&[][..], |&b| &table.by_first[usize::from(b)]);
        for &index in seen.iter().chain(&table.lost) {
            let confusion = table.get(index);
            let spent = spent + self.cost[usize::from(index)];
            if spent >= self.dearest && rest.starts_with(&*confusion.seen) {
                self.steps.push(index);
                self.step(node, &confusion.meant, at + confusion.seen.len(), spent, left - 1);
                self.steps.pop();
            }
        }
    }

    /// Goes on with the letters `meant`, if the lexicon has words that do.
    fn step(&mut self, node: Node<'s>, meant: &str, at: usize, spent: f32, left: usize) {
        let Some(next) = follow(self.fst, node, meant) else { return };
        let length = self.out.len();
        self.out.push_str(meant);
        self.walk(next, at, spent, left);
        self.out.truncate(length);
    }
}

/// The node behind `letters`, which are folded as the lexicon's words are.
fn follow<'f>(fst: &'f Fst<std::borrow::Cow<'static, [u8]>>, mut node: Node<'f>, letters: &str) -> Option<Node<'f>> {
    if letters.is_ascii() {
        for byte in letters.bytes() {
            node = fst.node(node.transition_addr(node.find_input(byte.to_ascii_lowercase())?));
        }
        return Some(node);
    }
    let mut buffer = [0; 4];
    for c in letters.chars() {
        let c = if crate::text::token::is_apostrophe(c) { '\'' } else { c };
        for c in c.to_lowercase() {
            for &byte in c.encode_utf8(&mut buffer).as_bytes() {
                node = fst.node(node.transition_addr(node.find_input(byte)?));
            }
        }
    }
    Some(node)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(reading: &str, most: usize) -> Vec<String> {
        let table = Confusions::built_in();
        let cost: Vec<f32> = (0..table.len()).map(|i| table.get(i as u16).weight - 6.0).collect();
        table.candidates(Lexicon::english(), reading, most, &cost, DEAREST).into_iter().map(|c| c.text).collect()
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
