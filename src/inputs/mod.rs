//! From the paths of the command line to the texts to read, and where each goes.

pub mod discover;
mod exclude;
pub mod list;
pub mod output_path;
