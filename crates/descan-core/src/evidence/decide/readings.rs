//! The possible readings of a place.

use std::ops::Range;
use std::rc::Rc;

use descan_lang::candidates::{Half, LEEWAY};
use descan_lang::confusion::{Candidate, DEAREST};
use descan_lang::entry::{Entry, Trust};
use descan_lang::reached::{Reached, weigh};
use descan_lang::resemblance::Resembled;
use descan_lang::terms::{TermHash, term};
use descan_text::case::{Shape, capitalise};
use descan_text::token::{Token, is_apostrophe, words};

use super::{Judge, Kind, Reading, Way};

/// A word is no rival of another for which it would be misread less often than
/// this, in nats, beside each time the other is really meant.
const RARELY: f32 = -10.0;
/// The commonness of the commonest words, in nats.
const MOST_COMMON: f32 = 15.0;
/// So many readings of a word are weighed at most.
const MOST: usize = 24;
/// What run-together and split words cost beside the document's rate of errors, in nats.
const BOUNDARY: f32 = 0.5;

/// By how much a pronoun I is misread more easily than other letters, in nats, where it runs into the word behind it.
const I_MISREAD: f32 = 1.0;
/// The same where it is read as a small letter.
const SMALL_I: f32 = -2.0;

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

impl Judge<'_> {
    /// The words that an unknown word may stand for.
    pub(super) fn candidates(&self, word: &str) -> Rc<[Way]> {
        if let Some(found) = self.cache.borrow().get(word) {
            return found.clone();
        }
        let reaches = if word.chars().count() >= 5 {
            self.reached.far(word)
        } else {
            self.reached.near(word, self.lexicon.lookup(word).is_some())
        };
        let mut found = self.ways(self.trusted(&reaches, DEAREST).into_iter());
        if self.vocabulary.is_garbled() {
            found = found.iter().cloned().chain(self.resembling(word, &found)).collect();
        }
        self.cache.borrow_mut().insert(word.into(), found.clone());
        found
    }

    /// The common words that a reading resembles as a whole, beside those that are `known` already.
    fn resembling(&self, word: &str, known: &[Way]) -> Vec<Way> {
        let (cost, rate) = (self.noise.cost(), self.noise.rate());
        let resembled = self.reached.resembled(word);
        let is_new = |r: &&Resembled| known.iter().all(|way| *way.candidate.text != *r.text);
        let way = |r: &Resembled| {
            let (text, steps) = (r.text.to_string(), r.steps.to_vec());
            let terms = vec![term(&text)];
            self.way(Candidate { text, channel: r.channel(cost, rate), steps, unusual: r.unusual }, terms)
        };
        resembled.iter().filter(is_new).map(way).collect()
    }

    /// The words that a known word may stand for: those that are common enough
    /// for their misreadings to be met beside the word itself.
    pub(super) fn rivals(&self, word: &str) -> Rc<[Way]> {
        if let Some(found) = self.rivals.borrow().get(word) {
            return found.clone();
        }
        if self.reached.is_unrivalled(word) {
            return Rc::default();
        }
        let entry = self.lexicon.lookup(word);
        let own = entry.map_or(0.0, |e| f32::from(e.commonness())) * std::f32::consts::LN_2;
        let learned = self.noise.learned();
        let reaches = match self.doubt(word, entry) {
            Doubt::Any => self.reached.near(word, entry.is_some()),
            Doubt::Start { taught } => self.reached.searcher().reached_at_start(word, taught.then_some(learned)),
            Doubt::Taught => self.reached.searcher().reached(word, 1, learned),
            Doubt::None => return Rc::default(),
        };
        let lead = |channel: f32, reached: &Reached| reached.commonness() + channel - own;
        let is_met = |&(channel, reached): &(f32, &Reached)| lead(channel, reached) > RARELY;
        let cost = self.noise.cost();
        let rivals = reaches.iter().filter(|reached| reached.is_trusted());
        let best = rivals.map(|rival| lead(rival.channel(cost), rival)).fold(f32::NEG_INFINITY, f32::max);
        if best + LEEWAY <= RARELY {
            self.reached.set_unrivalled(word);
        }
        let found = if best > RARELY {
            self.ways(self.trusted(&reaches, own + RARELY - MOST_COMMON).into_iter().filter(is_met))
        } else {
            Rc::default()
        };
        self.rivals.borrow_mut().insert(word.into(), found.clone());
        found
    }

    /// Where a known word may have been misread, at this document's rate of errors
    /// and by what it taught.
    fn doubt(&self, word: &str, entry: Option<Entry>) -> Doubt {
        /// The costs and the table are rounded, one after the other.
        const ROUNDED: f32 = 0.01;
        let shape = Shape::of(word);
        let known = entry.filter(|e| e.trust() == Trust::Trusted && e.lower() && !e.possessive());
        let lead = |entry: Entry| self.language.rivals()?.lead(term(word), entry.commonness());
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

    /// The likeliest of the words reached that a repair may write, for no more
    /// than `dearest`.
    fn trusted<'r>(&self, reaches: &'r [Reached], dearest: f32) -> Vec<(f32, &'r Reached)> {
        let mut found = weigh(reaches, self.noise.cost(), dearest);
        found.retain(|(_, reached)| reached.is_trusted());
        found.truncate(MOST);
        found
    }

    fn ways<'r>(&self, found: impl Iterator<Item = (f32, &'r Reached)>) -> Rc<[Way]> {
        found
            .map(|(channel, reached)| {
                let terms = words(reached.text()).map(|t| term(t.text(reached.text()))).collect();
                self.way(reached.candidate(channel), terms)
            })
            .collect()
    }

    pub(super) fn way(&self, candidate: Candidate, terms: Vec<TermHash>) -> Way {
        let alone = self.nowhere.score(&terms);
        Way { candidate: Rc::new(candidate), terms: terms.into(), alone }
    }

    fn reading(&self, kind: Kind, span: Range<usize>, candidate: Candidate) -> Reading {
        let terms = words(&candidate.text).map(|t| term(t.text(&candidate.text))).collect();
        Reading { kind, span, way: self.way(candidate, terms) }
    }

    /// Readings of a word as two common ones, the first possibly an `I` misread.
    pub(super) fn run_ons(&self, span: Range<usize>, word: &str, readings: &mut Vec<Reading>) {
        let cost = self.noise.rate().ln() + BOUNDARY;
        for &Half { at, is_i } in self.reached.halves(word, || self.halves(word)).iter() {
            let (first, second) = word.split_at(at);
            let (first, cost) = match first {
                "i" if is_i => ("I", cost + SMALL_I),
                _ if is_i => ("I", cost + I_MISREAD),
                _ => (first, cost),
            };
            let (text, unusual) = (format!("{first} {second}"), u8::from(is_i));
            let candidate = Candidate { text, channel: cost, steps: Vec::new(), unusual };
            readings.push(self.reading(Kind::RunOn, span.clone(), candidate));
        }
    }

    /// Where a word may be two common ones run together.
    fn halves(&self, word: &str) -> Vec<Half> {
        if word.len() < 3 || word.len() > 40 {
            return Vec::new();
        }
        let common = |w: &str| {
            let least = if w.len() <= 2 { 13 } else { 7 };
            self.lexicon.lookup(w).is_some_and(|e| {
                e.trust() == Trust::Trusted && e.commonness() >= least && !e.suspect() && e.fits_case(w)
            })
        };
        let half = |(at, _): (usize, char)| {
            let (first, second) = word.split_at(at);
            if second.starts_with(is_apostrophe) || first.ends_with(is_apostrophe) || !common(second) {
                return None;
            }
            let whole = (matches!(first, "a" | "A" | "I") || first.chars().count() > 1 && common(first))
                && (second.chars().count() > 1 || matches!(second, "a" | "I"));
            let is_i = !whole
                && matches!(first, "T" | "L" | "P" | "l" | "1" | "|" | "i")
                && second.chars().count() > 1
                && second.starts_with(char::is_lowercase);
            (whole || is_i).then_some(Half { at, is_i })
        };
        word.char_indices().skip(1).filter_map(half).collect()
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
        let joined = [first.text(text), second.text(text)].concat();
        let known = self.lexicon.lookup(&joined).is_some_and(|e| {
            e.trust() == Trust::Trusted && e.commonness() >= 5 && !e.suspect() && e.fits_case(&joined)
        });
        if known {
            let span = first.span().start..second.span().end;
            let cost = self.noise.rate().ln() + BOUNDARY;
            let candidate = Candidate { text: joined, channel: cost, steps: Vec::new(), unusual: 0 };
            readings.push(self.reading(kind, span, candidate));
        }
    }

    /// Where the first letter was misread, its case is what the place asks for:
    /// the reading in that case, if it is another.
    pub(super) fn fit_case(&self, word: &str, starts_sentence: bool, reading: &str) -> Option<String> {
        let (old, new) = (word.chars().next()?, reading.chars().next()?);
        if old == new || reading == "I" || reading.starts_with("I ") || reading.starts_with("I’") {
            return None;
        }
        let entry = words(reading).next().and_then(|t| self.lexicon.lookup(t.text(reading)))?;
        let name = !entry.lower() || entry.lower_share() < 0.3;
        if (name || starts_sentence) && new.is_lowercase() {
            Some(capitalise(reading))
        } else if !name && !starts_sentence && new.is_uppercase() {
            Some(reading.to_lowercase())
        } else {
            None
        }
    }
}
