//! Closing quotes lost before the speaker is named: `“I found it, said Ann. “It’s late.”`

use descan_lang::words::WordLists;
use descan_rules::{Reason, RuleId};
use descan_text::layout::Region;
use descan_text::level::Level;

use super::marks::{Group, Place, is_double, is_single};
use super::nested;
use super::reading::{Reading, Role};
use super::speech_punctuation::{is_english, is_question};
use crate::evidence::style::{Marks, Outer};
use crate::pass::{Proposals, View};
use crate::passes::grammar::{self, Tag};

/// The least ratio of closed to unclosed speeches; some texts leave them open.
const CLOSED_TO_UNCLOSED: usize = 4;
/// A speaker's tag of more words than this is none.
const TAG_WORDS: usize = 8;

/// Proposes the closing quote between a speech and its speaker where another
/// quote opens after the speaker, or the paragraph ends with him: one of the
/// two must have been there. Says of each group whether it opens a speech that
/// is closed so.
pub(super) fn run(view: &View<'_>, groups: &[Group], readings: &[Reading], out: &mut Proposals<'_>) -> Vec<bool> {
    let mut closed_here = vec![false; groups.len()];
    let style = view.evidence().style();
    let close = match style.marks() {
        Marks::Curly => '”',
        Marks::Straight => '"',
        Marks::Unclear => return closed_here,
    };
    let told = nested::runs(view.text(), groups);
    let closed = readings.iter().filter(|r| r.role == Role::CloseDouble && r.opened_by.is_some()).count();
    let open: Vec<_> = (0..groups.len())
        .filter(|&i| readings[i].role == Role::OpenDouble && !told[i])
        .filter_map(|i| Some((i, unclosed(view, groups, readings, i)?)))
        .collect();
    if style.outer() != Outer::Double || closed < CLOSED_TO_UNCLOSED * open.len() {
        return closed_here;
    }
    for (index, (start, end)) in open {
        let speech = &view.text()[start..end];
        let Some((at, mark)) = before_speaker(view.lists(), speech) else {
            continue;
        };
        if !is_english(speech, view) || view.layout().region_at(start) != Region::Prose {
            continue;
        }
        let stop = match mark {
            '!' | '—' => mark,
            '?' if is_question(view.lists(), &speech[..at]) => mark,
            _ => ',',
        };
        let reasons = vec![
            Reason::new("a speech that nothing closes before its speaker is named"),
            Reason::with("speeches in the document that close", closed as f64),
        ];
        let span = start + at..start + at + mark.len_utf8();
        out.propose(RuleId::LOST_CLOSE, Level::Certain, span, format!("{stop}{close}"), reasons);
        closed_here[index] = view.makes(RuleId::LOST_CLOSE, Level::Certain);
    }
    closed_here
}

/// What stands between a quote that opens and the next in its paragraph that
/// opens too, or the paragraph's end, if no other mark is between.
fn unclosed(view: &View<'_>, groups: &[Group], readings: &[Reading], index: usize) -> Option<(usize, usize)> {
    let text = view.text();
    let group = &groups[index];
    if group.text(text).chars().count() != 1 || !group.text(text).contains(is_double) {
        return None;
    }
    let mut end = group.paragraph_end;
    for next in index + 1..groups.len() {
        let other = &groups[next];
        if other.paragraph != group.paragraph {
            break;
        }
        if other.place == Place::Inside
            || readings[next].role == Role::Apostrophe && other.text(text).chars().all(is_single)
        {
            continue;
        }
        if readings[next].role != Role::OpenDouble || !other.text(text).starts_with(is_double) {
            return None;
        }
        end = other.span.start;
        break;
    }
    (group.span.end <= end).then_some((group.span.end, end))
}

/// The place and the mark of the only stop after which the rest of the text
/// names the speaker.
fn before_speaker(lists: &WordLists, text: &str) -> Option<(usize, char)> {
    let names_speaker = |at: usize, mark: char| {
        let rest = text[at + mark.len_utf8()..].strip_prefix([' ', '\n'])?.trim_end();
        let words = rest.split_whitespace().count();
        let ends = rest.ends_with(['.', ',']) && !rest[..rest.len() - 1].contains(['.', '!', '?', ';', ':']);
        (ends && words <= TAG_WORDS && grammar::tag(lists, rest) == Tag::Sure && is_bare(lists, rest))
            .then_some((at, mark))
    };
    let mut found = text
        .char_indices()
        .filter(|(_, c)| matches!(c, ',' | '.' | '!' | '?' | ';' | ':' | ')' | '—'))
        .filter_map(|(at, mark)| names_speaker(at, mark));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// Whether the speaker's tag tells no more of what was said: `he said he would`
/// is part of a speech.
fn is_bare(lists: &WordLists, tag: &str) -> bool {
    let mut words = tag.split_whitespace();
    let first = words.next().unwrap_or_default();
    if grammar::is_verb_of_speech(lists, first.trim_end_matches([',', '.'])) {
        return true;
    }
    words.next().is_some_and(|verb| {
        let after = words.next();
        verb.ends_with([',', '.']) || after.is_some_and(|word| word.trim_end_matches([',', '.']).ends_with("ly"))
    })
}
