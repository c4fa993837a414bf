//! The terms of a decision.

use std::ops::Range;

use super::{Best, Judge, Kind};
use crate::evidence::lexicon::Entry;
use crate::evidence::terms::{floor_boundary, term};
use crate::evidence::vocabulary::{Facts, Shape};
use crate::text::token::{Token, words};

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

impl Judge<'_> {
    #[allow(clippy::too_many_arguments)]
    pub(super) fn features(
        &self,
        text: &str,
        token: Token,
        best: &Best,
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
            best.candidate.steps.iter().map(|&i| (1.0 + self.confusions.get(i).dialect).ln()).fold(0.0, f32::max),
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

fn same_shape(facts: &Facts, word: &str) -> u32 {
    match Shape::of(word) {
        Shape::Lower => facts.lower,
        Shape::Capital => facts.capital,
        Shape::Other => facts.other,
    }
}
