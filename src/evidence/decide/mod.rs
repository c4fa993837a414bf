//! The decision: what a word of a scan most likely was on the page.
//!
//! Every reading of a place, "leave it" among them, is scored by how well it
//! stands between its neighbours and by how easily its letters are read as what
//! the scan has (the noisy channel of Kernighan, Church and Gale, 1990). The
//! lead of the best reading and what else is known about the place go into a
//! logistic curve, fitted on development data, that says how likely the repair
//! is right.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHashMap;

mod curve;
mod features;
mod places;
mod readings;

pub use curve::CURVES;
pub use features::{FEATURES, Features};
pub use places::{is_open, is_word_to_doubt, lone_characters};

use super::Evidence;
use super::confusion::{Candidate, Confusions};
use super::lexicon::{Lexicon, Trust};
use super::ngrams::Ngrams;
use super::noise::Noise;
use super::terms::{Context, TermHash, context, floor_boundary, term};
use super::vocabulary::Vocabulary;
use crate::finding::Reason;
use crate::level::Level;
use crate::text::token::{Token, words};
use curve::{Curve, curve_of};

/// What kind of damage a reading undoes. Each has a curve of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Letters misread in a word that is none.
    Letters,
    /// Two words run together.
    RunOn,
    /// A word split in two.
    Split,
    /// Letters misread so that another real word came out.
    RealWord,
    /// The pronoun I read as another letter, a digit or a mark.
    Pronoun,
}

/// The best reading of a place, and how sure it is.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// What kind of damage it undoes.
    pub kind: Kind,
    /// What is replaced, in bytes of the text judged.
    pub span: Range<usize>,
    /// The reading.
    pub text: String,
    /// The probability that it is right.
    pub probability: f64,
    /// What the probability was made from, by name.
    pub features: Features,
    /// The confusions that explain it, as `seen for meant`.
    pub steps: Vec<String>,
    /// The reading that came second.
    pub rival: Option<String>,
    /// The curve behind the probability, as an index of its names.
    pub curve: usize,
}

/// Judges places of one document.
pub struct Judge<'e> {
    vocabulary: &'e Vocabulary,
    noise: &'e Noise,
    lexicon: &'e Lexicon,
    ngrams: &'e Ngrams,
    confusions: &'e Confusions,
    cache: RefCell<FxHashMap<Box<str>, Rc<[Candidate]>>>,
    rivals: RefCell<FxHashMap<Box<str>, Rc<[Candidate]>>>,
}

/// A word whose neighbours make it likelier than chance by more than this, in
/// nats, is not doubted.
const DOUBTFUL: f32 = 4.0;

impl<'e> Judge<'e> {
    /// A judge with the document's evidence.
    pub fn new(evidence: &'e Evidence) -> Judge<'e> {
        let (cache, rivals) = Default::default();
        Judge {
            vocabulary: evidence.vocabulary(),
            noise: evidence.noise(),
            lexicon: evidence.lexicon(),
            ngrams: evidence.ngrams(),
            confusions: evidence.language().confusions(),
            cache,
            rivals,
        }
    }

    /// The best reading of a word that is unknown, rare or suspect: by its
    /// letters, as two words, or joined to the word behind.
    pub fn unknown(&self, text: &str, tokens: &[Token], index: usize) -> Option<Judgement> {
        let token = tokens[index];
        let word = token.text(text);
        let mut readings = Vec::new();
        for candidate in self.candidates(word).iter() {
            readings.push(self.reading(Kind::Letters, token.span(), candidate.clone()));
        }
        self.run_ons(token.span(), word, &mut readings);
        self.splits(text, tokens, index, &mut readings);
        self.decide(text, token, readings)
    }

    /// The best reading of a known word that may stand for another.
    ///
    /// A word that goes well with its neighbours is not doubted: nearly all
    /// words of a text are let go here, for the price of one look at them.
    pub fn real_word(&self, text: &str, token: Token) -> Option<Judgement> {
        let word = token.text(text);
        let here = context(text, token.span());
        let terms = [term(word)];
        let nowhere = [term_stop(); 2];
        let gain = self.ngrams.score_sequence(&here.left, &terms, &here.right)
            - self.ngrams.score_sequence(&nowhere, &terms, &nowhere);
        if gain > DOUBTFUL {
            return None;
        }
        let rivals = self.rivals(word);
        if rivals.is_empty() {
            return None;
        }
        let readings = rivals.iter().map(|c| self.reading(Kind::RealWord, token.span(), c.clone())).collect();
        self.decide(text, token, readings)
    }

    /// Whether a single character that stands by itself is the pronoun I.
    ///
    /// `behind` is what follows it up to the end of a contraction (`’ll`), or
    /// nothing.
    pub fn pronoun(&self, text: &str, span: Range<usize>, behind: &str) -> Option<Judgement> {
        let lone =
            behind.is_empty() && !text[span.clone()].starts_with('|') && text[span.end..].starts_with([' ', '\n']);
        if lone && (!self.common_word_follows(text, span.end) || is_one_of_many_strokes(text, span.clone())) {
            return None;
        }
        let token = Token { start: span.start as u32, end: (span.end + behind.len()) as u32 };
        let terms = vec![term(&["i", behind].concat())];
        let candidate = Candidate { text: "I".to_owned(), channel: self.noise.rate().ln() + 2.0, steps: Vec::new() };
        let mut judgement =
            self.decide(text, token, vec![Reading { kind: Kind::Pronoun, span: token.span(), candidate, terms }])?;
        judgement.span = span;
        Some(judgement)
    }

    /// Whether a word in small letters follows that dictionaries have: what comes after an initial, a
    /// number or a list's letter is mostly another name, or damaged beyond telling.
    fn common_word_follows(&self, text: &str, at: usize) -> bool {
        let rest = &text[at..floor_boundary(text, (at + 40).min(text.len()))];
        words(rest).next().map(|t| t.text(rest)).is_some_and(|word| {
            word.starts_with(char::is_lowercase)
                && self.lexicon.lookup(word).is_some_and(|e| e.trust() == Trust::Trusted && !e.suspect())
        })
    }

    fn decide(&self, text: &str, token: Token, readings: Vec<Reading>) -> Option<Judgement> {
        let word = token.text(text);
        let here = context(text, token.span());
        let old: Vec<TermHash> = words(word).map(|t| term(t.text(word))).collect();
        let leave = self.ngrams.score_sequence(&here.left, &old, &here.right);
        let starts_sentence = here.left[1] == term_stop();
        let mut scored: Vec<(f32, f32, Reading)> = readings
            .into_iter()
            .map(|reading| {
                let (lead, context_gain) = self.lead(text, token, &here, leave, &reading);
                (lead, context_gain, reading)
            })
            .filter(|(lead, ..)| lead.is_finite())
            .collect();
        for (.., reading) in &mut scored {
            self.fit_case(word, starts_sentence, &mut reading.candidate.text);
        }
        scored.retain(|(.., reading)| reading.candidate.text != text[reading.span.clone()]);
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.candidate.text.cmp(&b.2.candidate.text)));
        let best_text = scored.first()?.2.candidate.text.to_lowercase();
        let second = scored.iter().skip(1).find(|s| s.2.candidate.text.to_lowercase() != best_text);
        let second = second.map(|s| (s.0, s.2.candidate.text.clone()));
        let (lead, context_gain, best) = scored.into_iter().next()?;
        let features =
            self.features(text, token, &best, lead, second.as_ref().map(|s| s.0), context_gain, starts_sentence);
        let table = self.confusions;
        let curve = curve_of(&best, word, table, &features);
        Some(Judgement {
            kind: best.kind,
            span: best.span,
            probability: Curve::built_in().probability(curve, &features),
            curve,
            features,
            steps: best
                .candidate
                .steps
                .iter()
                .map(|&i| format!("{} for {}", table.get(i).seen, table.get(i).meant))
                .collect(),
            text: best.candidate.text,
            rival: second.map(|s| s.1),
        })
    }

    /// By how many nats a reading leads on leaving the place as it is, and what
    /// its neighbours alone give it over its commonness.
    fn lead(&self, text: &str, token: Token, here: &Context, leave: f32, reading: &Reading) -> (f32, f32) {
        let (score, leave) = if reading.span == token.span() {
            (self.ngrams.score_sequence(&here.left, &reading.terms, &here.right), leave)
        } else {
            let around = context(text, reading.span.clone());
            let old: Vec<TermHash> =
                words(&text[reading.span.clone()]).map(|t| term(t.text(&text[reading.span.clone()]))).collect();
            let leave = self.ngrams.score_sequence(&around.left, &old, &around.right);
            (self.ngrams.score_sequence(&around.left, &reading.terms, &around.right), leave)
        };
        let nowhere = [term_stop(); 2];
        let alone = self.ngrams.score_sequence(&nowhere, &reading.terms, &nowhere);
        (score + reading.candidate.channel - leave, score - alone)
    }
}

/// The probability from which words run together are two, even where books
/// have them as one.
const SURELY_TWO: f64 = 0.93;

impl Judgement {
    /// The level that its probability stands for.
    pub fn level(&self) -> Option<Level> {
        let level = Curve::built_in().level(self.curve, self.probability)?;
        // Writers of speech run words together too: `youall`, `everytime`.
        let written_so = self.kind == Kind::RunOn && self.term("in-print") > 0.0 && self.probability < SURELY_TWO;
        Some(if written_so { level.max(Level::Probable) } else { level })
    }

    /// The term of that name.
    fn term(&self, name: &str) -> f32 {
        FEATURES.iter().position(|f| *f == name).map_or(0.0, |i| self.features[i])
    }

    /// The terms as reasons.
    pub fn reasons(&self) -> Vec<Reason> {
        let term = |name: &str| f64::from(self.term(name));
        let mut reasons = Vec::new();
        reasons.push(match self.kind {
            _ if !self.steps.is_empty() => Reason::new(format!("{} is a known misreading", self.steps.join(", "))),
            Kind::RunOn => Reason::new("two words run together"),
            Kind::Split => Reason::new("one word split in two"),
            _ => Reason::new("stands where I does"),
        });
        reasons.push(Reason::with("ease of the misreading, in nats", term("confusion")));
        reasons.push(Reason::with("lead on leaving it, in nats", term("lead-on-leaving")));
        match &self.rival {
            Some(rival) => {
                reasons.push(Reason::with(format!("lead on the next reading, {rival}"), term("lead-on-second")))
            }
            None => reasons.push(Reason::new("no other reading")),
        }
        reasons.push(Reason::with("fit between its neighbours, in nats", term("context")));
        if term("seen-again") > 0.0 {
            reasons.push(Reason::with("stands so elsewhere in the document", term("seen-again").exp_m1().round()));
        }
        if term("reading-seen") > 0.0 {
            reasons.push(Reason::with(
                "the reading stands elsewhere in the document",
                term("reading-seen").exp_m1().round(),
            ));
        }
        reasons
    }
}

/// One way to read a place.
struct Reading {
    kind: Kind,
    span: Range<usize>,
    candidate: Candidate,
    terms: Vec<TermHash>,
}

/// Whether a stroke between words has another near it: together they part lines of verse.
fn is_one_of_many_strokes(text: &str, span: Range<usize>) -> bool {
    let from = floor_boundary(text, span.start.saturating_sub(STROKE_REACH));
    let to = floor_boundary(text, (span.end + STROKE_REACH).min(text.len()));
    &text[span.clone()] == "/" && (text[from..span.start].contains(" / ") || text[span.end..to].contains(" / "))
}

/// How far around a stroke others are looked for, in bytes.
const STROKE_REACH: usize = 120;

fn term_stop() -> TermHash {
    term(super::terms::STOP)
}
