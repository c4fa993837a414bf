//! Words with a part of their own in what a hyphen means.

use crate::evidence::vocabulary::fold;

/// Words that make no compounds: between them and others a hyphen is a dash or
/// a speck. Those that do (`after-dinner`, `in-law`, `well-to-do`) are not here.
pub(super) fn is_function_word(word: &str) -> bool {
    const WORDS: [&str; 64] = [
        "the", "an", "and", "or", "of", "that", "which", "were", "was", "is", "are", "his", "her", "my", "your", "our",
        "their", "its", "this", "these", "those", "from", "but", "as", "at", "for", "into", "than", "then", "when",
        "what", "who", "whom", "he", "she", "they", "we", "you", "it", "him", "them", "us", "me", "very", "so", "too",
        "had", "has", "have", "be", "been", "do", "did", "does", "how", "before", "if", "because", "would", "could",
        "should", "with", "all", "not",
    ];
    WORDS.contains(&fold(word).as_str())
}

/// Prefixes that are words besides, and are written without a hyphen as a rule.
pub(super) fn is_prefix(part: &str) -> bool {
    const PREFIXES: [&str; 20] = [
        "over", "under", "fore", "super", "inter", "out", "up", "in", "on", "re", "de", "un", "mis", "dis", "sub",
        "trans", "counter", "pre", "pro", "con",
    ];
    PREFIXES.contains(&fold(part).as_str())
}

/// Prefixes that keep their hyphen before a capital: `anti-British`.
pub(super) fn is_prefix_of_names(part: &str) -> bool {
    const PREFIXES: [&str; 11] = ["non", "un", "anti", "pre", "post", "pro", "mid", "trans", "semi", "pseudo", "neo"];
    PREFIXES.contains(&fold(part).as_str())
}

/// `twenty-⏎five`.
pub(super) fn is_number(first: &str, second: &str) -> bool {
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    const UNITS: [&str; 18] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "first", "second", "third", "fourth",
        "fifth", "sixth", "seventh", "eighth", "ninth",
    ];
    TENS.contains(&fold(first).as_str()) && UNITS.contains(&fold(second).as_str())
}
