//! The common words that a badly misread word resembles as a whole.
//!
//! The table of confusions leads from a reading to a word by one or two usual misreadings. In a bad
//! scan letters are also misread in ways that no table lists. Then the whole reading is compared with
//! every common word: first by their sets of letters, which exclude nearly all words at the price of
//! two bit counts, then by the most likely way to misread the one as the other (the noisy channel of
//! Brill and Moore, 2000: confusions of several letters, and of any letter with any other).

mod grid;

use super::confusion::Confusions;
use super::entry::Trust;
use super::lexicon::Lexicon;
use super::terms::fold_chars;
use grid::Grid;

/// The least log2 frequency of words that are tried: twice in a million words.
const LEAST_COMMON: u8 = 7;
/// The shortest reading that is compared with words as a whole, in letters.
const SHORTEST: usize = 3;
/// The longest reading, in letters: nothing common is longer.
const LONGEST: usize = 20;
/// By how many letters a word may be longer or shorter than the reading.
const SPAN: usize = 2;
/// The least log-probability of a misreading that counts as a resemblance, in nats, and what each
/// letter adds to it: short readings resemble too many words.
const MIN_LOG_PROB: f32 = -9.0;
const MIN_LOG_PROB_PER_LETTER: f32 = -1.6;
/// The share of letters that a typical bad scan misreads.
const RATE: f32 = 0.01;
/// The most words kept for a reading, the likeliest first.
const MOST: usize = 12;

/// The common words of a language, arranged for comparing a reading with all of them.
#[derive(Debug)]
pub struct Resemblance {
    words: Vec<Common>,
    /// The set of letters of each of them.
    letters: Vec<u32>,
    /// The first word of each length, in letters.
    by_length: [usize; LONGEST + SPAN + 2],
    /// The log-probability of each confusion in a typical bad scan, in nats.
    log_probs: Vec<f32>,
}

/// A word that a reading resembles, and how it was misread.
#[derive(Clone, Debug)]
pub struct Resembled {
    /// The word, in the case of the reading.
    pub text: Box<str>,
    /// The usual confusions in the misreading, as indices of the table.
    pub confusions: Box<[u16]>,
    /// How many letters were misread otherwise.
    pub unusual: u8,
    /// The log-probability of these apart from the error rate, in nats.
    extra: f32,
}

impl Resembled {
    /// The log-probability of the misreading, in nats, if the confusions have these
    /// log-probabilities and letters are misread at this rate.
    pub fn channel_log_prob(&self, log_probs: &[f32], rate: f32) -> f32 {
        let usual: f32 = self.confusions.iter().map(|&index| log_probs[usize::from(index)]).sum();
        usual + self.extra + f32::from(self.unusual) * rate.ln()
    }
}

#[derive(Debug)]
struct Common {
    word: Box<str>,
    /// The logarithm of its frequency, in nats.
    log_frequency: f32,
    /// Whether it is written with a capital only.
    is_name: bool,
}

impl Resemblance {
    /// Arranges the common words of a lexicon.
    pub fn of(lexicon: &Lexicon, confusions: &Confusions) -> Resemblance {
        let mut words = Vec::new();
        lexicon.each(|word, entry| {
            let length = word.len();
            if (SHORTEST - 1..=LONGEST + SPAN).contains(&length)
                && entry.log2_frequency() >= LEAST_COMMON
                && entry.trust() == Trust::Trusted
                && !entry.usually_misread()
                && (entry.lower() || entry.capitalised())
                && word.bytes().all(|b| b.is_ascii_lowercase())
            {
                let log_frequency = f32::from(entry.log2_frequency()) * std::f32::consts::LN_2;
                words.push(Common { word: word.into(), log_frequency, is_name: !entry.lower() });
            }
        });
        // Words of one length are sorted, so that neighbours share prefixes.
        words.sort_by(|a, b| (a.word.len(), &a.word).cmp(&(b.word.len(), &b.word)));
        words.dedup_by(|b, a| a.word == b.word);
        let by_length = std::array::from_fn(|length| words.partition_point(|w| w.word.len() < length));
        let log_probs = (0..confusions.len()).map(|i| confusions.get(i as u16).weight + RATE.ln()).collect();
        let letters = words.iter().map(|common| letters(&common.word)).collect();
        Resemblance { words, letters, by_length, log_probs }
    }

    /// The words that `reading` resembles, those likeliest in a typical bad scan first. They do not
    /// depend on the document, so that a second cleaning judges alike.
    pub fn search(&self, table: &Confusions, reading: &str) -> Vec<Resembled> {
        let log_probs = &self.log_probs;
        let Some(seen) = Seen::of(reading, table, log_probs) else { return Vec::new() };
        let length = seen.chars.len();
        let allowed = 1 + length as u32 / 5;
        let min_log_prob = MIN_LOG_PROB + MIN_LOG_PROB_PER_LETTER * length as f32;
        let (shortest, longest) = (length.saturating_sub(SPAN).max(SHORTEST - 1), (length + SPAN).min(LONGEST + SPAN));
        let range = self.by_length[shortest]..self.by_length[longest + 1];
        let rate = RATE.ln();
        let mut grid = Grid::new(&seen, rate, min_log_prob);
        let mut found: Vec<(f32, Resembled)> = Vec::new();
        // One letter may replace two, m for rn.
        let (most_lacking, most_strange) = (allowed + 1 + seen.marks, allowed);
        for (common, &letters) in self.words[range.clone()].iter().zip(&self.letters[range]) {
            let (lacking, strange) = (letters & !seen.letters, seen.letters & !letters);
            if lacking.count_ones() > most_lacking || strange.count_ones() > most_strange {
                continue;
            }
            if seen.too_unlikely(lacking, strange, min_log_prob) {
                continue;
            }
            let Some(log_prob) = grid.log_prob(&common.word) else { continue };
            let text = seen.written(&common.word, common.is_name);
            if text != reading {
                let (confusions, unusual) = grid.confusions();
                let usual: f32 = confusions.iter().map(|&index| log_probs[usize::from(index)]).sum();
                let extra = log_prob - usual - f32::from(unusual) * rate;
                let resembled = Resembled { text: text.into(), confusions: confusions.into(), unusual, extra };
                found.push((log_prob + common.log_frequency, resembled));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.text.cmp(&b.1.text)));
        found.truncate(MOST);
        found.into_iter().map(|(_, resembled)| resembled).collect()
    }
}

/// A reading, arranged for comparing it with many words.
struct Seen {
    /// Its characters, folded.
    chars: Vec<char>,
    letters: u32,
    /// How many of its characters are not letters.
    marks: u32,
    /// The confusions whose letters end after each number of characters, from 0.
    ending: Vec<Vec<Usual>>,
    /// By letter, the highest log-probability if the reading has it and the word does not, and vice versa.
    strange: [f32; 26],
    lacking: [f32; 26],
    is_capital: bool,
    is_shouted: bool,
}

/// A confusion of the table that fits at a place of the reading.
struct Usual {
    index: u16,
    log_prob: f32,
    /// How many characters of the reading it explains.
    seen: u8,
    /// The letters that were printed.
    meant: Box<[u8]>,
}

impl Seen {
    fn of(reading: &str, confusions: &Confusions, log_probs: &[f32]) -> Option<Seen> {
        let mut chars = Vec::new();
        fold_chars(reading, |c| chars.push(c));
        let written: Vec<char> = reading.chars().collect();
        if !(SHORTEST..=LONGEST).contains(&chars.len()) || written.len() != chars.len() {
            return None;
        }
        let mut ending: Vec<Vec<Usual>> = Vec::new();
        ending.resize_with(chars.len() + 1, Vec::new);
        for (place, (at, _)) in reading.char_indices().enumerate() {
            for index in confusions.seen_at(&reading[at..]) {
                let seen = confusions.get(index).seen.chars().count();
                let (log_prob, meant) = (log_probs[usize::from(index)], confusions.folded(index).into());
                ending[place + seen].push(Usual { index, log_prob, seen: seen as u8, meant });
            }
        }
        let capitals = written.iter().filter(|c| c.is_uppercase()).count();
        let small = written.iter().filter(|c| c.is_lowercase()).count();
        let other = log_prob_of_other(&chars);
        let (mut strange, mut lacking) = ([other; 26], [other; 26]);
        for (end, usual) in ending.iter().enumerate().flat_map(|(end, ending)| ending.iter().map(move |u| (end, u))) {
            let each = |log_prob: f32, letters: usize| log_prob / letters.max(1) as f32;
            for &c in &chars[end - usize::from(usual.seen)..end] {
                raise(&mut strange, c, each(usual.log_prob, usual.seen.into()));
            }
            for &byte in &*usual.meant {
                raise(&mut lacking, byte.into(), each(usual.log_prob, usual.meant.len()));
            }
        }
        Some(Seen {
            strange,
            lacking,
            letters: chars.iter().fold(0, |all, &c| all | letter(c)),
            marks: chars.iter().filter(|c| !c.is_ascii_lowercase()).count() as u32,
            chars,
            ending,
            is_capital: written[0].is_uppercase(),
            is_shouted: capitals > 1 && capitals > small,
        })
    }

    /// Whether a word is less likely than `min_log_prob` by its letters alone: those that only it
    /// has, and those that only the reading has.
    fn too_unlikely(&self, lacking: u32, strange: u32, min_log_prob: f32) -> bool {
        let sum = |mut letters: u32, log_probs: &[f32; 26]| {
            let mut sum = 0.0;
            while letters != 0 {
                sum += log_probs[letters.trailing_zeros() as usize];
                letters &= letters - 1;
            }
            sum
        };
        sum(lacking, &self.lacking) < min_log_prob || sum(strange, &self.strange) < min_log_prob
    }

    /// The word in the case of the reading.
    fn written(&self, word: &str, is_name: bool) -> String {
        match (self.is_shouted, self.is_capital || is_name) {
            (true, _) => word.to_uppercase(),
            (_, true) => descan_text::case::capitalise(word),
            _ => word.to_owned(),
        }
    }
}

/// The highest log-probability of a letter that no usual confusion explains.
fn log_prob_of_other(chars: &[char]) -> f32 {
    RATE.ln() + if chars.iter().all(|c| c.is_alphabetic()) { grid::ANY.max(grid::LOST) } else { grid::MARK }
}

/// Raises a letter's log-probability to `log_prob`, if that is higher.
fn raise(log_probs: &mut [f32; 26], letter: char, log_prob: f32) {
    if letter.is_ascii_lowercase() {
        let known = &mut log_probs[letter as usize - 'a' as usize];
        *known = known.max(log_prob);
    }
}

fn letters(word: &str) -> u32 {
    word.chars().fold(0, |all, c| all | letter(c))
}

/// The bit of a letter; 0 for other characters.
fn letter(c: char) -> u32 {
    if c.is_ascii_lowercase() { 1 << (c as u32 - 'a' as u32) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::searcher::Searcher;

    fn found(reading: &str) -> Vec<String> {
        let searcher = Searcher::english();
        let resemblance = searcher.resemblance();
        let found = resemblance.search(searcher.language().confusions(), reading);
        // The sum made during the search is that at the same rate.
        found.iter().for_each(|r| assert!(r.channel_log_prob(&resemblance.log_probs, RATE) < 0.0, "{r:?}"));
        found.into_iter().map(|r| r.text.into()).collect()
    }

    #[test]
    fn letters_misread_in_no_usual_way_lead_to_the_word() {
        assert!(found("hzrbour").contains(&"harbour".to_owned()));
        assert!(found("Prizoqer").contains(&"Prisoner".to_owned()));
        assert!(found("wh»n").contains(&"when".to_owned()));
        assert!(found("MAGLSTRATZ").contains(&"MAGISTRATE".to_owned()));
    }

    #[test]
    fn what_resembles_nothing_has_no_words() {
        assert!(found("qxzjkvwq").is_empty());
        assert!(found("").is_empty() && found("ab").is_empty() && found(&"long".repeat(30)).is_empty());
        assert!(!found("harbour").contains(&"harbour".to_owned()));
    }
}
