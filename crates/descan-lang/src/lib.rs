//! Knowledge of a language that does not depend on the text: its words, how they follow
//! each other, and which letters are read for which.

pub mod candidates;
pub mod confusion;
pub mod decision;
pub mod entry;
pub mod fill;
pub mod forest;
pub mod fuse;
pub mod hands;
pub mod language;
pub mod lexicon;
mod memo;
pub mod ngrams;
pub mod reachable;
pub mod resemblance;
pub mod rivals;
mod search;
pub mod searcher;
pub mod terms;
pub mod trie;
pub mod words;
