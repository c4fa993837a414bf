//! Where patterns are tried, and where they match.

use std::collections::BTreeMap;
use std::ops::Range;

use descan_rules::{Finder, Hit, Matcher, Pattern, RuleId};
use descan_text::layout::Line;
use descan_text::token::floor;
use regex::Captures;

use crate::pass::View;

/// A part of the text in which a pattern is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Where a match may begin, in bytes of the text.
    start: usize,
    /// Where a match must end, in bytes of the text.
    end: usize,
    /// Up to where a match may begin.
    last_start: usize,
    /// Whether the pattern sees the place alone, and not what is around it.
    is_token: bool,
}

/// How far before and after a literal its match may reach, in bytes.
const REACH: usize = 300;

/// A place where a pattern matches.
pub(super) struct Match<'t> {
    /// What is replaced, in bytes of the text.
    pub span: Range<usize>,
    /// The whole match, in bytes of the text.
    pub whole: Range<usize>,
    /// Where the text of the groups begins in the text, in bytes.
    pub start: usize,
    /// The groups; their places count from `start`.
    pub groups: Captures<'t>,
}

/// The places of each rule that has any, in order, none overlapping another.
pub(super) fn of_rules(matcher: &Matcher, view: &View<'_>) -> BTreeMap<RuleId, Vec<Place>> {
    let text = view.text();
    let lines = view.layout().lines();
    let mut of_rules: BTreeMap<RuleId, Vec<Place>> = BTreeMap::new();
    let is_on = |id: RuleId| view.options().selection.has_rule(id);
    matcher.literals(text, |Hit { rule, at, in_token }| {
        if !is_on(rule) {
            return;
        }
        let places = of_rules.entry(rule).or_default();
        if in_token {
            let span = token_at(text, at);
            places.push(Place { start: span.start, end: span.end, last_start: span.end, is_token: true });
            return;
        }
        let (line, reach) = (view.layout().line_at(at), reach(view, rule));
        let start = lines[line.saturating_sub(reach)].start.max(floor(text, at.saturating_sub(REACH)));
        let end = lines[(line + reach).min(lines.len() - 1)].end.min(floor(text, at + REACH));
        places.push(Place { start, end, last_start: end, is_token: false });
    });
    for &id in matcher.line_starts().iter().filter(|id| is_on(**id)) {
        let reach = reach(view, id);
        let full = lines.iter().enumerate().filter(|(_, line)| !line.is_blank());
        let place = |(index, line): (usize, &Line)| Place {
            start: line.start,
            end: lines[(index + reach).min(lines.len() - 1)].end.min(floor(text, line.start + REACH)),
            last_start: line.start,
            is_token: false,
        };
        of_rules.entry(id).or_default().extend(full.map(place));
    }
    if matcher.has_tokens() {
        add_tokens(matcher, view, &mut of_rules);
    }
    for places in of_rules.values_mut() {
        places.sort_unstable();
        places.dedup_by(|next, last| {
            let is_line_start = last.last_start < last.end;
            let overlap = !next.is_token && !last.is_token && !is_line_start && next.start < last.end;
            if overlap {
                last.end = last.end.max(next.end);
                last.last_start = last.end;
            }
            overlap || next == last
        });
    }
    of_rules
}

/// What stands between the spaces around a place, as far as a match may reach.
fn token_at(text: &str, at: usize) -> Range<usize> {
    let from = floor(text, at.saturating_sub(REACH));
    let to = floor(text, at + REACH);
    let bytes = text.as_bytes();
    let start = (from..at).rev().find(|&i| bytes[i].is_ascii_whitespace()).map_or(from, |i| i + 1);
    let end = (at..to).find(|&i| bytes[i].is_ascii_whitespace()).unwrap_or(to);
    start..end
}

/// Adds the places of tokens in which a pattern matches: each is matched once,
/// however often the text has it.
fn add_tokens(matcher: &Matcher, view: &View<'_>, of_rules: &mut BTreeMap<RuleId, Vec<Place>>) {
    let text = view.text();
    let (chunks, types) = view.analysis().chunks();
    let mut matching: Vec<Vec<RuleId>> = Vec::new();
    for (first, _) in types.iter() {
        let mut rules = Vec::new();
        if first.span().len() > REACH {
            matching.push(rules);
            continue;
        }
        let token = first.text(text);
        for id in matcher.of_token(token) {
            let pattern = view.rules().get(id).pattern();
            let is_match = pattern.and_then(Pattern::regex).is_some_and(|regex| regex.is_match(token));
            if is_match && view.options().selection.has_rule(id) {
                rules.push(id);
            }
        }
        matching.push(rules);
    }
    if matching.iter().all(Vec::is_empty) {
        return;
    }
    for (chunk, &of) in chunks.iter().zip(types.of_words()) {
        for &id in &matching[of as usize] {
            let span = chunk.span();
            of_rules.entry(id).or_default().push(Place {
                start: span.start,
                end: span.end,
                last_start: span.end,
                is_token: true,
            });
        }
    }
}

/// Over how many lines before and after a match may reach.
fn reach(view: &View<'_>, id: RuleId) -> usize {
    match view.rules().get(id).pattern().map(|pattern| &pattern.finder) {
        Some(Finder::Literals { reach, .. } | Finder::LineStart { reach }) => *reach,
        _ => 0,
    }
}

/// The matches of a pattern at its places, in order.
pub(super) fn matches<'t>(pattern: &Pattern, places: &[Place], view: &'t View<'_>) -> Vec<Match<'t>> {
    let mut found: Vec<Match<'t>> = Vec::new();
    for &place in places {
        match_part(pattern, place, view, &mut found);
    }
    found
}

/// Bytes of a place that a pattern is shown at once; a match of up to half as many
/// is found wherever it begins. A pattern that reaches for the end of a line
/// would else cost the whole line at each of its matches.
const WINDOW: usize = 4096;

/// The matches of a pattern in a part of the text.
fn match_part<'t>(pattern: &Pattern, place: Place, view: &'t View<'_>, found: &mut Vec<Match<'t>>) {
    let Some(regex) = pattern.regex() else { return };
    let all = view.text();
    // What stands before the place tells where lines and words begin.
    let start = if place.is_token { place.start } else { floor(all, place.start.saturating_sub(4)) };
    let text = &all[start..];
    let end = place.end - start;
    let mut at = place.start - start;
    while at <= end {
        let window = floor(text, at + WINDOW).min(end);
        let groups = regex.captures_at(&text[..window], at);
        // What reaches the window's end may go on after it, unless a line ends there.
        let is_open = window < end || !place.is_token && !text[end..].is_empty() && !text[end..].starts_with('\n');
        let is_cut = |groups: &Captures<'_>| is_open && groups.get_match().end() == window;
        let Some(groups) = groups.filter(|groups| !is_cut(groups)) else {
            if window == end {
                break;
            }
            at = floor(text, at + WINDOW / 2);
            continue;
        };
        let whole = groups.get_match();
        if start + whole.start() > place.last_start {
            break;
        }
        let bad = groups.name("bad").unwrap_or(whole);
        // What stands after the replaced part may begin the next match.
        let next = bad.end().max(whole.start() + 1);
        let span = start + bad.start()..start + bad.end();
        let whole = start + whole.start()..start + whole.end();
        at = (next..=text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len());
        let is_new = found.last().is_none_or(|last| span.start >= last.span.end && span != last.span);
        if is_new && keeps_borders(all, &whole, pattern.borders) {
            found.push(Match { span, whole, start, groups });
        }
    }
}

/// Whether a match cuts no word where its pattern asks for the border of one.
fn keeps_borders(text: &str, whole: &Range<usize>, borders: [bool; 2]) -> bool {
    let is_in_word = |at: usize| {
        let before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        before && text[at..].chars().next().is_some_and(char::is_alphanumeric)
    };
    !(borders[0] && is_in_word(whole.start)) && !(borders[1] && is_in_word(whole.end))
}
