//! What a run goes by: settings, rules, language, decisions.

pub(crate) mod config;
pub(crate) mod decisions_file;
mod language;
pub(crate) mod rulebook;
pub(crate) mod session;
pub(crate) mod user_rules;
