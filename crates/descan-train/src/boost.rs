//! Gradient boosting: fits a sum of small trees to judged places.
//!
//! Second-order boosting with histograms, the best leaf first, as XGBoost (Chen and Guestrin, 2016) and
//! LightGBM (Ke et al., 2017) do it, and with their simple way to keep a tree monotone. The same
//! samples give the same trees.

use descan_lang::forest::Node;
use descan_lang::terms::mix;

mod given;
mod histogram;
mod tree;

pub use given::{Sample, Settings};

use given::Slope;
use histogram::Bins;
use tree::Grower;

/// A sum of trees: what the sum begins with, and the nodes of each.
#[derive(Clone, Debug)]
pub struct Boosted {
    /// The logarithm of the odds without any tree.
    pub base: f32,
    /// The trees.
    pub trees: Vec<Vec<Node>>,
}

/// Fits trees to the samples, which all have as many features as there are directions.
pub fn fit(samples: &[Sample<'_>], settings: &Settings) -> Boosted {
    let bins = Bins::of(samples, settings.directions.len());
    let weight = |right: bool| samples.iter().filter(|s| s.right == right).map(|s| s.weight).sum::<f64>();
    // Half a place of either kind keeps the odds finite.
    let base = ((weight(true) + 0.5) / (weight(false) + 0.5)).ln();
    let mut log_odds = vec![base; samples.len()];
    let mut slopes = vec![Slope::default(); samples.len()];
    let mut trees = Vec::new();
    for round in 0..settings.trees {
        for ((slope, sample), log_odds) in slopes.iter_mut().zip(samples).zip(&log_odds) {
            let p = 1.0 / (1.0 + (-log_odds).exp());
            let error = p - f64::from(u8::from(sample.right));
            *slope = Slope { gradient: sample.weight * error, curvature: sample.weight * p * (1.0 - p) };
        }
        let places =
            (0..samples.len()).filter(|&place| is_drawn(place, round, KEPT_PLACES)).map(|p| p as u32).collect();
        let features = (0..settings.directions.len()).filter(|&f| is_drawn(f, !round, KEPT_FEATURES)).collect();
        let tree = Grower { bins: &bins, slopes: &slopes, settings, features }.grow(places);
        for (place, log_odds) in log_odds.iter_mut().enumerate() {
            *log_odds += f64::from(tree.value(&bins, place));
        }
        trees.push(tree.nodes(&bins));
    }
    Boosted { base: base as f32, trees }
}

/// Of ten places so many grow a tree.
const KEPT_PLACES: u64 = 8;
/// Of ten features so many are asked by a tree.
const KEPT_FEATURES: u64 = 7;

/// Whether one of ten is among those drawn in a round; the same in each run.
fn is_drawn(index: usize, round: usize, of_ten: u64) -> bool {
    mix((index as u64) ^ mix(round as u64)) % 10 < of_ten
}

#[cfg(test)]
mod tests {
    use descan_lang::forest::Forest;

    use super::*;

    fn settings(directions: Vec<i8>) -> Settings {
        Settings { trees: 60, leaves: 6, rate: 0.2, least_places: 5, penalty: 1.0, directions }
    }

    /// Places that are right where the first feature is above 2 and the second below 5, a few of them noise.
    fn places() -> Vec<([f32; 3], bool)> {
        let place = |i: usize| {
            let noise = |salt: u64| (mix(i as u64 ^ salt << 32) % 1000) as f32 / 100.0;
            let features = [noise(1), noise(2), noise(3)];
            (features, (features[0] > 2.0 && features[1] < 5.0) != i.is_multiple_of(50))
        };
        (0..3000).map(place).collect()
    }

    fn forest_of(places: &[([f32; 3], bool)], settings: &Settings) -> Forest {
        let sample = |(features, right): &'_ ([f32; 3], bool)| (features.to_vec(), *right);
        let owned: Vec<_> = places.iter().map(sample).collect();
        let samples: Vec<Sample<'_>> =
            owned.iter().map(|(features, right)| Sample { features, right: *right, weight: 1.0 }).collect();
        let boosted = fit(&samples, settings);
        Forest::open(&Forest::bytes(boosted.base, &boosted.trees), 3).expect("a forest")
    }

    #[test]
    fn trees_find_what_no_weighted_sum_can() {
        let forest = forest_of(&places(), &settings(vec![0; 3]));
        let odds = |x: f32, y: f32| forest.log_odds(&[x, y, 5.0]);
        assert!(odds(9.0, 1.0) > 2.0 && odds(1.0, 1.0) < -2.0 && odds(9.0, 9.0) < -2.0 && odds(1.0, 9.0) < -2.0);
    }

    #[test]
    fn what_may_only_rise_never_falls() {
        // Of the second feature the opposite is true.
        let forest = forest_of(&places(), &settings(vec![1, 1, -1]));
        for x in 0..40 {
            for y in 0..40 {
                let at = |x: i32, y: i32, z: i32| forest.log_odds(&[x as f32 / 4.0, y as f32 / 4.0, z as f32]);
                let here = at(x, y, 5);
                assert!(at(x + 1, y, 5) >= here && at(x, y + 1, 5) >= here && at(x, y, 6) <= here, "{x} {y}");
            }
        }
    }

    #[test]
    fn the_same_samples_give_the_same_trees_and_one_kind_of_sample_is_no_trouble() {
        let bytes = |places: &[([f32; 3], bool)]| {
            let samples: Vec<Sample<'_>> =
                places.iter().map(|(features, right)| Sample { features, right: *right, weight: 2.0 }).collect();
            let boosted = fit(&samples, &settings(vec![0; 3]));
            Forest::bytes(boosted.base, &boosted.trees)
        };
        assert_eq!(bytes(&places()), bytes(&places()));
        let only_right: Vec<_> = places().into_iter().filter(|(_, right)| *right).collect();
        let forest = Forest::open(&bytes(&only_right), 3).expect("a forest");
        assert!(forest.log_odds(&[0.0; 3]) > 3.0);
        assert!(Forest::open(&bytes(&[]), 3).expect("a forest").log_odds(&[0.0; 3]).abs() < 1e-6);
    }
}
