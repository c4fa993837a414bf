//! From terms to a probability, and from that to a level.

use std::sync::OnceLock;

use descan_lang::confusion::Confusions;
use descan_text::case::Shape;
use descan_text::level::Level;
use descan_text::token::{is_apostrophe, is_word_char};

use super::features::AROUND;
use super::{Best, FEATURES, Features, Kind};

/// The names of the curves in the weights file.
pub const CURVES: [&str; 12] = [
    "letters",
    "sound-alike",
    "short-word",
    "run-on",
    "split",
    "real-word",
    "pronoun",
    "name-like",
    "only-reading",
    "marked",
    "unusual",
    "apart",
];

/// The curve of letters misread, as an index of [`CURVES`].
pub(super) const LETTERS: usize = 0;
/// The curve of the surest readings, which is otherwise that of letters.
pub(super) const ONLY_READING: usize = 8;

/// The curve for a reading.
///
/// Short words have one of their own: almost any two or three letters are one
/// confusion away from a common word. So have words with a capital, which may be
/// names, and words that would be spoken much like the reading: an author may
/// have spelt them so. The surest are long words in small letters that no book
/// has, that nobody would spell so, and that are one shape away from one word
/// only: what all of this says together is more than its sum.
pub(super) fn curve_of(reading: &Best, word: &str, table: &Confusions, features: &Features) -> usize {
    let term = |name: &str| FEATURES.iter().position(|f| *f == name).map_or(0.0, |i| features[i]);
    match reading.kind {
        Kind::Letters if !word.chars().all(|c| is_word_char(c) || is_apostrophe(c)) => 9,
        Kind::Letters if reading.candidate.unusual > 0 => 10,
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
            ONLY_READING
        }
        Kind::Letters => LETTERS,
        Kind::RunOn => 3,
        Kind::Split => 4,
        Kind::RealWord => 5,
        Kind::Pronoun => 6,
        Kind::Apart => 11,
    }
}

/// The probabilities at which the levels of a curve begin, surest first. A level that a table does
/// not have is never reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Starts {
    /// In any document.
    pub usual: [f64; 3],
    /// In a garbled one, which nobody can have written: what is wrong there was no right word before.
    pub garbled: [f64; 3],
}

/// What the name of a level has behind it in a table for garbled documents.
pub const IN_GARBLED: &str = "-garbled";

impl Starts {
    /// Those of each curve, by a table of curves.
    pub fn of_all(table: &str) -> [Starts; CURVES.len()] {
        let mut starts = [Starts { usual: [1.1; 3], garbled: [1.1; 3] }; CURVES.len()];
        let level = |name: &str| Level::ALL.iter().position(|level| level.name() == name);
        for (curve, name, value) in lines(table) {
            if let Some(index) = level(name) {
                starts[curve].usual[index] = value;
                starts[curve].garbled[index] = value;
            } else if let Some(index) = name.strip_suffix(IN_GARBLED).and_then(level) {
                starts[curve].garbled[index] = value;
            }
        }
        starts
    }

    /// Those for a place of a document that is garbled, or is not.
    pub fn of(&self, garbled: bool) -> &[f64; 3] {
        if garbled { &self.garbled } else { &self.usual }
    }
}

/// The lines of a table of curves: the curve, the name of a term or level, the number.
fn lines(table: &str) -> impl Iterator<Item = (usize, &str, f64)> {
    table.lines().filter_map(|line| {
        let mut fields = line.split('\t');
        let curve = fields.next()?;
        let curve = CURVES.iter().position(|name| *name == curve)?;
        Some((curve, fields.next()?, fields.next()?.trim().parse().ok()?))
    })
}

/// The logistic curves.
pub(super) struct Curve {
    weights: [Features; CURVES.len()],
    starts: [Starts; CURVES.len()],
}

impl Curve {
    pub(super) fn built_in() -> &'static Curve {
        static CURVE: OnceLock<Curve> = OnceLock::new();
        CURVE.get_or_init(|| Curve::parse(descan_data_en::DECISION))
    }

    /// Reads the weights: a line a term (`kind`, `term`, `weight`), and behind them where levels begin.
    fn parse(source: &str) -> Curve {
        let mut weights = [[0.0; FEATURES.len()]; CURVES.len()];
        for (kind, name, value) in lines(source) {
            if let Some(index) = FEATURES.iter().position(|f| *f == name) {
                weights[kind][index] = value as f32;
            }
        }
        Curve { weights, starts: Starts::of_all(source) }
    }

    pub(super) fn probability(&self, curve: usize, features: &Features) -> f64 {
        let sum: f32 = self.weights[curve].iter().zip(features).map(|(w, x)| w * x).sum();
        1.0 / (1.0 + f64::from(-sum).exp())
    }

    /// Whether the probability may come to a level with what the terms of
    /// [`AROUND`], which are left out of `features`, may add.
    pub(super) fn may_tell(&self, curve: usize, features: &Features, garbled: bool) -> bool {
        /// The sum is made in another order, of numbers that are rounded.
        const ROUNDED: f32 = 0.001;
        let weights = &self.weights[curve];
        let sum: f32 = weights.iter().zip(features).map(|(w, x)| w * x).sum();
        let most: f32 = AROUND.iter().map(|&(index, most)| (weights[index] * most).max(0.0)).sum();
        let probability = 1.0 / (1.0 + f64::from(-(sum + most + ROUNDED)).exp());
        self.starts[curve].of(garbled).iter().any(|from| probability >= *from)
    }

    pub(super) fn level(&self, curve: usize, garbled: bool, probability: f64) -> Option<Level> {
        Level::ALL
            .into_iter()
            .zip(self.starts[curve].of(garbled))
            .find(|(_, from)| probability >= **from)
            .map(|(level, _)| level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_reading_is_dropped_that_its_surroundings_could_raise_to_a_level() {
        let built_in = Curve::built_in();
        for (curve, name) in CURVES.into_iter().enumerate() {
            for step in 0..400 {
                // From readings that say nothing to ones that are certain.
                let mut features = [0.0; FEATURES.len()];
                features[0] = 1.0;
                features[1] = step as f32 / 20.0;
                features[3] = -((step % 17) as f32);
                let bare = features;
                for (at, (index, most)) in AROUND.into_iter().enumerate() {
                    features[index] = most * ((step + at) % 5) as f32 / 4.0;
                }
                for garbled in [false, true] {
                    let told = built_in.level(curve, garbled, built_in.probability(curve, &features));
                    assert!(told.is_none() || built_in.may_tell(curve, &bare, garbled), "{name} at {step}");
                }
            }
        }
    }

    #[test]
    fn the_terms_of_the_surroundings_are_where_they_are_said_to_be() {
        let names = AROUND.map(|(index, _)| FEATURES[index]);
        assert_eq!(names, ["strange-neighbours", "foreign", "dialect-near"]);
    }
}
