//! The English model of descan, as bytes that are read in place.
//!
//! Nothing here is code: the crate `descan-lang` knows the formats, and
//! `README.md` tells how each file is made and from what.

/// The words, as an `fst` map from the folded word to its packed entry.
pub static LEXICON: &[u8] = include_bytes!("../lexicon.fst");

/// How often words follow each other, as packed fuse maps.
pub static NGRAMS: &[u8] = include_bytes!("../ngrams.bin");

/// By how much the best rival of a common word could lead it, as a fuse map.
pub static RIVALS: &[u8] = include_bytes!("../rivals.bin");

/// Which letters are read for which, and how often: a line each.
pub static CONFUSIONS: &str = include_str!("../confusions.tsv");

/// Where the levels of the decision on words begin: a line each.
pub static DECISION: &str = include_str!("../decision.tsv");

/// The trees that tell how probable a repair of a word is.
pub static TREES: &[u8] = include_bytes!("../trees.bin");

/// Which unknown words are a scan's and which a writer's: a line each.
pub static HANDS: &str = include_str!("../hands.tsv");

/// Which signs engines write for which letters: a line each, as in the confusions.
pub static SIGNS: &str = include_str!("../signs.tsv");

// `WORDS`: words by what they do in a sentence, the name of each list and its
// words, a line each; made from the files in `words/`.
include!(concat!(env!("OUT_DIR"), "/words.rs"));
