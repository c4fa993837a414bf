//! Learns which letters are read for which, from scans with ground truth.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use descan_lang::confusion::{Confusion, Confusions, ConfusionsError};
use descan_lang::entry::Trust;
use descan_lang::language::Language;
use descan_lang::searcher::Searcher;
use descan_lang::terms::{context, term};
use descan_text::token::words;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::align::{align, distance};

/// A scan and what was printed.
#[derive(Clone, Debug)]
pub struct Pair {
    /// What the engine read.
    pub read: String,
    /// The truth.
    pub printed: String,
}

/// The most letters on either side of a confusion.
const MOST_LETTERS: usize = 3;
/// Texts, sets of texts and places in which a confusion must have been seen.
const LEAST_TEXTS: u32 = 5;
const LEAST_SETS: usize = 2;
const LEAST_PLACES: u32 = 7;
/// The most confusions learned: those seen in the most places.
const MOST: usize = 300;
/// Occurrences of the printed letters below which a set says nothing of them.
const FEW_OCCURRENCES: f64 = 50.0;
/// The least weight: what is still rarer is no confusion, and not worth telling apart.
const RAREST: f64 = -6.0;
/// What is added to every count of a set, so that none is without a logarithm.
const UNSEEN: f64 = 0.02;
/// The share of letters misread that right text is judged with, in nats.
const USUAL_NATS: f32 = -6.2;
/// By how many nats a wrong repair must lead to speak against its confusion.
const LEAD: f32 = 2.0;
/// How often one word of a text may speak.
const MOST_OF_A_WORD: u32 = 2;

/// The table of confusions, as text for `confusions.tsv`.
///
/// `sets` are scans of different origin. The weight of a confusion is the
/// logarithm of its rate (places by occurrences of the printed letters) relative
/// to the rate of all misreadings of the set, averaged over the sets: so that a
/// set of bad scans says no more than one of good scans. `clean` is right text,
/// in which words that no lexicon has tell how often each confusion would
/// explain what is none. `hand` is a table of the same form whose lines are
/// added, or take the place of those learned.
///
/// # Errors
/// The first line of `hand` of another form.
pub fn learn(sets: &[Vec<Pair>], clean: &[String], hand: &str) -> Result<String, ConfusionsError> {
    let seen: Vec<Seen> = sets.iter().map(|pairs| Seen::in_set(pairs)).collect();
    let mut rows = weigh(&seen);
    for (key, weight) in by_hand(hand)? {
        rows.retain(|row| row.0 != key);
        rows.push((key, weight));
    }
    rows.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let weights = table(&rows, &vec![0.0; rows.len()]);
    let dialect = dialect(clean, Confusions::parse(&weights)?);
    Ok(table(&rows, &dialect))
}

/// As read and as printed.
type Key = (String, String);

/// The misreadings of a set of scans.
#[derive(Default)]
struct Seen {
    /// Places and texts.
    found: BTreeMap<Key, (u32, u32)>,
    /// The printed text: letters, pairs and triples of them.
    printed: FxHashMap<String, u32>,
    letters: u32,
}

impl Seen {
    fn in_set(pairs: &[Pair]) -> Seen {
        let mut all = Seen::default();
        let of_each: Vec<Vec<Key>> = pairs.par_iter().map(misreadings).collect();
        for keys in of_each {
            let distinct: BTreeSet<&Key> = keys.iter().collect();
            for key in distinct {
                all.found.entry(key.clone()).or_default().1 += 1;
            }
            for key in keys {
                all.found.entry(key).or_default().0 += 1;
            }
        }
        for pair in pairs {
            all.letters += pair.printed.chars().filter(|c| c.is_alphabetic()).count() as u32;
            let ends: Vec<usize> = pair.printed.char_indices().map(|(at, _)| at).chain([pair.printed.len()]).collect();
            for length in 1..=MOST_LETTERS {
                for window in ends.windows(length + 1) {
                    let letters = &pair.printed[window[0]..window[length]];
                    match all.printed.get_mut(letters) {
                        Some(count) => *count += 1,
                        None => drop(all.printed.insert(letters.to_owned(), 1)),
                    }
                }
            }
        }
        all
    }

    /// All misreadings by all letters.
    fn rate(&self) -> f64 {
        let places: u32 = self.found.values().map(|&(places, _)| places).sum();
        f64::from(places.max(1)) / f64::from(self.letters.max(1))
    }

    /// The rate of one confusion relative to that of all, if the set has the
    /// letters often enough to tell.
    fn relative(&self, key: &Key) -> Option<f64> {
        let places = self.found.get(key).map_or(0.0, |&(places, _)| f64::from(places));
        let occurrences = match key.1.as_str() {
            "" => f64::from(self.letters),
            meant => self.printed.get(meant).map_or(0.0, |&count| f64::from(count)),
        };
        (occurrences > FEW_OCCURRENCES).then(|| (places + UNSEEN) / occurrences / self.rate())
    }
}

/// What was misread in one text, place by place.
fn misreadings(pair: &Pair) -> Vec<Key> {
    let read: Vec<&str> = pair.read.split_whitespace().collect();
    let printed: Vec<&str> = pair.printed.split_whitespace().collect();
    let mut found = Vec::new();
    for block in align(&read, &printed) {
        if block.equal || block.source.len() != block.target.len() {
            continue;
        }
        for (read, printed) in read[block.source].iter().zip(&printed[block.target]) {
            let bare = |word: &'_ str| -> Vec<char> { word.trim_matches(is_mark).chars().collect() };
            word(&bare(read), &bare(printed), &mut found);
        }
    }
    found
}

/// The misreadings of one word. Those near to each other are one: what stands
/// for `m` in `rn` is no `r` for `m` and an `n` too many.
fn word(read: &[char], printed: &[char], found: &mut Vec<Key>) {
    if read.is_empty() || printed.is_empty() || read == printed {
        return;
    }
    if distance(read, printed) > (printed.len() / 2).max(2) {
        return;
    }
    let wrong: Vec<_> = align(read, printed).into_iter().filter(|block| !block.equal).collect();
    let (Some(first), Some(last)) = (wrong.first(), wrong.last()) else { return };
    let whole = (first.source.start..last.source.end, first.target.start..last.target.end);
    let short = |(a, b): &(std::ops::Range<usize>, std::ops::Range<usize>)| a.len().max(b.len()) <= MOST_LETTERS;
    let parts = if short(&whole) { vec![whole] } else { wrong.into_iter().map(|b| (b.source, b.target)).collect() };
    for (a, b) in parts.into_iter().filter(short) {
        found.push((read[a].iter().collect(), printed[b].iter().collect()));
    }
}

fn is_mark(c: char) -> bool {
    ".,;:!?“”\"‘’'()—-…[]*_".contains(c)
}

/// The confusions worth keeping, with their weights.
fn weigh(sets: &[Seen]) -> Vec<(Key, f64)> {
    let keys: BTreeSet<&Key> = sets.iter().flat_map(|set| set.found.keys()).filter(|key| is_wanted(key)).collect();
    let mut rows: Vec<(u32, &Key, f64)> = Vec::new();
    for key in keys {
        let counts: Vec<(u32, u32)> = sets.iter().filter_map(|set| set.found.get(key).copied()).collect();
        let places: u32 = counts.iter().map(|c| c.0).sum();
        let texts: u32 = counts.iter().map(|c| c.1).sum();
        if texts < LEAST_TEXTS || counts.len() < LEAST_SETS.min(sets.len()) || places < LEAST_PLACES {
            continue;
        }
        let rates: Vec<f64> = sets.iter().filter_map(|set| set.relative(key)).collect();
        if !rates.is_empty() {
            rows.push((places, key, (rates.iter().sum::<f64>() / rates.len() as f64).ln().max(RAREST)));
        }
    }
    rows.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    rows.truncate(MOST);
    rows.into_iter().map(|(_, key, weight)| (key.clone(), weight)).collect()
}

/// Whether a confusion is of the kind that leads from a word to another: it
/// ends in letters, is more than a capital for a small letter, and none is of
/// specks read as letters, which are so rare that the search only gets slower.
fn is_wanted((seen, meant): &Key) -> bool {
    let usual = |c: char| c.is_ascii_alphanumeric() || "|!»«/\\[]{}()<>°*'’~;:,.-é".contains(c);
    meant.chars().any(char::is_alphabetic)
        && seen.chars().chain(meant.chars()).all(usual)
        && seen.to_lowercase() != meant.to_lowercase()
        && (!seen.is_empty() || meant.len() == 1 && meant.bytes().all(|b| b.is_ascii_lowercase()))
}

/// The lines of the table added by hand.
fn by_hand(table: &str) -> Result<Vec<(Key, f64)>, ConfusionsError> {
    let parsed = Confusions::parse(table)?;
    let row = |c: &Confusion| ((c.seen.to_string(), c.meant.to_string()), f64::from(c.weight));
    Ok((0..parsed.len()).map(|index| row(parsed.get(index as u16))).collect())
}

/// How often each confusion explains a word of right text that is none of the
/// lexicon's, in a million words.
fn dialect(clean: &[String], table: Confusions) -> Vec<f64> {
    let searcher = Searcher::new(Arc::new(Language::clone(&Language::english()).with_confusions(table)));
    let table = searcher.language().confusions();
    let log_probs: Vec<f32> = (0..table.len()).map(|index| table.get(index as u16).weight + USUAL_NATS).collect();
    let of_each: Vec<(usize, Vec<u16>)> =
        clean.par_iter().map(|text| wrong_confusions(text, &searcher, &log_probs)).collect();
    let total: usize = of_each.iter().map(|(total, _)| total).sum();
    let mut counts = vec![0u32; table.len()];
    for confusion in of_each.into_iter().flat_map(|(_, confusions)| confusions) {
        counts[usize::from(confusion)] += 1;
    }
    counts.into_iter().map(|count| f64::from(count) / total.max(1) as f64 * 1e6).collect()
}

/// The number of words in a right text, and the confusions of the repairs that
/// would be made in it and be wrong.
fn wrong_confusions(text: &str, searcher: &Searcher, log_probs: &[f32]) -> (usize, Vec<u16>) {
    let (lexicon, ngrams) = (searcher.language().lexicon(), searcher.language().ngrams());
    let mut seen: FxHashMap<&str, u32> = FxHashMap::default();
    let (mut total, mut confusions) = (0, Vec::new());
    for token in words(text) {
        total += 1;
        let word = token.text(text);
        let plain = word.len() >= 5 && word.len() <= 24 && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'\'');
        if !plain || lexicon.lookup(word).is_some_and(|e| !e.usually_misread() && e.trust() == Trust::Trusted) {
            continue;
        }
        let count = seen.entry(word).or_default();
        *count += 1;
        if *count > MOST_OF_A_WORD {
            continue;
        }
        let place = ngrams.slot(&context(text, token.span()));
        let leave = place.score(&[term(word)]);
        let lead = |text: &str, log_prob: f32| place.score(&[term(text)]) + log_prob - leave;
        let best = searcher
            .candidates(word, 1, log_probs, f32::NEG_INFINITY)
            .into_iter()
            .map(|c| (lead(&c.text, c.channel_log_prob), c))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((lead, best)) = best
            && lead >= LEAD
        {
            confusions.extend(best.confusions);
        }
    }
    (total, confusions)
}

fn table(rows: &[(Key, f64)], dialect: &[f64]) -> String {
    let mut out = String::from(
        "# What is read for what: as read, as printed, weight, dialect.\n\
         # The weight is the logarithm of how often the printed letters are read so, relative to the share of\n\
         # all letters that a scan misreads: 0 is as often as the average letter is misread at all. Dialect is\n\
         # how often, in a million words of right text, a word that no lexicon has looks like this confusion.\n\
         # An empty field: a letter lost, or one too many.\n",
    );
    for (((seen, meant), weight), dialect) in rows.iter().zip(dialect) {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{seen}\t{meant}\t{weight:.1}\t{dialect:.2}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(read: &str, printed: &str) -> Vec<(String, String)> {
        misreadings(&Pair { read: read.into(), printed: printed.into() })
    }

    #[test]
    fn misreadings_of_words() {
        let key = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(found("“Tbe tirne of day", "“The time of day"), [key("b", "h"), key("rn", "m")]);
        assert_eq!(found("wonderfnl tbings", "wonderful things"), [key("n", "u"), key("b", "h")]);
        // Neither another word nor another mark is a misreading.
        assert!(found("the grass, grew", "the stones; grew").is_empty());
    }

    #[test]
    fn a_table_is_learned_and_read_again() {
        let printed = "The thing that the other man has there is hers. ".repeat(30);
        let read = printed.replacen("that the", "that tbe", 9);
        let set: Vec<Pair> = (0..6).map(|_| Pair { read: read.clone(), printed: printed.clone() }).collect();
        let clean = "Nobody had a tbought of it, he said. ".repeat(3);
        let text = learn(&[set.clone(), set], &[clean], "tl\tth\t-2.5\nb\th\t0.5\n").expect("a table");
        let table = Confusions::parse(&text).expect("a table");
        let rows: Vec<(&str, &str, f32)> =
            (0..table.len() as u16).map(|i| table.get(i)).map(|c| (&*c.seen, &*c.meant, c.weight)).collect();
        assert_eq!(rows, [("b", "h", 0.5), ("tl", "th", -2.5)]);
        // Two of the three places, in 24 words.
        assert!((table.get(0).dialect - 83_333.0).abs() < 1.0, "{text}");
    }
}
