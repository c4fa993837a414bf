//! From the paths of the command line to the texts to read, and where each goes.

pub(crate) mod discover;
mod exclude;
pub(crate) mod list;
pub(crate) mod output_path;
