//! Why an edit is proposed.

/// A reason for an edit, with its number where it has one.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Reason {
    /// What speaks for it, as a phrase a reader understands.
    pub what: String,
    /// The measure behind it: a count, a weight in nats, a share.
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
