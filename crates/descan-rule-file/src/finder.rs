//! Where the pattern of a rule is tried.

use serde::{Deserialize, Serialize};

use crate::Context;
use crate::graph::{Graph, Way};
use crate::required::{
    CharSet, Required, before_break, behind_break, char_sets, literals, literals_in_token, may_begin, may_hold,
    most_bytes,
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
        /// Whether every match holds one of the literals whole, and so begins no later than it.
        whole: bool,
        /// A match holds a character of each of these sets.
        holds: Vec<CharSet>,
    },
    /// The pattern begins where a line begins.
    LineStart {
        /// Lines after the first that a match may reach into.
        reach: usize,
        /// The characters with which a match may begin.
        first: CharSet,
        /// The characters that may stand last in the first line, where every match goes on behind it.
        last: Option<CharSet>,
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
            return Ok(around_literals(pattern, triggers.to_vec(), reach, [around, around], holds, false));
        }
        match literals(&hir, MOST_IN_LINES) {
            Some(Required { literals, before, after, .. }) => {
                Ok(around_literals(pattern, literals, reach, [before, after], holds, true))
            }
            None if pattern.starts_with('^') => {
                let (first, last, next) = (may_begin(&hir), before_break(&hir), behind_break(&hir));
                Ok(Finder::LineStart { reach, first, last, next, holds })
            }
            None => Err("the pattern has no part rare enough to look for and would be tried everywhere; name \
                         `triggers`, begin it with ^, or set scope = \"token\""
                .to_owned()),
        }
    }
}

/// So many steps at most are taken to find out whether every match holds a trigger.
const MOST_STEPS: usize = 200_000;

/// What is found around literals, as near as the states of the pattern tell. `whole` says that every match is known to
/// hold a literal.
fn around_literals(
    pattern: &str,
    literals: Vec<String>,
    reach: usize,
    [mut before, mut after]: [usize; 2],
    holds: Vec<CharSet>,
    mut whole: bool,
) -> Finder {
    if let Some(graph) = Graph::of(pattern, true) {
        whole = whole || graph.always_holds(&literals, MOST_STEPS);
        if whole {
            let longest = literals.iter().map(String::len).max().unwrap_or_default();
            before = graph.farthest(&literals, Way::Back, before).unwrap_or(before);
            let behind = graph.farthest(&literals, Way::Forth, after);
            after = behind.map_or(after, |bytes| after.min(longest + bytes));
        }
    }
    Finder::Literals { literals, reach, before, after, whole, holds }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, triggers: &[&str]) -> Finder {
        let triggers: Vec<String> = triggers.iter().map(|&trigger| trigger.to_owned()).collect();
        Finder::of(pattern, Scope::Line, &triggers).expect("it is not tried everywhere")
    }

    /// How far a match may begin before a literal and end behind its start, and whether it always holds one.
    fn around(pattern: &str, triggers: &[&str]) -> (usize, usize, bool) {
        match found(pattern, triggers) {
            Finder::Literals { before, after, whole, .. } => (before, after, whole),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_states_of_a_pattern_tell_how_near_its_literals_are() {
        assert_eq!(around(r"\b(?:the|a) [a-z]{3}(?P<bad>£)", &[]), (7, 2, true));
        assert_eq!(around(r"\b(?:of|in) (?P<bad>f)[a-z]\b", &["of f", "in f"]), (0, 5, true));
        // A word has no bound.
        assert_eq!(around(r"\b(?:of|in) (?P<bad>f)[a-z]+\b", &["of f", "in f"]).0, 0);
    }

    #[test]
    fn a_trigger_that_not_every_match_holds_does_not_bound_it() {
        assert!(!around(r"\b(?:of|in) (?P<bad>f)[a-z]\b", &["of f"]).2);
        // It begins before the match.
        assert!(!around(r"\bbad (?:boat|road)\b", &[" bad"]).2);
        assert!(around(r"\bbad (?:boat|road)\b", &["d b", "d r"]).2);
    }

    #[test]
    fn the_last_character_of_the_first_line_is_known() {
        let last = |pattern: &str| match found(pattern, &[]) {
            Finder::LineStart { last, .. } => last,
            other => panic!("{other:?}"),
        };
        let of_line = last(r"^[^\n]{3,}(?:[a-z]|,) ?\n[ \t]*[A-Z]\w+").expect("every match goes on behind its line");
        assert!(of_line.meets(CharSet::of_last("the cat")) && of_line.meets(CharSet::of_last("the cat ")));
        assert!(of_line.meets(CharSet::of_last("the cat,")) && !of_line.meets(CharSet::of_last("the cat.")));
        assert_eq!(last(r"^[A-Z]\w+(?:\n[a-z]+)?"), None);
    }
}
