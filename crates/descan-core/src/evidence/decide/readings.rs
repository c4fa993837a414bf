//! The possible readings of a place.

use std::cmp::Ordering;
use std::ops::Range;
use std::rc::Rc;

use descan_lang::candidates::LEEWAY;
use descan_lang::confusion::{Candidate, MIN_LOG_PROB};
use descan_lang::entry::{Entry, Trust};
use descan_lang::reachable::{ReachableWord, ReachableWords, weigh};
use descan_lang::resemblance::Resembled;
use descan_lang::terms::{TermHash, term};
use descan_text::case::{Shape, capitalise};
use descan_text::token::{Token, words};

use super::judge::Judge;
use super::reading::{Kind, Reading, Way};

/// A word is no rival of another for which it would be misread less often than
/// this, in nats, beside each time the other is really meant.
const RARELY: f32 = -10.0;
/// The frequency of the commonest words, in nats.
const MOST_COMMON: f32 = 15.0;
/// The most readings of a word that are weighed.
const MOST: usize = 24;
/// The log-probability of words run together or split, apart from the document's error rate, in nats.
pub(super) const BOUNDARY: f32 = 0.5;

/// So often a document has a name that is known from it alone.
pub(super) const NAMED: u32 = 2;
/// The shortest word that is taken for such a name, in bytes: short ones are pieces of others.
const SHORTEST_NAME: usize = 5;
/// The ease of a misreading that no table lists, apart from the document's error rate, in nats.
const NO_KNOWN_MISREADING: f32 = -3.0;

/// Where a known word may have been misread.
enum Doubt {
    /// Anywhere.
    Any,
    /// In its first letters, and by what the document taught.
    Start { taught: bool },
    /// By what the document taught only.
    Taught,
    /// Nowhere.
    None,
}

/// How a word was printed, by its capitals and those beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Print {
    /// It has no capitals behind its first letter.
    Plain,
    /// In capitals, as a heading is.
    Capitals,
    /// In small letters, of which some were read as capitals.
    Misread,
}

/// What of a place tells whether its word has a capital.
#[derive(Clone, Copy)]
pub(super) struct Capitals {
    /// Whether a sentence begins there.
    pub starts_sentence: bool,
    /// Whether a word with a capital follows, as in a name of two words.
    pub starts_name: bool,
}

impl Capitals {
    /// Of the place of a word that ends at a byte of a text.
    pub(super) fn of(text: &str, end: usize, starts_sentence: bool) -> Capitals {
        let mut behind = text[end..].chars();
        let starts_name = behind.next() == Some(' ')
            && behind.next().is_some_and(char::is_uppercase)
            && behind.next().is_some_and(char::is_lowercase);
        Capitals { starts_sentence, starts_name }
    }
}

/// The log2 frequency from which the places of a word tell whether it is mostly a name.
const TELLING: u8 = 9;
/// So many capitals, and so many beside each small letter, make a word of a heading by themselves.
const HEADING: usize = 3;
const HEADING_TO_ONE: usize = 3;
/// How many words before and behind show that a word is one of a heading.
const BESIDE: usize = 2;

/// By how many nats a rival is met more often for a word than the word itself, whose frequency is `own`.
fn lead(log_prob: f32, rival: &ReachableWord, own: f32) -> f32 {
    rival.log_frequency() + log_prob - own
}

fn capitals_and_small(word: &str) -> (usize, usize) {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    (capitals, word.chars().filter(|c| c.is_lowercase()).count())
}

impl Judge<'_> {
    /// The words that an unknown word may stand for.
    pub(super) fn candidates(&self, word: &str) -> Rc<[Way]> {
        if let Some(found) = self.cache.borrow().get(word) {
            return found.clone();
        }
        let reachable = if word.chars().count() >= 5 {
            self.reached.far(word)
        } else {
            self.reached.near(word, self.lexicon.lookup(word).is_some())
        };
        let mut found = self.ways(self.trusted(&reachable, MIN_LOG_PROB).into_iter());
        if self.damaged {
            found = found.iter().cloned().chain(self.resembling(word, &found)).collect();
        }
        self.cache.borrow_mut().insert(word.into(), found.clone());
        found
    }

    /// Adds what the OCR engine thought of besides the word, where that is a word and none
    /// of the readings.
    pub(super) fn engines_readings(&self, token: Token, readings: &mut Vec<Reading>) {
        for other in self.engine.others(token.text(self.text)) {
            let is_new = readings.iter().all(|r| !r.way.candidate.text.eq_ignore_ascii_case(other));
            let is_trusted = |e: Entry| e.may_be_meant() && e.fits_case(other);
            if is_new && self.lexicon.lookup(other).is_some_and(is_trusted) {
                let channel_log_prob = self.noise.rate().ln() + NO_KNOWN_MISREADING;
                let candidate =
                    Candidate { text: other.to_string(), channel_log_prob, confusions: Vec::new(), unusual: 1 };
                readings.push(self.reading(Kind::Letters, token.span(), candidate));
            }
        }
    }

    /// Adds a word with a capital, where the document writes it so and has it in small letters only here: a name.
    pub(super) fn name_in_small(&self, token: Token, readings: &mut Vec<Reading>) {
        let word = token.text(self.text);
        let facts = self.vocabulary.facts(word);
        let is_name = facts.lower == 1 && facts.capital > NAMED && facts.entry.is_none_or(|e| !e.lower());
        if Shape::of(word) == Shape::Lower && word.len() >= SHORTEST_NAME && is_name {
            let channel_log_prob = self.noise.rate().ln();
            let candidate = Candidate { text: capitalise(word), channel_log_prob, confusions: Vec::new(), unusual: 0 };
            readings.push(self.reading(Kind::Letters, token.span(), candidate));
        }
    }

    /// The common words that a reading resembles as a whole, beside those that are `known` already.
    fn resembling(&self, word: &str, known: &[Way]) -> Vec<Way> {
        let (log_probs, rate) = (self.noise.log_probs(), self.noise.rate());
        let resembled = self.reached.resembled(word);
        let is_new = |r: &&Resembled| known.iter().all(|way| *way.candidate.text != *r.text);
        let way = |r: &Resembled| {
            let (text, confusions) = (r.text.to_string(), r.confusions.to_vec());
            let terms = vec![term(&text)];
            let channel_log_prob = r.channel_log_prob(log_probs, rate);
            self.way(Candidate { text, channel_log_prob, confusions, unusual: r.unusual }, terms)
        };
        resembled.iter().filter(is_new).map(way).collect()
    }

    /// The words that a known word may stand for: those that are common enough
    /// for their misreadings to be met beside the word itself.
    pub(super) fn rivals(&self, word: &str) -> Rc<[Way]> {
        if let Some(found) = self.rivals.borrow().get(word) {
            return found.clone();
        }
        let found = match self.met(word) {
            Some((reachable, own)) => {
                let likely = self.trusted(&reachable, own + RARELY - MOST_COMMON);
                self.ways(likely.into_iter().filter(|(log_prob, rival)| lead(*log_prob, rival, own) > RARELY))
            }
            None => Rc::default(),
        };
        self.rivals.borrow_mut().insert(word.into(), found.clone());
        found
    }

    /// Whether a known word may stand for another in this document, wherever it stands.
    pub fn has_rivals(&self, word: &str) -> bool {
        self.met(word).is_some()
    }

    /// The words that confusions lead to from a known word, if one of them is common enough for its misreadings to be
    /// met beside the word, and how common the word itself is, in nats.
    fn met(&self, word: &str) -> Option<(ReachableWords, f32)> {
        if self.reached.is_unrivalled(word) {
            return None;
        }
        let entry = self.lexicon.lookup(word);
        let own = entry.map_or(0.0, |e| f32::from(e.log2_frequency())) * std::f32::consts::LN_2;
        let reachable = match self.doubt(word, entry) {
            Doubt::Any => self.reached.near(word, entry.is_some()),
            Doubt::Start { taught: false } => self.reached.searcher().reachable_at_start(word, None),
            Doubt::Start { taught: true } => self.reached.taught(word, true),
            Doubt::Taught => self.reached.taught(word, false),
            Doubt::None => return None,
        };
        let log_probs = self.noise.log_probs();
        let rivals = reachable.iter().filter(|word| word.is_trusted());
        let leads = rivals.map(|rival| lead(rival.channel_log_prob(log_probs), rival, own));
        let best = leads.fold(f32::NEG_INFINITY, f32::max);
        if best + LEEWAY <= RARELY {
            self.reached.set_unrivalled(word);
        }
        (best > RARELY).then_some((reachable, own))
    }

    /// Where a known word may have been misread, at this document's rate of errors
    /// and by what it taught.
    fn doubt(&self, word: &str, entry: Option<Entry>) -> Doubt {
        /// The log-probabilities and the table are both rounded.
        const ROUNDED: f32 = 0.01;
        let shape = Shape::of(word);
        let known = entry.filter(|e| e.trust() == Trust::Trusted && e.lower() && !e.possessive());
        let lead = |entry: Entry| self.language.rivals()?.lead(term(word), entry.log2_frequency());
        let Some(lead) = known.filter(|_| shape != Shape::Other).and_then(lead) else { return Doubt::Any };
        let may_lead = |ease: f32| lead + ease + ROUNDED > RARELY;
        if may_lead(self.noise.rate().ln()) {
            return Doubt::Any;
        }
        let taught = self.noise.ease(word).is_some_and(may_lead);
        match shape {
            Shape::Lower if taught => Doubt::Taught,
            Shape::Lower => Doubt::None,
            // The table is of words in small letters; only the capital is read otherwise.
            _ => Doubt::Start { taught },
        }
    }

    /// The likeliest of the reachable words that a repair may produce, with a log-probability of
    /// at least `min_log_prob`.
    fn trusted<'r>(&self, reachable: &'r [ReachableWord], min_log_prob: f32) -> Vec<(f32, &'r ReachableWord)> {
        let mut found = weigh(reachable, self.noise.log_probs(), min_log_prob);
        found.retain(|(_, word)| word.is_trusted());
        found.truncate(MOST);
        found
    }

    fn ways<'r>(&self, found: impl Iterator<Item = (f32, &'r ReachableWord)>) -> Rc<[Way]> {
        found
            .map(|(log_prob, word)| {
                let terms = words(word.text()).map(|t| term(t.text(word.text()))).collect();
                self.way(word.candidate(log_prob), terms)
            })
            .collect()
    }

    pub(super) fn way(&self, candidate: Candidate, terms: Vec<TermHash>) -> Way {
        let alone = self.nowhere.score(&terms);
        Way { candidate: Rc::new(candidate), terms: terms.into(), alone }
    }

    pub(super) fn reading(&self, kind: Kind, span: Range<usize>, candidate: Candidate) -> Reading {
        let terms = words(&candidate.text).map(|t| term(t.text(&candidate.text))).collect();
        Reading { kind, span, way: self.way(candidate, terms) }
    }

    /// Readings of the word as one with its neighbour behind or before it.
    pub(super) fn splits(&self, index: usize, readings: &mut Vec<Reading>) {
        let tokens = self.tokens;
        let pairs = [index.checked_sub(1).map(|before| (before, index)), Some((index, index + 1))];
        for (a, b) in pairs.into_iter().flatten() {
            let (Some(first), Some(second)) = (tokens.get(a), tokens.get(b)) else { continue };
            self.split(*first, *second, Kind::Split, readings);
        }
    }

    /// The reading of two words as one, if they make one.
    pub(super) fn split(&self, first: Token, second: Token, kind: Kind, readings: &mut Vec<Reading>) {
        let text = self.text;
        if &text[first.span().end..second.span().start] != " " {
            return;
        }
        let (first_text, second_text) = (first.text(text), second.text(text));
        let entry =
            self.lexicon.lookup_joined(first_text, second_text).filter(|e| e.may_be_meant() && e.log2_frequency() >= 5);
        if entry.is_none() && !first_text.starts_with(char::is_uppercase) {
            return;
        }
        let joined = [first_text, second_text].concat();
        let known = entry.is_some_and(|e| e.fits_case(&joined));
        // A name that the document has again and again is a word of its own.
        let is_name = || Shape::of(&joined) == Shape::Capital && self.vocabulary.facts(&joined).capital >= NAMED;
        if known || is_name() {
            let span = first.span().start..second.span().end;
            let channel_log_prob = self.noise.rate().ln() + BOUNDARY;
            let candidate = Candidate { text: joined, channel_log_prob, confusions: Vec::new(), unusual: 0 };
            readings.push(self.reading(kind, span, candidate));
        }
    }

    /// How a word was printed that has capitals behind its first letter.
    pub(super) fn print_of(&self, token: Token) -> Print {
        let word = token.text(self.text);
        if Shape::of(word) != Shape::Other {
            return Print::Plain;
        }
        let (capitals, small) = capitals_and_small(word);
        let is_heading = capitals >= HEADING && capitals >= small * HEADING_TO_ONE;
        // `McDonaid` is no word of a heading, `BisuoP` may be one.
        let is_mostly = capitals >= small || word.ends_with(char::is_uppercase);
        if is_heading || capitals > 1 && is_mostly && self.is_beside_capitals(token) {
            return Print::Capitals;
        }
        Print::Misread
    }

    /// Whether one of the two words before or behind on the same line is in capitals, most of them at least.
    fn is_beside_capitals(&self, token: Token) -> bool {
        let (span, text) = (token.span(), self.text);
        let index = self.tokens.partition_point(|other| other.start < token.start);
        let near = &self.tokens[index.saturating_sub(BESIDE)..(index + BESIDE + 1).min(self.tokens.len())];
        near.iter().any(|other| {
            let between = match other.start.cmp(&token.start) {
                Ordering::Less => other.span().end..span.start,
                Ordering::Greater => span.end..other.span().start,
                // The word itself.
                Ordering::Equal => return false,
            };
            let (capitals, small) = capitals_and_small(other.text(text));
            capitals > 1 && capitals > small && text.get(between).is_some_and(|gap| !gap.contains('\n'))
        })
    }

    /// Where the first letter was misread, or capitals stand in the word, its case is what the place
    /// asks for: the reading in that case, if it is another.
    pub(super) fn fit_case(&self, word: &str, print: Print, capitals: Capitals, reading: &str) -> Option<String> {
        let Capitals { starts_sentence, starts_name } = capitals;
        let begins_with_i = reading.starts_with("I ") || reading.starts_with("I’");
        match print {
            Print::Capitals if !begins_with_i => {
                let capitals = reading.to_uppercase();
                return (capitals != reading).then_some(capitals);
            }
            Print::Misread if reading.chars().count() > 1 && !reading.chars().any(char::is_lowercase) => {
                let is_name = self.lexicon.lookup(reading).is_some_and(|entry| !entry.lower());
                let is_capital = is_name || starts_sentence;
                return Some(if is_capital { capitalise(reading) } else { reading.to_lowercase() });
            }
            _ => {}
        }
        let (old, new) = (word.chars().next()?, reading.chars().next()?);
        // `Ml` beside a name in capitals is no MR.
        if Shape::of(word) == Shape::Capital && reading.len() > 1 && !reading.chars().any(char::is_lowercase) {
            return Some(capitalise(&reading.to_lowercase()));
        }
        if old == new || reading == "I" || begins_with_i {
            return None;
        }
        let entry = words(reading).next().and_then(|t| self.lexicon.lookup(t.text(reading)))?;
        // A figure or a sign for the first letter does not tell whether that was a capital.
        let mostly = if old.is_alphabetic() { 0.3 } else { 0.03 };
        // Of a rare word the share is that of a few places.
        let is_told = !old.is_lowercase() || entry.log2_frequency() >= TELLING;
        let name = !entry.lower() || is_told && entry.lower_share() < mostly;
        let keeps_capital = name || starts_sentence || starts_name && old.is_uppercase();
        if (name || starts_sentence) && new.is_lowercase() {
            Some(capitalise(reading))
        } else if !keeps_capital && new.is_uppercase() {
            Some(reading.to_lowercase())
        } else {
            None
        }
    }
}
