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

/// The weights of the decision on words, and where its levels begin: a line each.
pub static DECISION: &str = include_str!("../decision.tsv");

/// Which unknown words are a scan's and which a writer's: a line each.
pub static HANDS: &str = include_str!("../hands.tsv");

/// Words by what they do in a sentence: the name of each list, and its words, a line each.
pub static WORDS: &[(&str, &str)] = &[
    ("abbreviations", include_str!("../words/abbreviations.txt")),
    ("bare-contractions", include_str!("../words/bare-contractions.txt")),
    ("bare-speech-verbs", include_str!("../words/bare-speech-verbs.txt")),
    ("clause-pronouns", include_str!("../words/clause-pronouns.txt")),
    ("clause-starters", include_str!("../words/clause-starters.txt")),
    ("computing-words", include_str!("../words/computing-words.txt")),
    ("cut-short", include_str!("../words/cut-short.txt")),
    ("determiners", include_str!("../words/determiners.txt")),
    ("doing-verbs", include_str!("../words/doing-verbs.txt")),
    ("elisions", include_str!("../words/elisions.txt")),
    ("endings", include_str!("../words/endings.txt")),
    ("foreign-words", include_str!("../words/foreign-words.txt")),
    ("joiners", include_str!("../words/joiners.txt")),
    ("name-prefixes", include_str!("../words/name-prefixes.txt")),
    ("negated-verbs", include_str!("../words/negated-verbs.txt")),
    ("negating-endings", include_str!("../words/negating-endings.txt")),
    ("negating-prefixes", include_str!("../words/negating-prefixes.txt")),
    ("negations", include_str!("../words/negations.txt")),
    ("never-first-in-compounds", include_str!("../words/never-first-in-compounds.txt")),
    ("never-last", include_str!("../words/never-last.txt")),
    ("never-second-in-compounds", include_str!("../words/never-second-in-compounds.txt")),
    ("no-compound-parts", include_str!("../words/no-compound-parts.txt")),
    ("no-compound-words", include_str!("../words/no-compound-words.txt")),
    ("oaths", include_str!("../words/oaths.txt")),
    ("possible-elisions", include_str!("../words/possible-elisions.txt")),
    ("prefixes", include_str!("../words/prefixes.txt")),
    ("question-openers", include_str!("../words/question-openers.txt")),
    ("question-starters", include_str!("../words/question-starters.txt")),
    ("question-words", include_str!("../words/question-words.txt")),
    ("sentence-starters", include_str!("../words/sentence-starters.txt")),
    ("short-compound-parts", include_str!("../words/short-compound-parts.txt")),
    ("speech-verbs", include_str!("../words/speech-verbs.txt")),
    ("spoken-words", include_str!("../words/spoken-words.txt")),
    ("subject-pronouns", include_str!("../words/subject-pronouns.txt")),
    ("subjects-of-contractions", include_str!("../words/subjects-of-contractions.txt")),
    ("suspending-links", include_str!("../words/suspending-links.txt")),
    ("suspending-words", include_str!("../words/suspending-words.txt")),
    ("tens", include_str!("../words/tens.txt")),
    ("thought-verbs", include_str!("../words/thought-verbs.txt")),
    ("units", include_str!("../words/units.txt")),
];
