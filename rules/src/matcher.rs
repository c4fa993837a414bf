//! Finds where the patterns of a pass have to be tried.

use std::borrow::Cow;

use descan_rule_file::{CharSet, Literals, PassName, Wanted};

use crate::id::LITERALS;
use crate::search::{InPass, Search};
use crate::{Rule, RuleId};

/// The patterns of a pass by how their places are found, made once for a run.
#[derive(Debug, Default)]
pub struct Matcher {
    /// The literals of the built-in rules and those of a user's.
    literals: Vec<InPass>,
    /// Rules that are tried inside tokens, with what a token must hold.
    tokens: Vec<(RuleId, Cow<'static, [[u64; 3]]>)>,
    /// Rules that are tried where a line begins.
    line_starts: Vec<LineStart>,
}

/// A rule that is tried where a line begins.
#[derive(Debug)]
pub struct LineStart {
    /// The rule.
    pub rule: RuleId,
    /// Over how many lines behind its first a match may reach.
    pub reach: usize,
    /// The characters with which a match may begin.
    pub first: CharSet,
    /// A match holds a character of each of these sets.
    pub holds: Vec<CharSet>,
}

impl Matcher {
    pub(crate) fn of<'r>(pass: PassName, rules: impl Iterator<Item = (RuleId, &'r Rule)>) -> Matcher {
        let mut matcher = Matcher { literals: vec![LITERALS[pass as usize].clone()], ..Matcher::default() };
        let (mut in_lines, mut in_tokens) = (Vec::new(), Vec::new());
        for (id, rule) in rules.filter(|(_, rule)| rule.pass == pass) {
            match rule.search() {
                None | Some(Search::BuiltInLiterals) => {}
                Some(Search::Literals(literals)) => {
                    in_lines.extend(literals.iter().map(|literal| Wanted { literal, rule: id.0, is_whole: false }));
                }
                Some(Search::TokenLiterals(literals, is_whole)) => {
                    in_tokens.extend(literals.iter().map(|literal| Wanted { literal, rule: id.0, is_whole }));
                }
                Some(Search::LineStart(reach, first, holds)) => {
                    matcher.line_starts.push(LineStart { rule: id, reach, first, holds });
                }
                Some(Search::Tokens(holds)) => matcher.tokens.push((id, holds)),
            }
        }
        if !in_lines.is_empty() || !in_tokens.is_empty() {
            let [in_lines, in_tokens] = [in_lines, in_tokens].map(|wanted| Literals::of(wanted.into_iter()));
            matcher.literals.push(InPass { in_lines, in_tokens });
        }
        matcher
    }

    /// Whether the pass has no patterns.
    pub fn is_empty(&self) -> bool {
        let has_none = |of: &InPass| of.in_lines.is_empty() && of.in_tokens.is_empty();
        self.literals.iter().all(has_none) && self.tokens.is_empty() && self.line_starts.is_empty()
    }

    /// Whether any rule is tried inside tokens.
    pub fn has_tokens(&self) -> bool {
        !self.tokens.is_empty() || self.literals.iter().any(|of| !of.in_tokens.is_empty())
    }

    /// Calls `take` with the rules whose literals stand in a text and where they
    /// begin, in bytes, in no particular order: the places where they are tried on lines.
    pub fn in_lines(&self, text: &str, mut take: impl FnMut(RuleId, usize)) {
        for of in &self.literals {
            of.in_lines.find(text, |rule, at| take(RuleId(rule), at));
        }
    }

    /// The rules that may have a match inside a token, in order, each once.
    pub fn in_token(&self, token: &str) -> Vec<RuleId> {
        let mut rules = Vec::new();
        for of in &self.literals {
            of.in_tokens.find(token, |rule, _| rules.push(RuleId(rule)));
        }
        let has = CharSet::of(token);
        for (rule, needed) in &self.tokens {
            if needed.iter().all(|&set| CharSet::from_words(set).meets(has)) {
                rules.push(*rule);
            }
        }
        rules.sort_unstable();
        rules.dedup();
        rules
    }

    /// The rules that are tried at the start of each line.
    pub fn line_starts(&self) -> &[LineStart] {
        &self.line_starts
    }
}
