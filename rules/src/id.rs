//! What a rule is known by in the program.

use descan_rule_file::RuleFile;

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

// `SOURCES`, the files of all rules; `RUNTIME`, what of them is needed to run,
// as JSON; `TABLES`, those of filters; `FORMER_NAMES`, each with today's; and the constants of `RuleId`.
include!(concat!(env!("OUT_DIR"), "/rules.rs"));
