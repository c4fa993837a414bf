//! Rules: the defects descan knows, each a file of data with its own examples.
//!
//! The files are `rules/<pass>/<name>.toml`. The build script gives each a
//! constant of [`RuleId`], so that code which names a rule that has no file
//! does not compile.

mod conditions;
mod confidence;
mod filter;
mod groups;
mod id;
mod lazy;
mod lazy_regex;
mod matcher;
mod measured;
mod pattern;
mod prior;
mod reason;
mod rule;
mod search;
mod set;
mod style;
mod template;

pub use conditions::{Conditions, Regions, WordTest, Words};
pub use descan_rule_file::{Again, CONTEXT, Change, CharSet, Finder, Keep, LONGEST, Lists, PassName, RuleFile, Scope};
pub use groups::Groups;
pub use id::{RuleId, current_name};
pub use lazy_regex::{LazyRegex, compile};
pub use matcher::{LineStart, Matcher};
pub use pattern::Pattern;
pub use prior::{Prior, TILTS};
pub use reason::Reason;
pub use rule::Rule;
pub use search::Around;
pub use set::{LoadError, RuleSet};
pub use style::{Family, Style};
pub use template::{Marks, Template};
