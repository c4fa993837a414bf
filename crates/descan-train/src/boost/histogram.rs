//! Features in classes, and what the places of a leaf add up to in each class.

use super::given::{Sample, Slope};

/// The most classes of a feature: a byte holds their numbers.
const MOST_CLASSES: usize = 255;

/// The features of all places, each in classes that have about as many places.
#[derive(Debug)]
pub(crate) struct Bins {
    /// Of each feature the class of each place.
    classes: Vec<Vec<u8>>,
    /// Of each feature the thresholds between its classes, rising.
    thresholds: Vec<Vec<f32>>,
}

impl Bins {
    /// Puts so many features of the samples into classes.
    pub(crate) fn of(samples: &[Sample<'_>], features: usize) -> Bins {
        let mut bins = Bins { classes: Vec::new(), thresholds: Vec::new() };
        for feature in 0..features {
            let values: Vec<f32> = samples.iter().map(|sample| sample.features[feature]).collect();
            let thresholds = thresholds(values.clone());
            let class = |value: &f32| thresholds.partition_point(|threshold| threshold < value) as u8;
            bins.classes.push(values.iter().map(class).collect());
            bins.thresholds.push(thresholds);
        }
        bins
    }

    /// The class of a feature of a place.
    pub(crate) fn class(&self, feature: usize, place: usize) -> u8 {
        self.classes[feature][place]
    }

    /// The thresholds between the classes of a feature.
    pub(crate) fn thresholds(&self, feature: usize) -> &[f32] {
        &self.thresholds[feature]
    }
}

/// Thresholds half way between values, so that the classes have about as many values each.
fn thresholds(mut values: Vec<f32>) -> Vec<f32> {
    values.sort_by(f32::total_cmp);
    let least = values.len() / MOST_CLASSES;
    let mut found = Vec::new();
    let mut first = 0;
    for at in 1..values.len() {
        let (before, here) = (values[at - 1], values[at]);
        if before < here && at - first > least {
            // Rounded, what lies half way may be the upper one.
            let middle = before + (here - before) / 2.0;
            found.push(if middle < here { middle } else { before });
            first = at;
        }
    }
    found.truncate(MOST_CLASSES - 1);
    found
}

/// What the places of one class add up to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sum {
    /// Their slopes and curvatures.
    pub(crate) slope: Slope,
    /// How many there are.
    pub(crate) places: usize,
}

impl Sum {
    pub(crate) fn add(&mut self, other: &Sum) {
        self.slope.gradient += other.slope.gradient;
        self.slope.curvature += other.slope.curvature;
        self.places += other.places;
    }

    /// What is left without another sum, which is part of this one.
    pub(crate) fn without(&self, other: &Sum) -> Sum {
        let gradient = self.slope.gradient - other.slope.gradient;
        let curvature = self.slope.curvature - other.slope.curvature;
        Sum { slope: Slope { gradient, curvature }, places: self.places - other.places }
    }
}

/// The sums of all classes of one feature.
pub(crate) fn sums(bins: &Bins, feature: usize, places: &[u32], slopes: &[Slope]) -> Vec<Sum> {
    let mut sums = vec![Sum::default(); bins.thresholds(feature).len() + 1];
    for &place in places {
        let place = place as usize;
        let sum = &mut sums[usize::from(bins.class(feature, place))];
        sum.slope.gradient += slopes[place].gradient;
        sum.slope.curvature += slopes[place].curvature;
        sum.places += 1;
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_parted_between_values() {
        assert_eq!(thresholds(vec![3.0, 1.0, 1.0, 2.0]), [1.5, 2.5]);
        assert_eq!(thresholds(vec![1.0; 9]), [0.0; 0]);
        assert_eq!(thresholds(Vec::new()), [0.0; 0]);
        let many: Vec<f32> = (0..10_000).map(|i| i as f32).collect();
        let found = thresholds(many);
        assert!(found.len() > 200 && found.len() < MOST_CLASSES, "{}", found.len());
        let near = f32::from_bits(1.0_f32.to_bits() + 1);
        assert_eq!(thresholds(vec![1.0, near]), [1.0]);
    }
}
