//! Weighted logistic regression with a penalty on large weights.

use descan_lang::decision::Features;

/// One judged place, as the regression sees it.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'s> {
    /// The features; the first is 1 throughout and carries the bias.
    pub features: &'s [f32; TERMS],
    /// Whether the repair was right.
    pub right: bool,
    /// How many times the place counts.
    pub weight: f64,
}

/// The weight of each feature.
pub type Weights = [f64; TERMS];

const TERMS: usize = Features::COUNT;
/// Newton's method is at its end in ten steps or so; this many are never needed.
const MOST_STEPS: usize = 100;
/// The length of a step, squared, below which the weights no longer change.
const STANDSTILL: f64 = 1e-16;

/// The weights that make the samples likeliest, less half the sum of their squares.
///
/// The penalty keeps what few samples say from being taken for certain; it is
/// that of scikit-learn's `LogisticRegression` with `C = 1` and no intercept.
/// Solved by Newton's method (iteratively reweighted least squares), each step
/// halved until it helps; the same samples give the same weights.
pub fn fit(samples: &[Sample<'_>]) -> Weights {
    let mut weights = [0.0; TERMS];
    let mut loss = loss_of(samples, &weights);
    for _ in 0..MOST_STEPS {
        let Some(step) = newton_step(samples, &weights) else { break };
        let mut length = 1.0;
        let moved = loop {
            let tried: Weights = std::array::from_fn(|i| weights[i] + length * step[i]);
            let loss_there = loss_of(samples, &tried);
            if loss_there <= loss {
                loss = loss_there;
                weights = tried;
                break length;
            }
            length /= 2.0;
            if length < 1e-6 {
                return weights;
            }
        };
        if step.iter().map(|s| (s * moved).powi(2)).sum::<f64>() < STANDSTILL {
            break;
        }
    }
    weights
}

/// The probability that a place with these features is right.
pub fn probability(weights: &Weights, features: &[f32; TERMS]) -> f64 {
    1.0 / (1.0 + (-sum(weights, features)).exp())
}

fn sum(weights: &Weights, features: &[f32; TERMS]) -> f64 {
    weights.iter().zip(features).map(|(w, &x)| w * f64::from(x)).sum()
}

fn loss_of(samples: &[Sample<'_>], weights: &Weights) -> f64 {
    let penalty: f64 = weights.iter().map(|w| w * w / 2.0).sum();
    let one = |sample: &Sample<'_>| {
        let margin = sum(weights, sample.features) * if sample.right { 1.0 } else { -1.0 };
        // ln(1 + exp(-margin)) without overflow.
        sample.weight * ((-margin.abs()).exp().ln_1p() + (-margin).max(0.0))
    };
    penalty + samples.iter().map(one).sum::<f64>()
}

/// Solves `hessian · step = −gradient`.
fn newton_step(samples: &[Sample<'_>], weights: &Weights) -> Option<Weights> {
    let mut downhill: Weights = std::array::from_fn(|i| -weights[i]);
    let mut hessian = [[0.0; TERMS]; TERMS];
    for (i, row) in hessian.iter_mut().enumerate() {
        row[i] = 1.0;
    }
    for sample in samples {
        let p = probability(weights, sample.features);
        let error = sample.weight * (f64::from(u8::from(sample.right)) - p);
        let curvature = sample.weight * p * (1.0 - p);
        for (i, &x) in sample.features.iter().enumerate().filter(|(_, x)| **x != 0.0) {
            let x = f64::from(x);
            downhill[i] += error * x;
            for (cell, &y) in hessian[i][..=i].iter_mut().zip(sample.features) {
                *cell += curvature * x * f64::from(y);
            }
        }
    }
    solve(hessian, downhill)
}

/// Cholesky's method for a matrix of which only the lower half is looked at.
fn solve(mut matrix: [[f64; TERMS]; TERMS], mut vector: Weights) -> Option<Weights> {
    for i in 0..TERMS {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| matrix[i][k] * matrix[j][k]).sum();
            let rest = matrix[i][j] - known;
            matrix[i][j] = match i == j {
                true if rest > 0.0 => rest.sqrt(),
                true => return None,
                false => rest / matrix[j][j],
            };
        }
    }
    for i in 0..TERMS {
        let known: f64 = (0..i).map(|k| matrix[i][k] * vector[k]).sum();
        vector[i] = (vector[i] - known) / matrix[i][i];
    }
    for i in (0..TERMS).rev() {
        let known: f64 = (i + 1..TERMS).map(|k| matrix[k][i] * vector[k]).sum();
        vector[i] = (vector[i] - known) / matrix[i][i];
    }
    Some(vector)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(x: f32, y: f32) -> [f32; TERMS] {
        let mut features = [0.0; TERMS];
        [features[0], features[1], features[2]] = [1.0, x, y];
        features
    }

    /// What scikit-learn 1.x gives for the same samples.
    const REFERENCE: [f64; 3] = [-0.248187, 0.609301, -1.243139];

    #[test]
    fn weights_are_those_of_the_reference() {
        let rows: Vec<([f32; TERMS], bool, f64)> = [
            (0.5, 1.0, true, 1.0),
            (2.0, -1.0, true, 4.0),
            (-1.5, 0.0, false, 2.0),
            (0.2, 2.0, false, 1.0),
            (-0.3, -1.0, true, 1.0),
            (1.0, 1.0, false, 4.0),
        ]
        .map(|(x, y, right, weight)| (features(x, y), right, weight))
        .into();
        let samples: Vec<Sample<'_>> =
            rows.iter().map(|(features, right, weight)| Sample { features, right: *right, weight: *weight }).collect();
        let weights = fit(&samples);
        for (weight, expected) in weights.iter().zip(REFERENCE) {
            assert!((weight - expected).abs() < 1e-4, "{weight} is not {expected}");
        }
        assert!(weights[3..].iter().all(|&w| w == 0.0));
    }

    #[test]
    fn the_penalty_bounds_what_is_told_apart_without_error() {
        let (yes, no) = (features(1.0, 0.0), features(-1.0, 0.0));
        let samples = [(&yes, true), (&no, false)].map(|(features, right)| Sample { features, right, weight: 1e6 });
        let weights = fit(&samples);
        assert!(weights.iter().all(|w| w.is_finite()) && weights[1] > 3.0);
        assert!(probability(&weights, &yes) > 0.99 && probability(&weights, &no) < 0.01);
    }
}
