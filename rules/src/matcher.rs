//! Finds where patterns have to be tried.

use std::ops::Range;

use descan_rule_file::{CharSet, Context, Literals, PassName, Wanted};

use crate::id::LITERALS;
use crate::search::{AtStart, InRules, Search};
use crate::{Rule, RuleId};

/// The patterns of a run by how their places are found, made once.
#[derive(Debug)]
pub struct Matcher {
    /// The literals of the built-in rules and those of a user's.
    literals: Vec<InRules>,
    /// What can stand around the literals of each rule, by its number, where it tells.
    contexts: Vec<Option<Context<'static>>>,
    /// Rules that are tried inside tokens, with what a token must hold.
    tokens: Vec<(RuleId, Vec<CharSet>)>,
    /// Rules that are tried where a line begins, by pass.
    line_starts: [Vec<LineStart>; PassName::ALL.len()],
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
    /// The characters that may stand last in the first line, where every match goes on behind it.
    pub last: Option<CharSet>,
    /// The characters that may stand first behind the first line and what is blank there.
    pub next: CharSet,
    /// A match holds a character of each of these sets.
    pub holds: Vec<CharSet>,
}

impl Matcher {
    pub(crate) fn of<'r>(rules: impl Iterator<Item = (RuleId, &'r Rule)>) -> Matcher {
        let mut line_starts: [Vec<LineStart>; PassName::ALL.len()] = Default::default();
        let mut tokens = Vec::new();
        let (mut in_lines, mut in_tokens) = (Vec::new(), Vec::new());
        let mut contexts = Vec::new();
        for (id, rule) in rules {
            contexts.resize(usize::from(id.0), None);
            contexts.push(rule.context());
            match rule.search() {
                None | Some(Search::Literals(_) | Search::TokenLiterals) => {}
                Some(Search::LineStart(AtStart { reach, first, last, next, holds })) => {
                    let holds = holds.to_vec();
                    line_starts[rule.pass as usize].push(LineStart { rule: id, reach, first, last, next, holds });
                }
                Some(Search::Tokens(holds)) => tokens.push((id, holds.to_vec())),
            }
            if let Some((literals, is_in_tokens, is_whole)) = rule.own_literals() {
                let wanted = literals.iter().map(|literal| Wanted { literal, rule: id.0, is_whole });
                if is_in_tokens { in_tokens.extend(wanted) } else { in_lines.extend(wanted) }
            }
        }
        let mut literals = vec![LITERALS.clone()];
        if !in_lines.is_empty() || !in_tokens.is_empty() {
            let [in_lines, in_tokens] = [in_lines, in_tokens].map(|wanted| Literals::of(wanted.into_iter()));
            literals.push(InRules { in_lines, in_tokens });
        }
        Matcher { literals, contexts, tokens, line_starts }
    }

    /// Calls `take` with the rules whose literals begin in a part of a text, with what a match
    /// may have around them, and where, in bytes, in no particular order: the places where
    /// they are tried on lines.
    pub fn in_lines(&self, text: &str, part: Range<usize>, mut take: impl FnMut(RuleId, usize)) {
        for of in &self.literals {
            of.in_lines.find(text, part.clone(), |rule, span| {
                if self.may_match(rule, text, &span) {
                    take(RuleId(rule), span.start);
                }
            });
        }
    }

    /// Whether a match of a rule may hold the literal that stands in a part of a text, in bytes.
    fn may_match(&self, rule: u16, text: &str, literal: &Range<usize>) -> bool {
        let context = self.contexts.get(usize::from(rule)).and_then(Option::as_ref);
        context.is_none_or(|context| context.allows(text.as_bytes(), literal))
    }

    /// The rules that may have a match inside a token, in order, each once.
    pub fn in_token(&self, token: &str) -> Vec<RuleId> {
        let mut rules = Vec::new();
        for of in &self.literals {
            of.in_tokens.find(token, 0..token.len(), |rule, span| {
                if self.may_match(rule, token, &span) {
                    rules.push(RuleId(rule));
                }
            });
        }
        let has = CharSet::of(token);
        for (rule, needed) in &self.tokens {
            if needed.iter().all(|set| set.meets(has)) {
                rules.push(*rule);
            }
        }
        rules.sort_unstable();
        rules.dedup();
        rules
    }

    /// The rules of a pass that are tried at the start of each line.
    pub fn line_starts(&self, pass: PassName) -> &[LineStart] {
        &self.line_starts[pass as usize]
    }
}
