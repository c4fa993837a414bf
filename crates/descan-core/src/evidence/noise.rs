//! How damaged a document is, and which letters its scan confuses.

use descan_lang::candidates::CandidateCache;
use descan_lang::confusion::{Confusions, MIN_LOG_PROB, USUAL_RATE};
use descan_lang::reachable::{ReachableWord, weigh};
use descan_lang::trie::letter;
use descan_text::token::floor;
use memchr::memmem;
use rustc_hash::{FxHashMap, FxHashSet};

use super::usual::{PRIOR_LETTERS, PRIOR_OCCURRENCES, Usual};
use super::vocabulary::Vocabulary;
use crate::archive::{ArchiveStats, Damage};
use crate::difference::difference;

/// So many times the usual rate make a bad scan.
const HEAVY: f32 = 1.5;
/// A confusion that right texts look like more often than this, in a million
/// words, is not learned from a document.
const DIALECT: f32 = 1.5;
/// By how many nats a repair must lead to count as unmistakable.
const UNMISTAKABLE: f32 = 3.0;
/// How common the word of an unmistakable error is at least, in nats.
const COMMON: f32 = 8.0 * std::f32::consts::LN_2;
/// The shortest word, in bytes, that shows how damaged a document is.
const SHORTEST: usize = 3;
/// So many different words at least must show a confusion for it to be a habit of the document, and so
/// many where a writer may spell so.
const HABIT: usize = 3;
const HABIT_OF_SPELLING: usize = 5;
/// So many, where no writer is known to spell so, and most other misreadings are such too.
const HABIT_OF_SHAPE: usize = 4;
/// Where more misreadings than this to each of such shapes may be a writer's spellings, they are chance.
const SPELLINGS_TO_ONE: usize = 5;
/// So many, where no unknown word shows anything else.
const HABIT_ALONE: usize = 2;
/// The share of the unknown words that the habits of a document must explain.
const MOSTLY_HABIT: f32 = 0.5;
/// Long documents are sampled where letters are counted.
const SAMPLE: usize = 1 << 19;

/// The damage of one document, learned from its own unmistakable errors.
#[derive(Clone, Debug)]
pub struct Noise {
    rate: f32,
    log_probs: Vec<f32>,
    /// The same for the confusions that the document itself taught; negative infinity for all others.
    learned: Vec<f32>,
    /// The confusions learned.
    taught: Vec<Taught>,
    shown: Vec<u32>,
    /// How much of a habit each confusion is.
    habits: Vec<Habit>,
    /// About how many letters the document has.
    letters: u64,
    /// How many words of it are unmistakable errors.
    misread: u32,
    /// The unknown words in small letters, each with the confusion that alone
    /// explains it, if one does.
    signs: FxHashMap<Box<str>, Option<u16>>,
}

/// How much of a habit of its document a confusion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Habit {
    /// None that is known.
    None,
    /// Several words show it, and no writer confuses such shapes.
    OfShape,
    /// It explains most unknown words of the document, with others like it.
    OfMost,
}

/// A confusion that a document showed to be likelier in it than elsewhere.
#[derive(Clone, Debug)]
struct Taught {
    /// The letters as read.
    seen: Box<str>,
    /// What [`letters_of`] has of them.
    letters: u32,
    /// By how many nats it is likelier in the document than if all letters were misread.
    ease: f32,
}

impl Taught {
    fn of(seen: &str, ease: f32) -> Taught {
        Taught { seen: seen.into(), letters: letters_of(seen), ease }
    }

    /// Whether a word with these letters has those as read.
    fn is_in(&self, word: &str, letters: u32) -> bool {
        let (seen, word) = (self.seen.as_bytes(), word.as_bytes());
        self.letters & !letters == 0 && (seen.is_empty() || word.windows(seen.len()).any(|part| part == seen))
    }
}

impl Noise {
    /// Learns from the words of a document that are no words and can only be
    /// misreadings of one: what was confused there is likelier elsewhere in it. If it is one of
    /// an archive, the others say what is usual.
    pub fn of(
        text: &str,
        vocabulary: &Vocabulary,
        candidates: &CandidateCache,
        archive: Option<&ArchiveStats>,
    ) -> Noise {
        let table = candidates.searcher().language().confusions();
        let usual = table.usual_log_probs();
        let mut seen = vec![0u32; table.len()];
        let mut errors = 0u32;
        let mut signs = FxHashMap::default();
        let mut explanations = Vec::new();
        for (word, facts) in vocabulary.iter() {
            let plain = word.len() >= 2 && word.len() <= 24 && word.bytes().all(|b| b.is_ascii_lowercase());
            // A word with capitals may be a name, which no lexicon has to know.
            if !plain || facts.entry.is_some_and(|e| !e.usually_misread()) || facts.lower == 0 {
                continue;
            }
            let near = candidates.near(word, facts.entry.is_some());
            let readings = scored(&weigh(&near, usual, MIN_LOG_PROB), vocabulary);
            let best = unmistakable(&readings, |_, _| true);
            let shown = best.or_else(|| unmistakable(&readings, is_another));
            explanations.push(Explanation::of(shown, &readings));
            if word.len() < SHORTEST {
                continue;
            }
            signs.insert(word.into(), best.and_then(|best| best.confusions().first().copied()));
            if let Some(best) = best {
                errors += facts.lower;
                for &confusion in best.confusions() {
                    seen[usize::from(confusion)] += facts.lower;
                }
            }
        }
        let letters = text.len() as f32 * 0.8;
        let own = Damage { letters: letters as u64, misread: errors.into(), ..Damage::default() };
        let usual_here = Usual::of(archive, own, &seen, table);
        let rate = (usual_here.rate * PRIOR_LETTERS + errors as f32) / (PRIOR_LETTERS + letters);
        let sample = sample(text);
        let scale = text.len() as f32 / sample.len().max(1) as f32;
        let log_probs: Vec<f32> = (0..table.len())
            .map(|index| {
                let confusion = table.get(index as u16);
                let usual = confusion.weight.exp() * rate;
                // What dialect drops throughout a text is no habit of its scan.
                let is_shown = seen[index] > 0 || usual_here.is_shown(index);
                if !is_shown || confusion.dialect > DIALECT {
                    return usual.ln();
                }
                let occurrences = match confusion.meant.len() {
                    0 => letters,
                    _ => memmem::find_iter(sample.as_bytes(), confusion.meant.as_bytes()).count() as f32 * scale,
                };
                let prior = usual_here.likelihood(index, usual, occurrences / letters.max(1.0));
                let own = (PRIOR_OCCURRENCES * prior + seen[index] as f32) / (PRIOR_OCCURRENCES + occurrences);
                own.max(usual).min(0.5).ln()
            })
            .collect();
        let learned = |(index, &log_prob): (usize, &f32)| {
            let usual = (table.get(index as u16).weight.exp() * rate).ln();
            // What only other documents show is no reason to doubt known words of this one.
            if log_prob > usual && seen[index] > 0 { log_prob } else { f32::NEG_INFINITY }
        };
        let learned: Vec<f32> = log_probs.iter().enumerate().map(learned).collect();
        let taught = (0..table.len()).filter(|&index| learned[index].is_finite());
        let taught = taught
            .map(|index| Taught::of(&table.get(index as u16).seen, learned[index] - table.get(index as u16).weight));
        let taught = taught.collect();
        let habits = habits(&explanations, table);
        Noise { rate, log_probs, learned, taught, shown: seen, habits, signs, letters: letters as u64, misread: errors }
    }

    /// The share of letters that this document's scan misreads, as far as its
    /// unmistakable errors show.
    pub fn rate(&self) -> f32 {
        self.rate
    }

    /// About how many letters the document has.
    pub fn letters(&self) -> u64 {
        self.letters
    }

    /// How many words of it are unmistakable errors.
    pub fn misread(&self) -> u32 {
        self.misread
    }

    /// In how many places an unmistakable error shows the confusion of that index.
    pub fn shown(&self, confusion: u16) -> u32 {
        self.shown.get(usize::from(confusion)).copied().unwrap_or(0)
    }

    /// How much of a habit of the document a confusion is.
    pub fn habit(&self, confusion: u16) -> Habit {
        self.habits.get(usize::from(confusion)).copied().unwrap_or(Habit::None)
    }

    /// Of an unknown word in small letters, folded: the confusion that alone explains
    /// it, or nothing inside where none does.
    pub fn explained(&self, word: &str) -> Option<Option<u16>> {
        self.signs.get(word).copied()
    }

    /// The confusions that alone explain unknown words, in no particular order.
    pub fn explanations(&self) -> impl Iterator<Item = u16> {
        self.signs.values().copied().flatten()
    }

    /// Whether the document is damaged far beyond the usual.
    pub fn is_heavy(&self) -> bool {
        self.rate > HEAVY * USUAL_RATE
    }

    /// The log-probability of each confusion that this document showed to be likelier in it than
    /// elsewhere, in nats; negative infinity for the others.
    pub fn learned(&self) -> &[f32] {
        &self.learned
    }

    /// By how many nats the readings of a word are easier in this document than if
    /// all letters were misread everywhere: the most that one of the confusions
    /// which it showed to be likelier gives. Nothing if none of them is in the word.
    pub fn ease(&self, word: &str) -> Option<f32> {
        let letters = letters_of(word);
        self.taught.iter().filter(|taught| taught.is_in(word, letters)).map(|taught| taught.ease).reduce(f32::max)
    }

    /// The log-probability of each confusion of the table in this document, in nats.
    pub fn log_probs(&self) -> &[f32] {
        &self.log_probs
    }
}

/// The confusions that may explain an unknown word.
struct Explanation {
    /// The one that makes it unmistakably another word.
    sure: Option<u16>,
    /// Where there is none, all that make a common word of it.
    possible: Vec<u16>,
}

impl Explanation {
    /// By the readings of a word, [`scored`], and the one that is unmistakable.
    fn of(sure: Option<&ReachableWord>, readings: &[(f32, &ReachableWord)]) -> Explanation {
        let first = |word: &ReachableWord| word.confusions().first().copied();
        let sure = sure.and_then(first);
        if sure.is_some() {
            return Explanation { sure, possible: Vec::new() };
        }
        let common = readings.iter().filter(|(_, word)| word.log_frequency() >= COMMON);
        Explanation { sure, possible: common.filter_map(|(_, word)| first(word)).collect() }
    }
}

/// Which confusions the unknown words of a document show again and again: those that explain most of them, and those
/// of shapes that no writer is known to confuse. Each must be unmistakable in one word, and of the latter in every
/// word that counts; what others may be by several confusions, they are by that one.
fn habits(explanations: &[Explanation], table: &Confusions) -> Vec<Habit> {
    if explanations.iter().all(|explanation| explanation.sure.is_none()) {
        return Vec::new();
    }
    let group = groups(table);
    let group_of = |index: u16| group[usize::from(index)];
    let unmistakable: FxHashSet<usize> = explanations.iter().filter_map(|e| e.sure).map(group_of).collect();
    let mut words: FxHashMap<usize, usize> = FxHashMap::default();
    let mut groups_of_words: Vec<FxHashSet<usize>> = Vec::with_capacity(explanations.len());
    for explanation in explanations {
        let mut groups: FxHashSet<usize> = match explanation.sure {
            Some(index) => FxHashSet::from_iter([group_of(index)]),
            None => explanation.possible.iter().map(|&index| group_of(index)).collect(),
        };
        groups.retain(|group| unmistakable.contains(group));
        for &group in &groups {
            *words.entry(group).or_default() += 1;
        }
        groups_of_words.push(groups);
    }
    let is_habit = |index: u16| {
        let confusion = table.get(index);
        let count = words.get(&group_of(index)).copied().unwrap_or(0);
        let least = match confusion.sounds_alike() {
            true => HABIT_OF_SPELLING,
            false if count == explanations.len() => HABIT_ALONE,
            false => HABIT,
        };
        !confusion.looks_like_accent() && count >= least
    };
    let indices = 0..table.len() as u16;
    let of_most: FxHashSet<usize> = indices.clone().filter(|&index| is_habit(index)).map(group_of).collect();
    let explained = groups_of_words.iter().filter(|groups| !groups.is_disjoint(&of_most)).count();
    let are_most = explained > 0 && explained as f32 >= MOSTLY_HABIT * explanations.len() as f32;
    let mut sure: FxHashMap<usize, usize> = FxHashMap::default();
    let is_shape = |index: u16| {
        let confusion = table.get(index);
        confusion.dialect == 0.0 && !confusion.sounds_alike() && !confusion.looks_like_accent()
    };
    let (mut shapes, mut spellings) = (0, 0);
    for index in explanations.iter().filter_map(|explanation| explanation.sure) {
        *sure.entry(group_of(index)).or_default() += 1;
        *(if is_shape(index) { &mut shapes } else { &mut spellings }) += 1;
    }
    let habit = |index: u16| match sure.get(&group_of(index)) {
        _ if are_most && is_habit(index) => Habit::OfMost,
        Some(&words) if is_shape(index) && words >= HABIT_OF_SHAPE && shapes * SPELLINGS_TO_ONE >= spellings => {
            Habit::OfShape
        }
        _ => Habit::None,
    };
    indices.map(habit).collect()
}

/// The confusions of a table in groups of those that confuse the same letters, as a number for each: `rc` for `re`
/// is `c` for `e`.
fn groups(table: &Confusions) -> Vec<usize> {
    let mut numbers: FxHashMap<(&str, String), usize> = FxHashMap::default();
    let mut groups = Vec::with_capacity(table.len());
    for index in 0..table.len() as u16 {
        let (seen, meant) = difference(&table.get(index).seen, &table.get(index).meant);
        let next = numbers.len();
        groups.push(*numbers.entry((seen, meant.to_lowercase())).or_insert(next));
    }
    groups
}

/// Whether a word, folded, can only be a misreading of another: one confusion leads to a word that is far likelier.
pub(super) fn is_misreading(word: &str, vocabulary: &Vocabulary, candidates: &CandidateCache) -> bool {
    let near = candidates.near(word, vocabulary.entry(word).is_some());
    let usual = candidates.searcher().language().confusions().usual_log_probs();
    let readings = scored(&weigh(&near, usual, MIN_LOG_PROB), vocabulary);
    unmistakable(&readings, |_, _| true).is_some()
}

/// Whether two candidates are other words, and not one with a capital and without.
fn is_another(one: &ReachableWord, other: &ReachableWord) -> bool {
    !one.raw().eq_ignore_ascii_case(other.raw())
}

/// Candidates by how likely they are with their frequency in the language and in the document, the best first.
fn scored<'c>(candidates: &[(f32, &'c ReachableWord)], vocabulary: &Vocabulary) -> Vec<(f32, &'c ReachableWord)> {
    let score = |&(log_prob, word): &(f32, &'c ReachableWord)| {
        let count = vocabulary.count(word.raw()) as f32;
        (log_prob + word.log_frequency() + (1.0 + count).ln(), word)
    };
    let mut scored: Vec<(f32, &ReachableWord)> = candidates.iter().map(score).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored
}

/// The candidate that leads all its rivals, of those that are [`scored`], if one does.
fn unmistakable<'c>(
    scored: &[(f32, &'c ReachableWord)],
    is_rival: fn(&ReachableWord, &ReachableWord) -> bool,
) -> Option<&'c ReachableWord> {
    let &(best, candidate) = scored.first()?;
    let second = scored.iter().skip(1).find(|s| is_rival(s.1, candidate)).map_or(f32::NEG_INFINITY, |s| s.0);
    let common = candidate.log_frequency() >= COMMON;
    (common && best - second >= UNMISTAKABLE).then_some(candidate)
}

/// The [`letter`]s of a word, whatever their order.
fn letters_of(word: &str) -> u32 {
    word.bytes().fold(0, |all, byte| all | letter(byte))
}

fn sample(text: &str) -> &str {
    &text[..floor(text, SAMPLE)]
}

#[cfg(test)]
mod tests {
    use descan_lang::searcher::Searcher;
    use descan_text::analysis::Analysis;

    use super::*;

    fn log_prob_of(noise: &Noise, seen: &str, meant: &str) -> f32 {
        let searcher = Searcher::english();
        let table = searcher.language().confusions();
        let index = (0..table.len() as u16).find(|&i| &*table.get(i).seen == seen && &*table.get(i).meant == meant);
        noise.log_probs()[usize::from(index.expect("the table has it"))]
    }

    #[test]
    fn a_document_teaches_its_own_confusions() {
        let clean = "The boat came over the water and the men went out to the house. ".repeat(20);
        let scan = clean.replacen("the", "tbe", 8);
        let candidates = CandidateCache::new(Searcher::english());
        let noise = |text: &str| {
            let vocabulary =
                Vocabulary::of(&Analysis::new(text, &std::sync::Arc::default()), candidates.searcher().language());
            Noise::of(text, &vocabulary, &candidates, None)
        };
        let (quiet, loud) = (noise(&clean), noise(&scan));
        assert!(loud.rate() > quiet.rate());
        assert!(log_prob_of(&loud, "b", "h") > log_prob_of(&quiet, "b", "h") + 2.0);
    }
}
