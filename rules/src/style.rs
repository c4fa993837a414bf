//! Style or damage: what a rule counts to tell one from the other, and what was
//! learned of it.

use std::sync::OnceLock;

use descan_rule_file::{PassName, StyleTable};
use regex::Regex;

use crate::compile;
use crate::id::PRIORS;
use crate::prior::Prior;

/// What of a rule's edits is counted together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Family {
    /// All edits of the rule.
    #[default]
    Rule,
    /// Those that make the same new text of the same old text.
    Reading,
    /// Those that replace the same old text.
    Word,
}

/// How a rule tells damage from style.
#[derive(Debug)]
pub struct Style {
    /// What is counted together.
    pub family: Family,
    /// What was learned; nothing of a rule that is never taken for a style.
    pub prior: Option<Prior>,
    source: String,
    right: OnceLock<Option<Regex>>,
}

impl Style {
    pub(crate) fn of(pass: PassName, name: &str, table: Option<StyleTable>) -> Style {
        let family = match table.as_ref().map(|table| table.family.as_str()) {
            Some("reading") => Family::Reading,
            Some("word") => Family::Word,
            _ => Family::Rule,
        };
        // A rule of a user's own that says nothing of styles is taken at its word.
        let prior = Prior::of(name).or_else(|| table.as_ref().and_then(|_| Prior::of(pass.as_str())));
        let source = table.map(|table| table.right).unwrap_or_default();
        Style { family, prior, source, right: OnceLock::new() }
    }

    /// The regex of the right form as written; empty where there is none.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The regex of the right form, made on first use.
    pub fn right(&self) -> Option<&Regex> {
        self.right.get_or_init(|| if self.source.is_empty() { None } else { compile(&self.source).ok() }).as_ref()
    }
}

impl Prior {
    /// What was learned of the rule, or of all rules of the pass, of that name.
    fn of(name: &str) -> Option<Prior> {
        PRIORS.iter().find(|(known, _)| *known == name).map(|&(_, prior)| prior)
    }
}
