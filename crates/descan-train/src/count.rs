//! Counting words, pairs and triples of terms over many texts.

use std::fmt;

use descan_lang::terms::{Gap, SENTENCE_END, spelling};
use descan_text::token::words;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// The first line of a file of counts.
pub const TITLE: &str = "# descan counts 1";

/// Pairs seen less often than this in all texts together are not kept.
pub const MIN_PAIR: u32 = 2;
/// Triples seen less often than this in all texts together are not kept.
pub const MIN_TRIPLE: u32 = 3;

/// How often what was seen; every list is sorted by spelling, so the same texts give the same counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The terms, sorted by spelling; pairs and triples refer to places in this list.
    pub words: Vec<WordCount>,
    /// Two terms in sequence.
    pub pairs: Vec<Count<2>>,
    /// Three terms in sequence.
    pub triples: Vec<Count<3>>,
}

/// How often a term was seen and how it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordCount {
    /// The term as [`spelling`] folds it.
    pub term: String,
    /// Occurrences.
    pub count: u32,
    /// Texts it occurs in.
    pub books: u32,
    /// Occurrences inside a sentence by their case, where the case says something about the word.
    pub cases: Cases,
}

/// Occurrences inside a sentence, by case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cases {
    /// `word`
    pub lower: u32,
    /// `Word`
    pub title: u32,
    /// `WORD`
    pub upper: u32,
    /// `McWord`
    pub mixed: u32,
}

/// How often a sequence of terms was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count<const N: usize> {
    /// Places in [`Counts::words`].
    pub terms: [u32; N],
    /// Occurrences.
    pub count: u32,
    /// Texts it occurs in.
    pub books: u32,
}

/// Why a file of counts could not be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum CountsError {
    /// The first line is another one.
    #[error("not a file of counts: its first line is not {TITLE:?}")]
    Title,
    /// A line that is no count.
    #[error("line {0} of the counts cannot be read")]
    Line(usize),
}

/// A text to count.
#[derive(Clone, Debug)]
pub struct Book {
    /// The text, paragraphs separated by a blank line.
    pub text: String,
    /// How many times an occurrence in it counts.
    pub weight: u32,
}

/// Counts `books`.
///
/// Works on all cores; the result does not depend on the order of the books.
pub fn count(books: &[Book]) -> Counts {
    let words = count_words(books);
    let ids: FxHashMap<&str, u32> = words.iter().enumerate().map(|(id, w)| (w.term.as_str(), id as u32)).collect();
    let streams: Vec<(u32, Vec<u32>)> = books.par_iter().map(|book| (book.weight, ids_of(&book.text, &ids))).collect();
    let pairs = count_runs::<2>(&streams, MIN_PAIR);
    let triples = count_runs::<3>(&streams, MIN_TRIPLE);
    Counts { words, pairs, triples }
}

impl Counts {
    /// Reads what [`Counts`] displays.
    pub fn parse(text: &str) -> Result<Counts, CountsError> {
        let mut lines = text.lines().enumerate();
        if lines.next().map(|(_, line)| line) != Some(TITLE) {
            return Err(CountsError::Title);
        }
        let mut counts = Counts::default();
        for (number, line) in lines {
            let mut fields = line.split('\t');
            counts.read_line(&mut fields).ok_or(CountsError::Line(number + 1))?;
        }
        Ok(counts)
    }

    fn read_line<'a>(&mut self, fields: &mut impl Iterator<Item = &'a str>) -> Option<()> {
        let kind = fields.next()?;
        if kind == "1" {
            let term = fields.next()?.to_owned();
            let mut number = || fields.next()?.parse::<u32>().ok();
            let (count, books) = (number()?, number()?);
            let cases = Cases { lower: number()?, title: number()?, upper: number()?, mixed: number()? };
            self.words.push(WordCount { term, count, books, cases });
            return Some(());
        }
        let known = self.words.len() as u32;
        let mut number = || fields.next()?.parse::<u32>().ok();
        let (count, books) = (number()?, number()?);
        let mut term = || number().filter(|&id| id < known);
        match kind {
            "2" => self.pairs.push(Count { terms: [term()?, term()?], count, books }),
            "3" => self.triples.push(Count { terms: [term()?, term()?, term()?], count, books }),
            _ => return None,
        }
        Some(())
    }
}

impl fmt::Display for Counts {
    /// Tab-separated lines: `1 TERM COUNT BOOKS LOWER TITLE UPPER MIXED`, then `2` and `3` with
    /// COUNT, BOOKS and the numbers of the terms, which are the lines of kind 1 counted from 0.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{TITLE}")?;
        for WordCount { term, count, books, cases } in &self.words {
            let Cases { lower, title, upper, mixed } = cases;
            writeln!(out, "1\t{term}\t{count}\t{books}\t{lower}\t{title}\t{upper}\t{mixed}")?;
        }
        for Count { terms: [a, b], count, books } in &self.pairs {
            writeln!(out, "2\t{count}\t{books}\t{a}\t{b}")?;
        }
        for Count { terms: [a, b, c], count, books } in &self.triples {
            writeln!(out, "3\t{count}\t{books}\t{a}\t{b}\t{c}")?;
        }
        Ok(())
    }
}

/// One thing of a text: a word, or the marks between words that are a term.
enum Item<'t> {
    Word { text: &'t str, inside_sentence: bool },
    Marks(&'static str),
}

/// Hands out the terms of a text, with a stop before the first and after the last.
fn each_item<'t>(text: &'t str, mut take: impl FnMut(Item<'t>)) {
    take(Item::Marks(SENTENCE_END));
    let mut end = None;
    for word in words(text) {
        let mut inside_sentence = false;
        if let Some(end) = end {
            let between = &text[end..word.span().start];
            let gap = Gap::of(between);
            if let Some(term) = gap.spelling() {
                take(Item::Marks(term));
            }
            inside_sentence = matches!(gap, Gap::Space | Gap::Comma) && !between.contains(['“', '"', '‘', '\'']);
        }
        take(Item::Word { text: word.text(text), inside_sentence });
        end = Some(word.span().end);
    }
    take(Item::Marks(SENTENCE_END));
}

fn count_words(books: &[Book]) -> Vec<WordCount> {
    let in_each: Vec<FxHashMap<String, WordCount>> = books.par_iter().map(|book| words_of(&book.text)).collect();
    let mut all: FxHashMap<String, WordCount> = FxHashMap::default();
    for (found, Book { weight, .. }) in in_each.into_iter().zip(books) {
        for (term, one) in found {
            let sum = all.entry(term).or_default();
            sum.count += one.count * weight;
            sum.books += 1;
            sum.cases.lower += one.cases.lower * weight;
            sum.cases.title += one.cases.title * weight;
            sum.cases.upper += one.cases.upper * weight;
            sum.cases.mixed += one.cases.mixed * weight;
        }
    }
    let mut words: Vec<WordCount> = all.into_iter().map(|(term, sum)| WordCount { term, ..sum }).collect();
    words.par_sort_unstable_by(|a, b| a.term.cmp(&b.term));
    words
}

fn words_of(text: &str) -> FxHashMap<String, WordCount> {
    let mut found: FxHashMap<String, WordCount> = FxHashMap::default();
    each_item(text, |item| match item {
        Item::Marks(term) => found.entry(term.to_owned()).or_default().count += 1,
        Item::Word { text, inside_sentence } => {
            let word = found.entry(spelling(text)).or_default();
            word.count += 1;
            if inside_sentence {
                word.cases.add(text);
            }
        }
    });
    found
}

impl Cases {
    /// Counts the case of one occurrence.
    pub(super) fn add(&mut self, word: &str) {
        // The s of “King’s” is no letter of the name.
        let name = word.trim_end_matches("’s").trim_end_matches("'s");
        let mut letters = name.chars().filter(|c| c.is_alphabetic());
        let first_upper = letters.next().is_some_and(char::is_uppercase);
        let (mut upper, mut lower) = (0, 0);
        for c in letters {
            if c.is_uppercase() { upper += 1 } else { lower += 1 }
        }
        match (first_upper, upper, lower) {
            (false, 0, _) => self.lower += 1,
            (true, 0, _) => self.title += 1,
            (true, _, 0) => self.upper += 1,
            _ => self.mixed += 1,
        }
    }
}

fn ids_of(text: &str, ids: &FxHashMap<&str, u32>) -> Vec<u32> {
    let mut stream = Vec::with_capacity(text.len() / 4);
    each_item(text, |item| {
        let id = match item {
            Item::Marks(term) => ids.get(term),
            Item::Word { text, .. } => ids.get(spelling(text).as_str()),
        };
        stream.extend(id);
    });
    stream
}

/// Counts the runs of `N` terms, in each text by sorting, then over all texts.
fn count_runs<const N: usize>(streams: &[(u32, Vec<u32>)], least: u32) -> Vec<Count<N>> {
    let in_each: Vec<Vec<(u64, u32)>> =
        streams.par_iter().map(|(weight, stream)| runs_of::<N>(stream, *weight)).collect();
    let mut all = in_each.concat();
    drop(in_each);
    all.par_sort_unstable();
    all.chunk_by(|a, b| a.0 == b.0)
        .filter_map(|same| {
            let count = same.iter().map(|&(_, count)| count).sum();
            (count >= least).then(|| Count { terms: unpack(same[0].0), count, books: same.len() as u32 })
        })
        .collect()
}

fn runs_of<const N: usize>(stream: &[u32], weight: u32) -> Vec<(u64, u32)> {
    let mut keys: Vec<u64> = stream.windows(N).map(pack).collect();
    keys.sort_unstable();
    keys.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32 * weight)).collect()
}

/// Bits of a term's number inside a packed run: two million different terms.
const ID_BITS: u32 = 21;

fn pack(terms: &[u32]) -> u64 {
    terms.iter().fold(0, |key, &id| key << ID_BITS | u64::from(id))
}

fn unpack<const N: usize>(key: u64) -> [u32; N] {
    std::array::from_fn(|i| (key >> (ID_BITS * (N - 1 - i) as u32)) as u32 & ((1 << ID_BITS) - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count_all(texts: &[&str]) -> Counts {
        let books: Vec<Book> = texts.iter().map(|&text| Book { text: text.to_owned(), weight: 1 }).collect();
        count(&books)
    }

    fn sample() -> Counts {
        let book = "The King’s cat sat. The cat, the Cat, the cat!\n\nAI and the cat sat; McCoy’s cat sat.";
        count_all(&[book, "The cat sat; a cat sat.", "A cat sat."])
    }

    #[test]
    fn words_pairs_and_triples_are_counted_with_their_books() {
        let counts = sample();
        let id = |term: &str| counts.words.iter().position(|w| w.term == term).expect("counted") as u32;
        let cat = &counts.words[id("cat") as usize];
        assert_eq!((cat.count, cat.books), (9, 3));
        assert_eq!(cat.cases, Cases { lower: 8, title: 1, upper: 0, mixed: 0 });
        assert_eq!(counts.words[id("mccoy's") as usize].cases.mixed, 0, "after a semicolon case says nothing");
        let pair = counts.pairs.iter().find(|p| p.terms == [id("cat"), id("sat")]).expect("a pair");
        assert_eq!((pair.count, pair.books), (6, 3));
        let triple = counts.triples.iter().find(|t| t.terms == [id("cat"), id("sat"), id(".")]).expect("a triple");
        assert_eq!((triple.count, triple.books), (4, 3));
    }

    #[test]
    fn counts_survive_writing_and_reading() {
        let counts = sample();
        assert_eq!(Counts::parse(&counts.to_string()), Ok(counts));
        assert_eq!(Counts::parse("word 1"), Err(CountsError::Title));
        assert_eq!(Counts::parse(&format!("{TITLE}\n2\t1\t1\t0\t0\n")), Err(CountsError::Line(2)));
    }

    #[test]
    fn the_order_of_the_texts_does_not_matter() {
        assert_eq!(count_all(&["a b a b", "b a"]), count_all(&["b a", "a b a b"]));
    }

    #[test]
    fn a_weight_multiplies_occurrences_but_not_books() {
        let counts = count(&[Book { text: "one two one two".to_owned(), weight: 2 }]);
        assert_eq!(counts.words.iter().find(|w| w.term == "one").map(|w| (w.count, w.books)), Some((4, 1)));
        assert!(counts.pairs.iter().all(|p| p.count % 2 == 0 && p.books == 1));
    }
}
