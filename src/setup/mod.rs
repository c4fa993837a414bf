//! What a run goes by: settings, rules, language, decisions.

pub mod config;
pub mod decisions_file;
mod language;
pub mod rulebook;
pub mod session;
pub mod user_rules;
