//! What a run is based on: settings, rules, language and decisions.

pub(crate) mod archive_file;
pub(crate) mod config;
pub(crate) mod decisions_file;
mod foreign;
mod language;
pub(crate) mod program;
pub(crate) mod rulebook;
pub(crate) mod session;
pub(crate) mod user_rules;
