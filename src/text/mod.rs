//! What every pass sees of a text: its words, lines and regions.

pub mod layout;
pub mod token;
