//! The share of right forms that damage hits, as a beta distribution.

use std::collections::BTreeSet;

use descan_core::style_or_damage::odds_of_counts;
use descan_core::weighed::Counts;
use descan_rules::{Prior, TILTS};

use super::samples::Sample;

/// The first numbers that are tried.
const DAMAGED: [f64; 6] = [0.2, 0.3, 0.5, 0.7, 1.0, 1.5];
/// The second ones: from here, each so many times the one before, so many.
const RIGHT: (f64, f64, usize) = (2.0, 1.5, 20);
/// Fewer families show nothing.
const LEAST: usize = 4;

/// The numbers that make the counts of all damaged families likeliest.
pub(super) fn fit<'s>(samples: impl Iterator<Item = &'s Sample>) -> Option<(f64, f64)> {
    let mut families: BTreeSet<(usize, u32, u32)> = BTreeSet::new();
    for sample in samples.filter(|sample| sample.is_damage) {
        let counts = sample.counts?;
        families.insert((sample.document, counts.changed, counts.right));
    }
    if families.len() < LEAST {
        return None;
    }
    let mut best = None;
    for damaged in DAMAGED {
        let mut right = RIGHT.0;
        for _ in 0..RIGHT.2 {
            let prior = Prior { style: 0.5, damaged, right, tilt: [0.0; TILTS] };
            let likelihood =
                |&(_, changed, right): &(usize, u32, u32)| odds_of_counts(Counts { changed, right }, &prior);
            let sum: f64 = families.iter().map(likelihood).sum();
            if best.is_none_or(|(most, _, _)| sum > most) {
                best = Some((sum, damaged, (right * 10.0_f64).round() / 10.0));
            }
            right *= RIGHT.1;
        }
    }
    best.map(|(_, damaged, right)| (damaged, right))
}
