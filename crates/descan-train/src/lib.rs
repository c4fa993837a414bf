//! Builds English models: counts texts, turns counts and word lists into the bytes that are
//! read in place, and learns from scans with ground truth which letters are confused and how
//! sure a repair is.
//!
//! None of this runs while a text is repaired. `descan model` reads and writes the files.

pub mod align;
pub mod boost;
pub mod build;
pub mod confusable;
pub mod confusions;
pub mod count;
pub mod fit;
pub mod fuse;
pub mod lexicon;
pub mod places;
pub mod reliability;
pub mod rivals;
