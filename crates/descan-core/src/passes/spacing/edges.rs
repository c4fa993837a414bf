//! Specks of dirt at the edges of words that were read as punctuation.

use std::ops::Range;

use descan_lang::terms::{Gap, context};
use descan_lang::words::{WordList, WordLists};
use descan_rules::{Reason, RuleId};
use descan_text::layout::Region;
use descan_text::level::Level;
use descan_text::token::{Token, floor, without_blanks};

use super::lone::few;
use crate::pass::{Proposals, View};
use crate::passes::grammar;

/// So many nats better no mark must read than a dash: the hyphen may be what is
/// left of one.
const NOTHING_OVER_DASH: f32 = 4.0;
/// So many dashes show how the document writes them.
const DASHES: u32 = 2;
/// The least frequency of the words beside a mark.
const COMMON: u8 = 7;

/// The share of small letters from which a word is no name.
pub(super) const ORDINARY: f32 = 0.5;
/// So many nats better no mark must read than a full stop before such a word.
const NOTHING_OVER_STOP: f32 = 2.0;

/// By how many nats the words beside a gap read better with a full stop in it than
/// with nothing.
pub(super) fn stop_over_nothing(view: &View<'_>, gap: Range<usize>) -> f32 {
    let place = view.evidence().ngrams().slot(&context(view.text(), gap));
    place.score(Gap::SentenceEnd.term().as_slice()) - place.score(&[])
}

/// Proposes to take out tildes, underscores and carets at a word's edge, a
/// hyphen or full stop that sticks to a word inside a sentence.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    strays(view, out);
    let text = view.text();
    let places: Vec<_> = view.marked_pairs().filter_map(|(_, left, right)| stuck(view, left, right)).collect();
    // Options and endings (`-ing`) come in numbers.
    if places.len() <= few(view.words().len()) {
        for at in places {
            // `the files .profile and .netrc`: names that begin with a stop.
            let is_name = text[at..].starts_with('.') && names_begin_with_stop(text, at);
            let level = if is_name { Level::Suspect } else { Level::Certain };
            let reasons = vec![Reason::new("a mark that sticks to a word inside a sentence and belongs to none")];
            out.propose(RuleId::SPECK_AT_WORD, level, at..at + 1, "", reasons);
        }
    }
}

/// Whether another word begins with a full stop near the one at `at`.
fn names_begin_with_stop(text: &str, at: usize) -> bool {
    let from = floor(text, at.saturating_sub(NEAR));
    let to = floor(text, (at + NEAR).min(text.len()));
    let begins = |stop: usize| {
        stop != at
            && text[..stop].ends_with([' ', '\n'])
            && text[stop + 1..].starts_with(|c: char| c.is_ascii_lowercase())
    };
    memchr::memchr_iter(b'.', &text.as_bytes()[from..to]).any(|stop| begins(from + stop))
}

/// How far around a word others like it are looked for, in bytes.
const NEAR: usize = 200;

/// The place of a hyphen or full stop between two words that sticks to one of
/// them and that no sentence has there.
fn stuck(view: &View<'_>, left: Token, right: Token) -> Option<usize> {
    let text = view.text();
    let (left, right) = (left.span(), right.span());
    let (in_front, mark) = match &text[left.end..right.start] {
        " -" | "\n-" => (true, '-'),
        " ." | "\n." => (true, '.'),
        "- " => (false, '-'),
        _ => return None,
    };
    let region = view.layout().region_at(left.start);
    // A line of verse begins with a capital, which the mark may be.
    if text[left.end..].starts_with('\n') && region == Region::Verse {
        return None;
    }
    let (before, after) = (&text[left.clone()], &text[right.clone()]);
    let lexicon = view.evidence().lexicon();
    let common = |word: &str| {
        word.chars().all(char::is_lowercase)
            && lexicon.lookup(word).is_some_and(|entry| entry.log2_frequency() >= COMMON && !entry.usually_misread())
    };
    let whole = text[right.end..].starts_with([' ', '\n', ',', ';', '!', '?']) || text[right.end..].starts_with(". ");
    if !common(before) || !whole || !region.is_running() {
        return None;
    }
    let lists = view.lists();
    let fits = if in_front {
        // Before a word that only begins a sentence the stop belongs to the word in front.
        let name = mark == '.'
            && view.evidence().vocabulary().count(after) >= 3
            && !after.contains(char::is_numeric)
            && (!lexicon.lookup(after).is_some_and(|entry| entry.lower_share() >= ORDINARY)
                || stop_over_nothing(view, left.end..right.start) < -NOTHING_OVER_STOP);
        // `lemon-peel and -juice` suspends too.
        (common(after) || name) && !is_ending(lists, after) && !lists.has(WordList::SuspendingWords, before)
    } else {
        // `two- and three-legged` suspends; an article leads on.
        // The hyphen of `to- morrow` is that of one word.
        let whole = [before, after].concat();
        grammar::is_never_last(lists, before)
            && common(after)
            && !lexicon.is_word(&whole)
            && !lists.has(WordList::SuspendingWords, after)
    };
    if !fits {
        return None;
    }
    if mark == '.' {
        return Some(right.start - 1);
    }
    // Where the document has no other dash this may be one.
    let style = view.evidence().style();
    if style.em_dashes + style.double_hyphens < DASHES {
        return None;
    }
    let around = context(text, left.end..right.start);
    let place = view.evidence().ngrams().slot(&around);
    let clear = place.score(&[]) - place.score(Gap::Dash.term().as_slice()) > NOTHING_OVER_DASH;
    clear.then_some(if in_front { right.start - 1 } else { left.end })
}

/// Endings and file types that are written with a mark before them.
pub(super) fn is_ending(lists: &WordLists, word: &str) -> bool {
    lists.has(WordList::Endings, word)
}

/// Whether the word before a mark, or behind it, is in the lexicon.
fn is_known(view: &View<'_>, at: usize, before: bool) -> bool {
    let words = view.words();
    let next = words.partition_point(|word| word.span().start <= at);
    let word = if before { next.checked_sub(1) } else { Some(next) };
    let word = word.and_then(|index| words.get(index));
    word.is_some_and(|word| view.evidence().lexicon().lookup(word.text(view.text())).is_some())
}

/// Tildes, underscores and carets.
fn strays(view: &View<'_>, out: &mut Proposals<'_>) {
    let few = few(view.words().len());
    let text = view.text();
    let bytes = text.as_bytes();
    for mark in [b'~', b'_', b'^'] {
        let places: Vec<usize> = memchr::memchr_iter(mark, bytes).take(few + 1).collect();
        // Underscores or tildes around words are how plain text marks italics.
        let marking = places.windows(2).any(|p| p[1] - p[0] < 200);
        if places.len() > few || marking {
            continue;
        }
        for at in places {
            let before = text[..at].chars().next_back();
            let after = text[at + 1..].chars().next();
            let behind = before.is_some_and(|c| c.is_lowercase() || matches!(c, ',' | '.'))
                && after.is_none_or(char::is_whitespace);
            let in_front = before.is_none_or(char::is_whitespace) && after.is_some_and(char::is_lowercase);
            if (behind || in_front) && view.layout().region_at(at).is_running() && !is_code(text, at) {
                // `caf^`: what no word is left of may be a letter with its accent, and in front of it any letter.
                let level = match is_known(view, at, behind) {
                    true => Level::Certain,
                    false if in_front && mark != b'_' => Level::Suspect,
                    false => Level::Probable,
                };
                let reasons = vec![Reason::new("a mark at a word's edge that no sentence has")];
                out.propose(RuleId::SPECK_AT_WORD, level, at..at + 1, "", reasons);
            }
        }
    }
}

/// Whether the word around `at` is a path, an address or an identifier.
fn is_code(text: &str, at: usize) -> bool {
    let word = &text[without_blanks(text, &(at..at))];
    word.contains(['/', '\\', '@', '(', '=', '$', '#', '<', '{'])
        || word.contains(|c: char| c.is_ascii_digit())
        || word.len() < 3
}
