//! Boosted regression trees, read in place: what turns the features of a decision into a probability.
//!
//! A forest is a sum of small trees. Each tree asks one feature after another whether it is at most some
//! threshold, and ends in a number; the sum of these numbers is the logarithm of the odds (Friedman,
//! *Greedy function approximation: a gradient boosting machine*, 2001).

/// The bytes that a file of trees begins with.
const MAGIC: &[u8; 8] = b"descanT1";
/// The bytes of a node: feature, no meaning, where the right branch begins, threshold or value.
const NODE: usize = 8;
/// The feature of a node that asks nothing.
const LEAF: u8 = u8::MAX;

/// A node of a tree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Node {
    /// Asks whether a feature is at most a threshold: the next node of the tree is for those that are,
    /// the node `right` for the others.
    Split {
        /// The index of the feature.
        feature: u8,
        /// The threshold.
        threshold: f32,
        /// The index of the node for what is above, always behind this one.
        right: u16,
    },
    /// The end: adds a number to the logarithm of the odds.
    Leaf(f32),
}

/// A sum of trees.
#[derive(Clone, Debug)]
pub struct Forest {
    /// What the sum begins with.
    base: f32,
    /// The nodes of all trees, one tree behind the other.
    steps: Vec<Step>,
    /// The trees, some at a time.
    groups: Vec<Group>,
}

/// So many trees are walked down side by side: the processor need not wait for the one to go on with the next.
const SIDE_BY_SIDE: usize = 8;

/// Trees that are walked down side by side.
#[derive(Clone, Debug)]
struct Group {
    /// The index of each tree's first node.
    roots: [u32; SIDE_BY_SIDE],
    /// The number of trees.
    count: usize,
    /// The most splits from a root to a leaf.
    depth: usize,
    /// What these trees and all behind them add at most.
    most: f32,
}

/// A node as it is walked over, without a question of whether it is a leaf: a leaf leads to itself.
#[derive(Clone, Copy, Debug)]
struct Step {
    feature: u32,
    /// The threshold of a split, the value of a leaf.
    number: f32,
    /// The index of the next node, for what is above the threshold and for the others.
    next: [u32; 2],
}

/// Why bytes are no forest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a file of trees for {0} features; make one with `descan model fit`")]
pub struct ForestError(usize);

impl Forest {
    /// Reads a file of trees for inputs of so many features.
    ///
    /// # Errors
    /// If it does not begin as one, is cut short, or asks for a feature or a node that there is not.
    pub fn open(bytes: &[u8], features: usize) -> Result<Forest, ForestError> {
        Forest::parse(bytes, features).ok_or(ForestError(features))
    }

    fn parse(bytes: &[u8], features: usize) -> Option<Forest> {
        let (base, rest) = bytes.strip_prefix(MAGIC)?.split_first_chunk::<4>()?;
        let base = f32::from_le_bytes(*base);
        let (nodes, cut) = rest.as_chunks::<NODE>();
        if !cut.is_empty() || !base.is_finite() {
            return None;
        }
        let nodes: Vec<Node> = nodes.iter().map(Node::of).collect();
        let mut roots = Vec::new();
        let mut root = 0;
        while root < nodes.len() {
            roots.push(root);
            root += checked_length(&nodes[root..], features)?;
        }
        Some(Forest { base, steps: steps(&nodes, &roots), groups: groups(&nodes, &roots) })
    }

    /// The logarithm of the odds for these features, in nats.
    pub fn log_odds(&self, features: &[f32]) -> f32 {
        self.log_odds_from(features, f32::NEG_INFINITY).unwrap_or(self.base)
    }

    /// The logarithm of the odds for these features, in nats; `None` as soon as it is sure to be below `least`.
    pub fn log_odds_from(&self, features: &[f32], least: f32) -> Option<f32> {
        let mut sum = self.base;
        for group in &self.groups {
            if sum + group.most + ROUNDED < least {
                return None;
            }
            let mut at = group.roots;
            for _ in 0..group.depth {
                for at in &mut at {
                    let Step { feature, number, next } = self.steps[*at as usize];
                    *at = next[usize::from(features[feature as usize] <= number)];
                }
            }
            for &leaf in &at[..group.count] {
                sum += self.steps[leaf as usize].number;
            }
        }
        Some(sum)
    }

    /// The bytes of a file of trees, each with its nodes from the root on: behind a split the branch of
    /// what is at most its threshold, then that of the others.
    pub fn bytes(base: f32, trees: &[Vec<Node>]) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(base.to_le_bytes());
        for node in trees.iter().flatten() {
            let (feature, right, number) = match *node {
                Node::Leaf(value) => (LEAF, 0, value),
                Node::Split { feature, threshold, right } => (feature, right, threshold),
            };
            let [low, high] = right.to_le_bytes();
            out.extend([feature, 0, low, high]);
            out.extend(number.to_le_bytes());
        }
        out
    }
}

impl Node {
    fn of(bytes: &[u8; NODE]) -> Node {
        let [feature, _, low, high, number @ ..] = *bytes;
        let number = f32::from_le_bytes(number);
        match feature {
            LEAF => Node::Leaf(number),
            feature => Node::Split { feature, threshold: number, right: u16::from_le_bytes([low, high]) },
        }
    }
}

/// How far a sum may be off by rounding, in nats, and more.
const ROUNDED: f32 = 0.01;

/// The nodes as they are walked over; the trees begin at `roots`.
fn steps(nodes: &[Node], roots: &[usize]) -> Vec<Step> {
    let mut steps = Vec::with_capacity(nodes.len());
    let mut trees = roots.iter().copied().peekable();
    let mut root = 0;
    for (index, node) in nodes.iter().enumerate() {
        root = trees.next_if_eq(&index).unwrap_or(root);
        steps.push(match *node {
            Node::Leaf(value) => Step { feature: 0, number: value, next: [index as u32; 2] },
            Node::Split { feature, threshold, right } => {
                let next = [root as u32 + u32::from(right), index as u32 + 1];
                Step { feature: u32::from(feature), number: threshold, next }
            }
        });
    }
    steps
}

/// The trees that begin at `roots`, side by side.
fn groups(nodes: &[Node], roots: &[usize]) -> Vec<Group> {
    let mut groups = Vec::new();
    let (mut end, mut most) = (nodes.len(), 0.0);
    for together in roots.chunks(SIDE_BY_SIDE).rev() {
        let mut group = Group { roots: [together[0] as u32; SIDE_BY_SIDE], count: together.len(), depth: 0, most };
        for (slot, &root) in group.roots.iter_mut().zip(together).rev() {
            let (depth, best) = extent(&nodes[root..end]);
            *slot = root as u32;
            group.depth = group.depth.max(depth);
            group.most += best;
            end = root;
        }
        most = group.most;
        groups.push(group);
    }
    groups.reverse();
    groups
}

/// The most splits of a tree from its root to a leaf, and the highest value of its leaves.
fn extent(tree: &[Node]) -> (usize, f32) {
    // Of what begins at each node. A split stands before its branches.
    let mut extents = vec![(0, f32::NEG_INFINITY); tree.len()];
    for (at, node) in tree.iter().enumerate().rev() {
        extents[at] = match *node {
            Node::Leaf(value) => (0, value),
            Node::Split { right, .. } => {
                let (below, above) = (extents[at + 1], extents[usize::from(right)]);
                (below.0.max(above.0) + 1, below.1.max(above.1))
            }
        };
    }
    extents[0]
}

/// The number of nodes of the tree that begins these, if each of its branches leads on to a leaf.
fn checked_length(nodes: &[Node], features: usize) -> Option<usize> {
    // How many branches are still to come.
    let mut open = 1_usize;
    let mut length = 0;
    let mut furthest = 0;
    while open > 0 {
        match *nodes.get(length)? {
            Node::Leaf(value) if value.is_finite() => open -= 1,
            Node::Leaf(_) => return None,
            Node::Split { feature, threshold, right } => {
                let right = usize::from(right);
                if usize::from(feature) >= features || !threshold.is_finite() || right <= length + 1 {
                    return None;
                }
                furthest = furthest.max(right);
                open += 1;
            }
        }
        length += 1;
    }
    (furthest < length).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two trees: 1 where the first feature is at most 2, else -1 or -2 by the second; and 0.5 everywhere.
    fn bytes() -> Vec<u8> {
        let tree = vec![
            Node::Split { feature: 0, threshold: 2.0, right: 2 },
            Node::Leaf(1.0),
            Node::Split { feature: 1, threshold: 0.0, right: 4 },
            Node::Leaf(-1.0),
            Node::Leaf(-2.0),
        ];
        Forest::bytes(0.25, &[tree, vec![Node::Leaf(0.5)]])
    }

    #[test]
    fn trees_are_added_up() {
        let forest = Forest::open(&bytes(), 2).expect("a forest");
        let sums = [[1.0, 9.0], [2.0, 9.0], [3.0, 0.0], [3.0, 9.0]].map(|features| forest.log_odds(&features));
        assert_eq!(sums, [1.75, 1.75, -0.25, -1.25]);
    }

    #[test]
    fn a_sum_is_given_up_only_below_what_is_asked() {
        let forest = Forest::open(&bytes(), 2).expect("a forest");
        let from = |least: f32| forest.log_odds_from(&[3.0, 9.0], least);
        assert_eq!([from(-1.25), from(1.5), from(1.8)], [Some(-1.25), Some(-1.25), None]);
    }

    #[test]
    fn bytes_that_are_no_forest_are_refused() {
        let whole = bytes();
        assert_eq!(Forest::open(&whole, 1).err(), Some(ForestError(1)));
        // Cut behind the first tree, it is a smaller forest.
        let first = 12 + 5 * NODE;
        for length in (0..whole.len()).filter(|&length| length != first && length != 12) {
            assert!(Forest::open(&whole[..length], 2).is_err(), "{length}");
        }
        for (at, byte) in [(0, b'x'), (12, 7), (14, 1), (14, 9)] {
            let mut broken = whole.clone();
            broken[at] = byte;
            assert!(Forest::open(&broken, 2).is_err(), "{at}");
        }
    }
}
