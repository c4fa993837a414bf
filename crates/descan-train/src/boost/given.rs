//! What trees are grown from: the judged places, how to grow, and the slopes of the loss.

/// One judged place.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'s> {
    /// The features.
    pub features: &'s [f32],
    /// Whether the repair was right.
    pub right: bool,
    /// How many times the place counts.
    pub weight: f64,
}

/// How trees are grown.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The number of trees.
    pub trees: usize,
    /// The most leaves of a tree.
    pub leaves: usize,
    /// What share of its step each tree makes.
    pub rate: f64,
    /// So many places at least are in a leaf.
    pub least_places: usize,
    /// What is added to the curvature of a leaf: it keeps what few places say from being taken for certain.
    pub penalty: f64,
    /// Whether the probability may only rise with a feature (1), only fall (-1), or both (0).
    pub directions: Vec<i8>,
}

/// The state of the boosting for one place: slope and curvature of its loss.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Slope {
    /// The first derivative.
    pub(crate) gradient: f64,
    /// The second derivative.
    pub(crate) curvature: f64,
}
