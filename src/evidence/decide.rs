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
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::confusion::{Candidate, Confusions, DEAREST};
use super::lexicon::{Entry, Lexicon, Trust};
use super::ngrams::Ngrams;
use super::noise::Noise;
use super::terms::{Context, TermHash, context, floor_boundary, term};
use super::vocabulary::{Facts, Shape, Vocabulary};
use crate::finding::Reason;
use crate::level::Level;
use crate::text::token::{Token, words};

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

/// The terms of a decision.
pub type Features = [f32; FEATURES.len()];

/// The names of the terms, as the weights file and reports have them.
pub const FEATURES: [&str; 25] = [
    "bias",
    "lead-on-leaving",
    "lead-on-second",
    "confusion",
    "context",
    "capital",
    "inside-capital",
    "seen-again",
    "reading-seen",
    "noise",
    "length",
    "commonness",
    "rare-word",
    "suspect-word",
    "second-confusion",
    "strange-neighbours",
    "digit",
    "hyphen",
    "dialect",
    "bar",
    "letter-for-i",
    "contraction",
    "no-rival",
    "in-print",
    "foreign",
];

/// Judges places of one document.
pub struct Judge<'e> {
    vocabulary: &'e Vocabulary,
    noise: &'e Noise,
    lexicon: &'static Lexicon,
    ngrams: &'static Ngrams<'static>,
    cache: RefCell<FxHashMap<Box<str>, Rc<[Candidate]>>>,
    rivals: RefCell<FxHashMap<Box<str>, Rc<[Candidate]>>>,
}

/// A word is no rival of another for which it would be misread less often than
/// this, in nats, beside each time the other is really meant.
const RARELY: f32 = -10.0;
/// The commonness of the commonest words, in nats.
const MOST_COMMON: f32 = 15.0;
/// A word whose neighbours make it likelier than chance by more than this, in
/// nats, is not doubted.
const DOUBTFUL: f32 = 4.0;

/// What run-together and split words cost beside the document's rate of errors, in nats.
const BOUNDARY: f32 = 0.5;

impl<'e> Judge<'e> {
    /// A judge with the document's evidence.
    pub fn new(vocabulary: &'e Vocabulary, noise: &'e Noise) -> Judge<'e> {
        let (cache, rivals) = Default::default();
        Judge { vocabulary, noise, lexicon: Lexicon::english(), ngrams: Ngrams::english(), cache, rivals }
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
        let token = Token { start: span.start as u32, end: (span.end + behind.len()) as u32 };
        let terms = vec![term(&["i", behind].concat())];
        let candidate = Candidate { text: "I".to_owned(), channel: self.noise.rate().ln() + 2.0, steps: Vec::new() };
        let mut judgement =
            self.decide(text, token, vec![Reading { kind: Kind::Pronoun, span: token.span(), candidate, terms }])?;
        judgement.span = span;
        Some(judgement)
    }

    /// The words that an unknown word may stand for.
    fn candidates(&self, word: &str) -> Rc<[Candidate]> {
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
    fn rivals(&self, word: &str) -> Rc<[Candidate]> {
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
        let mut found = Confusions::built_in().candidates(self.lexicon, word, most, self.noise.cost(), dearest);
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

    fn reading(&self, kind: Kind, span: Range<usize>, candidate: Candidate) -> Reading {
        let terms = words(&candidate.text).map(|t| term(t.text(&candidate.text))).collect();
        Reading { kind, span, candidate, terms }
    }

    /// Readings of a word as two common ones, the first possibly an `I` misread.
    fn run_ons(&self, span: Range<usize>, word: &str, readings: &mut Vec<Reading>) {
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
    fn splits(&self, text: &str, tokens: &[Token], index: usize, readings: &mut Vec<Reading>) {
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
    fn fit_case(&self, word: &str, starts_sentence: bool, reading: &mut String) {
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
        let table = Confusions::built_in();
        let curve = curve_of(&best, word, &features);
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

    #[allow(clippy::too_many_arguments)]
    fn features(
        &self,
        text: &str,
        token: Token,
        best: &Reading,
        lead: f32,
        second: Option<f32>,
        context_gain: f32,
        starts_sentence: bool,
    ) -> Features {
        let word = token.text(text);
        let facts = self.vocabulary.facts(word);
        let reading = self.vocabulary.facts(&best.candidate.text);
        let entry =
            self.lexicon.lookup(words(&best.candidate.text).next().map_or("", |t| t.text(&best.candidate.text)));
        let flag = |on: bool| f32::from(u8::from(on));
        let log = |count: u32| (1.0 + count as f32).ln();
        let span = &best.span;
        let foreign = foreign_words_near(text, token.span());
        let in_print = self.ngrams.count_log(term(word));
        [
            1.0,
            lead.clamp(-10.0, 20.0),
            second.map_or(12.0, |s| (lead - s).clamp(0.0, 12.0)),
            best.candidate.channel.max(-20.0),
            context_gain.clamp(-10.0, 12.0),
            flag(Shape::of(word) == Shape::Capital && starts_sentence),
            match best.kind {
                // I is hardly ever followed by a name or title.
                Kind::Pronoun => flag(
                    words(&text[span.end..floor_boundary(text, (span.end + 40).min(text.len()))])
                        .next()
                        .is_some_and(|t| text[span.end + t.start as usize..].starts_with(char::is_uppercase)),
                ),
                _ => flag(Shape::of(word) == Shape::Capital && !starts_sentence),
            },
            log(same_shape(&facts, word).saturating_sub(1)),
            log(reading.count()),
            self.noise.rate().ln() + 6.0,
            word.chars().count().min(12) as f32,
            entry.map_or(0.0, |e| f32::from(e.commonness())) / 10.0,
            flag(facts.entry.is_some_and(|e| !e.suspect())),
            flag(facts.entry.is_some_and(Entry::suspect)),
            flag(best.candidate.steps.len() > 1),
            self.strange_neighbours(text, token),
            flag(word.contains(|c: char| c.is_ascii_digit())),
            flag(text[..span.start].ends_with('-') || text[span.end..].starts_with('-')),
            best.candidate
                .steps
                .iter()
                .map(|&i| (1.0 + Confusions::built_in().get(i).dialect).ln())
                .fold(0.0, f32::max),
            flag(word.starts_with('|')),
            flag(best.kind == Kind::Pronoun && word.starts_with(char::is_alphabetic)),
            flag(best.candidate.text.contains(crate::text::token::is_apostrophe)),
            flag(second.is_none()),
            in_print,
            foreign,
        ]
    }

    /// The share of the four words around a place that no lexicon has: in a
    /// foreign phrase or in garbage they are many.
    fn strange_neighbours(&self, text: &str, token: Token) -> f32 {
        let span = token.span();
        let from = floor_boundary(text, span.start.saturating_sub(40));
        let to = floor_boundary(text, (span.end + 40).min(text.len()));
        let strange = |w: &str| {
            w.len() > 1 && self.lexicon.lookup(w).is_none_or(Entry::suspect) && !w.bytes().all(|b| b.is_ascii_digit())
        };
        // The first and last word of a window may be cut, so they do not count.
        let before: Vec<Token> = words(&text[from..span.start]).collect();
        let after: Vec<Token> = words(&text[span.end..to]).collect();
        let near = before.iter().skip(1).rev().take(3).map(|t| t.text(&text[from..span.start]));
        let near = near.chain(after.iter().rev().skip(1).rev().take(3).map(|t| t.text(&text[span.end..to])));
        let (mut all, mut odd) = (0, 0);
        for word in near {
            all += 1;
            odd += usize::from(strange(word));
        }
        if all == 0 { 0.0 } else { odd as f32 / all as f32 }
    }
}

/// Function words of the languages that English texts quote, without those
/// that are English words too.
const FOREIGN: [&str; 74] = [
    "au", "aux", "avec", "ce", "ces", "cette", "con", "cum", "dans", "das", "de", "degli", "dei", "del", "della",
    "dem", "den", "der", "des", "di", "du", "ein", "eine", "einen", "el", "elle", "elles", "est", "et", "eux", "gli",
    "ich", "il", "ils", "ist", "je", "la", "las", "le", "les", "leur", "los", "lui", "mais", "mit", "mon", "nach",
    "ne", "nicht", "notre", "nous", "ou", "pas", "pour", "qu", "quae", "que", "qui", "quod", "sa", "sed", "ses",
    "sich", "sont", "sur", "te", "tu", "und", "une", "unde", "von", "vous", "votre", "zu",
];

/// How many words of a foreign language stand around a place: its function
/// words, and words with letters that English does not write. At most four count.
fn foreign_words_near(text: &str, span: Range<usize>) -> f32 {
    let from = floor_boundary(text, span.start.saturating_sub(60));
    let to = floor_boundary(text, (span.end + 60).min(text.len()));
    let foreign = |word: &str| {
        !word.is_ascii() && word.chars().any(|c| c.is_alphabetic() && !c.is_ascii())
            || word.len() <= 6 && FOREIGN.binary_search(&word.to_lowercase().as_str()).is_ok()
    };
    let near = words(&text[from..span.start]).map(|t| t.text(&text[from..span.start]));
    let near = near.chain(words(&text[span.end..to]).map(|t| t.text(&text[span.end..to])));
    near.filter(|word| foreign(word)).count().min(4) as f32
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
        if !self.steps.is_empty() {
            reasons.push(Reason::with(format!("{} is a known misreading", self.steps.join(", ")), term("confusion")));
        }
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

/// One way to read a place.
struct Reading {
    kind: Kind,
    span: Range<usize>,
    candidate: Candidate,
    terms: Vec<TermHash>,
}

/// The names of the curves in the weights file.
pub const CURVES: [&str; 9] =
    ["letters", "sound-alike", "short-word", "run-on", "split", "real-word", "pronoun", "name-like", "only-reading"];

/// The curve for a reading.
///
/// Short words have one of their own: almost any two or three letters are one
/// confusion away from a common word. So have words with a capital, which may be
/// names, and words that would be spoken much like the reading: an author may
/// have spelt them so. The surest are long words in small letters that no book
/// has, that nobody would spell so, and that are one shape away from one word
/// only: what all of this says together is more than its sum.
fn curve_of(reading: &Reading, word: &str, features: &Features) -> usize {
    let table = Confusions::built_in();
    let term = |name: &str| FEATURES.iter().position(|f| *f == name).map_or(0.0, |i| features[i]);
    match reading.kind {
        Kind::Letters if word.chars().count() <= 4 => 2,
        Kind::Letters if Shape::of(word) == Shape::Capital => 7,
        Kind::Letters if reading.candidate.steps.iter().any(|&i| table.get(i).sounds_alike()) => 1,
        Kind::Letters
            if reading.candidate.steps.len() == 1
                && (word.chars().count() >= 6 || term("digit") > 0.0 && word.starts_with(char::is_alphabetic))
                && Shape::of(word) == Shape::Lower
                && term("lead-on-second") >= 8.0
                && term("lead-on-leaving") > -6.0
                && ["foreign", "in-print", "rare-word", "suspect-word", "hyphen"].iter().all(|n| term(n) == 0.0)
                && term("strange-neighbours") < 0.3 =>
        {
            8
        }
        Kind::Letters => 0,
        Kind::RunOn => 3,
        Kind::Split => 4,
        Kind::RealWord => 5,
        Kind::Pronoun => 6,
    }
}

/// The logistic curves.
struct Curve {
    weights: [(Features, [f64; 3]); CURVES.len()],
}

impl Curve {
    fn built_in() -> &'static Curve {
        static CURVE: OnceLock<Curve> = OnceLock::new();
        CURVE.get_or_init(|| Curve::parse(include_str!("../../rules/model/decision.tsv")))
    }

    /// Reads the weights: a line a term (`kind`, `term`, `weight`) and three a
    /// kind with the probabilities from which a level is reached.
    fn parse(source: &str) -> Curve {
        let mut curve = Curve { weights: [([0.0; FEATURES.len()], [1.1; 3]); CURVES.len()] };
        for line in source.lines().filter(|l| !l.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            let &[kind, name, value] = fields.as_slice() else { continue };
            let kind = CURVES.iter().position(|k| *k == kind);
            let (Some(kind), Ok(value)) = (kind, value.trim().parse::<f64>()) else { continue };
            if let Some(index) = FEATURES.iter().position(|f| *f == name) {
                curve.weights[kind].0[index] = value as f32;
            } else if let Some(index) = Level::ALL.iter().position(|l| l.name() == name) {
                curve.weights[kind].1[index] = value;
            }
        }
        curve
    }

    fn probability(&self, curve: usize, features: &Features) -> f64 {
        let (weights, _) = &self.weights[curve];
        let sum: f32 = weights.iter().zip(features).map(|(w, x)| w * x).sum();
        1.0 / (1.0 + f64::from(-sum).exp())
    }

    fn level(&self, curve: usize, probability: f64) -> Option<Level> {
        let (_, from) = &self.weights[curve];
        Level::ALL.into_iter().zip(from).find(|(_, from)| probability >= **from).map(|(level, _)| level)
    }
}

fn same_shape(facts: &Facts, word: &str) -> u32 {
    match Shape::of(word) {
        Shape::Lower => facts.lower,
        Shape::Capital => facts.capital,
        Shape::Other => facts.other,
    }
}

fn term_stop() -> TermHash {
    term(super::terms::STOP)
}

/// Whether a lone letter (or a one) stands where initials do: before a name, or
/// behind a title or another initial.
fn is_initial(text: &str, at: usize) -> bool {
    let after = text[at + 1..].trim_start_matches([' ', '\n']);
    let before = text[..at].trim_end_matches([' ', '\n', '.', ',']);
    let title = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    after.starts_with(char::is_uppercase)
        || title.ends_with(|c: char| c.is_ascii_digit())
        || title.chars().count() == 1 && title.starts_with(char::is_uppercase) && title != "I"
        || matches!(
            title,
            "Mr" | "Mrs" | "Dr" | "Messrs" | "No" | "Nos" | "Miss" | "Flat" | "Section" | "Room" | "Figure" | "Plate"
        )
}

/// Whether a one stands among numbers, or alone on its line as page numbers do.
fn near_a_number(bytes: &[u8], at: usize) -> bool {
    let before = &bytes[at.saturating_sub(24)..at];
    let after = &bytes[at + 1..(at + 25).min(bytes.len())];
    let line_before = before.iter().rev().take_while(|b| **b != b'\n').all(u8::is_ascii_whitespace);
    let line_after = after.iter().take_while(|b| **b != b'\n').all(u8::is_ascii_whitespace);
    line_before && line_after || before.iter().chain(after).any(u8::is_ascii_digit)
}

/// Whether a word is open to every reading: unknown, rare or suspect, and of a
/// form that a lexicon could have.
pub fn is_open(vocabulary: &Vocabulary, word: &str) -> bool {
    let mut letters = 0;
    let mut capitals = 0;
    let mut digits = 0;
    for c in word.chars() {
        if c.is_ascii_digit() {
            digits += 1;
        } else {
            letters += 1;
            capitals += usize::from(c.is_uppercase());
        }
    }
    let shouted = capitals > 1 && capitals == letters;
    let number = digits > 0 && (letters == 0 || word.starts_with(|c: char| c.is_ascii_digit()) && letters <= 2);
    if letters <= digits || letters + digits < 2 || shouted || number || word.len() > 40 {
        return false;
    }
    vocabulary.facts(word).entry.is_none_or(|e| e.suspect() || e.trust() != Trust::Trusted || !e.fits_case(word))
}

/// Whether a known word is of a form that is worth doubting.
pub fn is_word_to_doubt(word: &str) -> bool {
    word.len() >= 2 && word.len() <= 20 && Shape::of(word) != Shape::Other && word.bytes().all(|b| !b.is_ascii_digit())
}

/// The single characters of a text that may stand for the pronoun I: each with
/// the contraction behind it, if there is one.
pub fn lone_characters(text: &str) -> Vec<(Range<usize>, &str)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for (at, &byte) in bytes.iter().enumerate() {
        if !matches!(
            byte,
            b'|' | b'['
                | b']'
                | b'1'
                | b'l'
                | b'!'
                | b'/'
                | b'T'
                | b'F'
                | b'P'
                | b'f'
                | b'J'
                | b'L'
                | b'{'
                | b'}'
                | b'\\'
        ) {
            continue;
        }
        let before = text[..at].chars().next_back();
        let free = before.is_none_or(|c| c.is_whitespace() || matches!(c, '“' | '"' | '‘' | '—' | '('));
        if !free {
            continue;
        }
        let rest = &text[at + 1..];
        let behind = ["’ll", "’m", "’d", "’ve", "'ll", "'m", "'d", "'ve"]
            .into_iter()
            .find(|b| rest.starts_with(b) && !rest[b.len()..].starts_with(crate::text::token::is_word_char))
            .map_or("", |b| &rest[..b.len()]);
        let end = rest[behind.len()..].chars().next();
        let comma = matches!(byte, b'|' | b'[');
        if byte == b'1' && near_a_number(bytes, at) || byte.is_ascii_alphanumeric() && is_initial(text, at) {
            continue;
        }
        if !behind.is_empty()
            || end.is_some_and(|c| matches!(c, ' ' | '\n' | '?' | '—') || comma && matches!(c, ',' | '.' | ';'))
        {
            found.push((at..at + 1, behind));
        }
    }
    found
}
