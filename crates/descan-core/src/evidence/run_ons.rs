//! How often a document runs words together.

use descan_lang::language::Language;
use descan_lang::words::WordList;

use super::vocabulary::Vocabulary;

/// The least frequency of the word that a small word was run together with, as a logarithm to base 2.
const COMMON: u8 = 8;
/// The shortest word, in bytes, that may be two.
const SHORTEST: usize = 5;

/// How many different words of a document no lexicon has and are a small word and a common one without the
/// space between them: `thehouse`, `isbetter`.
pub(super) fn count(vocabulary: &Vocabulary, language: &Language) -> u32 {
    let is_small = |word: &str| word.len() > 1 && language.words().has(WordList::RunOnFunctionWords, word);
    let is_common = |word: &str| {
        let entry = language.lexicon().lookup(word);
        word.len() > 1 && entry.is_some_and(|entry| entry.log2_frequency() >= COMMON && !entry.usually_misread())
    };
    let mut found = 0;
    for (word, facts) in vocabulary.iter() {
        if facts.entry.is_some() || facts.lower == 0 || word.len() < SHORTEST || !word.is_ascii() {
            continue;
        }
        let is_run_on = (2..word.len() - 1).any(|at| {
            let (first, second) = word.split_at(at);
            is_small(first) && is_common(second) || is_small(second) && is_common(first)
        });
        found += u32::from(is_run_on);
    }
    found
}
