//! The edits that a pass proposes, and the choice among those that overlap.

use std::collections::BTreeSet;
use std::ops::Range;

use descan_rules::PassName;
use descan_rules::Reason;
use descan_rules::{RuleId, RuleSet};
use descan_text::level::Level;
use descan_text::token::floor;

use super::decided::{Decided, Decider, Ruled};
use super::{Options, View};
use crate::weighed::Weighed;

/// An edit that a pass proposes for the text it saw.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The rule behind it.
    pub rule: RuleId,
    /// The rule's pass.
    pub pass: PassName,
    /// How sure it is.
    pub level: Level,
    /// The probability that it is right, from 0 to 1.
    pub confidence: f64,
    /// What the edit goes by.
    pub basis: Basis,
    /// What is replaced, in bytes of the text that the pass saw.
    pub span: Range<usize>,
    /// What comes in its place.
    pub text: String,
    /// Why.
    pub reasons: Vec<Reason>,
    /// What was counted to tell its damage from style.
    pub weighed: Option<Weighed>,
    /// What a person decided about it.
    pub ruled: Option<Ruled>,
}

impl Proposal {
    /// Whether it is of a pass that mends the letters of words.
    pub fn is_of_words(&self) -> bool {
        matches!(self.pass, PassName::Characters | PassName::Letters | PassName::Words | PassName::Context)
    }
}

/// What an edit goes by. Of two that are as sure and overlap, the earlier here is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The pattern of a rule, which is about one kind of place.
    Pattern,
    /// The structure of the text, by the code of a pass.
    Structure,
    /// How likely one word is where another stands.
    Likelihood,
}

/// So many places read in the wrong encoding are the doing of a program.
const ALL_OVER: usize = 10;

/// So many proposals of one pass, for a section of ten novels, are no repairs of
/// a scan: the text is something else, and none is made.
const MOST: usize = 500_000;

/// Gathers the proposals of one pass.
pub struct Proposals<'r> {
    pass: PassName,
    rules: &'r RuleSet,
    options: &'r Options,
    list: Vec<Proposal>,
}

impl<'r> Proposals<'r> {
    /// Nothing proposed yet.
    pub fn new(pass: PassName, rules: &'r RuleSet, options: &'r Options) -> Proposals<'r> {
        Proposals { pass, rules, options, list: Vec::new() }
    }

    /// Proposes an edit by a rule of this pass. `level` is how sure the pass is
    /// here; the rule's own level is the surest it can get. How often edits of the
    /// rule at that level were right is the edit's confidence.
    pub fn propose(
        &mut self,
        rule: RuleId,
        level: Level,
        span: Range<usize>,
        text: impl Into<String>,
        reasons: Vec<Reason>,
    ) {
        let of_rule = self.rules.get(rule);
        let basis = if of_rule.is_data() { Basis::Pattern } else { Basis::Structure };
        self.add(rule, level, of_rule.confidence(level), basis, span, text.into(), reasons);
    }

    /// The same for an edit whose own probability of being right is known, from 0 to 1.
    pub fn propose_judged(
        &mut self,
        rule: RuleId,
        level: Level,
        probability: f64,
        span: Range<usize>,
        text: impl Into<String>,
        reasons: Vec<Reason>,
    ) {
        self.add(rule, level, probability, Basis::Likelihood, span, text.into(), reasons);
    }

    #[expect(clippy::too_many_arguments, reason = "the fields of a proposal")]
    fn add(
        &mut self,
        rule: RuleId,
        level: Level,
        confidence: f64,
        basis: Basis,
        span: Range<usize>,
        text: String,
        mut reasons: Vec<Reason>,
    ) {
        debug_assert_eq!(self.rules.get(rule).pass, self.pass);
        if self.options.selection.has_rule(rule) {
            let (level, moved) = self.rules.get(rule).judged(level);
            reasons.extend(moved);
            if self.list.len() >= MOST {
                return;
            }
            self.list.push(Proposal {
                rule,
                pass: self.pass,
                level,
                confidence,
                basis,
                span,
                text,
                reasons,
                weighed: None,
                ruled: None,
            });
        }
    }

    /// Whether a rule of this pass is switched on: saves work for one that is off.
    pub fn wants(&self, rule: RuleId) -> bool {
        self.options.selection.has_rule(rule)
    }

    /// All proposals so far.
    pub(crate) fn list(&self) -> &[Proposal] {
        &self.list
    }

    /// All proposals so far, to be weighed.
    pub(crate) fn list_mut(&mut self) -> &mut Vec<Proposal> {
        &mut self.list
    }

    /// The proposals that stand, in order, none overlapping another.
    ///
    /// Dropped are those that change nothing, that touch bytes which are no
    /// text (where all bytes of the file were decoded, U+FFFD is one of its
    /// characters), what an editor marked `[sic]` or what the user protects, those that
    /// `decider` refuses, and of two that overlap the less sure. What a person
    /// accepted is surest; what was refused keeps others from its place: the
    /// text stands there as it is.
    pub(crate) fn resolve(
        self,
        view: &View<'_>,
        decider: Option<&Decider<'_>>,
        decided: &mut Decided,
        is_decoded: bool,
    ) -> Resolved {
        let text = view.text();
        let mut list = if self.list.len() < MOST { self.list } else { Vec::new() };
        // What a program did to the whole text no editor meant.
        let all_over = self.pass == PassName::Encoding && list.len() >= ALL_OVER;
        list.retain(|p| {
            text.get(p.span.clone()).is_some_and(|old| old != p.text && (is_decoded || !old.contains('\u{fffd}')))
                && (all_over || !is_marked_sic(text, p.span.end))
        });
        let held_back = hold_back(&mut list, view);
        if let Some(decider) = decider {
            list = decider.rule(list, view, decided);
        }
        let is_made = |p: &Proposal| p.ruled.as_ref().is_some_and(|r| !r.refused);
        let likelihood = |p: &Proposal| if p.basis == Basis::Likelihood { p.confidence } else { 0.0 };
        // Surest first; what is taken keeps others away from its span.
        list.sort_by(|a, b| {
            is_made(b)
                .cmp(&is_made(a))
                .then(b.ruled.is_some().cmp(&a.ruled.is_some()))
                .then(a.level.cmp(&b.level))
                .then(a.basis.cmp(&b.basis))
                .then(likelihood(b).total_cmp(&likelihood(a)))
                .then(a.span.start.cmp(&b.span.start))
                .then(b.span.len().cmp(&a.span.len()))
                .then(a.rule.cmp(&b.rule))
        });
        let mut taken = std::collections::BTreeMap::new();
        for proposal in list {
            let start = proposal.span.start;
            let clear_before = taken.range(..=start).next_back().is_none_or(|(_, p): (_, &Proposal)| {
                p.span.end <= start && !(p.span.start == start && proposal.span.is_empty() == p.span.is_empty())
            });
            let clear_after = taken.range(start..).next().is_none_or(|(&s, _)| s >= proposal.span.end && s > start);
            if clear_before && clear_after {
                taken.insert(start, proposal);
            }
        }
        let mut stand: Vec<Proposal> = taken.into_values().collect();
        stand.retain(|proposal| {
            let Some(ruled) = &proposal.ruled else { return true };
            decided.used.insert(ruled.entry);
            decided.refused += usize::from(ruled.refused);
            !ruled.refused
        });
        Resolved { proposals: stand, held_back }
    }
}

/// What came of a pass's proposals.
pub struct Resolved {
    /// Those that stand.
    pub proposals: Vec<Proposal>,
    /// The protected words and patterns that kept others away.
    pub held_back: BTreeSet<usize>,
}

/// Drops what would change a protected word, and tells which those were.
fn hold_back(list: &mut Vec<Proposal>, view: &View<'_>) -> BTreeSet<usize> {
    let protection = &view.options().protection;
    let mut held_back = BTreeSet::new();
    if list.is_empty() || protection.list().is_empty() {
        return held_back;
    }
    let places = protection.places(view.text());
    list.retain(|p| {
        let mut touched = places.touched(view.text(), &p.span, &p.text);
        // Running heads hold names and titles, and are still none of the text.
        touched.retain(|&index| p.pass != PassName::Pages || !protection.is_word(index));
        let stands = touched.is_empty();
        held_back.extend(touched);
        stands
    });
    held_back
}

/// Whether an editor's `[sic]` stands behind the place that ends at `end`: the
/// damage is then known and meant to stay.
fn is_marked_sic(text: &str, end: usize) -> bool {
    /// How far behind the place the mark is looked for, in bytes.
    const REACH: usize = 80;
    let rest = text.get(end..floor(text, end + REACH)).unwrap_or_default();
    let rest =
        rest.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '’' | '\'' | ',' | '.' | '”' | '"'));
    let rest = rest.trim_start_matches([' ', '\n']);
    rest.get(..5).is_some_and(|mark| mark.eq_ignore_ascii_case("[sic]") || mark.eq_ignore_ascii_case("(sic)"))
}
