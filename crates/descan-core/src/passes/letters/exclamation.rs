//! Exclamation marks read for an l or an I, and an l read for an exclamation mark.

use std::ops::Range;

use descan_rules::{Reason, RuleId};
use descan_text::level::Level;
use descan_text::token::is_apostrophe;

use crate::pass::{Proposals, View};

/// The least frequency of the word that is meant, and of the one in front of a
/// mark that was read as a letter.
const COMMON: u8 = 7;
const COMMON_BEFORE: u8 = 9;
/// By how much the likeliest word must be commoner than the next.
const COMMONER: u8 = 3;
/// The longest word with a mark in it, in code points.
const LONGEST: usize = 20;

/// Proposes letters for exclamation marks inside words that are none without.
pub(super) fn for_letters(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    // Among words that are misread themselves one that is short fits anywhere.
    if view.evidence().vocabulary().is_garbled() {
        return;
    }
    let mut done = 0;
    for at in memchr::memchr_iter(b'!', text.as_bytes()) {
        if at < done || !view.layout().region_at(at).is_running() {
            continue;
        }
        let span = run_around(text, at);
        done = span.end;
        if let Some(meant) = meant(view, span.clone()) {
            let reasons = vec![Reason::new("an exclamation mark inside a word, which is one with a letter there")];
            out.propose(RuleId::EXCLAMATION_FOR_LETTER, Level::Certain, span, meant, reasons);
        }
    }
}

/// Proposes the exclamation mark for an l at the end of a speech.
pub(super) fn read_as_letters(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let lexicon = view.evidence().lexicon();
    let is_common =
        |word: &str| lexicon.lookup(word).is_some_and(|e| e.log2_frequency() >= COMMON_BEFORE && !e.usually_misread());
    let is_wanted = |word: &str| {
        word.strip_suffix(['l', 'I']).is_some_and(|stem| {
            stem.len() >= 2 && stem.bytes().all(|b| b.is_ascii_alphabetic()) && is_common(&stem.to_lowercase())
        }) && !lexicon.is_word(word)
            && !lexicon.is_word(&word.to_lowercase())
            && !lexicon.is_word(&format!("{word}l"))
    };
    for index in view.words_that(is_wanted) {
        let span = view.words()[index].span();
        let (before, rest) = (&text[..span.start], &text[span.end..]);
        let closes = rest.strip_prefix(['”', '"']).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\n']));
        let word = &text[span.clone()];
        // A capital inside a sentence may be a name's.
        let named = word.starts_with(char::is_uppercase) && !begins_sentence(before);
        // `the "addl" column`: a word that is quoted is no speech.
        let is_quoted = word.starts_with(char::is_lowercase) && before.ends_with(['“', '"']);
        if !closes || named || is_quoted || view.evidence().vocabulary().count(word) > 1 {
            continue;
        }
        let reasons = vec![Reason::new("a letter too many at a speech's end, where an exclamation mark looks like it")];
        out.propose(RuleId::LETTER_FOR_EXCLAMATION, Level::Certain, span.end - 1..span.end, "!", reasons);
    }
}

/// The letters and marks around the mark at `at`.
fn run_around(text: &str, at: usize) -> Range<usize> {
    let is_in = |c: &char| c.is_alphabetic() || is_apostrophe(*c) || *c == '!';
    let before: usize = text[..at].chars().rev().take(LONGEST).take_while(is_in).map(char::len_utf8).sum();
    let after: usize = text[at..].chars().take(LONGEST).take_while(is_in).map(char::len_utf8).sum();
    let run = &text[at - before..at + after];
    let leading = run.len() - run.trim_start_matches(is_apostrophe).len();
    let trailing = run.len() - run.trim_end_matches(is_apostrophe).len();
    at - before + leading..at + after - trailing
}

/// The word that a run with an exclamation mark in it stands for, if it is one.
fn meant(view: &View<'_>, span: Range<usize>) -> Option<String> {
    let text = view.text();
    let (run, before, after) = (&text[span.clone()], &text[..span.start], &text[span.end..]);
    let free = before.is_empty() || before.ends_with(|c: char| c.is_whitespace() || matches!(c, '“' | '"' | '‘' | '—'));
    let ends = after.is_empty() || after.starts_with(|c: char| c.is_whitespace() || ".,;:?!—”\"’)".contains(c));
    if !free || !ends || run.matches('!').count() != 1 || run.chars().count() > LONGEST {
        return None;
    }
    let lexicon = view.evidence().lexicon();
    let (head, tail) = run.split_once('!')?;
    let is_word = |part: &str| part.chars().count() >= 2 && lexicon.is_word(part) || matches!(part, "I" | "a");
    if tail.is_empty() {
        // A mark after a word ends a sentence, unless the next word goes on with it.
        let goes_on = after.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_lowercase));
        let small = head.len() >= 2 && head.bytes().all(|b| b.is_ascii_lowercase());
        if !goes_on || !small || lexicon.lookup(head).is_some_and(|e| !e.usually_misread()) {
            return None;
        }
    } else if is_word(tail) && (head.is_empty() || is_word(head)) || matches!(tail, "ll" | "d" | "m" | "ve") {
        // `Stop!he`, `!important`, and the pronoun before its contractions.
        return None;
    }
    let common = |word: &str| {
        let entry = lexicon.lookup(&word.to_lowercase()).filter(|e| !e.usually_misread() && e.lower());
        entry.map_or(0, |e| e.log2_frequency())
    };
    let capital = head.is_empty() && begins_sentence(before);
    let i = if capital { 'I' } else { 'i' };
    let mut readings: Vec<(u8, String)> = ['l', i]
        .into_iter()
        .filter(|c| !(capital && *c == 'l'))
        .map(|c| format!("{head}{c}{tail}"))
        .map(|word| (common(&word), word))
        .collect();
    readings.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let next = readings.get(1).map_or(0, |r| r.0);
    let (frequency, word) = readings.into_iter().next()?;
    (frequency >= COMMON && frequency >= next + COMMONER).then_some(word)
}

/// Whether a sentence begins after `before`.
fn begins_sentence(before: &str) -> bool {
    let opening = before.trim_end_matches(['“', '"', '‘', '\'']);
    let ended = opening.trim_end();
    ended.is_empty()
        || opening.len() < before.len() && !ended.ends_with(',')
        || opening.ends_with("\n\n")
        || ended.ends_with(['.', '!', '?', '”', '"'])
}
