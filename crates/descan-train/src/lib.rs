//! Making an English model: from texts to counts, from counts and word lists to the bytes read in place;
//! and learning from scans with their truth which letters are confused, and how sure a repair is.
//!
//! Nothing here runs while a text is repaired. `descan model` reads and writes the files.

pub mod align;
pub mod build;
pub mod confusable;
pub mod confusions;
pub mod count;
pub mod fit;
pub mod fuse;
pub mod lexicon;
pub mod logistic;
pub mod places;
pub mod reliability;
pub mod rivals;
