//! What every pass sees of a text: its words, lines and shapes.

pub mod token;
