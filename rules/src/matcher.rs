//! Finds where the patterns of a pass have to be tried.
//!
//! The literals of all rules are looked for at once: of each the rarest three
//! bytes are kept, and one look at a table of bits says for nearly every place of
//! a text that none of them begins there. Building it costs a few steps a
//! literal, which an automaton of thousands of literals would not.

use descan_rule_file::{CharSet, PassName};
use rustc_hash::FxHashMap;

use crate::rarity::rarity;
use crate::search::Search;
use crate::{Rule, RuleId};

/// The patterns of a pass by how their places are found, made once for a run.
#[derive(Debug)]
pub struct Matcher {
    /// Which hashes of three bytes are those of a literal's rarest ones.
    may_begin: Box<[u64; BITS / 64]>,
    /// Which bytes are literals by themselves.
    single: [bool; 256],
    /// The literals by their rarest bytes.
    by_gram: FxHashMap<u32, Vec<Anchor>>,
    /// Rules that are tried inside tokens, with what a token must hold.
    tokens: Vec<(RuleId, Vec<CharSet>)>,
    /// Rules that are tried where a line begins.
    line_starts: Vec<RuleId>,
}

/// A literal of a rule and where its rarest bytes stand in it.
#[derive(Debug)]
struct Anchor {
    literal: Box<[u8]>,
    offset: usize,
    rule: RuleId,
    in_token: bool,
    whole: bool,
}

/// A place where a literal of a rule stands.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// The rule.
    pub rule: RuleId,
    /// Where the literal begins, in bytes.
    pub at: usize,
    /// Whether the rule is tried on the token there, and not on the line.
    pub in_token: bool,
}

/// The size of the table of bits.
const BITS: usize = 1 << 16;

impl Matcher {
    pub(crate) fn of<'r>(pass: PassName, rules: impl Iterator<Item = (RuleId, &'r Rule)>) -> Matcher {
        let mut matcher = Matcher {
            may_begin: Box::new([0; BITS / 64]),
            single: [false; 256],
            by_gram: FxHashMap::default(),
            tokens: Vec::new(),
            line_starts: Vec::new(),
        };
        for (id, rule) in rules.filter(|(_, rule)| rule.pass == pass) {
            match rule.search() {
                None => {}
                Some(Search::Literals(literals)) => {
                    for literal in literals {
                        matcher.add_literal(literal.as_bytes(), id, None);
                    }
                }
                Some(Search::TokenLiterals(literals, whole)) => {
                    for literal in literals {
                        matcher.add_literal(literal.as_bytes(), id, Some(whole));
                    }
                }
                Some(Search::LineStart) => matcher.line_starts.push(id),
                Some(Search::Tokens(holds)) => matcher.tokens.push((id, holds)),
            }
        }
        matcher
    }

    fn add_literal(&mut self, literal: &[u8], rule: RuleId, token: Option<bool>) {
        let length = literal.len().min(3);
        let windows = literal.windows(length).enumerate();
        let rarest = windows
            .map(|(offset, window)| (rarity(window), offset))
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        let Some((_, offset)) = rarest else { return };
        // A shorter literal is found by its bytes and any that follow.
        let bytes = &literal[offset..offset + length];
        let gram = gram(bytes);
        match *bytes {
            [a, b, c] => self.mark(a, b, c),
            [a, b] => (0..=255).for_each(|c| self.mark(a, b, c)),
            [a] => self.single[usize::from(a)] = true,
            _ => return,
        }
        self.by_gram.entry(gram).or_default().push(Anchor {
            literal: literal.into(),
            offset,
            rule,
            in_token: token.is_some(),
            whole: token.unwrap_or_default(),
        });
    }

    fn mark(&mut self, a: u8, b: u8, c: u8) {
        let bit = hash(u32::from_le_bytes([a, b, c, 0]));
        self.may_begin[bit / 64] |= 1 << (bit % 64);
    }

    /// Whether the pass has no patterns.
    pub fn is_empty(&self) -> bool {
        self.by_gram.is_empty() && self.tokens.is_empty() && self.line_starts.is_empty()
    }

    /// Whether any rule is tried inside tokens.
    pub fn has_tokens(&self) -> bool {
        !self.tokens.is_empty()
    }

    /// Calls `take` with each place of a literal, in no particular order.
    pub fn literals(&self, text: &str, mut take: impl FnMut(Hit)) {
        if self.by_gram.is_empty() {
            return;
        }
        let bytes = text.as_bytes();
        for at in 0..bytes.len() {
            let three = match bytes.get(at..at + 3) {
                Some(three) => u32::from_le_bytes([three[0], three[1], three[2], 0]),
                None => gram_padded(&bytes[at..]),
            };
            let bit = hash(three);
            if self.may_begin[bit / 64] >> (bit % 64) & 1 == 1 || self.single[usize::from(bytes[at])] {
                self.check(bytes, at, &mut take);
            }
        }
    }

    /// Looks up the literals whose rarest bytes may stand at `at`.
    fn check(&self, bytes: &[u8], at: usize, take: &mut impl FnMut(Hit)) {
        for length in 1..=3.min(bytes.len() - at) {
            let Some(anchors) = self.by_gram.get(&gram(&bytes[at..at + length])) else { continue };
            for anchor in anchors {
                let Some(start) = at.checked_sub(anchor.offset) else { continue };
                if bytes[start..].starts_with(&anchor.literal) && anchor.is_whole(bytes, start) {
                    take(Hit { rule: anchor.rule, at: start, in_token: anchor.in_token });
                }
            }
        }
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

impl Anchor {
    /// Whether the literal at `start` has no letter or digit beside it where it may have none.
    fn is_whole(&self, bytes: &[u8], start: usize) -> bool {
        let is_letter = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric);
        !self.whole || !is_letter(start.checked_sub(1)) && !is_letter(Some(start + self.literal.len()))
    }
}

/// Up to three bytes with their number, so that no two of another length are alike.
fn gram(bytes: &[u8]) -> u32 {
    gram_padded(bytes) | (bytes.len() as u32) << 24
}

/// Up to three bytes, followed by zeros.
fn gram_padded(bytes: &[u8]) -> u32 {
    let at = |index: usize| bytes.get(index).copied().unwrap_or_default();
    u32::from_le_bytes([at(0), at(1), at(2), 0])
}

#[inline]
fn hash(three: u32) -> usize {
    (three.wrapping_mul(0x9e37_79b1) >> 16) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_of_all_lengths_are_found_wherever_they_stand() {
        let mut matcher = Matcher::of(PassName::Letters, std::iter::empty());
        let literals = ["^", "’", " ;", "n't", "said; “", "z"];
        for (index, literal) in literals.iter().enumerate() {
            matcher.add_literal(literal.as_bytes(), RuleId(index as u16), None);
        }
        let text = "^ he didn't ; and said; “it’s z";
        let mut found = Vec::new();
        matcher.literals(text, |hit| found.push((usize::from(hit.rule.0), hit.at)));
        found.sort_unstable();
        let mut expected = Vec::new();
        for (index, literal) in literals.iter().enumerate() {
            expected.extend(text.match_indices(literal).map(|(at, _)| (index, at)));
        }
        assert_eq!(found, expected);
    }
}
