//! The basis of descan: what a text consists of, and how it is edited.
//!
//! It has tokens and their types, lines and the regions they form, edits and their
//! levels. Nothing here depends on a language or a rule.

pub mod analysis;
pub mod bytes;
pub mod case;
pub mod edit;
pub mod escape;
pub mod flow;
pub mod hash;
pub mod layout;
pub mod level;
pub mod lookalike;
pub mod measure;
pub mod shards;
pub mod token;
pub mod types;
