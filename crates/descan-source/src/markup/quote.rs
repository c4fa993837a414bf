//! Where character data stands.

/// What surrounds character data, and so must be escaped in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quote {
    /// Mark-up: character data between tags.
    Tags,
    /// A value in `"`.
    Double,
    /// A value in `'`.
    Single,
    /// No mark-up: nothing is escaped.
    Raw,
}

impl Quote {
    pub(crate) fn of(quote: u8) -> Quote {
        if quote == b'\'' { Quote::Single } else { Quote::Double }
    }
}
