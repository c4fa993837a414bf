//! Where the pattern of a rule is tried.

use serde::{Deserialize, Serialize};

use crate::Context;
use crate::required::{
    CharSet, Required, behind_break, char_sets, literals, literals_in_token, may_begin, may_hold, most_bytes,
};

/// What a pattern is matched against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// A line and the lines after it; `^` and `$` are the ends of lines.
    #[default]
    Line,
    /// What stands between two spaces or line breaks, once for all places where
    /// the same stands; `^` and `$` are its ends.
    Token,
}

/// How the places where a pattern may match are found.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finder {
    /// Every match holds one of these literals. `reach` says how many lines a
    /// match may begin before the line of the literal, and go on behind it.
    Literals {
        /// The literals.
        literals: Vec<String>,
        /// Lines before and after.
        reach: usize,
        /// How far before a literal a match may begin, in bytes.
        before: usize,
        /// How far behind the start of a literal a match may end, in bytes.
        after: usize,
        /// A match holds a character of each of these sets.
        holds: Vec<CharSet>,
    },
    /// The pattern begins where a line begins.
    LineStart {
        /// Lines after the first that a match may reach into.
        reach: usize,
        /// The characters with which a match may begin.
        first: CharSet,
        /// The characters that may stand first behind the first line and what is blank there.
        next: CharSet,
        /// A match holds a character of each of these sets.
        holds: Vec<CharSet>,
    },
    /// A match lies inside a token that holds one of these literals.
    TokenLiterals {
        /// The literals.
        literals: Vec<String>,
        /// Whether no letter or digit can stand before or after a literal.
        whole: bool,
    },
    /// A match lies inside a token that holds a character of each of these sets.
    Tokens {
        /// The sets.
        holds: Vec<CharSet>,
    },
}

/// So many literals of a pattern are looked for at most, where it is matched against lines.
const MOST_IN_LINES: usize = 600;
/// The same where it is matched against tokens: whole tables of misread words.
const MOST_IN_TOKENS: usize = 4000;

/// How many lines a match may go on over, where the pattern has line breaks.
const MOST_LINES: usize = 5;

impl Finder {
    /// What can stand around the literals of a pattern, where there are any and the pattern
    /// tells. Beside whole words stands no letter, and no more is asked.
    pub fn context(&self, pattern: &str) -> Option<Context<'static>> {
        match self {
            Finder::Literals { literals, .. } => Context::of(pattern, true, literals),
            Finder::TokenLiterals { literals, whole: false } => Context::of(pattern, false, literals),
            Finder::TokenLiterals { .. } | Finder::LineStart { .. } | Finder::Tokens { .. } => None,
        }
    }

    /// How to find the places of a pattern. `triggers` are literals that the
    /// author gives, where those that the pattern shows are not to be used.
    ///
    /// # Errors
    /// One sentence: the pattern is no regex, or would have to be tried everywhere.
    pub(crate) fn of(pattern: &str, scope: Scope, triggers: &[String]) -> Result<Finder, String> {
        // Where `^` stands for the start of a line it is another assertion than
        // for the start of a text.
        let mut parser = regex_syntax::ParserBuilder::new().multi_line(scope == Scope::Line).build();
        let hir = parser.parse(pattern).map_err(|error| {
            let what = error.to_string();
            format!("bad pattern: {}", what.lines().last().unwrap_or_default().trim())
        })?;
        if scope == Scope::Token {
            return Ok(match literals_in_token(&hir, MOST_IN_TOKENS) {
                Some((literals, whole)) => Finder::TokenLiterals { literals, whole },
                None => Finder::Tokens { holds: char_sets(&hir) },
            });
        }
        let reach = if may_hold(&hir, '\n') { MOST_LINES } else { 0 };
        let holds = char_sets(&hir);
        if !triggers.is_empty() {
            let longest = triggers.iter().map(String::len).max().unwrap_or_default();
            let around = most_bytes(&hir) + longest;
            return Ok(Finder::Literals { literals: triggers.to_vec(), reach, before: around, after: around, holds });
        }
        match literals(&hir, MOST_IN_LINES) {
            Some(Required { literals, before, after, .. }) => {
                Ok(Finder::Literals { literals, reach, before, after, holds })
            }
            None if pattern.starts_with('^') => {
                Ok(Finder::LineStart { reach, first: may_begin(&hir), next: behind_break(&hir), holds })
            }
            None => Err("the pattern has no part rare enough to look for and would be tried everywhere; name \
                         `triggers`, begin it with ^, or set scope = \"token\""
                .to_owned()),
        }
    }
}
