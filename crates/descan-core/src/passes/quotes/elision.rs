//! Words that begin with an apostrophe because letters are omitted.

use descan_lang::entry::Trust;
use descan_lang::words::WordList;

use crate::evidence::Evidence;

/// A word so much rarer than the same with an h before it has lost that h: the
/// measure is [`log2_frequency`](descan_lang::entry::Entry::log2_frequency).
const RARER: u8 = 4;

/// How sure it is that a mark before a word is an apostrophe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Elision {
    /// The word is one only with it.
    Sure,
    /// It may also open a quotation.
    Possible,
    /// Nothing is left out.
    None,
}

/// Judges the word at the start of `rest`, which follows the mark.
pub(super) fn judge(rest: &str, evidence: &Evidence) -> Elision {
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let word = &rest[..end];
    // `rock ’n’ roll`, `salt ’n’ pepper`.
    let and = word == "n" && rest[end..].starts_with(['’', '\'', '‘']);
    if is_decade(word) || and {
        return Elision::Sure;
    }
    let lower = word.to_lowercase();
    let lists = evidence.language().words();
    if lists.has(WordList::Elisions, &lower) {
        return Elision::Sure;
    }
    if lists.has(WordList::PossibleElisions, &lower) {
        return Elision::Possible;
    }
    // A dropped h: the rest is no word and has an h before it in the lexicon.
    let usual = |word: &str| evidence.lexicon().lookup(word).is_some_and(|e| e.trust() == Trust::Trusted);
    let dropped = lower.len() >= 2
        && lower.chars().next().is_some_and(|c| "aeiou".contains(c))
        && !usual(&lower)
        && usual(&format!("h{lower}"));
    if dropped {
        return Elision::Sure;
    }
    let frequency = |word: &str| evidence.lexicon().lookup(word).map_or(0, |e| e.log2_frequency());
    let rarer = lower.len() >= 2
        && lower.starts_with(['a', 'e', 'i', 'o', 'u'])
        && frequency(&format!("h{lower}")) >= frequency(&lower) + RARER;
    if rarer { Elision::Possible } else { Elision::None }
}

/// `90s`, `20s`: the century is left out.
fn is_decade(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() == 3 && bytes[0].is_ascii_digit() && bytes[1] == b'0' && bytes[2] == b's'
}
