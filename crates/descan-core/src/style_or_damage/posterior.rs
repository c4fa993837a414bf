//! How likely it is that damage made some places, and not their writer.

use descan_rules::{Prior, TILTS};

use crate::weighed::Counts;

/// The share of the documents with some damage in which it goes throughout,
/// whatever its share is elsewhere: the spaced semicolons of an old book.
const THROUGHOUT: f64 = 0.05;

/// The logarithm of how much likelier damage is than style, by the counts alone.
///
/// Either has made one place at least, else nobody would ask. Damage hits each
/// right form with a small probability, which is itself uncertain; a writer may
/// have any share of them so.
pub fn odds_of_counts(counts: Counts, prior: &Prior) -> f64 {
    let all = counts.changed + counts.right;
    if counts.changed == 0 || all == 1 {
        return 0.0;
    }
    let style = 1.0 / f64::from(all);
    let none = beta_binomial(0, all, prior.damaged, prior.right);
    let damage = beta_binomial(counts.changed, all, prior.damaged, prior.right) / (1.0 - none).max(f64::MIN_POSITIVE);
    ((1.0 - THROUGHOUT) * damage / style + THROUGHOUT).ln()
}

/// The logarithm of the odds of damage over style before anything is counted, with
/// what the unknown words say.
pub fn odds_before(prior: &Prior, tilt: [f64; TILTS]) -> f64 {
    let mut odds = ((1.0 - prior.style) / prior.style).ln();
    for (weight, value) in prior.tilt.iter().zip(tilt) {
        odds += weight * value;
    }
    odds
}

/// A probability from the logarithm of its odds.
pub fn probability(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp())
}

/// The probability of `hits` of `all`, where the share of hits is beta-distributed.
fn beta_binomial(hits: u32, all: u32, alpha: f64, beta: f64) -> f64 {
    let (hits, all) = (f64::from(hits), f64::from(all));
    let ways = ln_gamma(all + 1.0) - ln_gamma(hits + 1.0) - ln_gamma(all - hits + 1.0);
    (ways + ln_beta(hits + alpha, all - hits + beta) - ln_beta(alpha, beta)).exp()
}

fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

/// Stirling's series, for numbers above 0.
fn ln_gamma(x: f64) -> f64 {
    /// Below this the series is not exact enough, and the recurrence leads up to it.
    const EXACT: f64 = 7.0;
    let (mut x, mut below) = (x, 0.0);
    while x < EXACT {
        below += x.ln();
        x += 1.0;
    }
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    let series = inverse * (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square / 1680.0)));
    (x - 0.5) * x.ln() - x + 0.5 * (2.0 * std::f64::consts::PI).ln() + series - below
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRIOR: Prior = Prior { style: 0.05, damaged: 0.5, right: 60.0, tilt: [0.0; TILTS] };

    fn damage(changed: u32, right: u32) -> f64 {
        let counts = Counts { changed, right };
        probability(odds_before(&PRIOR, [0.0; TILTS]) + odds_of_counts(counts, &PRIOR))
    }

    #[test]
    fn the_series_is_the_logarithm_of_the_factorial() {
        assert!((ln_gamma(5.0) - 24.0_f64.ln()).abs() < 1e-9);
        assert!((ln_gamma(0.5) - std::f64::consts::PI.sqrt().ln()).abs() < 1e-9);
    }

    #[test]
    fn few_among_many_are_damage_and_all_of_many_are_style() {
        assert!(damage(3, 400) > 0.99);
        assert!(damage(1, 40) > 0.99);
        assert!(damage(674, 0) < 0.5);
        assert!(damage(40, 60) < 0.5);
    }

    #[test]
    fn one_place_alone_is_as_likely_as_before() {
        assert!((damage(1, 0) - 0.95).abs() < 1e-9);
    }
}
