//! Rules: the defects descan knows, each a file of data with its own examples.

pub mod file;
mod matcher;
mod set;
mod verify;

pub use matcher::PatternRules;
pub(crate) use set::compile;
pub use set::{Guard, LoadError, Pattern, Rule, RuleId, RuleSet};
pub use verify::{Failure, verify};
