//! Grows one tree, the leaf that gains most first.

use descan_lang::forest::Node;

use super::given::{Settings, Slope};
use super::histogram::{Bins, Sum, sums};

/// What a tree is grown from.
pub(crate) struct Grower<'g> {
    pub(crate) bins: &'g Bins,
    pub(crate) slopes: &'g [Slope],
    pub(crate) settings: &'g Settings,
    /// The features that it may ask.
    pub(crate) features: Vec<usize>,
}

/// A tree over classes.
#[derive(Debug)]
pub(crate) struct Tree(Vec<Branch>);

#[derive(Debug)]
enum Branch {
    Leaf(f32),
    /// Those with at most this class of the feature go on at `left`, the others at `right`.
    Split {
        feature: usize,
        class: u8,
        left: usize,
        right: usize,
    },
}

/// A leaf that may still be split.
struct Leaf {
    /// Its index in the tree.
    at: usize,
    places: Vec<u32>,
    sum: Sum,
    /// The least and the largest value that its part of the tree may have.
    bounds: (f64, f64),
    best: Option<Split>,
}

#[derive(Clone, Copy)]
struct Split {
    gain: f64,
    feature: usize,
    class: u8,
    /// What goes left.
    left: Sum,
    /// The values of both sides.
    values: (f64, f64),
}

impl Grower<'_> {
    /// Grows a tree for these places.
    pub(crate) fn grow(&self, places: Vec<u32>) -> Tree {
        let mut sum = Sum::default();
        for &place in &places {
            sum.add(&Sum { slope: self.slopes[place as usize], places: 1 });
        }
        let mut tree = vec![Branch::Leaf(0.0)];
        let mut leaves = vec![self.leaf(0, places, sum, (f64::NEG_INFINITY, f64::INFINITY))];
        while leaves.len() < self.settings.leaves {
            let gain = |leaf: &Leaf| leaf.best.map_or(0.0, |best| best.gain);
            // Of equals the first, so that the order of the leaves decides nothing else.
            let mut widest = 0;
            for (index, leaf) in leaves.iter().enumerate() {
                if gain(leaf) > gain(&leaves[widest]) {
                    widest = index;
                }
            }
            let Some(split) = leaves[widest].best else { break };
            let leaf = leaves.swap_remove(widest);
            let (left, right) = (tree.len(), tree.len() + 1);
            tree[leaf.at] = Branch::Split { feature: split.feature, class: split.class, left, right };
            tree.extend([Branch::Leaf(0.0), Branch::Leaf(0.0)]);
            let is_left = |place: &u32| self.bins.class(split.feature, *place as usize) <= split.class;
            let (below, above): (Vec<u32>, Vec<u32>) = leaf.places.iter().copied().partition(is_left);
            let middle = (split.values.0 + split.values.1) / 2.0;
            let (low, high) = leaf.bounds;
            let (left_bounds, right_bounds) = match self.settings.directions[split.feature] {
                0 => (leaf.bounds, leaf.bounds),
                1.. => ((low, middle), (middle, high)),
                _ => ((middle, high), (low, middle)),
            };
            let rest = leaf.sum.without(&split.left);
            leaves.push(self.leaf(left, below, split.left, left_bounds));
            leaves.push(self.leaf(right, above, rest, right_bounds));
        }
        for leaf in leaves {
            tree[leaf.at] = Branch::Leaf((self.value(&leaf.sum, leaf.bounds) * self.settings.rate) as f32);
        }
        Tree(tree)
    }

    fn leaf(&self, at: usize, places: Vec<u32>, sum: Sum, bounds: (f64, f64)) -> Leaf {
        let mut best: Option<Split> = None;
        for &feature in &self.features {
            let sums = sums(self.bins, feature, &places, self.slopes);
            let mut left = Sum::default();
            for (class, own) in sums.iter().enumerate().take(sums.len().saturating_sub(1)) {
                left.add(own);
                let right = sum.without(&left);
                if left.places < self.settings.least_places || right.places < self.settings.least_places {
                    continue;
                }
                let values = (self.value(&left, bounds), self.value(&right, bounds));
                let direction = f64::from(self.settings.directions[feature]);
                if (values.1 - values.0) * direction < 0.0 {
                    continue;
                }
                let whole = self.loss(&sum, self.value(&sum, bounds));
                let gain = whole - self.loss(&left, values.0) - self.loss(&right, values.1);
                if gain > LEAST_GAIN && best.is_none_or(|best| gain > best.gain) {
                    best = Some(Split { gain, feature, class: class as u8, left, values });
                }
            }
        }
        Leaf { at, places, sum, bounds, best }
    }

    /// The value that lowers the loss of a leaf most, within bounds.
    fn value(&self, sum: &Sum, (low, high): (f64, f64)) -> f64 {
        (-sum.slope.gradient / (sum.slope.curvature + self.settings.penalty)).max(low).min(high)
    }

    /// By how much a value changes the loss, to the second order.
    fn loss(&self, sum: &Sum, value: f64) -> f64 {
        sum.slope.gradient * value + (sum.slope.curvature + self.settings.penalty) * value * value / 2.0
    }
}

/// What a split must gain: less is rounding.
const LEAST_GAIN: f64 = 1e-9;

impl Tree {
    /// The value of a place.
    pub(crate) fn value(&self, bins: &Bins, place: usize) -> f32 {
        let mut at = 0;
        loop {
            match self.0[at] {
                Branch::Leaf(value) => return value,
                Branch::Split { feature, class, left, right } => {
                    at = if bins.class(feature, place) <= class { left } else { right };
                }
            }
        }
    }

    /// The tree in the order in which forests are read.
    pub(crate) fn nodes(&self, bins: &Bins) -> Vec<Node> {
        let mut nodes = Vec::new();
        // Each branch to come, with the split whose right side it is.
        let mut open = vec![(0, None)];
        while let Some((at, split)) = open.pop() {
            let here = nodes.len() as u16;
            if let Some(index) = split
                && let Node::Split { right, .. } = &mut nodes[index]
            {
                *right = here;
            }
            match self.0[at] {
                Branch::Leaf(value) => nodes.push(Node::Leaf(value)),
                Branch::Split { feature, class, left, right } => {
                    let threshold = bins.thresholds(feature)[usize::from(class)];
                    open.push((right, Some(nodes.len())));
                    open.push((left, None));
                    nodes.push(Node::Split { feature: feature as u8, threshold, right: 0 });
                }
            }
        }
        nodes
    }
}
