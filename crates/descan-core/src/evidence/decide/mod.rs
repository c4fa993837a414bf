//! The decision: what a word of a scan most likely was on the printed page.
//!
//! Every reading of a place, including "leave it", is scored by how well it fits
//! between its neighbours and by how easily its letters are misread as those in the
//! scan (the noisy channel of Kernighan, Church and Gale, 1990). The lead of the best
//! reading and other features of the place and its document go into boosted trees, fitted
//! on development data, that give the probability that the repair is right.

use std::ops::Range;

mod class;
mod doubts;
mod elsewhere;
mod features;
mod judge;
mod partings;
mod pieces;
mod places;
mod reading;
mod readings;
mod reasons;

pub use judge::Judge;
pub use reading::Kind;

pub use places::{garbled_runs, is_open, is_word_to_doubt, lone_characters};

use descan_lang::confusion::{Candidate, Confusion};
use descan_lang::decision::{Class, Features};
use descan_lang::entry::{Entry, Trust};
use descan_lang::ngrams::Slot;
use descan_lang::terms::{Context, TermHash, context, context_read, term, term_joined};
use descan_text::case::{Shape, capitalise};
use descan_text::level::Level;
use descan_text::token::floor;
use descan_text::token::{Token, words};

use super::Evidence;
use super::noise::Habit;
use class::class_of;
use judge::term_stop;
use reading::{Best, Reading, Way};
use readings::{Capitals, NAMED};

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
    pub confusions: Vec<String>,
    /// Whether all of them are common.
    pub common_confusions: bool,
    /// How much of a habit of the document the confusions are that explain it.
    pub habit: Habit,
    /// The reading that came second.
    pub rival: Option<String>,
    /// Its class, by which the levels begin.
    pub class: Class,
    /// The level that the probability stands for, if it reaches any.
    pub level: Option<Level>,
    /// Whether the OCR engine thought of the reading too.
    pub is_engines: bool,
    /// How many other documents of the archive have the word that stands there, if it is no plain misreading.
    pub elsewhere: u32,
    /// Whether it is worth an offer only where the document has the same word elsewhere and nothing else goes there.
    pub needs_others: bool,
}

/// A word whose neighbours make it likelier than chance by more than this, in
/// nats, is not doubted.
const DOUBTFUL: f32 = 4.0;
/// By how many nats a rival of a known word may fall behind it. Of those that fell further, on the halves for
/// fitting, far more were wrong than right, and no right text had one that reached a level.
const LEAST_OF_WORD: f32 = -2.0;

impl<'e> Judge<'e> {
    /// The best reading of a word that is unknown, rare or suspect: by its
    /// letters, as two words, or joined to the word behind.
    pub fn unknown(&self, index: usize) -> Option<Judgement> {
        let (text, tokens) = (self.text, self.tokens);
        let token = tokens[index];
        let word = token.text(text);
        if is_title(word, &text[token.span().end..]) && !self.garbled {
            return None;
        }
        self.decide(token, self.open_readings(index))
    }

    /// The readings of a word that is open to all.
    fn open_readings(&self, index: usize) -> Vec<Reading> {
        let token = self.tokens[index];
        let word = token.text(self.text);
        let mut readings = readings(Kind::Letters, token, &self.candidates(word));
        self.engines_readings(token, &mut readings);
        self.name_in_small(token, &mut readings);
        self.run_ons(token.span(), word, &mut readings);
        self.splits(index, &mut readings);
        readings
    }

    /// The readings that are weighed for a word, the best first: each with what it replaces and by what,
    /// the kind of damage that it undoes. What is no word here (a run of letters and marks, a lone mark)
    /// is not among them.
    pub fn ranked(&self, index: usize) -> Vec<(Kind, Range<usize>, String)> {
        let token = self.tokens[index];
        let word = token.text(self.text);
        let readings = if is_open(self.vocabulary, word) {
            self.open_readings(index)
        } else {
            readings(Kind::RealWord, token, &self.rivals(word))
        };
        let mut ranked = Vec::new();
        for one in self.scored(token, &self.context(token.span()), readings) {
            ranked.push((one.reading.kind, one.reading.span.clone(), one.text().to_owned()));
        }
        ranked
    }

    /// The best reading of a run of letters and marks (`wh»n`) as one word.
    pub fn run(&self, run: Token) -> Option<Judgement> {
        self.decide(run, readings(Kind::Letters, run, &self.candidates(run.text(self.text))))
    }

    /// Whether anything is split in the document that reads as two known words.
    pub fn may_be_parted(evidence: &Evidence) -> bool {
        evidence.noise().rate() >= LEAST_DAMAGE
    }

    /// Whether two known words are one that was split: `be came`.
    ///
    /// Nothing is looked for where a document shows next to no damage, as it would cost a look at every word.
    pub fn apart(&self, index: usize) -> Option<Judgement> {
        let (text, tokens) = (self.text, self.tokens);
        let (first, second) = (tokens[index], *tokens.get(index + 1)?);
        let is_small = |token: Token| token.text(text).chars().all(char::is_lowercase);
        if self.noise.rate() < LEAST_DAMAGE || !is_small(second) {
            return None;
        }
        // What stands around cannot speak for a word that the n-grams lack. Nearly all pairs are let go here.
        if self.ngrams.log2_count(term_joined(first.text(text), second.text(text))) == 0.0 {
            return None;
        }
        let mut readings = Vec::new();
        self.split(first, second, Kind::Apart, &mut readings);
        // Few pairs make a word, and so the rest is asked of those only.
        if readings.is_empty() || is_open(self.vocabulary, second.text(text)) {
            return None;
        }
        // Both are words: what is around them must ask for the one, and for it by far.
        let mut judgement = self.decide(first, readings)?;
        let Features { lead_on_leaving: lead, context, .. } = judgement.features;
        if lead < FAR || context < 0.0 {
            judgement.level = judgement.level.map(|level| level.max(Level::Suspect));
        }
        (lead >= NEAR && context >= LEAST_CONTEXT).then_some(judgement)
    }

    /// The best reading of a known word that may stand for another.
    ///
    /// A word that goes well with its neighbours is not doubted: nearly all
    /// words of a text are let go here, for the price of one look at them.
    pub fn real_word(&self, token: Token) -> Option<Judgement> {
        let text = self.text;
        let word = token.text(text);
        let rivals = self.rivals(word);
        if rivals.is_empty() {
            return None;
        }
        let terms = [term(word)];
        let place = self.ngrams.slot(&self.context(token.span()));
        let leave = place.score(&terms);
        if leave - self.nowhere.score(&terms) > DOUBTFUL {
            return None;
        }
        let may_lead = |way: &Way| self.lead_there(word, &place, leave, way).0 >= LEAST_OF_WORD;
        if !self.tells_all && !rivals.iter().any(may_lead) {
            return None;
        }
        self.decide(token, readings(Kind::RealWord, token, &rivals))
    }

    /// Whether a single character that stands by itself is the pronoun I.
    ///
    /// `behind` is what follows it up to the end of a contraction (`’ll`), or
    /// nothing.
    pub fn pronoun(&self, span: Range<usize>, behind: &str) -> Option<Judgement> {
        let text = self.text;
        let lone =
            behind.is_empty() && !text[span.clone()].starts_with('|') && text[span.end..].starts_with([' ', '\n']);
        // `J?., 1850`: an initial with dirt behind it.
        let is_marked = |rest: &str| rest.starts_with(['?', '!']) && rest[1..].starts_with(['.', ',']);
        if behind.is_empty() && is_marked(&text[span.end..]) {
            return None;
        }
        if lone && (!self.common_word_follows(span.end) || is_one_of_many_strokes(text, span.clone())) {
            return None;
        }
        let token = Token { start: span.start as u32, end: (span.end + behind.len()) as u32 };
        let terms = vec![term(&["i", behind].concat())];
        let candidate = Candidate {
            text: "I".to_owned(),
            channel_log_prob: self.noise.rate().ln() + 2.0,
            confusions: Vec::new(),
            unusual: 0,
        };
        let reading = Reading { kind: Kind::Pronoun, span: token.span(), way: self.way(candidate, terms) };
        let mut judgement = self.decide(token, vec![reading])?;
        judgement.span = span;
        Some(judgement)
    }

    /// Whether a word in small letters follows that dictionaries have: what comes after an initial, a
    /// number or a list's letter is mostly another name, or damaged beyond telling.
    pub(super) fn common_word_follows(&self, at: usize) -> bool {
        let text = self.text;
        let rest = &text[at..floor(text, (at + 40).min(text.len()))];
        words(rest).next().map(|t| t.text(rest)).is_some_and(|word| {
            word.starts_with(char::is_lowercase)
                && self.lexicon.lookup(word).is_some_and(|e| e.trust() == Trust::Trusted && !e.usually_misread())
        })
    }

    /// The readings with their scores, the best first. `here` are the terms around the place.
    fn scored(&self, token: Token, here: &Context, readings: Vec<Reading>) -> Vec<Scored> {
        let text = self.text;
        let word = token.text(text);
        let place = self.ngrams.slot(here);
        let old: Vec<TermHash> = words(word).map(|t| term(t.text(word))).collect();
        let leave = place.score(&old);
        let capitals =
            Capitals::of(text, token.span().end, here.left[1] == term_stop() && !is_behind_speck(text, token));
        let print = self.print_of(token);
        let mut scored = Vec::with_capacity(readings.len());
        for reading in readings {
            let (lead, context_gain) = self.lead(token, &place, leave, &reading);
            // The case of two words made one is that of the first.
            let there = if reading.span == token.span() { word } else { &text[reading.span.clone()] };
            let written = self.fit_case(there, print, capitals, &reading.way.candidate.text);
            let one = Scored { lead, context_gain, written, reading };
            if lead.is_finite() && one.text() != &text[one.reading.span.clone()] {
                scored.push(one);
            }
        }
        scored.sort_by(|a, b| b.lead.total_cmp(&a.lead).then_with(|| a.text().cmp(b.text())));
        scored
    }

    fn decide(&self, token: Token, readings: Vec<Reading>) -> Option<Judgement> {
        let text = self.text;
        if readings.is_empty() {
            return None;
        }
        let word = token.text(text);
        let here = self.context(token.span());
        let starts_sentence = here.left[1] == term_stop();
        let scored = self.scored(token, &here, readings);
        let best_text = scored.first()?.text().to_lowercase();
        let second = scored.iter().skip(1).find(|s| s.text().to_lowercase() != best_text);
        let second = second.map(|s| (s.lead, s.text().to_owned()));
        let Scored { lead, context_gain, written, reading } = scored.into_iter().next()?;
        if reading.kind == Kind::RealWord && lead < LEAST_OF_WORD && !self.tells_all {
            return None;
        }
        let candidate = Candidate {
            text: written.unwrap_or_else(|| reading.way.candidate.text.clone()),
            ..Candidate::clone(&reading.way.candidate)
        };
        let best = Best { kind: reading.kind, span: reading.span, candidate };
        let table = self.confusions;
        let elsewhere = if best.kind == Kind::Apart { 0 } else { self.elsewhere(word) };
        let second_lead = second.as_ref().map(|s| s.0);
        let mut features = self.features(token, &best, lead, second_lead, context_gain, starts_sentence, elsewhere);
        let class = class_of(&best, word, table, &features);
        // The surest readings stand among other ones in strange surroundings.
        let may_tell = |class: Class| {
            let features = Features { class: f32::from(class as u8), ..features };
            self.decision.may_reach_level(class, &features)
        };
        let is_offered = self.is_explained(&best, word, &features)
            || !self.damaged && self.is_plainly_another(&best, word, &features)
            || is_name_in_two(&best, &features)
            || is_name_in_small(&best, word);
        let may_tell_any = may_tell(class) || class == Class::OnlyReading && may_tell(Class::Letters);
        if !self.tells_all && !is_offered && !may_tell_any {
            return None;
        }
        self.look_around(token, &mut features);
        let class = class_of(&best, word, table, &features);
        features.class = f32::from(class as u8);
        let probability = self.decision.probability(&features);
        let is_among_words = features.foreign == 0.0 && features.strange_neighbours < STRANGE;
        let is_offered = is_offered && is_among_words && features.dialect_near < DIALECT;
        let by_trees = self.decision.level(class, probability);
        let is_possible = best.kind != Kind::RealWord || probability >= POSSIBLE;
        let level = by_trees.or((is_offered && is_possible).then_some(Level::Suspect));
        let needs_others = by_trees.is_none() && best.kind == Kind::RealWord && lead < LEAST_LEAD;
        // The sentence asks for the reading, and not the rarity of the word alone.
        let asks = features.context > 0.0 && features.strange_neighbours == 0.0;
        let is_far = best.kind == Kind::RealWord
            && (is_offered && asks && lead >= PLAIN_LEAD
                || self.damaged && lead >= LEAD_IN_SCAN && features.context >= CONTEXT_IN_SCAN)
            || best.kind == Kind::Letters
                && is_offered
                && is_unwritten(&features)
                && lead >= PLAIN_LEAD
                && features.context >= LEAST_CONTEXT_UNWRITTEN
                && features.dialect_near + features.strange_neighbours == 0.0;
        let level = if is_far { level.map(|level| level.min(Level::Probable)) } else { level };
        let habit = self.habit_of(&best, &features);
        let is_surer = level == Some(Level::Probable) && self.is_surer(&best, &features);
        let level = if is_surer { Some(Level::Certain) } else { level };
        let level = level.and_then(|level| self.held_back(level, token, &best, probability, &features));
        Some(Judgement {
            is_engines: self.is_engines(word, &best.candidate.text),
            elsewhere,
            needs_others,
            kind: best.kind,
            span: best.span,
            probability,
            class,
            level,
            features,
            confusions: best.candidate.confusions.iter().map(|&i| described(table.get(i))).collect(),
            common_confusions: best.candidate.confusions.iter().all(|&i| table.get(i).weight >= COMMON),
            habit,
            text: best.candidate.text,
            rival: second.map(|s| s.1),
        })
    }

    /// Whether a word that nobody is known to write is one known misreading away from a common word, which goes
    /// there better than any other: worth an offer, however seldom the document is misread. What has a capital
    /// in a sentence is read as a name only, and what has none as no name.
    fn is_explained(&self, best: &Best, word: &str, features: &Features) -> bool {
        let (steps, table) = (&best.candidate.confusions, self.confusions);
        let is_plain = features.unusual == 0.0 && features.hyphen == 0.0 && features.glued == 0.0;
        let is_misreading = steps.len() == 1 && !steps.iter().any(|&step| table.get(step).sounds_alike());
        let leads = features.lead_on_second >= LEAD_OF_OFFER && features.lead_on_leaving >= LEAST_OF_OFFER;
        let is_name = || self.lexicon.lookup(&best.candidate.text).is_some_and(|entry| !entry.lower());
        best.kind == Kind::Letters
            && is_unwritten(features)
            && is_plain
            && is_misreading
            && leads
            && features.length >= SHORTEST_OFFERED
            && features.commonness >= COMMON_BY_HABIT
            && (features.capital > 0.0 || is_name() == (Shape::of(word) != Shape::Lower))
    }

    /// Whether a real word of dictionaries, or two, go worse between their neighbours than the one word that they are
    /// likely to be misread for: worth an offer, however seldom the document is misread. Names go with few neighbours.
    fn is_plainly_another(&self, best: &Best, word: &str, features: &Features) -> bool {
        let lead = features.lead_on_leaving;
        let is_plain = |entry: Entry| entry.trust() == Trust::Trusted && entry.lower();
        match best.kind {
            Kind::RealWord => {
                let leads = lead >= LEAST_OF_WORD && features.lead_on_second >= LEAD_OF_OFFER;
                let is_free = features.inside_capital + features.hyphen + features.glued == 0.0;
                leads && is_free && self.lexicon.lookup(word).is_some_and(is_plain)
            }
            Kind::Apart => lead >= NEAR && features.context >= LEAST_CONTEXT && features.length >= SHORTEST_OFFERED,
            _ => false,
        }
    }

    /// How much of a habit of the document it is that explains a word which nobody writes.
    fn habit_of(&self, best: &Best, features: &Features) -> Habit {
        let habits = best.candidate.confusions.iter().map(|&step| self.noise.habit(step));
        let habit = habits.min().unwrap_or(Habit::None);
        let is_unwritten = is_unwritten(features) || features.lead_on_leaving >= FAR_BY_HABIT;
        let is_alone = features.foreign == 0.0 && features.dialect_near == 0.0 && features.inside_capital == 0.0;
        let leads = features.lead_on_second >= LEAD_OF_HABIT && features.lead_on_leaving >= LEAST_BY_HABIT;
        // The unknown words of a text in two languages look misread too, but the sentence does not ask for the reading.
        let is_asked = features.length >= SHORTEST_OFFERED
            && features.lead_on_second >= LEAD_OF_OFFER
            && features.lead_on_leaving >= LEAST_BY_SHAPE
            && features.context >= LEAST_CONTEXT_BY_SHAPE;
        let is_enough = habit == Habit::OfMost || is_asked;
        let is_right = is_unwritten && is_alone && leads && is_enough && features.commonness >= COMMON_BY_HABIT;
        if is_right { habit } else { Habit::None }
    }

    /// The terms around a place. Where the document is garbled, damaged words count as what they most
    /// likely stand for: else every other place would have no neighbours to go by.
    fn context(&self, span: Range<usize>) -> Context {
        let text = self.text;
        match self.garbled {
            true => context_read(text, span, |word| self.likely_term(word)),
            false => context(text, span),
        }
    }

    /// The term of the likeliest reading of a word by its letters alone, where one is.
    fn likely_term(&self, word: &str) -> TermHash {
        if !is_open(self.vocabulary, word) {
            return term(word);
        }
        if let Some(&found) = self.likely.borrow().get(word) {
            return found;
        }
        let score = |way: &Way| (way.alone + way.candidate.channel_log_prob, way.terms.first().copied());
        let ways = self.candidates(word);
        let mut scored: Vec<_> = ways.iter().filter(|way| way.terms.len() == 1).map(score).collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let found = match scored.as_slice() {
            [(best, Some(likely)), rest @ ..] if rest.first().is_none_or(|next| best - next.0 > LIKELY) => *likely,
            _ => term(word),
        };
        self.likely.borrow_mut().insert(word.into(), found);
        found
    }

    /// By how many nats a reading leads on leaving the place as it is, and what
    /// its neighbours alone give it over its frequency. `place` is that of the
    /// word itself, and `leave` the score of leaving it.
    fn lead(&self, token: Token, place: &Slot<'_>, leave: f32, reading: &Reading) -> (f32, f32) {
        let text = self.text;
        if reading.span == token.span() {
            return self.lead_there(token.text(text), place, leave, &reading.way);
        }
        let around = self.ngrams.slot(&self.context(reading.span.clone()));
        let there = &text[reading.span.clone()];
        let old: Vec<TermHash> = words(there).map(|t| term(t.text(there))).collect();
        self.lead_there(token.text(text), &around, around.score(&old), &reading.way)
    }

    /// The same of a way to read what stands at `place` itself.
    fn lead_there(&self, word: &str, place: &Slot<'_>, leave: f32, way: &Way) -> (f32, f32) {
        let score = place.score(&way.terms);
        let vote = if self.is_engines(word, &way.candidate.text) { VOTE } else { 0.0 };
        (score + way.candidate.channel_log_prob + vote - leave, score - way.alone)
    }

    /// Whether the engine thought of a reading where it read this word.
    fn is_engines(&self, word: &str, reading: &str) -> bool {
        self.engine.others(word).iter().any(|other| other.eq_ignore_ascii_case(reading))
    }
}

/// A word read in each of these ways.
fn readings(kind: Kind, word: Token, ways: &[Way]) -> Vec<Reading> {
    ways.iter().map(|way| Reading { kind, span: word.span(), way: way.clone() }).collect()
}

/// A confusion as `seen for meant`.
fn described(confusion: &Confusion) -> String {
    match (&*confusion.seen, &*confusion.meant) {
        ("", meant) => format!("a lost {meant}"),
        (seen, "") => format!("a stray {seen}"),
        (seen, meant) => format!("{seen} for {meant}"),
    }
}

/// The weight from which a confusion is common: nearly half of those in the table are.
const COMMON: f32 = -3.0;
/// What it counts for a reading, in nats, that the OCR engine thought of it too.
const VOTE: f32 = 2.0;
/// What a reading by a document's habit must have: the lead on the next one and on leaving the word, in nats,
/// and how common it is, as [`Features`] has it.
const LEAD_OF_HABIT: f32 = 2.0;
const LEAST_BY_HABIT: f32 = -4.0;
const COMMON_BY_HABIT: f32 = 0.3;
/// The least lead on leaving the word, and the least that its neighbours say for a reading, in nats, where other words
/// show the shapes to be confused, and most unknown words are none of those.
const LEAST_BY_SHAPE: f32 = 1.0;
const LEAST_CONTEXT_BY_SHAPE: f32 = -3.0;
/// The lead on leaving it from which a word that has been met in print is doubted by a habit.
const FAR_BY_HABIT: f32 = 8.0;
/// What a reading must have to be offered by itself: its lead on the next one and on leaving the word, in
/// nats, and the length of the word.
const LEAD_OF_OFFER: f32 = 4.0;
const LEAST_OF_OFFER: f32 = -1.0;
const SHORTEST_OFFERED: f32 = 5.0;
/// The lead on leaving it from which a real word is offered as another, and from which the sentence asks for that. Of
/// 160,000 words of right texts without dialect 13 had the one, and one the other.
const LEAST_LEAD: f32 = 1.5;
const PLAIN_LEAD: f32 = 5.0;
/// The least that the words around say for the reading of a word that nobody writes, in a text that shows no bad scan.
const LEAST_CONTEXT_UNWRITTEN: f32 = 1.0;
/// The same in a bad scan, with what the words around say besides: none of fourteen was wrong.
const LEAD_IN_SCAN: f32 = 6.0;
const CONTEXT_IN_SCAN: f32 = 4.0;
/// The least probability of such an offer, by trees that know bad scans far better than a text with one misreading.
const POSSIBLE: f64 = 0.02;
/// The share of unknown words around a place from which nothing is offered there.
const STRANGE: f32 = 0.3;
/// So much dialect near a word shows its writer to spell as people speak.
const DIALECT: f32 = 1.0;
/// The lead, in nats, from which one word is likelier than two that stand there. Dialect (`de tail`) and
/// what is written either way (`per cent`) stay below.
const FAR: f32 = 5.5;
/// The lead from which it is worth an offer, even where the words around say less. Of 160,000 words of right texts five
/// had it, old compounds such as `small pox`.
const NEAR: f32 = 2.5;
const LEAST_CONTEXT: f32 = -5.0;
/// The share of letters misread below which a document hardly has words split.
const LEAST_DAMAGE: f32 = 0.000_5;
/// By how many nats a reading must lead the next for its neighbours to take it for the word.
const LIKELY: f32 = 1.0;

impl Judgement {
    /// By how many nats the reading leads on leaving the place as it is, no less than -10.
    pub fn lead_on_leaving(&self) -> f32 {
        self.features.lead_on_leaving
    }
}

/// Whether a word is one that nobody is known to write.
fn is_unwritten(features: &Features) -> bool {
    features.in_print <= 0.0 && features.rare_word == 0.0 || features.suspect_word > 0.0
}

/// Whether a reading gives a name its capital back, and changes nothing else.
fn is_name_in_small(best: &Best, word: &str) -> bool {
    best.kind == Kind::Letters && best.candidate.text != word && best.candidate.text == capitalise(word)
}

/// Whether two pieces, of which one is no word, make a name that the document has elsewhere.
fn is_name_in_two(best: &Best, features: &Features) -> bool {
    let is_name = Shape::of(&best.candidate.text) == Shape::Capital;
    best.kind == Kind::Split && is_name && is_unwritten(features) && features.reading_seen >= (1.0 + NAMED as f32).ln()
}

/// A reading with its score.
struct Scored {
    lead: f32,
    context_gain: f32,
    /// The text in the case that the place asks for, where it is another.
    written: Option<String>,
    reading: Reading,
}

impl Scored {
    fn text(&self) -> &str {
        self.written.as_ref().unwrap_or(&self.reading.way.candidate.text)
    }
}

/// Whether a full stop or comma sticks to the front of a word, which then is no end of the sentence before: ` .nse`.
fn is_behind_speck(text: &str, token: Token) -> bool {
    text[..token.span().start].strip_suffix(['.', ',', ';']).is_some_and(|before| before.ends_with(' '))
}

/// Whether a word with what is behind it looks like an abbreviation before a name: `Ft. Dace`.
fn is_title(word: &str, behind: &str) -> bool {
    let name = behind.strip_prefix(". ").is_some_and(|name| name.starts_with(char::is_uppercase));
    name && word.len() <= LONGEST_TITLE && Shape::of(word) == Shape::Capital
}

/// The longest abbreviation before a name, in bytes.
const LONGEST_TITLE: usize = 3;

/// Whether a stroke between words has another near it: together they part lines of verse.
fn is_one_of_many_strokes(text: &str, span: Range<usize>) -> bool {
    let from = floor(text, span.start.saturating_sub(STROKE_REACH));
    let to = floor(text, (span.end + STROKE_REACH).min(text.len()));
    &text[span.clone()] == "/" && (text[from..span.start].contains(" / ") || text[span.end..to].contains(" / "))
}

/// How far around a stroke others are looked for, in bytes.
const STROKE_REACH: usize = 120;
