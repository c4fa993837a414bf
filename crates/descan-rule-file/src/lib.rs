//! The format of descan rule files: one TOML file a rule, in the folder of its pass.
//!
//! The build script of the built-in rules and the program that loads a user's
//! rules read them with the same code.

mod conditions;
mod file;
mod finder;
mod lists;
mod pass;
mod required;

pub use conditions::Conditions;
pub use file::{Change, Keep, RuleFile};
pub use finder::{Finder, Scope};
pub use lists::Lists;
pub use pass::PassName;
pub use required::CharSet;
