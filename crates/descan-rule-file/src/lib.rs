//! The format of descan rule files: one TOML file a rule, in the folder of its pass.
//!
//! The build script of the built-in rules and the program that loads a user's
//! rules read them with the same code.

mod classes;
mod conditions;
mod context;
mod file;
mod finder;
mod graph;
mod lists;
mod literals;
mod loosened;
mod pass;
mod program;
mod rarity;
mod required;

pub use classes::Subject;
pub use conditions::Conditions;
pub use context::{CONTEXT, Context};
pub use file::{Again, Change, Keep, RuleFile, Style as StyleTable, prepared_document};
pub use finder::{Finder, Scope};
pub use lists::Lists;
pub use literals::{LONGEST, Literals, Wanted};
pub use loosened::{Loosely, loosened};
pub use pass::PassName;
pub use program::{NOWHERE, Program, TooLong};
pub use required::CharSet;
