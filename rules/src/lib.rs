//! Rules: the defects descan knows, each a file of data with its own examples.
//!
//! The files are `rules/<pass>/<name>.toml`. The build script gives each a
//! constant of [`RuleId`], so that code which names a rule that has no file
//! does not compile.

mod conditions;
mod id;
mod lazy_regex;
mod matcher;
mod pattern;
mod reason;
mod rule;
mod set;
mod template;

pub use conditions::{Conditions, Regions, WordTest, Words};
pub use descan_rule_file::{Change, Finder, Keep, Lists, PassName, RuleFile, Scope};
pub use id::{RuleId, current_name};
pub use lazy_regex::{LazyRegex, compile};
pub use matcher::Matcher;
pub use pattern::Pattern;
pub use reason::Reason;
pub use rule::Rule;
pub use set::{LoadError, RuleSet};
pub use template::{Marks, Template};
