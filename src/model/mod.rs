//! Making an English model: from texts to counts, from counts and word lists to the bytes read in place.
//!
//! Nothing here runs while a text is repaired. `descan model` reads and writes the files.

pub mod build;
pub mod confusable;
pub mod count;
pub mod fuse;
pub mod lexicon;
