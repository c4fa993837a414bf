//! How close a scan is to the truth, before and after cleaning.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::align::{Alignment, Symbols, align, distance};

/// Counts over the texts of a set. Pairs are the counts before and after cleaning.
#[derive(Clone, Debug, Default)]
pub(crate) struct Score {
    /// The number of texts.
    pub files: usize,
    /// The number of words of the truth.
    pub words: usize,
    /// The number of characters of the truth, with each run of white space as one.
    pub characters: usize,
    /// Words inserted, deleted or replaced.
    pub word_errors: [usize; 2],
    /// The same, with quotes, dashes and ellipses as ASCII writes them.
    pub folded_errors: [usize; 2],
    /// Characters inserted, deleted or replaced.
    pub character_errors: [usize; 2],
    /// Words of the truth that were wrong and are right.
    pub fixed: usize,
    /// Words of the truth that were right and are wrong.
    pub broken: usize,
    /// Words of the truth that were right before.
    pub right_before: usize,
    /// Paragraph breaks of the truth.
    pub breaks: usize,
    /// Paragraph breaks of the text.
    pub breaks_made: [usize; 2],
    /// Breaks of the truth that the text has too, at most one word away.
    pub breaks_hit: [usize; 2],
}

impl Score {
    /// Compares a scan and its cleaned text with the truth. If the truth is
    /// another edition, only the counts of fixed and broken words mean anything,
    /// and characters are not compared.
    pub(crate) fn of(scan: &str, cleaned: &str, truth: &str, edition: bool) -> Score {
        let mut symbols = Symbols::default();
        let gold = symbols.of(words(truth));
        let before = align(&symbols.of(words(scan)), &gold);
        let after = align(&symbols.of(words(cleaned)), &gold);
        let count = |right: fn(bool, bool) -> bool| {
            before.right.iter().zip(&after.right).filter(|(b, a)| right(**b, **a)).count()
        };
        let hits = [paragraph_hits(truth, scan, &before), paragraph_hits(truth, cleaned, &after)];
        let mut score = Score {
            files: 1,
            words: gold.len(),
            word_errors: [before.distance, after.distance],
            fixed: count(|before, after| after && !before),
            broken: count(|before, after| before && !after),
            right_before: before.right.iter().filter(|r| **r).count(),
            breaks: hits[0].2,
            breaks_made: hits.map(|h| h.1),
            breaks_hit: hits.map(|h| h.0),
            ..Score::default()
        };
        if !edition {
            let [scan, cleaned, truth] = [scan, cleaned, truth].map(|t| words(t).collect::<Vec<_>>().join(" "));
            score.characters = truth.chars().count();
            score.character_errors = [character_distance(&scan, &truth), character_distance(&cleaned, &truth)];
            let [scan, cleaned, truth] = [scan, cleaned, truth].map(|t| fold(&t));
            let mut symbols = Symbols::default();
            let gold = symbols.of(words(&truth));
            score.folded_errors = [&scan, &cleaned].map(|t| distance(&symbols.of(words(t)), &gold));
        }
        score
    }

    /// Adds the counts of other texts.
    pub(crate) fn add(&mut self, other: &Score) {
        let pair = |a: &mut [usize; 2], b: [usize; 2]| *a = [a[0] + b[0], a[1] + b[1]];
        self.files += other.files;
        self.words += other.words;
        self.characters += other.characters;
        pair(&mut self.word_errors, other.word_errors);
        pair(&mut self.folded_errors, other.folded_errors);
        pair(&mut self.character_errors, other.character_errors);
        self.fixed += other.fixed;
        self.broken += other.broken;
        self.right_before += other.right_before;
        self.breaks += other.breaks;
        pair(&mut self.breaks_made, other.breaks_made);
        pair(&mut self.breaks_hit, other.breaks_hit);
    }

    /// Word errors per 100 words of the truth, before and after.
    pub(crate) fn word_error_rates(&self) -> [f64; 2] {
        self.word_errors.map(|e| percent(e, self.words))
    }

    /// Character errors per 100 characters of the truth, before and after.
    pub(crate) fn character_error_rates(&self) -> [f64; 2] {
        self.character_errors.map(|e| percent(e, self.characters))
    }

    /// The percentage of fixed words among those fixed or broken.
    pub(crate) fn precision(&self) -> f64 {
        percent(self.fixed, self.fixed + self.broken)
    }

    /// The percentage of fixed words among those that were wrong.
    pub(crate) fn recall(&self) -> f64 {
        percent(self.fixed, self.words - self.right_before)
    }

    /// Words broken per 10,000 that were right.
    pub(crate) fn harm(&self) -> f64 {
        100.0 * percent(self.broken, self.right_before)
    }

    /// The harmonic mean of precision and recall of paragraph breaks, before and after.
    pub(crate) fn paragraphs(&self) -> [f64; 2] {
        [0, 1].map(|i| percent(2 * self.breaks_hit[i], self.breaks_made[i] + self.breaks) / 100.0)
    }
}

/// The percentage of errors gone.
pub(crate) fn cut(errors: [usize; 2]) -> f64 {
    percent(errors[0], errors[0]) - percent(errors[1], errors[0])
}

/// `part` as a percentage of `whole`; 0 if `whole` is 0.
pub(crate) fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

/// The words of a text: what white space separates.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    // ASCII separators, U+001C to U+001F, are white space here too.
    text.split(|c: char| c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')).filter(|w| !w.is_empty())
}

fn character_distance(a: &str, b: &str) -> usize {
    let mut symbols = Symbols::default();
    distance(&symbols.of(a.chars()), &symbols.of(b.chars()))
}

/// `text` with quotes, dashes and ellipses as ASCII writes them.
fn fold(text: &str) -> String {
    static DASHES: LazyLock<Regex> = LazyLock::new(|| Regex::new("-+").expect("a pattern"));
    static DOTS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\.(?: ?\.)+").expect("a pattern"));
    let plain: String = text
        .chars()
        .map(|c| match c {
            '’' | '‘' => '\'',
            '“' | '”' => '"',
            '—' | '–' => '-',
            '…' => '.',
            _ => c,
        })
        .collect();
    DOTS.replace_all(&DASHES.replace_all(&plain, "-"), "...").into_owned()
}

/// The number of words before each end of a paragraph.
fn breaks(text: &str) -> BTreeSet<usize> {
    static BREAK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?:\n[ \t]*){2,}|\x0c").expect("a pattern"));
    let mut ends = BTreeSet::new();
    let mut done = 0;
    for paragraph in BREAK.split(text) {
        let count = words(paragraph).count();
        if count > 0 {
            done += count;
            ends.insert(done);
        }
    }
    ends
}

/// The number of breaks of the truth that the text has too, of breaks of the
/// text, and of breaks of the truth.
fn paragraph_hits(truth: &str, other: &str, alignment: &Alignment) -> (usize, usize, usize) {
    let made = breaks(other);
    let ends: BTreeSet<usize> = breaks(truth).into_iter().map(|n| alignment.at[n - 1] + 1).collect();
    let hit = ends.iter().filter(|&&e| (e - 1..=e + 1).any(|near| made.contains(&near))).count();
    (hit, made.len(), ends.len())
}
