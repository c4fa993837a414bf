//! What a place may be read as.

use std::ops::Range;
use std::rc::Rc;

use super::{Judge, Kind, Reading};
use crate::evidence::confusion::{Candidate, DEAREST};
use crate::evidence::lexicon::Trust;
use crate::evidence::terms::term;
use crate::evidence::vocabulary::Shape;
use crate::text::token::{Token, words};

/// A word is no rival of another for which it would be misread less often than
/// this, in nats, beside each time the other is really meant.
const RARELY: f32 = -10.0;
/// The commonness of the commonest words, in nats.
const MOST_COMMON: f32 = 15.0;
/// What run-together and split words cost beside the document's rate of errors, in nats.
const BOUNDARY: f32 = 0.5;

impl Judge<'_> {
    /// The words that an unknown word may stand for.
    pub(super) fn candidates(&self, word: &str) -> Rc<[Candidate]> {
        if let Some(found) = self.cache.borrow().get(word) {
            return found.clone();
        }
        let most = if word.chars().count() >= 5 { 2 } else { 1 };
        let found: Rc<[Candidate]> = self.search(word, most, DEAREST).into();
        self.cache.borrow_mut().insert(word.into(), found.clone());
        found
    }

    /// The words that a known word may stand for: those that are common enough
    /// for their misreadings to be met beside the word itself.
    pub(super) fn rivals(&self, word: &str) -> Rc<[Candidate]> {
        if let Some(found) = self.rivals.borrow().get(word) {
            return found.clone();
        }
        let commonness =
            |w: &str| self.lexicon.lookup(w).map_or(0.0, |e| f32::from(e.commonness())) * std::f32::consts::LN_2;
        let own = commonness(word);
        let mut found = self.search(word, 1, own + RARELY - MOST_COMMON);
        found.retain(|c| commonness(&c.text) + c.channel - own > RARELY);
        let found: Rc<[Candidate]> = found.into();
        self.rivals.borrow_mut().insert(word.into(), found.clone());
        found
    }

    /// The trusted words that `most` confusions lead to for no more than
    /// `dearest`, the likeliest first, in the case they are written in.
    fn search(&self, word: &str, most: usize, dearest: f32) -> Vec<Candidate> {
        let mut found = self.confusions.candidates(self.lexicon, word, most, self.noise.cost(), dearest);
        for candidate in &mut found {
            settle_case(&mut candidate.text);
        }
        found.retain(|c| {
            c.text != word
                && self.lexicon.lookup(&c.text).is_some_and(|e| {
                    !e.suspect() && e.trust() == Trust::Trusted && (e.fits_case(&c.text) || e.capitalised())
                })
        });
        found.truncate(24);
        found
    }

    pub(super) fn reading(&self, kind: Kind, span: Range<usize>, candidate: Candidate) -> Reading {
        let terms = words(&candidate.text).map(|t| term(t.text(&candidate.text))).collect();
        Reading { kind, span, candidate, terms }
    }

    /// Readings of a word as two common ones, the first possibly an `I` misread.
    pub(super) fn run_ons(&self, span: Range<usize>, word: &str, readings: &mut Vec<Reading>) {
        if word.len() < 3 || word.len() > 40 {
            return;
        }
        let cost = self.noise.rate().ln() + BOUNDARY;
        for (at, _) in word.char_indices().skip(1) {
            let (first, second) = word.split_at(at);
            if second.starts_with(crate::text::token::is_apostrophe)
                || first.ends_with(crate::text::token::is_apostrophe)
            {
                continue;
            }
            let is_i = matches!(first, "T" | "l" | "1" | "|" | "i");
            let common = |w: &str| {
                let least = if w.len() <= 2 { 13 } else { 7 };
                self.lexicon.lookup(w).is_some_and(|e| {
                    e.trust() == Trust::Trusted && e.commonness() >= least && !e.suspect() && e.fits_case(w)
                })
            };
            let whole = (matches!(first, "a" | "A" | "I") || first.chars().count() > 1 && common(first))
                && common(second)
                && (second.chars().count() > 1 || matches!(second, "a" | "I"));
            let mut add = |first: &str, cost: f32| {
                let text = format!("{first} {second}");
                readings.push(self.reading(
                    Kind::RunOn,
                    span.clone(),
                    Candidate { text, channel: cost, steps: Vec::new() },
                ));
            };
            if whole {
                add(first, cost);
            } else if is_i && common(second) && second.chars().count() > 1 {
                add("I", cost - 2.0);
            }
        }
    }

    /// Readings of the word as one with its neighbour behind or before it.
    pub(super) fn splits(&self, text: &str, tokens: &[Token], index: usize, readings: &mut Vec<Reading>) {
        let cost = self.noise.rate().ln() + BOUNDARY;
        let pairs = [index.checked_sub(1).map(|before| (before, index)), Some((index, index + 1))];
        for (a, b) in pairs.into_iter().flatten() {
            let (Some(first), Some(second)) = (tokens.get(a), tokens.get(b)) else { continue };
            if &text[first.span().end..second.span().start] != " " {
                continue;
            }
            let joined = [first.text(text), second.text(text)].concat();
            let known = self.lexicon.lookup(&joined).is_some_and(|e| {
                e.trust() == Trust::Trusted && e.commonness() >= 5 && !e.suspect() && e.fits_case(&joined)
            });
            if known {
                let span = first.span().start..second.span().end;
                let candidate = Candidate { text: joined, channel: cost, steps: Vec::new() };
                readings.push(self.reading(Kind::Split, span, candidate));
            }
        }
    }

    /// Where the first letter was misread, its case is what the place asks for.
    pub(super) fn fit_case(&self, word: &str, starts_sentence: bool, reading: &mut String) {
        let (Some(old), Some(new)) = (word.chars().next(), reading.chars().next()) else { return };
        if old == new || reading == "I" || reading.starts_with("I ") || reading.starts_with("I’") {
            return;
        }
        let Some(entry) = words(reading).next().and_then(|t| self.lexicon.lookup(t.text(reading))) else { return };
        let name = !entry.lower() || entry.lower_share() < 0.3;
        if (name || starts_sentence) && new.is_lowercase() {
            *reading = capitalise(reading);
        } else if !name && !starts_sentence && new.is_uppercase() {
            *reading = reading.to_lowercase();
        }
    }
}

/// Gives a word found letter by letter the case of its first letter: confusions
/// of capitals leave capitals inside.
fn settle_case(word: &mut String) {
    if Shape::of(word) == Shape::Other && !word.starts_with("I’") && word.chars().any(char::is_lowercase) {
        *word = if word.starts_with(char::is_uppercase) { capitalise(word) } else { word.to_lowercase() };
    }
}

fn capitalise(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect())
}
