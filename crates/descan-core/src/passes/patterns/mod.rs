//! Runs the rules that are data: finds the places, checks their conditions, and
//! proposes the best of their replacements.

mod again;
mod conditions;
mod places;

use std::ops::Range;

use descan_rules::{Conditions, Marks, PassName, Pattern, Reason, Rule, RuleId};
use descan_text::level::Level;
use rustc_hash::FxHashSet;

use crate::evidence::style::{Dash, Ellipsis};
use crate::finding::Finding;
use crate::pass::{LARGE, Proposals, TriedInPass, View};
use crate::passes::judged::is_foreign;
use crate::shares::map_chunks;
use conditions::{Reading, document_allows, document_has, gain, holds_around, holds_at, holds_of_words};
use places::{Match, Place, matches};

/// Readings that go almost equally well leave open which is right, in nats.
const TOO_CLOSE: f32 = 2.0;

/// Proposes what the pattern rules of `pass` find.
///
/// What a pattern needs is looked for in one scan of the text for all rules, or
/// once in each different token; only there is it tried, of a large text on several threads. Rules of weaker places come
/// last, as
/// they go by what the others mended: here, and before (`earlier`).
pub fn run(pass: PassName, view: &View<'_>, earlier: &[Finding], out: &mut Proposals<'_>) {
    let marks = marks(view);
    let before = view.tried(pass);
    let mut tried = TriedInPass::default();
    let (weaker, plain): (Vec<_>, Vec<_>) =
        places::of_rules(pass, view).into_iter().partition(|(id, _)| view.rules().get(*id).again.is_some());
    let look = |(id, places): &(RuleId, Vec<Place>)| {
        let mut starts = Vec::new();
        // Known not to match are most places of an earlier iteration.
        let places = places.iter().filter(|place| place.token().is_some() || before.may_match(*id, &place.span()));
        let found = found(view.rules().get(*id), places.copied(), marks, view, &mut starts);
        Looked { rule: *id, found, starts }
    };
    let share = |rules: &[(RuleId, Vec<Place>)]| rules.iter().map(look).collect::<Vec<_>>();
    let looked = match view.text().len() < LARGE {
        true => share(&plain),
        false => map_chunks(&plain, SHARE, share).into_iter().flatten().collect(),
    };
    for of_rule in looked {
        of_rule.propose(&FxHashSet::default(), &mut tried, view, out);
    }
    for of_rule in &weaker {
        let again = view.rules().get(of_rule.0).again.as_ref();
        let mended = again.and_then(|again| again::mended(again, view, earlier, out));
        if let Some(mended) = mended {
            look(of_rule).propose(&mended, &mut tried, view, out);
        }
    }
    view.keep_tried(pass, tried);
}

/// So many rules are one thread's work at a time.
const SHARE: usize = 8;

/// What a look at all places of a rule found.
struct Looked {
    rule: RuleId,
    /// The places whose conditions hold; `None` if not all were looked at.
    found: Option<Vec<Found>>,
    /// Where the pattern matches, in bytes.
    starts: Vec<usize>,
}

impl Looked {
    /// Proposes what was found, but for what begins where another rule mends, and keeps where the pattern matches.
    fn propose(self, mended: &FxHashSet<usize>, tried: &mut TriedInPass, view: &View<'_>, out: &mut Proposals<'_>) {
        let Some(mut found) = self.found else { return };
        tried.keep(self.rule, self.starts);
        found.retain(|place| !mended.contains(&place.span.start));
        if let (false, Some(pattern)) = (found.is_empty(), view.rules().get(self.rule).pattern()) {
            propose(self.rule, pattern, found, view, out);
        }
    }
}

/// Before more places are tried it is asked whether the document has what the rule needs.
const SOME: usize = 4;
/// After so many matches it is worth asking what the whole document has to have.
const MANY: usize = 8;

/// The places of a rule whose conditions hold; `None` if no more was looked for, as the document is not one for the
/// rule. Where its pattern matches goes into `starts`.
fn found(
    rule: &Rule,
    places: impl Iterator<Item = Place>,
    marks: Marks,
    view: &View<'_>,
    starts: &mut Vec<usize>,
) -> Option<Vec<Found>> {
    let mut found: Vec<Found> = Vec::new();
    // Tokens that are no match wherever they stand.
    let mut refused: FxHashSet<u32> = FxHashSet::default();
    // What the last match replaces, and how many there are.
    let (mut last, mut count) = (None, 0);
    for (index, place) in places.enumerate() {
        // A few places are tried as quickly as all of the document is searched.
        if index == SOME && rule.pattern().is_some_and(|pattern| !document_has(&pattern.when, view)) {
            return None;
        }
        let token = place.token();
        if token.is_some_and(|token| refused.contains(&token)) {
            continue;
        }
        let matches = matches(rule, place, view, &mut last, starts);
        let Some(pattern) = rule.pattern().filter(|_| !matches.is_empty()) else { continue };
        let (before, after) = (count, count + matches.len());
        count = after;
        if before < MANY && after >= MANY && !document_allows(&pattern.when, view) {
            return None;
        }
        let mut words_hold = false;
        for place in matches {
            if !holds_at(&pattern.when, place.span.start, view) {
                // Elsewhere it may be another matter.
                words_hold = true;
                continue;
            }
            found.extend(best_reading(pattern, rule.own_level, &place, marks, view, &mut words_hold));
        }
        if !words_hold {
            refused.extend(token);
        }
    }
    Some(found)
}

/// A match whose conditions hold.
struct Found {
    span: Range<usize>,
    reading: String,
    level: Level,
    /// Whether two readings were almost equally good.
    is_open: bool,
}

/// The replacement that goes best, of those whose conditions hold.
/// `words_hold` tells whether what is asked of the words holds of any.
fn best_reading(
    pattern: &Pattern,
    own: Level,
    place: &Match<'_>,
    marks: Marks,
    view: &View<'_>,
    words_hold: &mut bool,
) -> Option<Found> {
    let mut readings: Vec<(f32, String, Level)> = Vec::new();
    let old = &view.text()[place.span.clone()];
    for with in &pattern.with {
        let Some(text) = with.fill(&place.groups, marks) else { continue };
        if text == old || readings.iter().any(|(_, other, _)| *other == text) {
            continue;
        }
        let reading = Reading { place, text: &text, view };
        if !holds_of_words(&pattern.when, &reading) {
            continue;
        }
        *words_hold = true;
        if !holds_around(&pattern.when, &reading) {
            continue;
        }
        let level = level(pattern, own, &reading);
        let gain = if pattern.with.len() > 1 { gain(&reading) } else { 0.0 };
        readings.push((gain, text, level));
    }
    readings.sort_by(|a, b| b.0.total_cmp(&a.0));
    let is_open = readings.len() > 1 && readings[0].0 - readings[1].0 < TOO_CLOSE;
    let (_, reading, level) = readings.into_iter().next()?;
    Some(Found { span: place.span.clone(), reading, level, is_open })
}

/// The marks that the document writes. Where nothing shows it they are those of
/// ASCII if the text is, so that a plain file stays one.
fn marks(view: &View<'_>) -> Marks {
    let style = view.evidence().style();
    let curly = style.curly_apostrophes + style.curly_doubles + style.curly_singles;
    let straight = style.straight_apostrophes + style.straight_doubles + style.straight_singles;
    let is_curly = match (style.is_curly(), style.is_straight()) {
        (true, _) => true,
        (_, true) => false,
        _ if curly + straight == 0 => view.text().contains(['’', '‘', '“', '”', '\u{fffd}', '´']),
        _ => curly >= straight,
    };
    Marks {
        curly: is_curly,
        em_dash: style.dash().map_or(is_curly || style.em_dashes > style.double_hyphens, |dash| dash == Dash::Em),
        one_ellipsis: style.ellipsis() == Some(Ellipsis::Character),
    }
}

/// The surest level whose conditions hold, from the rule's own on.
fn level(pattern: &Pattern, own: Level, reading: &Reading<'_>) -> Level {
    let mut from_own = pattern.levels.iter().filter(|(level, _)| *level >= own);
    let holds = |conditions: &Conditions| {
        holds_at(conditions, reading.place.span.start, reading.view)
            && holds_of_words(conditions, reading)
            && holds_around(conditions, reading)
    };
    let holding = from_own.find(|(_, conditions)| holds(conditions));
    holding.map_or(Level::Suspect, |(level, _)| *level)
}

/// Proposes what was found, as surely as the whole document lets it be.
fn propose(id: RuleId, pattern: &Pattern, found: Vec<Found>, view: &View<'_>, out: &mut Proposals<'_>) {
    let allows = |conditions: &Conditions| found.len() >= conditions.places && document_allows(conditions, view);
    // What is asked of the whole document is asked last, as it costs a look at all of it.
    if found.is_empty() || !allows(&pattern.when) {
        return;
    }
    let rule = view.rules().get(id);
    let from_rule = pattern.levels.iter().filter(|(level, _)| *level >= rule.own_level);
    let surest =
        from_rule.into_iter().find(|(_, conditions)| allows(conditions)).map_or(Level::Suspect, |(level, _)| *level);
    let is_of_words = matches!(rule.pass, PassName::Letters | PassName::Words | PassName::Context);
    for Found { span, reading, level, is_open } in found {
        let level = if is_open { Level::Suspect } else { level.max(surest).max(rule.own_level) };
        // What English lists say of words holds among English words; a number is one anywhere.
        let is_foreign = is_of_words && reading.contains(char::is_alphabetic) && is_foreign(view, span.clone());
        let level = if is_foreign { Level::Suspect } else { level };
        out.propose(id, level, span, reading, vec![Reason::new(rule.summary.clone())]);
    }
}
