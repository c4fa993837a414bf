//! From terms to a probability, and from that to a level.

use std::sync::OnceLock;

use super::features::AROUND;
use super::{Best, FEATURES, Features, Kind};
use crate::evidence::confusion::Confusions;
use crate::evidence::vocabulary::Shape;
use crate::level::Level;
use crate::text::token::{is_apostrophe, is_word_char};

/// The names of the curves in the weights file.
pub const CURVES: [&str; 11] = [
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
    }
}

/// The logistic curves.
pub(super) struct Curve {
    weights: [(Features, [f64; 3]); CURVES.len()],
}

impl Curve {
    pub(super) fn built_in() -> &'static Curve {
        static CURVE: OnceLock<Curve> = OnceLock::new();
        CURVE.get_or_init(|| Curve::parse(include_str!("../../../rules/model/decision.tsv")))
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

    pub(super) fn probability(&self, curve: usize, features: &Features) -> f64 {
        let (weights, _) = &self.weights[curve];
        let sum: f32 = weights.iter().zip(features).map(|(w, x)| w * x).sum();
        1.0 / (1.0 + f64::from(-sum).exp())
    }

    /// Whether the probability may come to a level with what the terms of
    /// [`AROUND`], which are left out of `features`, may add.
    pub(super) fn may_tell(&self, curve: usize, features: &Features) -> bool {
        /// The sum is made in another order, of numbers that are rounded.
        const ROUNDED: f32 = 0.001;
        let (weights, from) = &self.weights[curve];
        let sum: f32 = weights.iter().zip(features).map(|(w, x)| w * x).sum();
        let most: f32 = AROUND.iter().map(|&(index, most)| (weights[index] * most).max(0.0)).sum();
        let probability = 1.0 / (1.0 + f64::from(-(sum + most + ROUNDED)).exp());
        from.iter().any(|from| probability >= *from)
    }

    pub(super) fn level(&self, curve: usize, probability: f64) -> Option<Level> {
        let (_, from) = &self.weights[curve];
        Level::ALL.into_iter().zip(from).find(|(_, from)| probability >= **from).map(|(level, _)| level)
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
                let told = built_in.level(curve, built_in.probability(curve, &features));
                assert!(told.is_none() || built_in.may_tell(curve, &bare), "{name} at {step}");
            }
        }
    }

    #[test]
    fn the_terms_of_the_surroundings_are_where_they_are_said_to_be() {
        let names = AROUND.map(|(index, _)| FEATURES[index]);
        assert_eq!(names, ["strange-neighbours", "foreign", "dialect-near"]);
    }
}
