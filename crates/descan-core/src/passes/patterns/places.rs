//! Where patterns are tried, and where they match.

use std::collections::BTreeMap;
use std::ops::Range;

use descan_rules::{Around, CharSet, Groups, LineStart, PassName, Rule, RuleId};
use descan_text::token::{ceiling, floor};

use crate::pass::{LINE_REACH, LineChars, LineEnds, View};

/// A part of the text in which a pattern is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Where a match may begin, in bytes of the text.
    start: usize,
    /// Where a match must end, in bytes of the text.
    end: usize,
    /// Up to where a match may begin.
    last_start: usize,
    /// Which of the different tokens it is, where the pattern sees it alone and not what is
    /// around it.
    token: Option<u32>,
}

impl Place {
    /// The number of the token, the same for all that are alike, where the pattern is tried on
    /// one by itself.
    pub(super) fn token(&self) -> Option<u32> {
        self.token
    }

    /// The part of the text in which it may match, in bytes.
    pub(super) fn span(&self) -> Range<usize> {
        self.start..self.end
    }

    /// What of the text a pattern is shown, in bytes.
    fn seen(&self, text: &str) -> Range<usize> {
        let start = if self.token.is_some() { self.start } else { floor(text, self.start.saturating_sub(BESIDE)) };
        start..self.end
    }
}

/// What a pattern is shown before and after the longest match, in bytes: it tells
/// where lines and words begin and end.
const BESIDE: usize = 4;

/// A place where a pattern matches.
pub(super) struct Match<'t> {
    /// What is replaced, in bytes of the text.
    pub span: Range<usize>,
    /// The whole match, in bytes of the text.
    pub whole: Range<usize>,
    /// Where the text of the groups begins in the text, in bytes.
    pub start: usize,
    /// The groups; their places count from `start`.
    pub groups: Groups<'t>,
}

/// The places of each rule of a pass that has any, in order, none overlapping another.
pub(super) fn of_rules(pass: PassName, view: &View<'_>) -> BTreeMap<RuleId, Vec<Place>> {
    let mut of_rules: BTreeMap<RuleId, Vec<Place>> = BTreeMap::new();
    add_literals(pass, view, &mut of_rules);
    add_line_starts(pass, view, &mut of_rules);
    add_tokens(pass, view, &mut of_rules);
    for places in of_rules.values_mut() {
        places.sort_unstable();
        places.dedup_by(|next, last| {
            let overlap = next.token.is_none() && last.token.is_none() && next.start < last.last_start;
            if overlap {
                last.end = last.end.max(next.end);
                last.last_start = last.last_start.max(next.last_start);
            }
            overlap || next == last
        });
    }
    of_rules
}

/// Adds what stands around the literals of patterns.
fn add_literals(pass: PassName, view: &View<'_>, of_rules: &mut BTreeMap<RuleId, Vec<Place>>) {
    let text = view.text();
    let lines = view.layout().lines();
    for &(at, rule) in view.hits().in_lines(pass) {
        let Some(Around { reach, before, after, whole, holds }) = view.rules().get(rule).around() else { continue };
        let line = view.layout().line_at(at);
        let start = lines[line.saturating_sub(reach)].start.max(floor(text, at.saturating_sub(before)));
        let end = lines[(line + reach).min(lines.len() - 1)].end.min(ceiling(text, at + after + BESIDE));
        if holds.is_empty() || holds_all(holds, view.block_chars().around(start..end)) {
            let last_start = if whole { at } else { end };
            of_rules.entry(rule).or_default().push(Place { start, end, last_start, token: None });
        }
    }
}

/// Whether each of some sets has one of the characters.
fn holds_all(sets: &[CharSet], chars: CharSet) -> bool {
    sets.iter().all(|set| set.meets(chars))
}

/// Adds the lines at whose start a pattern may match.
fn add_line_starts(pass: PassName, view: &View<'_>, of_rules: &mut BTreeMap<RuleId, Vec<Place>>) {
    let line_starts = view.rules().matcher().line_starts(pass);
    if line_starts.is_empty() {
        return;
    }
    let text = view.text();
    let lines = view.layout().lines();
    let LineChars { sets, kinds, ends } = view.line_chars();
    let line_break = CharSet::of("\n");
    let selection = &view.options().selection;
    let of_kind = |ends: &LineEnds| -> Vec<&LineStart> {
        let may_begin = |rule: &&LineStart| {
            rule.first.meets(ends.first)
                && rule.last.is_none_or(|last| last.meets(ends.last))
                && rule.next.meets(ends.next)
                && selection.has_rule(rule.rule)
        };
        line_starts.iter().filter(may_begin).collect()
    };
    let of_kinds: Vec<Vec<&LineStart>> = ends.iter().map(of_kind).collect();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_blank()) {
        for LineStart { rule, reach, holds, .. } in &of_kinds[kinds[index] as usize] {
            let last = (index + reach).min(lines.len() - 1);
            let may_match = |set: &CharSet| {
                last > index && set.meets(line_break) || sets[index..=last].iter().any(|line| set.meets(*line))
            };
            if !holds.iter().all(may_match) {
                continue;
            }
            let end = lines[last].end.min(floor(text, line.start + LINE_REACH));
            let place = Place { start: line.start, end, last_start: line.start, token: None };
            of_rules.entry(*rule).or_default().push(place);
        }
    }
}

/// Adds the tokens in which a pattern matches.
fn add_tokens(pass: PassName, view: &View<'_>, of_rules: &mut BTreeMap<RuleId, Vec<Place>>) {
    let matching = view.in_tokens(pass);
    if matching.is_empty() {
        return;
    }
    let (chunks, types) = view.analysis().chunks();
    // Which of the matching rules are those of each different token.
    let mut rules_of: Vec<Range<usize>> = vec![0..0; types.iter().len()];
    for (index, (of, _)) in matching.iter().enumerate() {
        let rules = &mut rules_of[*of as usize];
        *rules = (if rules.start == rules.end { index } else { rules.start })..index + 1;
    }
    for (chunk, &of) in chunks.iter().zip(types.of_words()) {
        for &(_, id) in &matching[rules_of[of as usize].clone()] {
            let Range { start, end } = chunk.span();
            of_rules.entry(id).or_default().push(Place { start, end, last_start: end, token: Some(of) });
        }
    }
}

/// Bytes of a place that a pattern is shown at once; a match of up to half as many
/// is found wherever it begins. A pattern that reaches for the end of a line
/// would else cost the whole line at each of its matches.
const WINDOW: usize = 4096;

/// Where a match can begin in fewer places than this, it is not asked first whether there is one at all.
const NARROW: usize = 12;

/// The matches of a rule's pattern at a place, in order, behind the part that the last match
/// replaces. The rest of the pattern is read only if it has any. Where each begins goes into `starts`, also of those
/// that the last one overlaps.
pub(super) fn matches<'t>(
    rule: &'t Rule,
    place: Place,
    view: &'t View<'_>,
    last: &mut Option<Range<usize>>,
    starts: &mut Vec<usize>,
) -> Vec<Match<'t>> {
    let mut found: Vec<Match<'t>> = Vec::new();
    let all = view.text();
    let seen = place.seen(all);
    let part = place.start - seen.start..seen.len();
    // Which tokens match is known, and a few places are tried as quickly.
    let is_narrow = (1..NARROW).contains(&(place.last_start - place.start));
    if place.token.is_none() && !is_narrow && !rule.may_match(&all[seen], part, place.last_start == place.start) {
        return found;
    }
    let Some(regex) = rule.regex() else { return found };
    let start = place.seen(all).start;
    let text = &all[start..];
    let end = place.end - start;
    let mut at = place.start - start;
    while at <= end && start + at <= place.last_start {
        let window = floor(text, at + WINDOW).min(end);
        let groups = regex.groups(&text[..window], at, place.last_start - start);
        // What reaches the window's end may go on after it, unless a line ends there.
        let is_open =
            window < end || place.token.is_none() && !text[end..].is_empty() && !text[end..].starts_with('\n');
        let is_cut = |groups: &Groups<'_>| is_open && groups.whole().end == window;
        let Some(groups) = groups.filter(|groups| !is_cut(groups)) else {
            if window == end {
                break;
            }
            at = floor(text, at + WINDOW / 2);
            continue;
        };
        let whole = groups.whole();
        if start + whole.start > place.last_start {
            break;
        }
        let bad = groups.span("bad").unwrap_or(whole.clone());
        // What stands after the replaced part may begin the next match.
        let next = bad.end.max(whole.start + 1);
        let span = start + bad.start..start + bad.end;
        let whole = start + whole.start..start + whole.end;
        starts.push(whole.start);
        at = ceiling(text, next);
        let is_new = last.as_ref().is_none_or(|last| span.start >= last.end && span != *last);
        if is_new && rule.pattern().is_some_and(|pattern| keeps_borders(all, &whole, pattern.borders)) {
            *last = Some(span.clone());
            found.push(Match { span, whole, start, groups });
        }
    }
    found
}

/// Whether a match cuts no word where its pattern asks for the border of one.
fn keeps_borders(text: &str, whole: &Range<usize>, borders: [bool; 2]) -> bool {
    let is_in_word = |at: usize| {
        let before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        before && text[at..].chars().next().is_some_and(char::is_alphanumeric)
    };
    let cuts = |border: usize, at: usize| borders[border] && is_in_word(at);
    !(cuts(0, whole.start) || cuts(1, whole.end))
}
