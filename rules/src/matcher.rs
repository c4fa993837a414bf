//! Finds where the patterns of a pass have to be tried.

use aho_corasick::AhoCorasick;
use descan_rule_file::{CharSet, Finder, PassName};

use crate::{Rule, RuleId};

/// The patterns of a pass by how their places are found, made once for a run.
#[derive(Debug)]
pub struct Matcher {
    /// All literals at once.
    scanner: Option<AhoCorasick>,
    /// The rule behind each literal.
    owners: Vec<RuleId>,
    /// Rules that are tried inside tokens, with what a token must hold.
    tokens: Vec<(RuleId, Vec<CharSet>)>,
    /// Rules that are tried where a line begins.
    line_starts: Vec<RuleId>,
}

impl Matcher {
    pub(crate) fn of<'r>(pass: PassName, rules: impl Iterator<Item = (RuleId, &'r Rule)>) -> Matcher {
        let mut matcher = Matcher { scanner: None, owners: Vec::new(), tokens: Vec::new(), line_starts: Vec::new() };
        let mut all_literals = Vec::new();
        for (id, rule) in rules.filter(|(_, rule)| rule.pass == pass) {
            let Some(pattern) = &rule.pattern else { continue };
            match &pattern.finder {
                Finder::Literals { literals, .. } => {
                    for literal in literals {
                        all_literals.push(literal);
                        matcher.owners.push(id);
                    }
                }
                Finder::LineStart { .. } => matcher.line_starts.push(id),
                Finder::Tokens { holds } => matcher.tokens.push((id, holds.clone())),
            }
        }
        if !all_literals.is_empty() {
            matcher.scanner = AhoCorasick::new(&all_literals).ok();
        }
        matcher
    }

    /// Whether the pass has no patterns.
    pub fn is_empty(&self) -> bool {
        self.scanner.is_none() && self.tokens.is_empty() && self.line_starts.is_empty()
    }

    /// Whether any rule is tried inside tokens.
    pub fn has_tokens(&self) -> bool {
        !self.tokens.is_empty()
    }

    /// The places, in bytes, of the literals of rules.
    pub fn literals<'m>(&'m self, text: &'m str) -> impl Iterator<Item = (RuleId, usize)> + 'm {
        let found = self.scanner.iter().flat_map(move |scanner| scanner.find_overlapping_iter(text));
        found.map(|place| (self.owners[place.pattern().as_usize()], place.start()))
    }

    /// The rules that may have a match inside a token.
    pub fn of_token<'m>(&'m self, token: &str) -> impl Iterator<Item = RuleId> + 'm {
        let has = CharSet::of(token);
        let holds = move |needed: &[CharSet]| needed.iter().all(|set| set.meets(has));
        self.tokens.iter().filter(move |(_, needed)| holds(needed)).map(|&(id, _)| id)
    }

    /// The rules that are tried at the start of each line.
    pub fn line_starts(&self) -> &[RuleId] {
        &self.line_starts
    }
}
