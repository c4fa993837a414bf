//! How damaged a document is, and which letters its scan confuses.

use memchr::memmem;

use super::confusion::{Candidate, DEAREST};
use super::language::Language;
use super::lexicon::Lexicon;
use super::terms::floor_boundary;
use super::vocabulary::Vocabulary;

/// The share of letters misread in a scan of which nothing is known.
const USUAL: f32 = 0.002;
/// How many letters of its own a document must show before they weigh as much
/// as what is usual.
const PRIOR_LETTERS: f32 = 4000.0;
/// The same for one confusion: occurrences of the printed letters.
const PRIOR_OCCURRENCES: f32 = 1500.0;
/// A confusion that right texts look like more often than this, in a million
/// words, is not learned from a document.
const DIALECT: f32 = 1.5;
/// By how many nats a repair must lead to count as unmistakable.
const UNMISTAKABLE: f32 = 3.0;
/// Long documents are sampled where letters are counted.
const SAMPLE: usize = 1 << 19;

/// The damage of one document, learned from its own unmistakable errors.
#[derive(Clone, Debug)]
pub struct Noise {
    rate: f32,
    cost: Vec<f32>,
    shown: Vec<u32>,
}

impl Noise {
    /// Learns from the words of a document that are no words and can only be
    /// misreadings of one: what was confused there is likelier elsewhere in it.
    pub fn of(text: &str, vocabulary: &Vocabulary, language: &Language) -> Noise {
        let (table, lexicon) = (language.confusions(), language.lexicon());
        let usual: Vec<f32> = (0..table.len()).map(|i| table.get(i as u16).weight + USUAL.ln()).collect();
        let mut seen = vec![0u32; table.len()];
        let mut errors = 0u32;
        for (word, facts) in vocabulary.iter() {
            let plain = word.len() >= 3 && word.len() <= 24 && word.bytes().all(|b| b.is_ascii_lowercase());
            // A word with capitals may be a name, which no lexicon has to know.
            if !plain || facts.entry.is_some_and(|e| !e.suspect()) || facts.lower == 0 {
                continue;
            }
            let candidates = table.candidates(lexicon, word, 1, &usual, DEAREST);
            if let Some(best) = unmistakable(&candidates, lexicon, vocabulary) {
                errors += facts.lower;
                for &step in &best.steps {
                    seen[usize::from(step)] += facts.lower;
                }
            }
        }
        let letters = text.len() as f32 * 0.8;
        let rate = (USUAL * PRIOR_LETTERS + errors as f32) / (PRIOR_LETTERS + letters);
        let sample = sample(text);
        let scale = text.len() as f32 / sample.len().max(1) as f32;
        let cost = (0..table.len())
            .map(|index| {
                let confusion = table.get(index as u16);
                let usual = confusion.weight.exp() * rate;
                // What dialect drops throughout a text is no habit of its scan.
                if seen[index] == 0 || confusion.dialect > DIALECT {
                    return usual.ln();
                }
                let occurrences = match confusion.meant.len() {
                    0 => letters,
                    _ => memmem::find_iter(sample.as_bytes(), confusion.meant.as_bytes()).count() as f32 * scale,
                };
                let own = (PRIOR_OCCURRENCES * usual + seen[index] as f32) / (PRIOR_OCCURRENCES + occurrences);
                own.max(usual).min(0.5).ln()
            })
            .collect();
        Noise { rate, cost, shown: seen }
    }

    /// The share of letters that this document's scan misreads, as far as its
    /// unmistakable errors show.
    pub fn rate(&self) -> f32 {
        self.rate
    }

    /// In how many places an unmistakable error shows the confusion of that index.
    pub fn shown(&self, confusion: u16) -> u32 {
        self.shown.get(usize::from(confusion)).copied().unwrap_or(0)
    }

    /// What each confusion of the table costs in this document, in nats.
    pub fn cost(&self) -> &[f32] {
        &self.cost
    }
}

/// The candidate that leads all others, if one does.
fn unmistakable<'c>(candidates: &'c [Candidate], lexicon: &Lexicon, vocabulary: &Vocabulary) -> Option<&'c Candidate> {
    let weigh = |c: &Candidate| {
        let commonness = lexicon.lookup(&c.text).map_or(0.0, |e| f32::from(e.commonness()));
        c.channel + commonness * std::f32::consts::LN_2 + (1.0 + vocabulary.count(&c.text) as f32).ln()
    };
    let mut scored: Vec<(f32, &Candidate)> = candidates.iter().map(|c| (weigh(c), c)).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let &(best, candidate) = scored.first()?;
    let second = scored.get(1).map_or(f32::NEG_INFINITY, |s| s.0);
    let common = lexicon.lookup(&candidate.text).is_some_and(|e| e.commonness() >= 8);
    (common && best - second >= UNMISTAKABLE).then_some(candidate)
}

fn sample(text: &str) -> &str {
    &text[..floor_boundary(text, SAMPLE)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost_of(noise: &Noise, seen: &str, meant: &str) -> f32 {
        let language = Language::english();
        let table = language.confusions();
        let index = (0..table.len() as u16).find(|&i| &*table.get(i).seen == seen && &*table.get(i).meant == meant);
        noise.cost()[usize::from(index.expect("the table has it"))]
    }

    #[test]
    fn a_document_teaches_its_own_confusions() {
        let clean = "The boat came over the water and the men went out to the house. ".repeat(20);
        let scan = clean.replacen("the", "tbe", 8);
        let english = Language::english();
        let noise = |text: &str| Noise::of(text, &Vocabulary::of(text, &english), &english);
        let (quiet, loud) = (noise(&clean), noise(&scan));
        assert!(loud.rate() > quiet.rate());
        assert!(cost_of(&loud, "b", "h") > cost_of(&quiet, "b", "h") + 2.0);
    }
}
