//! A story told by a character: it is in double quotes, and the speeches inside it are in
//! single quotes, `“‘Ten to two.’`. Every paragraph of it opens with a quote and none but the
//! last closes, and the single quote at the start is easily lost next to the double one.

use std::ops::Range;

use descan_lang::words::WordLists;
use descan_rules::{Reason, RuleId};
use descan_text::level::Level;

use super::elision::{self, Elision};
use super::marks::{Group, Place, is_double, is_single};
use crate::evidence::style::{Marks, Outer};
use crate::pass::{Proposals, View};
use crate::passes::grammar::{self, Tag};

/// The least number of paragraphs in a row that open a speech and close none.
const PARAGRAPHS: usize = 3;
/// The least number of them with a quotation inside that opens after the speaker.
const OPENINGS: usize = 2;
/// A speaker's tag of more words than this is none.
const TAG_WORDS: usize = 6;
/// A word this common is whole: no letters are left out after it.
const WHOLE: u8 = 8;

/// For each group, whether its paragraph belongs to such a tale.
pub(super) fn runs(text: &str, groups: &[Group]) -> Vec<bool> {
    let paragraphs = paragraphs(groups);
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    let mut start = 0;
    while start < paragraphs.len() {
        let mut end = start;
        while end < paragraphs.len()
            && is_open(text, &groups[paragraphs[end].clone()])
            && (end == start || follows(groups, &paragraphs[end - 1], &paragraphs[end]))
        {
            end += 1;
        }
        if end - start >= PARAGRAPHS {
            let within = |p: &&Range<usize>| quotes_within(text, &groups[(*p).clone()]);
            let openings = paragraphs[start..end].iter().filter(within).count();
            found.push((start..end, openings));
        }
        start = end.max(start + 1);
    }
    // What one part of the tale shows holds for the others.
    let shown = found.iter().any(|(_, openings)| *openings >= OPENINGS);
    let mut told = vec![false; groups.len()];
    let mut tale_ends = None;
    for (run, openings) in found.into_iter().filter(|_| shown) {
        // One paragraph between that seems to close has a single mark read as a
        // double one: the tale goes on after it.
        let goes_on = tale_ends.is_some_and(|end: usize| end + 1 == run.start)
            && (run.start - 1..=run.start).all(|at| follows(groups, &paragraphs[at - 1], &paragraphs[at]));
        if openings > 0 || goes_on {
            told[paragraphs[run.start].start..paragraphs[run.end - 1].end].fill(true);
            tale_ends = Some(run.end);
        }
    }
    told
}

/// Proposes the marks around a speech inside a tale that were lost where the
/// paragraph opens, and before the speaker.
pub(super) fn run(view: &View<'_>, groups: &[Group], out: &mut Proposals<'_>) {
    let style = view.evidence().style();
    if style.marks() != Marks::Curly || style.outer() != Outer::Double {
        return;
    }
    let text = view.text();
    let told = runs(text, groups);
    for paragraph in paragraphs(groups).into_iter().filter(|p| told[p.start]) {
        let groups = &groups[paragraph];
        let opening = &groups[0];
        if opening.text(text) != "“" {
            continue;
        }
        let singles = groups[1..].iter().filter(|g| g.place != Place::Inside);
        let next = singles
            .filter(|g| !is_elision(view, g) || ends_speech(view, g))
            .find(|g| is_close(g) || g.place == Place::Before || ends_speech(view, g));
        let from = opening.span.end;
        let speaker = match next {
            Some(next) if next.place != Place::Before => None,
            Some(next) => match speaker_before(view.lists(), text, from..next.span.start) {
                None => continue,
                speaker => speaker,
            },
            None => match speaker_at_end(view.lists(), text, from..opening.paragraph_end.max(from)) {
                None => continue,
                speaker => speaker,
            },
        };
        if let Some((at, with)) = speaker {
            propose(at, with, out);
        }
        propose(from..from, "‘", out);
    }
}

/// Proposes the full stop that was lost with a closing mark inside a tale, for
/// the pass `spacing`: `“‘I’ll see to that for you’`.
pub(super) fn stops(view: &View<'_>, groups: &[Group], out: &mut Proposals<'_>) {
    let text = view.text();
    let told = runs(text, groups);
    for paragraph in paragraphs(groups).into_iter().filter(|p| told[p.start]) {
        let mut open = false;
        for group in &groups[paragraph] {
            let marks = group.text(text);
            if group.place == Place::Before {
                open |= marks.ends_with('‘');
            } else if open && is_close(group) {
                open = false;
            } else if open && ends_speech(view, group) {
                open = false;
                let at = group.span.start;
                let last = group.before.map_or(0, char::len_utf8);
                let reasons = vec![Reason::new("a speech inside a tale that ends without a stop")];
                let with = format!("{}.", &text[at - last..at]);
                out.propose(RuleId::LOST_END_MARK, Level::Certain, at - last..at, with, reasons);
            }
        }
    }
}

fn propose(at: Range<usize>, with: &str, out: &mut Proposals<'_>) {
    let reasons = vec![Reason::new("a speech inside a tale, of which the other marks are there")];
    out.propose(RuleId::LOST_INNER_QUOTE, Level::Certain, at, with, reasons);
}

/// The groups of each paragraph that has any.
fn paragraphs(groups: &[Group]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        match found.last_mut().filter(|p| groups[p.start].paragraph == group.paragraph) {
            Some(paragraph) => paragraph.end = index + 1,
            None => found.push(index..index + 1),
        }
    }
    found
}

/// Whether no paragraph but blank lines stands between two.
fn follows(groups: &[Group], before: &Range<usize>, after: &Range<usize>) -> bool {
    groups[after.start].paragraph - groups[before.start].paragraph <= 2
}

/// Whether a paragraph begins with a double quote and has no other.
fn is_open(text: &str, groups: &[Group]) -> bool {
    let mut doubles = groups.iter().filter(|g| g.text(text).contains(is_double));
    let first =
        doubles.next().is_some_and(|g| g.before.is_none() && g.place == Place::Before && g.text(text).contains('“'));
    first && doubles.next().is_none()
}

/// Whether a quotation in single quotes opens inside the paragraph, after a stop.
fn quotes_within(text: &str, groups: &[Group]) -> bool {
    groups.iter().any(|g| {
        let stop = text[..g.span.start].trim_end().ends_with(['.', ',', ';', '!', '?']);
        g.text(text) == "‘" && g.place == Place::Before && stop || g.text(text) == "“‘"
    })
}

/// Whether a single mark stands after a stop, as one that closes does.
fn is_close(group: &Group) -> bool {
    group.place == Place::After && group.before.is_some_and(|c| matches!(c, '.' | ',' | '!' | '?'))
}

/// Whether a single mark stands after a whole word where a speech ends: at the
/// paragraph's end, or before a new sentence.
fn ends_speech(view: &View<'_>, group: &Group) -> bool {
    let text = view.text();
    let before = &text[..group.span.start];
    let word = &before[before.trim_end_matches(|c: char| c.is_alphabetic() || is_single(c)).len()..];
    let common =
        || view.evidence().lexicon().lookup(word).is_some_and(|e| e.log2_frequency() >= WHOLE && !e.usually_misread());
    let whole = word.chars().skip(1).any(is_single) || word.len() >= 3 && !word.ends_with('s') && common();
    let rest = &text[group.span.end..group.paragraph_end.max(group.span.end)];
    group.place == Place::After
        && group.text(text).chars().count() == 1
        && group.text(text).chars().all(is_single)
        && group.before.is_some_and(char::is_alphabetic)
        && whole
        && (rest.trim().is_empty()
            || rest.starts_with([' ', '\n']) && grammar::starts_sentence(view.lists(), rest.trim_start()))
}

fn is_elision(view: &View<'_>, group: &Group) -> bool {
    let text = view.text();
    let single = group.text(text).chars().all(is_single);
    let elided = elision::judge(&text[group.span.end..], view.evidence()) != Elision::None;
    let bare = group.place == Place::After && group.before.is_some_and(char::is_alphanumeric);
    !single || bare || group.place == Place::Before && elided
}

/// The place of the closing mark that is missing before the speaker's tag, whose
/// last word ends at the range's end, and what belongs there.
fn speaker_before(lists: &WordLists, text: &str, range: Range<usize>) -> Option<(Range<usize>, &'static str)> {
    let body = &text[range.clone()];
    let tag_end = body.trim_end();
    if !tag_end.ends_with([',', '.', ';', '!']) {
        return None;
    }
    let (at, mark) = body.match_indices([',', '?', '!', ';', ':', ')']).rfind(|(at, mark)| {
        let rest = body[at + mark.len()..].trim();
        !rest.is_empty() && rest.split_whitespace().count() <= TAG_WORDS && grammar::tag(lists, rest) == Tag::Sure
    })?;
    let at = range.start + at;
    match mark {
        "," | "?" | "!" => Some((at + 1..at + 1, "’")),
        _ => Some((at..at + 1, ",’")),
    }
}

/// The same where the paragraph ends with the speaker, who is named after the verb
/// (`said he`) or tells the tale himself: `“A boat, said he.` `He would come, he said`
/// tells what was said in other words.
fn speaker_at_end(lists: &WordLists, text: &str, range: Range<usize>) -> Option<(Range<usize>, &'static str)> {
    let body = text[range.clone()].trim_end().strip_suffix('.')?;
    let (at, mark) = body.match_indices([',', ';', '?', '!']).next_back()?;
    let mut words = body[at + mark.len()..].split_whitespace();
    let first = words.next()?;
    let verb = if first == "I" { words.next()? } else { first };
    if !grammar::is_verb_of_speech(lists, verb) || words.count() > TAG_WORDS {
        return None;
    }
    let at = range.start + at;
    match mark {
        ";" => Some((at..at + 1, ",’")),
        _ => Some((at + 1..at + 1, "’")),
    }
}
