//! The format of descan rule files: one TOML file a rule, in the folder of its pass.
//!
//! The build script of the built-in rules and the program that loads a user's
//! rules read them with the same code.

mod file;
mod pass;

pub use file::{Change, Keep, RuleFile, Style as StyleTable};
pub use pass::PassName;
