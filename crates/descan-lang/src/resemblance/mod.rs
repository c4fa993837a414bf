//! The common words that a badly misread word resembles as a whole.
//!
//! The table of confusions leads from a reading to a word by one or two usual misreadings. In a bad
//! scan letters are also misread in ways that no table lists. Then the whole reading is compared with
//! every common word: first by their sets of letters, which exclude nearly all words at the price of
//! two bit counts, then by the most likely way to misread the one as the other (the noisy channel of
//! Brill and Moore, 2000: confusions of several letters, and of any letter with any other).

mod grid;
mod seen;

use super::confusion::Confusions;
use super::lexicon::Lexicon;
use grid::Grid;
use seen::{LONGEST, RATE, SHORTEST, SPAN, Seen, letters};

/// The least log2 frequency of words that are tried: twice in a million words.
const LEAST_COMMON: u8 = 7;
/// The least log-probability of a misreading that counts as a resemblance, in nats, and what each
/// letter adds to it: short readings resemble too many words.
const MIN_LOG_PROB: f32 = -9.0;
const MIN_LOG_PROB_PER_LETTER: f32 = -1.6;
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
                && entry.may_be_meant()
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
