//! What a pass sees.

use super::Options;
use crate::evidence::Evidence;
use crate::level::Level;
use crate::rule::RuleSet;
use crate::text::layout::Layout;
use crate::text::measure::Measure;
use crate::text::parts::Parts;
use crate::text::token::Token;
use crate::text::types::Types;

/// The text as the passes before left it, with what is known about it. Parts
/// are worked out when a pass first asks for them.
pub struct View<'v> {
    text: &'v str,
    evidence: &'v Evidence,
    rules: &'v RuleSet,
    options: &'v Options,
    parts: Parts,
}

impl<'v> View<'v> {
    /// A view of `text`, of which nothing is worked out yet.
    pub fn new(text: &'v str, evidence: &'v Evidence, rules: &'v RuleSet, options: &'v Options) -> View<'v> {
        View::with_parts(text, Parts::default(), evidence, rules, options)
    }

    /// A view of `text` with what an earlier view of the same text worked out.
    pub fn with_parts(
        text: &'v str,
        parts: Parts,
        evidence: &'v Evidence,
        rules: &'v RuleSet,
        options: &'v Options,
    ) -> View<'v> {
        View { text, evidence, rules, options, parts }
    }

    /// What was worked out, for the next view of the same text.
    pub fn into_parts(self) -> Parts {
        self.parts
    }

    /// The text.
    pub fn text(&self) -> &'v str {
        self.text
    }

    /// What the whole document, as it came in, tells.
    pub fn evidence(&self) -> &'v Evidence {
        self.evidence
    }

    /// The rules of the run.
    pub fn rules(&self) -> &'v RuleSet {
        self.rules
    }

    /// What the run is asked to do.
    pub fn options(&self) -> &'v Options {
        self.options
    }

    /// Whether the run makes an edit that a pass proposes by `rule` at `level`:
    /// the rule is on, and the edit sure enough with what the settings say about
    /// the rule.
    pub fn makes(&self, rule: &str, level: Level) -> bool {
        self.rules.find(rule).is_some_and(|id| {
            self.options.selection.has_rule(id) && self.rules.get(id).judged(level).0 <= self.options.level
        })
    }

    /// The words of the text in order.
    pub fn words(&self) -> &[Token] {
        self.parts.words(self.text)
    }

    /// Which of the words are alike.
    pub fn types(&self) -> &Types {
        self.parts.types(self.text)
    }

    /// The lines of the text and the regions they make.
    pub fn layout(&self) -> &Layout {
        self.parts.layout(self.text)
    }

    /// How wide the lines of the text are.
    pub fn measure(&self) -> &Measure {
        self.parts.measure(self.text)
    }
}
