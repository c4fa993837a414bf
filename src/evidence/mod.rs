//! What speaks for and against a reading of a word.

pub mod fuse;
pub mod lexicon;
pub mod ngrams;
pub mod terms;
