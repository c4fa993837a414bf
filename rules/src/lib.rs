//! Rules: the defects descan knows, each a file of data with its own examples.
//!
//! The files are `rules/<pass>/<name>.toml`. The build script gives each a
//! constant of [`RuleId`], so that code which names a rule that has no file
//! does not compile.

mod id;
mod pattern;
mod prior;
mod reason;
mod rule;
mod set;
mod style;

pub use descan_rule_file::{Change, Keep, PassName, RuleFile};
pub use id::{RuleId, current_name};
pub use pattern::{Guard, Pattern, compile};
pub use prior::{Prior, TILTS};
pub use reason::Reason;
pub use rule::Rule;
pub use set::{LoadError, RuleSet};
pub use style::{Family, Style};
