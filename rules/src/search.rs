//! How the places of a rule are found.

use descan_rule_file::CharSet;

/// How the places of a rule are found.
#[derive(Clone, Debug)]
pub(crate) enum Search<'r> {
    /// Where one of these literals stands.
    Literals(Vec<&'r str>),
    /// Inside tokens that hold one of these literals, beside which no letter
    /// or digit may stand where the flag says so.
    TokenLiterals(Vec<&'r str>, bool),
    /// Inside tokens that hold a character of each of these sets.
    Tokens(Vec<CharSet>),
    /// Where a line begins.
    LineStart,
}
