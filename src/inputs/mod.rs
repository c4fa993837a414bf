//! Finds the texts to read and where each output goes.

pub(crate) mod discover;
mod exclude;
pub(crate) mod list;
pub(crate) mod output_path;
pub(crate) mod read;
