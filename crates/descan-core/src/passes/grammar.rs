//! What a few English words do in a sentence: the speaker's tag after a speech
//! (`said Ann`, `he asked`, `Ann replied`), words that begin a sentence, and
//! words that end none.

use descan_lang::words::{WordList, WordLists};

/// How sure it is that a tag follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// It begins in lower case, as only the same sentence can.
    Sure,
    /// It begins with a name, or with `I`: it may be a sentence of its own.
    Named,
    /// No tag.
    None,
}

/// Whether a word says that somebody spoke.
pub(super) fn is_verb_of_speech(lists: &WordLists, word: &str) -> bool {
    lists.has(WordList::SpeechVerbs, word)
}

/// Whether a word leads to what is said or thought, which may begin with a
/// capital after a comma: `she wondered, What now?`
pub(super) fn leads_to_speech(lists: &WordLists, word: &str) -> bool {
    is_verb_of_speech(lists, word) || lists.has(WordList::ThoughtVerbs, word)
}

/// Judges what follows a closing quote.
pub(super) fn tag(lists: &WordLists, rest: &str) -> Tag {
    let mut words = rest.split_whitespace().map(|w| w.trim_end_matches(|c: char| !c.is_alphanumeric()));
    let (Some(first), second) = (words.next(), words.next().unwrap_or_default()) else {
        return Tag::None;
    };
    if is_verb_of_speech(lists, first) && first != "went" {
        return Tag::Sure;
    }
    // `feebly repeated Ann`
    if first.len() > 4
        && first.ends_with("ly")
        && first.starts_with(char::is_lowercase)
        && is_verb_of_speech(lists, second)
    {
        return Tag::Sure;
    }
    if lists.has(WordList::SubjectPronouns, first) && is_verb_of_speech(lists, second) {
        return Tag::Sure;
    }
    if first == "the" {
        // `the old man said`: the verb within a few words.
        let close =
            std::iter::once(second).chain(words.take(2)).any(|word| is_verb_of_speech(lists, word) && word != "called");
        return if close { Tag::Sure } else { Tag::None };
    }
    if first.starts_with(char::is_uppercase) && !starts_sentence(lists, rest) && is_verb_of_speech(lists, second) {
        return if says_and_stops(lists, rest) { Tag::Sure } else { Tag::Named };
    }
    Tag::None
}

/// Whether the second word is a verb that cannot do without what is said, and
/// its clause ends with it: `Ann said.` is no sentence of its own.
fn says_and_stops(lists: &WordLists, rest: &str) -> bool {
    let second = rest.split_whitespace().nth(1).unwrap_or_default();
    second.strip_suffix(['.', ',']).is_some_and(|verb| lists.has(WordList::BareSpeechVerbs, verb))
}

/// Whether the rest begins with a word whose capital only a new sentence gives.
pub(super) fn starts_sentence(lists: &WordLists, rest: &str) -> bool {
    let first = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    lists.has(WordList::SentenceStarters, first)
}

/// Whether a word before a full stop is short for another.
pub(super) fn is_abbreviation(lists: &WordLists, word: &str) -> bool {
    lists.has(WordList::Abbreviations, word)
}

/// Whether a word ends no clause: an article, a preposition, a form of `be`.
pub(super) fn is_never_last(lists: &WordLists, word: &str) -> bool {
    lists.has_in_any_case(WordList::NeverLast, word)
}
