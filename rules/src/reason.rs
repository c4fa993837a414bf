//! Why an edit is proposed.

/// A reason for an edit: a sentence, or with a value a figure behind the sentences. The
/// first reason of an edit is a sentence.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Reason {
    /// The sentence, without capital and full stop, or what the figure is.
    pub what: String,
    /// The figure: a count, a share, or a natural logarithm (log-odds, log-probability).
    pub value: Option<f64>,
}

impl Reason {
    /// A reason without a number.
    pub fn new(what: impl Into<String>) -> Reason {
        Reason { what: what.into(), value: None }
    }

    /// A reason with its number.
    pub fn with(what: impl Into<String>, value: f64) -> Reason {
        Reason { what: what.into(), value: Some(value) }
    }
}
