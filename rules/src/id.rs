//! What a rule is known by in the program.

use descan_rule_file::{Literals, PassName, RuleFile};

use crate::prior::Prior;
use crate::search::InPass;

/// A rule's place in its [`RuleSet`](crate::RuleSet). Every built-in rule has a
/// constant, generated from its file; a user's rules come after them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub(crate) u16);

/// The file of a built-in rule.
pub(crate) struct Source {
    /// The folder it lies in.
    pub pass: &'static str,
    /// The rule's name.
    pub name: &'static str,
    /// The file as it is.
    pub text: &'static str,
}

/// What a run needs of a built-in rule from its start.
#[derive(Debug)]
pub(crate) struct Head {
    /// The folder it lies in.
    pub pass: &'static str,
    /// The rule's name.
    pub name: &'static str,
    /// What it repairs.
    pub summary: &'static str,
    /// The surest level of its edits.
    pub level: &'static str,
    /// Names that the rule had.
    pub formerly: &'static [&'static str],
    /// Other names that select it.
    pub aliases: &'static [&'static str],
    /// How the places of its pattern are found.
    pub search: Option<StaticSearch>,
    /// The regex of its right form and what of its edits is counted together.
    pub style: Option<(&'static str, &'static str)>,
    /// The whole file but for what only people read, as JSON.
    pub json: &'static str,
}

/// How the places of a pattern are found.
#[derive(Debug)]
pub(crate) enum StaticSearch {
    /// By literals, which lie in `LITERALS`.
    Literals,
    /// Inside tokens that hold a character of each of these sets.
    Tokens(&'static [[u64; 3]]),
    /// Where a line begins: over how many lines behind it a match may reach, the
    /// characters it may begin with, and sets of which it holds a character each.
    LineStart(usize, [u64; 3], &'static [[u64; 3]]),
}

/// The file of a built-in rule.
pub(crate) fn built_in_file(name: &str) -> Option<RuleFile> {
    let source = SOURCES.iter().find(|source| source.name == name)?;
    RuleFile::parse(&format!("rules/{}/{name}.toml", source.pass), source.text).ok()
}

/// The name that a built-in rule has today, for one that it once had; any other
/// name as it is.
pub fn current_name(name: &str) -> &str {
    FORMER_NAMES.iter().find(|(former, _)| *former == name).map_or(name, |(_, current)| current)
}

// `PRIORS`, what was learned of rules and passes; `SOURCES`, the files of all rules;
// `HEADS`, what of them is needed from the start; `LITERALS`, those of each pass; `TABLES`, those of filters; `PATTERNS`, regexes with names;
// `FORMER_NAMES`, each with today's; and the constants of `RuleId`.
include!(concat!(env!("OUT_DIR"), "/rules.rs"));
