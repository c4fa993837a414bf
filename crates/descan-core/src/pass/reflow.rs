//! What happens to the line breaks inside paragraphs.

/// What a run does with the line breaks inside paragraphs.
///
/// Verse, tables, lists, addresses and the like keep their lines in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reflow {
    /// They stay where they are.
    #[default]
    Kept,
    /// Each paragraph goes on one line.
    Unwrapped,
    /// Lines are filled up to so many columns.
    Wrapped(u16),
}

impl Reflow {
    /// What two options ask for, of which the columns of `wrap` go first.
    pub fn asked(unwrap: bool, wrap: Option<u16>) -> Reflow {
        match (unwrap, wrap) {
            (_, Some(columns)) => Reflow::Wrapped(columns),
            (true, None) => Reflow::Unwrapped,
            (false, None) => Reflow::Kept,
        }
    }

    /// The columns that lines are filled up to, where that was asked for.
    pub fn columns(self) -> Option<u16> {
        if let Reflow::Wrapped(columns) = self { Some(columns) } else { None }
    }

    /// Whether new lines were asked for.
    pub fn is_asked(self) -> bool {
        self != Reflow::Kept
    }
}
