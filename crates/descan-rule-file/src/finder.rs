//! Where the pattern of a rule is tried.

use serde::{Deserialize, Serialize};

use crate::required::{CharSet, char_sets, literals, may_hold};

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
    },
    /// The pattern begins where a line begins.
    LineStart {
        /// Lines after the first that a match may reach into.
        reach: usize,
    },
    /// A match lies inside a token that holds a character of each of these sets.
    Tokens {
        /// The sets.
        holds: Vec<CharSet>,
    },
}

/// How many lines a match may go on over, where the pattern has line breaks.
const MOST_LINES: usize = 5;

impl Finder {
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
            return Ok(Finder::Tokens { holds: char_sets(&hir) });
        }
        let reach = if may_hold(&hir, '\n') { MOST_LINES } else { 0 };
        if !triggers.is_empty() {
            return Ok(Finder::Literals { literals: triggers.to_vec(), reach });
        }
        match literals(&hir) {
            Some(literals) => Ok(Finder::Literals { literals, reach }),
            None if pattern.starts_with('^') => Ok(Finder::LineStart { reach }),
            None => Err("the pattern has no part rare enough to look for and would be tried everywhere; name \
                         `triggers`, begin it with ^, or set scope = \"token\""
                .to_owned()),
        }
    }
}
