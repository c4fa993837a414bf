//! How the places of a rule are found.

use std::borrow::Cow;

use descan_rule_file::{CharSet, Literals};

/// How the places of a rule are found.
#[derive(Clone, Debug)]
pub(crate) enum Search<'r> {
    /// By the literals that the build script has gathered.
    BuiltInLiterals,
    /// Where one of these literals stands.
    Literals(&'r [String]),
    /// Inside tokens that hold one of these literals, beside which no letter
    /// or digit may stand where the flag says so.
    TokenLiterals(&'r [String], bool),
    /// Inside tokens that hold a character of each of these sets.
    Tokens(Cow<'static, [[u64; 3]]>),
    /// Where a line begins: over how many lines behind it a match may reach, the
    /// characters it may begin with, and sets of which it holds a character each.
    LineStart(usize, CharSet, Vec<CharSet>),
}

/// The literals of a pass.
#[derive(Clone, Debug)]
pub(crate) struct InPass {
    /// Those of patterns that are tried on lines.
    pub in_lines: Literals<'static>,
    /// Those of patterns that are tried on tokens.
    pub in_tokens: Literals<'static>,
}
