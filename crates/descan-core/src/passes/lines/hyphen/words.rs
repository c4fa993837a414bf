//! Words that affect what a hyphen at a line end means.

use descan_lang::words::{WordList, WordLists};

use crate::evidence::vocabulary::fold;

/// Words that make no compounds: between them and others a hyphen is a dash or
/// a speck. Those that do (`after-dinner`, `in-law`, `well-to-do`) are not here.
pub(super) fn is_function_word(lists: &WordLists, word: &str) -> bool {
    lists.has(WordList::NoCompoundWords, &fold(word))
}

/// Prefixes that are words besides, and are written without a hyphen as a rule.
pub(super) fn is_prefix(lists: &WordLists, part: &str) -> bool {
    lists.has(WordList::Prefixes, &fold(part))
}

/// Prefixes that keep their hyphen before a capital: `anti-British`.
pub(super) fn is_prefix_of_names(lists: &WordLists, part: &str) -> bool {
    lists.has(WordList::NamePrefixes, &fold(part))
}

/// `twenty-⏎five`.
pub(super) fn is_number(lists: &WordLists, first: &str, second: &str) -> bool {
    lists.has(WordList::Tens, &fold(first)) && lists.has(WordList::Units, &fold(second))
}
