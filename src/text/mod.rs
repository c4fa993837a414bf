//! What every pass sees of a text: its words, lines and regions.

pub mod bytes;
pub mod flow;
pub mod layout;
pub mod measure;
pub mod parts;
pub mod token;
pub mod types;
