//! Short forms, old spellings and names: words that no lexicon has and that are written so.

use descan_lang::words::WordList;
use descan_text::token::{floor, is_apostrophe, without_blanks};

use super::scan::is_scan;
use super::spoken::{SMALL_WORD, word_made};
use crate::evidence::vocabulary::fold;
use crate::pass::{Proposal, View};

/// Whether the word that is replaced is an abbreviation: one that the language
/// has, or one that the document never writes without its full stop.
pub(super) fn is_abbreviation(proposal: &Proposal, view: &View<'_>) -> bool {
    if !proposal.is_of_words() {
        return false;
    }
    let text = view.text();
    let old = &text[proposal.span.clone()];
    if !text[proposal.span.end..].starts_with('.') || !old.chars().all(char::is_alphabetic) {
        return false;
    }
    if view.lists().has_in_any_case(WordList::Abbreviations, old) {
        return true;
    }
    let with_stop = format!("{old}.");
    let goes_on = |at: usize| {
        let rest = text[at + with_stop.len()..].trim_start();
        rest.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || c == ',')
    };
    let stopped: Vec<usize> = memchr::memmem::find_iter(text.as_bytes(), &with_stop).collect();
    stopped.len() > 1
        && stopped.len() as u32 >= view.evidence().vocabulary().count(old)
        && stopped.into_iter().any(goes_on)
}

/// Whether the word that is replaced looks like a short form of another: a capital and a few letters, a full stop, and
/// a sentence that goes on; or small letters, a full stop and another mark, as in `grs., 11`.
pub(super) fn is_short_form(proposal: &Proposal, view: &View<'_>) -> bool {
    let text = view.text();
    let old = &text[proposal.span.clone()];
    let behind = &text[proposal.span.end..];
    if !proposal.is_of_words() || !behind.starts_with('.') || !old.chars().all(char::is_alphabetic) {
        return false;
    }
    let goes_on = behind
        .strip_prefix(". ")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit()));
    let is_short = old.len() <= SHORT_FORM;
    let is_marked = is_short && behind[1..].starts_with([',', ';', ':']) && old.chars().all(char::is_lowercase);
    is_marked || goes_on && is_short && old.starts_with(char::is_uppercase)
}

/// Whether an apostrophe stands for the end of a word that writers cut short: `tho’ never so late`.
pub(super) fn is_cut_short(proposal: &Proposal, view: &View<'_>) -> bool {
    let text = view.text();
    let mut behind = text[proposal.span.end..].chars();
    proposal.is_of_words()
        && behind.next().is_some_and(is_apostrophe)
        && !behind.next().is_some_and(char::is_alphabetic)
        && view.lists().has_in_any_case(WordList::CutShort, &text[proposal.span.clone()])
}

/// The longest short form, in bytes.
const SHORT_FORM: usize = 5;

/// Whether a reading leaves a u that is v in another word, or a v that is u, as words had that were printed before
/// 1650: `about` for `aboue`.
pub(super) fn is_old_spelling(proposal: &Proposal, text: &str, view: &View<'_>) -> bool {
    let (old, new) = (&text[proposal.span.clone()], fold(&proposal.text));
    if !proposal.is_of_words() || !old.chars().skip(1).all(char::is_lowercase) {
        return false;
    }
    let old = fold(old);
    let is_usual = |word: &str| view.evidence().lexicon().lookup(word).is_some_and(|e| e.log2_frequency() >= USUAL);
    old.char_indices().any(|(at, c)| {
        let other = match c {
            'u' => "v",
            'v' => "u",
            _ => return false,
        };
        let spelled = [&old[..at], other, &old[at + 1..]].concat();
        new[floor(&new, at)..].starts_with(c) && is_usual(&spelled)
    })
}

/// How common a word is at least that an old spelling stands for.
const USUAL: u8 = 9;

/// Whether a word that nobody is known to write, and that is read for one that the text never has, returns again and again
/// in a text that shows no scan: `the tliin`.
pub(super) fn is_repeated(proposal: &Proposal, view: &View<'_>) -> bool {
    let text = view.text();
    if !proposal.is_of_words() || is_scan(view) {
        return false;
    }
    let around = without_blanks(text, &proposal.span);
    let old = text[around.clone()].trim_matches(|c: char| !c.is_alphanumeric());
    let new = word_made(proposal, &around, text);
    let (vocabulary, lexicon) = (view.evidence().vocabulary(), view.evidence().lexicon());
    let is_word = |word: &str| !word.is_empty() && word.chars().all(char::is_alphabetic);
    is_word(old)
        && !lexicon.is_word(old)
        && is_word(&new)
        && vocabulary.count(old) >= REPEATED
        && vocabulary.count(&new) == 0
        && lexicon.lookup(&new).is_some_and(|entry| entry.log2_frequency() < SMALL_WORD)
}

/// So often a word stands that is meant so.
const REPEATED: u32 = 3;

/// Whether a title stands before a word with a capital that is read for a small word of the language: `Dr. Tbe` is no
/// article.
pub(super) fn is_name_behind_title(proposal: &Proposal, view: &View<'_>) -> bool {
    let text = view.text();
    let old = &text[proposal.span.clone()];
    let around = without_blanks(text, &proposal.span);
    if !proposal.is_of_words() || !text[around.start..].starts_with(|c: char| c.is_uppercase()) || old.contains(' ') {
        return false;
    }
    let before = text[..around.start].trim_end_matches([' ', '\n']);
    let Some(before) = before.strip_suffix('.') else { return false };
    let title = &before[before.trim_end_matches(char::is_alphabetic).len()..];
    let new = word_made(proposal, &around, text);
    let is_small_word = || view.evidence().lexicon().lookup(&new).is_some_and(|e| e.log2_frequency() >= SMALL_WORD);
    new.len() > 1 && view.lists().has(WordList::DottedTitles, title) && is_small_word()
}
