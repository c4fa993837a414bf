//! Fits the decision curves to judged places, and evaluates them on held-out sets.

use std::fmt::Write as _;

use descan_lang::decision::{Curve, DecisionError, DecisionModel, Features, IN_GARBLED};
use descan_text::level::Level;
use rayon::prelude::*;

use super::logistic::{Sample, Weights, fit, probability};
use super::places::Place;

/// The judged places of texts of one origin.
#[derive(Clone, Debug)]
pub struct Set {
    /// What reports call it.
    pub name: String,
    /// How many times each of its places counts.
    pub weight: f64,
    /// Whether it is right text, in which every repair is wrong.
    pub clean: bool,
    /// The places of each text.
    pub texts: Vec<Vec<Place>>,
}

/// A curve as fitted.
#[derive(Clone, Debug)]
pub struct FittedCurve {
    /// Its weights; `None` where too few places were right to learn from.
    pub weights: Option<Weights>,
    /// Every place that it judged, with the probability that a curve fitted
    /// without the place's set gives it.
    pub judged: Vec<Judged>,
}

/// A place judged by a curve that never saw its set.
#[derive(Clone, Copy, Debug)]
pub struct Judged {
    /// The set, text and place.
    pub at: (usize, usize, usize),
    /// What the curve says.
    pub said: f64,
    /// Whether it was right.
    pub right: bool,
}

/// Right places below which nothing is learned.
const LEAST_RIGHT: usize = 8;
/// Into how many parts at most right texts are divided, each judged by curves fitted on the others.
const PARTS: usize = 16;

/// Fits every curve to all places, and judges each place by a curve fitted
/// without it: a set of scans without the whole set, so that the figures hold
/// for scans of an origin not seen; a right text without itself (and, of more than
/// sixteen, without some others).
pub fn fit_curves(sets: &[Set]) -> Vec<FittedCurve> {
    Curve::ALL.into_par_iter().map(|curve| fit_curve(sets, curve)).collect()
}

fn fit_curve(sets: &[Set], curve: Curve) -> FittedCurve {
    let mut places = Vec::new();
    for (s, set) in sets.iter().enumerate() {
        for (t, text) in set.texts.iter().enumerate() {
            let own = text.iter().enumerate().filter(|(_, place)| place.curve == curve);
            places.extend(own.map(|(p, place)| ((s, t, p), place.features.to_array(), place.right)));
        }
    }
    let learn = |keep: &dyn Fn(usize, usize) -> bool| {
        let samples: Vec<Sample<'_>> = places
            .iter()
            .filter(|((s, t, _), ..)| keep(*s, *t))
            .map(|((s, ..), features, right)| Sample { features, right: *right, weight: sets[*s].weight })
            .collect();
        (samples.iter().filter(|s| s.right).count() >= LEAST_RIGHT).then(|| fit(&samples))
    };
    let mut judged = Vec::new();
    for (index, set) in sets.iter().enumerate() {
        for part in 0..if set.clean { PARTS } else { 1 } {
            let left_out = |s: usize, t: usize| s == index && (!set.clean || t % PARTS == part);
            let own: Vec<_> = places.iter().filter(|((s, t, _), ..)| left_out(*s, *t)).collect();
            if own.is_empty() {
                continue;
            }
            let Some(weights) = learn(&|s, t| !left_out(s, t)) else { continue };
            judged.extend(own.into_iter().map(|(at, features, right)| Judged {
                at: *at,
                said: probability(&weights, features),
                right: *right,
            }));
        }
    }
    FittedCurve { weights: learn(&|_, _| true), judged }
}

/// The table of curves, as text for `decision.tsv`.
///
/// `before` is an earlier table: where levels begin is set by hand and taken
/// from it, and so is a curve that could not be learned.
///
/// # Errors
/// The first line of `before` of another form.
pub fn decision_table(curves: &[FittedCurve], before: &str) -> Result<String, DecisionError> {
    let model = DecisionModel::parse(before)?;
    let mut out = String::from(
        "# The decision curves: kind of damage, feature, weight. Fitted by logistic regression on development\n\
         # scans and right texts; the last lines of a kind are the probabilities a level begins at.\n",
    );
    for (curve, fitted) in Curve::ALL.into_iter().zip(curves) {
        let name = curve.name();
        let Some(weights) = &fitted.weights else {
            for line in before.lines().filter(|line| line.split('\t').next() == Some(name)) {
                out.push_str(line);
                out.push('\n');
            }
            continue;
        };
        // Writing to a string cannot fail.
        for (feature, weight) in Features::NAMES.iter().zip(weights) {
            let _ = writeln!(out, "{name}\t{feature}\t{weight:.4}");
        }
        let thresholds = model.thresholds(curve);
        for (behind, thresholds) in [("", thresholds.usual), (IN_GARBLED, thresholds.garbled)] {
            for (level, start) in Level::ALL.into_iter().zip(thresholds) {
                let _ = writeln!(out, "{name}\t{}{behind}\t{start}", level.name());
            }
        }
    }
    Ok(out)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Sets in which a place is right if its lead is above two.
    pub(crate) fn sets() -> Vec<Set> {
        let place = |lead: f32, right: bool| {
            let features = Features { bias: 1.0, lead_on_leaving: lead, ..Features::default() };
            Place {
                curve: Curve::Letters,
                garbled: false,
                features,
                right,
                seen: "tbe".into(),
                reading: "the".into(),
                around: "in tbe end".into(),
            }
        };
        let text = |from: f32| (0..40).map(|i| from + i as f32 * 0.1).map(|lead| place(lead, lead > 2.0)).collect();
        let scans = |name: &str, from: f32| Set {
            name: name.into(),
            weight: 2.0,
            clean: false,
            texts: vec![text(from), text(from + 0.05)],
        };
        let right = (0..5).map(|i| vec![place(i as f32 * 0.3, false)]).collect();
        vec![
            scans("pages", 0.0),
            scans("cards", 0.5),
            Set { name: "right".into(), weight: 1.0, clean: true, texts: right },
        ]
    }

    #[test]
    fn curves_are_fitted_and_every_place_is_judged_by_another_fit() {
        let curves = fit_curves(&sets());
        let weights = curves[0].weights.expect("enough to learn from");
        assert!(weights[1] > 1.0 && weights[0] < -1.0, "{weights:?}");
        assert_eq!(curves[0].judged.len(), 165);
        let sure = curves[0].judged.iter().filter(|j| j.said > 0.9);
        assert!(sure.clone().count() > 20 && sure.clone().all(|j| j.right));
        assert!(curves[1].weights.is_none() && curves[1].judged.is_empty());
    }

    #[test]
    fn levels_and_unlearned_curves_are_those_of_the_table_before() {
        let before = "letters\tbias\t9\nletters\tcertain\t0.95\nsplit\tbias\t-3.5000\nsplit\tcertain\t0.9\n";
        let table = decision_table(&fit_curves(&sets()), before).expect("a table");
        assert!(table.contains("letters\tcertain\t0.95\n") && !table.contains("letters\tbias\t9"));
        assert!(table.contains("split\tbias\t-3.5000\nsplit\tcertain\t0.9\n"), "{table}");
        let model = DecisionModel::parse(&table).expect("a table");
        assert_eq!(model.thresholds(Curve::Letters).usual, [0.95, 1.1, 1.1]);
        assert_eq!(model.thresholds(Curve::Letters).garbled, [0.95, 1.1, 1.1]);
    }
}
