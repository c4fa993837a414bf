//! `descan decisions`: what was decided, and what of it decides nothing.

mod file;

pub use file::{place, read};
