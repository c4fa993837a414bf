//! Specks beside a word that were read as opening single quotes.

use descan_lang::words::WordList;
use descan_rules::{Reason, RuleId};
use descan_text::level::Level;
use descan_text::token::floor;

use super::elision::{self, Elision};
use super::marks::{Group, Place, is_double, is_single};
use super::reading::{Reading, Role};
use crate::evidence::style::Outer;
use crate::pass::{Proposals, View};

/// Proposes to take out a single quote that opens what nothing closes.
///
/// It stands before a word in lower case inside a sentence, in a document that
/// quotes with double marks, and no mark of its paragraph could close it.
pub(super) fn run(view: &View<'_>, groups: &[Group], readings: &[Reading], out: &mut Proposals<'_>) {
    let text = view.text();
    if view.evidence().style().outer() != Outer::Double {
        return;
    }
    let mut paragraph = 0;
    let mut closer_follows = false;
    let mut double_closes = None;
    let drops = groups.iter().any(|g| drops_letters(view, g));
    let truncations = groups.iter().filter(|g| ends_bare_word(text, g)).count();
    for index in (0..groups.len()).rev() {
        let group = &groups[index];
        if truncations <= TRUNCATIONS
            && readings[index].role == Role::Apostrophe
            && !is_in_speech(groups, readings, index)
        {
            behind_word(view, group, out);
        }
        if group.paragraph != paragraph {
            paragraph = group.paragraph;
            closer_follows = false;
            double_closes = None;
        }
        let marks = group.text(text);
        let single = marks.chars().count() == 1 && marks.chars().all(is_single);
        if single && readings[index].role == Role::OpenSingle && group.place == Place::Before && !closer_follows {
            judge(view, group, double_closes, drops, out);
        }
        closer_follows |= matches!(group.place, Place::After | Place::Loose) && marks.contains(is_single);
        if marks.contains(is_double) {
            if marks == "“" && readings[index].role == Role::OpenDouble && double_closes.is_none_or(opens) {
                opens_inside(view, group, out);
            }
            double_closes = Some(readings[index]);
        }
    }
}

/// So many words that end in an apostrophe and not in `s` or `n` are no dialect.
const TRUNCATIONS: usize = 3;
/// A word this common is whole: no letters are left out after it.
const WHOLE: u8 = 8;
/// The same for a word of three letters.
const VERY_COMMON: u8 = 14;
/// The least frequency of a word whose h may be dropped.
const DROPPED: u8 = 6;

/// Whether a mark stands before a word that has certainly lost its beginning.
fn drops_letters(view: &View<'_>, group: &Group) -> bool {
    let text = view.text();
    group.place == Place::Before
        && group.text(text).chars().all(is_single)
        && elision::judge(&text[group.span.end..], view.evidence()) == Elision::Sure
}

/// Whether a mark ends a word as in `no’`, with a word in lower case after it.
fn ends_bare_word(text: &str, group: &Group) -> bool {
    let marks = group.text(text);
    let next = text[group.span.end..].strip_prefix([' ', '\n']);
    group.place == Place::After
        && marks.chars().count() == 1
        && marks.chars().all(is_single)
        && group.before.is_some_and(|c| c.is_lowercase() && !matches!(c, 's' | 'n' | 'z'))
        && next.is_some_and(|rest| rest.starts_with(char::is_lowercase))
}

/// Whether a speech is open at a group: the last double mark before it in its
/// paragraph opens one.
fn is_in_speech(groups: &[Group], readings: &[Reading], index: usize) -> bool {
    (0..index)
        .rev()
        .take_while(|&i| groups[i].paragraph == groups[index].paragraph)
        .find_map(|i| match readings[i].role {
            Role::OpenDouble | Role::Other => Some(true),
            Role::CloseDouble => Some(false),
            _ => None,
        })
        .unwrap_or(false)
}

/// Proposes to take out a mark after a whole word inside a sentence, where
/// nothing that it could close is open.
fn behind_word(view: &View<'_>, group: &Group, out: &mut Proposals<'_>) {
    let text = view.text();
    if !ends_bare_word(text, group) || !view.layout().region_at(group.span.start).is_running() {
        return;
    }
    let before = &text[..group.span.start];
    let word = &before[before.trim_end_matches(char::is_alphabetic).len()..];
    let common =
        view.evidence().lexicon().lookup(word).is_some_and(|e| e.log2_frequency() >= WHOLE && !e.usually_misread());
    // `o’`, `wi’`, `th’`, `fro’`: short words leave letters out.
    let very_common = || view.evidence().lexicon().lookup(word).is_some_and(|e| e.log2_frequency() >= VERY_COMMON);
    if common && (word.len() >= 4 || word.len() == 3 && very_common()) && !opens_behind_word(text, group) {
        let reasons = vec![Reason::new("a mark behind a whole word, where no quotation is open")];
        out.propose(RuleId::SPECK_QUOTE, Level::Certain, group.span.clone(), "", reasons);
    }
}

/// Whether a single quote before the place has lost the blank in front of it, and may be what this one closes:
/// `Fights'Little New Deal'`.
fn opens_behind_word(text: &str, group: &Group) -> bool {
    let from = floor(text, group.span.start.saturating_sub(LONGEST_QUOTED));
    let before = &text[from..group.span.start];
    let opens = |(at, mark): (usize, char)| {
        let is_behind_word = before[..at].ends_with(|c: char| c.is_lowercase() || ",.;".contains(c));
        is_single(mark) && is_behind_word && before[at + mark.len_utf8()..].starts_with(char::is_uppercase)
    };
    before
        .rsplit("\n\n")
        .next()
        .is_some_and(|last| last.char_indices().any(|(at, c)| opens((before.len() - last.len() + at, c))))
}

/// How long a quoted phrase is, in bytes.
const LONGEST_QUOTED: usize = 80;

/// Whether a reading opens a speech.
fn opens(reading: Reading) -> bool {
    reading.role == Role::OpenDouble
}

/// Proposes to take out a double quote in the margin that opens before a word in
/// lower case inside a sentence and that nothing closes: a speech has a stop
/// before it.
fn opens_inside(view: &View<'_>, group: &Group, out: &mut Proposals<'_>) {
    let text = view.text();
    let rest = &text[group.span.end..];
    let before = text[..group.span.start].trim_end();
    let next = text[group.paragraph_end.max(group.span.end)..].trim_start();
    let speck = rest.starts_with(char::is_lowercase)
        && before.ends_with(char::is_lowercase)
        && group.before.is_none_or(|c| c == '\n')
        && !next.starts_with(is_double)
        && view.layout().region_at(group.span.start).is_running();
    if speck {
        let reasons = vec![Reason::new("a quote inside a sentence that opens what nothing closes")];
        out.propose(RuleId::SPECK_QUOTE, Level::Certain, group.span.clone(), "", reasons);
    }
}

fn judge(view: &View<'_>, group: &Group, next_double: Option<Reading>, drops: bool, out: &mut Proposals<'_>) {
    let text = view.text();
    let rest = &text[group.span.end..];
    let word = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
    let before = text[..group.span.start].trim_end();
    let inside = before.ends_with(char::is_lowercase) && group.before.is_none_or(char::is_whitespace);
    // A paragraph of narrative that has no speech at all.
    let begins = group.before.is_none() && next_double.is_none() && view.lists().has(WordList::NarrativeOpeners, word);
    // A closing double quote that nothing opens: this may be its other half.
    let half = next_double.is_some_and(|r| r.role == Role::CloseDouble && r.opened_by.is_none());
    // A comma may be what is left of the closing mark too, unless the word is one
    // that nobody quotes.
    let common = || view.evidence().lexicon().lookup(word).is_some_and(|e| e.log2_frequency() >= VERY_COMMON);
    let behind = rest[word.len()..].strip_prefix(',').filter(|_| common()).unwrap_or(&rest[word.len()..]);
    let whole = word.len() >= 2 && behind.starts_with(char::is_whitespace);
    let known = view.evidence().lexicon().is_word(word);
    let prose = view.layout().region_at(group.span.start).is_running();
    if half
        || !(inside || begins)
        || !whole
        || !known
        || !prose
        || elision::judge(rest, view.evidence()) != Elision::None
    {
        return;
    }
    // Where the text drops no h elsewhere, none is dropped here; and a straight
    // mark is an apostrophe as often as a quote.
    let whole = view.evidence().lexicon().lookup(&["h", word].concat());
    let may_drop = drops && whole.is_some_and(|e| e.log2_frequency() >= DROPPED);
    let dropped = may_drop || group.text(text) != "‘";
    let sure = begins || word.starts_with(char::is_lowercase) && !dropped;
    let level = if sure { Level::Certain } else { Level::Suspect };
    let reasons = vec![
        Reason::new("a single quote that opens what nothing closes"),
        Reason::with("double quotes that open a speech", f64::from(view.evidence().style().double_openings)),
    ];
    // It goes before it is made straight or curly.
    out.propose(RuleId::SPECK_QUOTE, level, group.span.clone(), "", reasons);
}
