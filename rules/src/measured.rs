//! What was counted of the edits of a rule.

/// How many edits of one rule at one level were right and wrong, on the *fit* halves of the
/// development sets; in a right text every edit is wrong. `rules/measured.tsv` holds these
/// numbers, and `cargo xtask measure-rules CORPUS --write` writes it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Edits that brought the text closer to what was printed.
    pub right: u32,
    /// Edits that took it further away.
    pub wrong: u32,
}
