//! The words that confusions lead to from a reading.

use std::sync::Arc;

use descan_text::case::{Shape, capitalise};

use super::confusion::{Candidate, MIN_LOG_PROB};
use super::entry::Entry;
use super::language::Language;

/// A word that confusions lead to from a reading, not yet weighed.
#[derive(Clone, Debug)]
pub struct ReachableWord {
    /// The word as the confusions leave it, perhaps with capitals inside.
    raw: Box<str>,
    /// The word in its proper case.
    text: Box<str>,
    /// The confusions that lead from the word to the reading, as indices of the table.
    confusions: Box<[u16]>,
    /// The word's lexicon entry.
    entry: Option<Entry>,
    /// Whether a repair may produce the word.
    trusted: bool,
}

/// The reachable words of one reading.
pub type ReachableWords = Arc<[ReachableWord]>;

/// The words whose confusions have a total log-probability of at least `min_log_prob`, the
/// likeliest first. A word that several sets of confusions lead to has the likeliest of them.
pub fn weigh<'r>(words: &'r [ReachableWord], log_probs: &[f32], min_log_prob: f32) -> Vec<(f32, &'r ReachableWord)> {
    let min_log_prob = min_log_prob.max(MIN_LOG_PROB);
    let mut weighed: Vec<(f32, &ReachableWord)> = Vec::new();
    for word in words {
        let log_prob = word.channel_log_prob(log_probs);
        if log_prob < min_log_prob {
            continue;
        }
        match weighed.last_mut() {
            Some(last) if last.1.raw == word.raw => {
                if log_prob > last.0 {
                    *last = (log_prob, word);
                }
            }
            _ => weighed.push((log_prob, word)),
        }
    }
    // They are in alphabetical order, which decides between equals.
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0));
    weighed
}

impl ReachableWord {
    /// The word as the confusions leave it, perhaps with capitals inside.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The word in its proper case.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The confusions that lead from the word to the reading, as indices of the table.
    pub fn confusions(&self) -> &[u16] {
        &self.confusions
    }

    /// Whether a repair may produce the word.
    pub fn is_trusted(&self) -> bool {
        self.trusted
    }

    /// The logarithm of its frequency, in nats.
    pub fn log_frequency(&self) -> f32 {
        self.entry.map_or(0.0, |e| f32::from(e.log2_frequency())) * std::f32::consts::LN_2
    }

    /// The total log-probability of its confusions, in nats.
    pub fn channel_log_prob(&self, log_probs: &[f32]) -> f32 {
        self.confusions.iter().fold(0.0, |sum, &confusion| sum + log_probs[usize::from(confusion)])
    }

    /// The word as a candidate.
    pub fn candidate(&self, channel_log_prob: f32) -> Candidate {
        let (text, confusions) = (self.text.to_string(), self.confusions.to_vec());
        Candidate { text, channel_log_prob, confusions, unusual: 0 }
    }
}

/// The reachable words of `word` among what was found for it, in alphabetical order.
pub(crate) fn reachable_words(language: &Language, word: &str, found: Vec<Candidate>) -> ReachableWords {
    let lexicon = language.lexicon();
    let mut found: Vec<ReachableWord> = found
        .into_iter()
        .map(|Candidate { text: raw, confusions, .. }| {
            let text = settle_case(&raw);
            let entry = lexicon.lookup(&text);
            let trusted =
                text != word && entry.is_some_and(|e| e.may_be_meant() && (e.fits_case(&text) || e.capitalised()));
            ReachableWord { raw: raw.into(), text: text.into(), confusions: confusions.into(), entry, trusted }
        })
        .collect();
    found.sort_by(|a, b| a.raw.cmp(&b.raw));
    found.into()
}

/// Puts a word that was found letter by letter into the case of its first letter: confusions
/// of capitals leave capitals inside.
fn settle_case(word: &str) -> String {
    if Shape::of(word) != Shape::Other || word.starts_with("I’") || !word.chars().any(char::is_lowercase) {
        word.to_owned()
    } else if word.starts_with(char::is_uppercase) {
        capitalise(word)
    } else {
        word.to_lowercase()
    }
}
