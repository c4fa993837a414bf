//! Where patterns are tried, and where they match.

use std::collections::BTreeMap;
use std::ops::Range;

use descan_rules::{Finder, Matcher, Pattern, RuleId};
use descan_text::token::floor;
use regex::Captures;

use crate::pass::View;

/// A place where a pattern is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// A line, by its index.
    Line(usize),
    /// A token, by its bytes.
    Token(u32, u32),
}

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

/// The places of each rule that has any, in order.
pub(super) fn of_rules(matcher: &Matcher, view: &View<'_>) -> BTreeMap<RuleId, Vec<Place>> {
    let mut of_rules: BTreeMap<RuleId, Vec<Place>> = BTreeMap::new();
    let is_on = |id: RuleId| view.options().selection.has_rule(id);
    for (id, at) in matcher.literals(view.text()).filter(|(id, _)| is_on(*id)) {
        let line = view.layout().line_at(at);
        let places = of_rules.entry(id).or_default();
        let before = reach(view, id).min(line);
        places.extend((line - before..=line).map(Place::Line));
    }
    for &id in matcher.line_starts().iter().filter(|id| is_on(**id)) {
        let lines = view.layout().lines().iter().enumerate().filter(|(_, line)| !line.is_blank());
        of_rules.entry(id).or_default().extend(lines.map(|(index, _)| Place::Line(index)));
    }
    if matcher.has_tokens() {
        add_tokens(matcher, view, &mut of_rules);
    }
    for places in of_rules.values_mut() {
        places.sort_unstable();
        places.dedup();
    }
    of_rules
}

/// Adds the places of tokens in which a pattern matches: each is matched once,
/// however often the text has it.
fn add_tokens(matcher: &Matcher, view: &View<'_>, of_rules: &mut BTreeMap<RuleId, Vec<Place>>) {
    let text = view.text();
    let (chunks, types) = view.analysis().chunks();
    let mut matching: Vec<Vec<RuleId>> = Vec::new();
    for (first, _) in types.iter() {
        let token = first.text(text);
        let mut rules = Vec::new();
        for id in matcher.of_token(token) {
            let pattern = view.rules().get(id).pattern.as_ref();
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
            of_rules.entry(id).or_default().push(Place::Token(chunk.start, chunk.end));
        }
    }
}

/// Over how many lines before and after a match may reach.
fn reach(view: &View<'_>, id: RuleId) -> usize {
    match view.rules().get(id).pattern.as_ref().map(|pattern| &pattern.finder) {
        Some(Finder::Literals { reach, .. } | Finder::LineStart { reach }) => *reach,
        _ => 0,
    }
}

/// Bytes of a line that a pattern is shown at once; a match of up to half as many
/// is found wherever it begins. A pattern that reaches for the end of a line
/// would else cost the whole line at each of its matches.
const WINDOW: usize = 4096;

/// The matches of a pattern at its places, in order, none found twice.
pub(super) fn matches<'t>(pattern: &Pattern, places: &[Place], view: &'t View<'_>) -> Vec<Match<'t>> {
    let mut found: Vec<Match<'t>> = Vec::new();
    for &place in places {
        let (start, end, last_start) = match place {
            Place::Token(start, end) => (start as usize, end as usize, end as usize),
            Place::Line(index) => {
                let lines = view.layout().lines();
                let reach = match &pattern.finder {
                    Finder::Literals { reach, .. } | Finder::LineStart { reach } => *reach,
                    Finder::Tokens { .. } => 0,
                };
                (lines[index].start, lines[(index + reach).min(lines.len() - 1)].end, lines[index].end)
            }
        };
        // A match may have gone on into this line from the one before.
        let done = found.last().map_or(0, |last| last.span.end);
        match_part(pattern, start..end, last_start, done, view, &mut found);
    }
    found
}

/// The matches in a part of the text that begin up to `last_start` and replace
/// nothing before `done`.
fn match_part<'t>(
    pattern: &Pattern,
    part: Range<usize>,
    last_start: usize,
    done: usize,
    view: &'t View<'_>,
    found: &mut Vec<Match<'t>>,
) {
    let Some(regex) = pattern.regex() else { return };
    let start = part.start;
    let text = &view.text()[part];
    let mut at = 0;
    while at < text.len() {
        let window = floor(text, at + WINDOW);
        let groups = regex.captures_at(&text[..window], at);
        // What reaches the window's end may go on behind it.
        let groups = groups.filter(|groups| window == text.len() || groups.get_match().end() < window);
        let Some(groups) = groups else {
            at = floor(text, at + WINDOW / 2);
            continue;
        };
        let whole = groups.get_match();
        if start + whole.start() > last_start {
            break;
        }
        let bad = groups.name("bad").unwrap_or(whole);
        // What stands behind the replaced part may begin the next match.
        let next = bad.end().max(whole.start() + 1);
        let span = start + bad.start()..start + bad.end();
        let whole = start + whole.start()..start + whole.end();
        at = (next..=text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len());
        if span.start >= done {
            found.push(Match { span, whole, start, groups });
        }
    }
}
