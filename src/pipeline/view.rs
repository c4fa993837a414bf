//! What a pass sees.

use std::cell::OnceCell;

use super::Options;
use crate::evidence::Evidence;
use crate::rule::RuleSet;
use crate::text::layout::Layout;
use crate::text::token::{Token, words};

/// The text as the passes before left it, with what is known about it. Parts
/// are worked out when a pass first asks for them.
pub struct View<'v> {
    text: &'v str,
    evidence: &'v Evidence,
    rules: &'v RuleSet,
    options: &'v Options,
    words: OnceCell<Vec<Token>>,
    layout: OnceCell<Layout>,
}

impl<'v> View<'v> {
    /// A view of `text`.
    pub fn new(text: &'v str, evidence: &'v Evidence, rules: &'v RuleSet, options: &'v Options) -> View<'v> {
        View { text, evidence, rules, options, words: OnceCell::new(), layout: OnceCell::new() }
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

    /// The words of the text in order.
    pub fn words(&self) -> &[Token] {
        self.words.get_or_init(|| words(self.text).collect())
    }

    /// The lines of the text and the regions they make.
    pub fn layout(&self) -> &Layout {
        self.layout.get_or_init(|| Layout::of(self.text))
    }
}
