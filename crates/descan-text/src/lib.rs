//! The ground floor of descan: what a text is made of, and how it is edited.
//!
//! Tokens and the types they are of, lines and the regions they form, edits and
//! how sure they are. Nothing here knows a language or a rule.

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
pub mod token;
pub mod types;
