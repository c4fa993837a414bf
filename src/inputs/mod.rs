//! Finds the texts to read, where each output goes, and the images of pages.

pub(crate) mod discover;
mod exclude;
pub(crate) mod images;
pub(crate) mod list;
pub(crate) mod output_path;
pub(crate) mod read;
