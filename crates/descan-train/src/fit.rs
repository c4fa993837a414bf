//! Fits the trees of the decision to judged places, and evaluates them on held-out sets.

use descan_lang::decision::{Class, DIRECTIONS, Features};
use descan_lang::forest::Forest;
use rayon::prelude::*;

use super::boost::{Sample, Settings, fit};
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

/// The trees, and what they say of places that they never saw.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// The bytes of the file of trees.
    pub trees: Vec<u8>,
    /// Every place, with the probability that trees fitted without the place's set give it.
    pub judged: Vec<Judged>,
}

/// A place judged by trees that never saw its set.
#[derive(Clone, Copy, Debug)]
pub struct Judged {
    /// The set, text and place.
    pub at: (usize, usize, usize),
    /// The class of the decision.
    pub class: Class,
    /// What the trees say.
    pub said: f64,
    /// Whether it was right.
    pub right: bool,
}

/// Into how many parts right texts are divided, each judged by trees fitted on the others.
const PARTS: usize = 4;
/// The number of trees, the most leaves of each, and the share of its step that each makes: of those
/// tried the smallest forest that left nothing more to gain on sets held out.
const TREES: usize = 300;
const LEAVES: usize = 12;
const RATE: f64 = 0.06;
/// So many places at least are in a leaf.
const LEAST_PLACES: usize = 30;
/// The penalty on a leaf that few places say much of.
const PENALTY: f64 = 5.0;

/// Fits trees to all places, and judges each place by trees fitted without it: a set of
/// scans without the whole set, so that the figures hold for scans of an origin not seen;
/// a right text without itself and some others.
pub fn fit_trees(sets: &[Set]) -> Fitted {
    let places: Vec<At<'_>> = sets
        .iter()
        .enumerate()
        .flat_map(|(set, of_set)| of_set.texts.iter().enumerate().map(move |(text, places)| (set, text, places)))
        .flat_map(|(set, text, places)| {
            places.iter().enumerate().map(move |(at, place)| At::new((set, text, at), place))
        })
        .collect();
    let mut folds = Vec::new();
    for (set, of_set) in sets.iter().enumerate() {
        folds.extend((0..if of_set.clean { PARTS } else { 1 }).map(|part| (set, part)));
    }
    let is_left_out = |(set, part): (usize, usize), place: &At<'_>| {
        place.at.0 == set && (!sets[set].clean || place.at.1 % PARTS == part)
    };
    let judge = |fold: (usize, usize)| -> Vec<Judged> {
        let kept = places.iter().filter(|place| !is_left_out(fold, place));
        let forest = forest(sets, kept);
        let own = places.iter().filter(|place| is_left_out(fold, place));
        own.map(|place| place.judged(&forest)).collect()
    };
    let judged = folds.into_par_iter().flat_map_iter(judge).collect();
    Fitted { trees: trees(sets, places.iter()), judged }
}

/// A place and where it is.
struct At<'p> {
    at: (usize, usize, usize),
    place: &'p Place,
    features: [f32; Features::COUNT],
}

impl<'p> At<'p> {
    fn new(at: (usize, usize, usize), place: &'p Place) -> At<'p> {
        At { at, place, features: place.features.to_array() }
    }

    fn judged(&self, forest: &Forest) -> Judged {
        let said = 1.0 / (1.0 + f64::from(-forest.log_odds(&self.features)).exp());
        Judged { at: self.at, class: self.place.class, said, right: self.place.right }
    }
}

fn forest<'p>(sets: &[Set], places: impl Iterator<Item = &'p At<'p>>) -> Forest {
    Forest::open(&trees(sets, places), Features::COUNT).expect("trees as they were made")
}

/// The bytes of the trees that the places teach.
fn trees<'p>(sets: &[Set], places: impl Iterator<Item = &'p At<'p>>) -> Vec<u8> {
    let sample = |place: &'p At<'p>| Sample {
        features: &place.features,
        right: place.place.right,
        weight: sets[place.at.0].weight,
    };
    let samples: Vec<Sample<'_>> = places.map(sample).collect();
    let settings = Settings {
        trees: TREES,
        leaves: LEAVES,
        rate: RATE,
        least_places: LEAST_PLACES,
        penalty: PENALTY,
        directions: DIRECTIONS.to_array().iter().map(|&direction| direction as i8).collect(),
    };
    let boosted = fit(&samples, &settings);
    Forest::bytes(boosted.base, &boosted.trees)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Sets in which a place is right if its lead is above two.
    pub(crate) fn sets() -> Vec<Set> {
        let place = |lead: f32, right: bool| {
            let features = Features { lead_on_leaving: lead, ..Features::default() };
            Place {
                class: Class::Letters,
                features,
                right,
                seen: "tbe".into(),
                reading: "the".into(),
                around: "in tbe end".into(),
            }
        };
        let text = |from: f32| (0..80).map(|i| from + i as f32 * 0.05).map(|lead| place(lead, lead > 2.0)).collect();
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
    fn every_place_is_judged_by_trees_that_never_saw_its_set() {
        let fitted = fit_trees(&sets());
        assert_eq!(fitted.judged.len(), 325);
        let sure = fitted.judged.iter().filter(|judged| judged.said > 0.9);
        assert!(sure.clone().count() > 50 && sure.clone().all(|judged| judged.right));
        let forest = Forest::open(&fitted.trees, Features::COUNT).expect("a forest");
        let odds = |lead: f32| forest.log_odds(&Features { lead_on_leaving: lead, ..Features::ZERO }.to_array());
        assert!(odds(4.0) > 3.0 && odds(1.0) < -3.0);
    }
}
