//! Computes the features of a decision.

use std::ops::Range;

use descan_lang::decision::Features;
use descan_lang::entry::{Entry, Trust};
use descan_lang::terms::term;
use descan_lang::words::{WordList, WordLists};
use descan_text::case::Shape;
use descan_text::token::floor;
use descan_text::token::{Token, is_apostrophe, is_word_char, words};

use super::judge::Judge;
use super::reading::{Best, Kind};
use crate::evidence::vocabulary::Facts;

impl Judge<'_> {
    /// The features of a decision but for those of the words around, which are zero.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn features(
        &self,
        token: Token,
        best: &Best,
        lead: f32,
        second: Option<f32>,
        context_gain: f32,
        starts_sentence: bool,
        elsewhere: u32,
    ) -> Features {
        let text = self.text;
        let word = token.text(text);
        let facts = self.vocabulary.facts(word);
        let reading = self.vocabulary.facts(&best.candidate.text);
        let entry =
            self.lexicon.lookup(words(&best.candidate.text).next().map_or("", |t| t.text(&best.candidate.text)));
        let flag = |on: bool| f32::from(u8::from(on));
        let log = |count: u32| (1.0 + count as f32).ln();
        let span = &best.span;
        let (mut document, mut passage) = (self.hand.document(), self.hand.at(token.span().start));
        if best.kind == Kind::RealWord {
            // That other documents are bad is no reason to doubt known words of this one.
            (document, passage) = (document.alone(), passage.alone());
        }
        let in_print = match best.kind {
            // What books have is the two words side by side.
            Kind::Apart => {
                let mut halves = words(&text[span.clone()]).map(|half| term(half.text(&text[span.clone()])));
                halves
                    .next()
                    .zip(halves.next())
                    .map_or(0.0, |(first, second)| self.ngrams.log2_pair_count(first, second))
            }
            _ => self.ngrams.log2_count(term(word)),
        };
        Features {
            class: 0.0,
            lead_on_leaving: lead.clamp(-10.0, 20.0),
            lead_on_second: second.map_or(12.0, |s| (lead - s).clamp(0.0, 12.0)),
            confusion: best.candidate.channel_log_prob.max(-20.0),
            context: context_gain.clamp(-10.0, 12.0),
            capital: flag(Shape::of(word) == Shape::Capital && starts_sentence),
            inside_capital: match best.kind {
                // I is hardly ever followed by a name or title.
                Kind::Pronoun => flag(
                    words(&text[span.end..floor(text, (span.end + 40).min(text.len()))])
                        .next()
                        .is_some_and(|t| text[span.end + t.start as usize..].starts_with(char::is_uppercase)),
                ),
                _ => flag(Shape::of(word) == Shape::Capital && !starts_sentence),
            },
            seen_again: match best.kind {
                Kind::Apart => 0.0,
                _ => log(same_shape(&facts, word).saturating_sub(1).saturating_add(elsewhere)),
            },
            reading_seen: log(reading.count()),
            noise: self.noise.rate().ln() + 6.0,
            length: (if best.kind == Kind::Apart { &best.candidate.text } else { word }).chars().count().min(12) as f32,
            commonness: entry.map_or(0.0, |e| f32::from(e.log2_frequency())) / 10.0,
            // A name in small letters (`ina`) is no word for being a name.
            rare_word: flag(
                facts.entry.is_some_and(|e| !e.usually_misread() && (best.kind != Kind::RunOn || e.fits_case(word))),
            ),
            suspect_word: flag(facts.entry.is_some_and(Entry::usually_misread)),
            second_confusion: flag(best.candidate.confusions.len() > 1),
            strange_neighbours: 0.0,
            digit: flag(word.contains(|c: char| c.is_ascii_digit())),
            hyphen: flag(text[..span.start].ends_with('-') || text[span.end..].starts_with('-')),
            dialect: best
                .candidate
                .confusions
                .iter()
                .map(|&i| (1.0 + self.confusions.get(i).dialect).ln())
                .fold(0.0, f32::max),
            bar: flag(word.starts_with('|')),
            letter_for_i: flag(best.kind == Kind::Pronoun && word.starts_with(char::is_alphabetic)),
            contraction: flag(best.candidate.text.contains(is_apostrophe)),
            no_rival: flag(second.is_none()),
            in_print,
            foreign: 0.0,
            dialect_near: 0.0,
            glued: glued_sides(text, span.clone()),
            dropped_throughout: self.dropped_throughout(best),
            unusual: f32::from(best.candidate.unusual),
            garbled_document: (1.0 + 200.0 * self.vocabulary.garbled()).ln(),
            unknown_document: (1.0 + 50.0 * self.vocabulary.unknown()).ln(),
            bad_scan: flag(self.garbled),
            document_length: log(self.vocabulary.total()),
            document_misread: document.density() as f32,
            document_leaning: document.strength() as f32,
            passage_misread: passage.density() as f32,
            passage_leaning: passage.strength() as f32,
            confusion_shown: self.confusion_shown(best),
        }
    }

    /// Adds the features of the words around: to know them takes more than all others together.
    pub(super) fn look_around(&self, token: Token, features: &mut Features) {
        let text = self.text;
        features.strange_neighbours = self.strange_neighbours(token);
        features.foreign = foreign_words_near(self.language.words(), text, token.span());
        features.dialect_near = self.dialect_near(token);
    }

    /// In how many unmistakable errors the document shows the rarest of a reading's confusions, as a logarithm.
    fn confusion_shown(&self, best: &Best) -> f32 {
        let shown = best.candidate.confusions.iter().map(|&step| self.noise.shown(step)).min();
        (1.0 + shown.unwrap_or(0) as f32).ln()
    }

    /// How often the document seems to drop, or to sound otherwise, the very letters that a reading
    /// puts back, as a logarithm. A speaker with an accent does so throughout, a scan here and there.
    fn dropped_throughout(&self, best: &Best) -> f32 {
        let of = |&step: &u16| match self.confusions.get(step).looks_like_accent() {
            true => (1.0 + self.noise.shown(step) as f32).ln(),
            false => 0.0,
        };
        best.candidate.confusions.iter().map(of).fold(0.0, f32::max)
    }

    /// How much speech in dialect or old spelling stands around a place: words that only books have
    /// and no dictionary, and by half words that drop a letter at their end or start. At most four count.
    fn dialect_near(&self, token: Token) -> f32 {
        let text = self.text;
        let span = token.span();
        let from = floor(text, span.start.saturating_sub(DIALECT_REACH));
        let to = floor(text, (span.end + DIALECT_REACH).min(text.len()));
        let window = &text[from..to];
        let mut found: f32 = 0.0;
        for near in words(window).map(|t| t.span()).filter(|near| near.start > 0 && near.end < window.len()) {
            if near.start + from == span.start {
                continue;
            }
            let word = &window[near.clone()];
            let known =
                (word.len() > 1 && Shape::of(word) == Shape::Lower).then(|| self.lexicon.lookup(word)).flatten();
            if known.is_some_and(|e| e.trust() == Trust::Attested && !e.usually_misread()) {
                found += 1.0;
            } else if drops_a_letter(window, near) {
                found += 0.5;
            }
        }
        found.min(MAX_DIALECT)
    }

    /// The share of the four words around a place that no lexicon has: in a
    /// foreign phrase or in garbage they are many.
    fn strange_neighbours(&self, token: Token) -> f32 {
        let text = self.text;
        let span = token.span();
        let from = floor(text, span.start.saturating_sub(40));
        let to = floor(text, (span.end + 40).min(text.len()));
        let strange = |w: &str| {
            w.len() > 1
                && self.lexicon.lookup(w).is_none_or(Entry::usually_misread)
                && !w.bytes().all(|b| b.is_ascii_digit())
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

/// How many words of a foreign language stand around a place: its function
/// words, and words with letters that English does not write. At most four count.
fn foreign_words_near(lists: &WordLists, text: &str, span: Range<usize>) -> f32 {
    let from = floor(text, span.start.saturating_sub(60));
    let to = floor(text, (span.end + 60).min(text.len()));
    let foreign = |word: &str| {
        !word.is_ascii() && word.chars().any(|c| c.is_alphabetic() && !c.is_ascii())
            || lists.has_in_any_case(WordList::ForeignWords, word)
    };
    let near = words(&text[from..span.start]).map(|t| t.text(&text[from..span.start]));
    let near = near.chain(words(&text[span.end..to]).map(|t| t.text(&text[span.end..to])));
    (near.filter(|word| foreign(word)).count() as f32).min(MAX_FOREIGN)
}

/// The most words of a foreign language that count.
const MAX_FOREIGN: f32 = 4.0;
/// The most dialect that counts.
const MAX_DIALECT: f32 = 4.0;

/// How far around a place dialect is looked for, in bytes.
const DIALECT_REACH: usize = 60;

/// Whether an apostrophe stands at the end of a word before a blank, or at its start behind one.
fn drops_a_letter(text: &str, word: Range<usize>) -> bool {
    let mut after = text[word.end..].chars();
    let mut before = text[..word.start].chars().rev();
    after.next().is_some_and(is_apostrophe) && after.next().is_some_and(char::is_whitespace)
        || before.next().is_some_and(is_apostrophe) && before.next().is_some_and(char::is_whitespace)
}

/// On how many sides a word touches what no word touches: a mark inside a longer string of letters
/// and marks. Such a word is a piece of one, and reads as a word by chance only.
fn glued_sides(text: &str, span: Range<usize>) -> f32 {
    let before = text[..span.start].chars().next_back();
    let free_before = before.is_none_or(|c| {
        c.is_whitespace()
            || "\"“‘([—".contains(c)
            || is_apostrophe(c) && !text[..span.start - c.len_utf8()].ends_with(is_word_char)
    });
    let rest = text[span.end..].trim_start_matches(|c| ".,;:!?\"”)]—".contains(c) || is_apostrophe(c));
    let marks = text.len() - span.end - rest.len();
    // A dash may join words; other marks end them.
    let free_after = rest.chars().next().is_none_or(|c| {
        c.is_whitespace() || marks > 0 && (!is_word_char(c) || text[..text.len() - rest.len()].ends_with('—'))
    });
    f32::from(u8::from(!free_before)) + f32::from(u8::from(!free_after))
}

fn same_shape(facts: &Facts, word: &str) -> u32 {
    match Shape::of(word) {
        Shape::Lower => facts.lower,
        Shape::Capital => facts.capital,
        Shape::Other => facts.other,
    }
}
