//! What every pass sees of a text: its words, lines and regions.

pub mod flow;
pub mod layout;
pub mod measure;
pub mod token;
