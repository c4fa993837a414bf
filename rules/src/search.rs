//! How the places of a rule are found.

use descan_rule_file::{CharSet, Finder, Literals};

/// How the places of a rule are found. Literals of built-in rules lie in `LITERALS`.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Search<'r> {
    /// Around literals.
    Literals(Around<'r>),
    /// Inside tokens that hold a literal.
    TokenLiterals,
    /// Inside tokens that hold a character of each of these sets.
    Tokens(&'r [CharSet]),
    /// Where a line begins.
    LineStart(AtStart<'r>),
}

/// Where a line begins that a pattern is tried at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AtStart<'r> {
    /// Over how many lines behind the first a match may reach.
    pub reach: usize,
    /// The characters with which a match may begin.
    pub first: CharSet,
    /// The characters that may stand last in the first line, where every match goes on behind it.
    pub last: Option<CharSet>,
    /// The characters that may stand first behind the first line and what is blank there.
    pub next: CharSet,
    /// A match holds a character of each of these sets.
    pub holds: &'r [CharSet],
}

/// How far around a literal a pattern is tried.
#[derive(Clone, Copy, Debug)]
pub struct Around<'r> {
    /// Over how many lines before and after the literal's a match may reach.
    pub reach: usize,
    /// How far before the literal a match may begin, in bytes.
    pub before: usize,
    /// How far behind the start of the literal a match may end, in bytes.
    pub after: usize,
    /// Whether every match holds the literal whole, and so begins no later than it.
    pub whole: bool,
    /// A match holds a character of each of these sets.
    pub holds: &'r [CharSet],
}

impl<'r> From<&'r Finder> for Search<'r> {
    fn from(finder: &'r Finder) -> Search<'r> {
        match finder {
            &Finder::Literals { reach, before, after, whole, ref holds, .. } => {
                Search::Literals(Around { reach, before, after, whole, holds })
            }
            Finder::TokenLiterals { .. } => Search::TokenLiterals,
            &Finder::LineStart { reach, first, last, next, ref holds } => {
                Search::LineStart(AtStart { reach, first, last, next, holds })
            }
            Finder::Tokens { holds } => Search::Tokens(holds),
        }
    }
}

/// The literals of rules.
#[derive(Clone, Debug)]
pub(crate) struct InRules {
    /// Those of patterns that are tried on lines.
    pub in_lines: Literals<'static>,
    /// Those of patterns that are tried on tokens.
    pub in_tokens: Literals<'static>,
}
