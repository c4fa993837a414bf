//! Runs the pattern rules of a pass.

use aho_corasick::AhoCorasick;
use descan_lang::terms::{context, term};
use descan_rules::PassName;
use descan_rules::Reason;
use descan_rules::{Guard, Pattern, RuleId};
use descan_text::token::{floor, without_blanks, words};

use crate::pass::{Proposals, View};

/// Proposes what the pattern rules of `pass` find.
///
/// One scan of the text looks for the triggers of all rules at once; a rule's
/// regex runs only on a line that holds one of its triggers, together with the
/// line after, so that a pattern may cross a line break.
pub struct PatternRules {
    scanner: AhoCorasick,
    /// The rule behind each trigger.
    owners: Vec<RuleId>,
}

impl PatternRules {
    /// Gathers the pattern rules of `pass` that are switched on.
    pub fn of(pass: PassName, view: &View<'_>) -> Option<PatternRules> {
        let mut triggers = Vec::new();
        let mut owners = Vec::new();
        for (id, rule) in view.rules().iter().filter(|(_, r)| r.pass == pass) {
            let Some(pattern) = &rule.pattern else {
                continue;
            };
            if view.options().selection.has_rule(id) {
                for trigger in &pattern.triggers {
                    triggers.push(trigger.as_str());
                    owners.push(id);
                }
            }
        }
        let scanner = if triggers.is_empty() { None } else { AhoCorasick::new(&triggers).ok() };
        scanner.map(|scanner| PatternRules { scanner, owners })
    }

    /// Proposes every match whose guards hold.
    pub fn run(&self, view: &View<'_>, out: &mut Proposals<'_>) {
        let text = view.text();
        let mut places: Vec<(RuleId, usize)> = self
            .scanner
            .find_overlapping_iter(text)
            .map(|m| (self.owners[m.pattern().as_usize()], view.layout().line_at(m.start())))
            .collect();
        places.sort_unstable();
        places.dedup();
        for (rule, line) in places {
            if let Some(pattern) = &view.rules().get(rule).pattern {
                run_on_line(rule, pattern, line, view, out);
            }
        }
    }
}

/// Bytes of a line that a pattern is shown at once; a match of up to half as many
/// is found wherever it begins. A pattern that reaches for the end of a line
/// would else cost the whole line at each of its matches.
const WINDOW: usize = 4096;

fn run_on_line(id: RuleId, pattern: &Pattern, line: usize, view: &View<'_>, out: &mut Proposals<'_>) {
    let Some(regex) = pattern.regex() else { return };
    let rule = view.rules().get(id);
    let lines = view.layout().lines();
    let start = lines[line].start;
    let end = lines[(line + 1).min(lines.len() - 1)].end;
    let part = &view.text()[start..end];
    let mut at = 0;
    while at < part.len() {
        let window = floor(part, at + WINDOW);
        let found = regex.captures_at(&part[..window], at);
        // What reaches the window's end may go on behind it.
        let Some(found) = found.filter(|f| window == part.len() || f.get_match().end() < window) else {
            at = floor(part, at + WINDOW / 2);
            continue;
        };
        let whole = found.get_match();
        if start + whole.start() > lines[line].end {
            break;
        }
        let bad = found.name("bad").unwrap_or(whole);
        let mut with = String::new();
        found.expand(&pattern.with, &mut with);
        // What stands behind the replaced part may begin the next match.
        let next = bad.end().max(whole.start() + 1);
        at = (next..=part.len()).find(|&i| part.is_char_boundary(i)).unwrap_or(part.len());
        let span = start + bad.start()..start + bad.end();
        if pattern.guards.iter().all(|&guard| holds(guard, &span, &with, view)) {
            let reasons = vec![Reason::new(rule.summary.clone())];
            out.propose(id, rule.level, 0.99, span, with, reasons);
        }
    }
}

/// Whether a guard lets a replacement pass.
fn holds(guard: Guard, span: &std::ops::Range<usize>, with: &str, view: &View<'_>) -> bool {
    match guard {
        Guard::Prose => view.layout().region_at(span.start).is_running(),
        Guard::Curly => view.evidence().style().is_curly(),
        Guard::KnownAfter => all_known(view, span, with),
        Guard::UnknownBefore => !all_known(view, span, &view.text()[span.clone()]),
        Guard::Context => fits_better(view, span, with),
    }
}

/// Whether the lexicon has every word that `reading` makes or touches in the
/// place of `span`.
fn all_known(view: &View<'_>, span: &std::ops::Range<usize>, reading: &str) -> bool {
    let (text, at) = with_surroundings(view.text(), span, reading);
    let end = at + reading.len();
    words(&text)
        .filter(|t| t.span().start < end && t.span().end > at)
        .all(|t| view.evidence().lexicon().is_word(t.text(&text)))
}

/// By how many nats a reading must lead on what stands there to fit better.
const CLEARLY: f32 = 3.0;

/// Whether the words with the replacement go better between their neighbours
/// than the words as they stand.
fn fits_better(view: &View<'_>, span: &std::ops::Range<usize>, with: &str) -> bool {
    let text = view.text();
    let (new, at) = with_surroundings(text, span, with);
    let (old, _) = with_surroundings(text, span, &text[span.clone()]);
    let start = span.start - at;
    let here = context(text, start..start + old.len());
    let score = |reading: &str| {
        let terms: Vec<_> = words(reading).map(|t| term(t.text(reading))).collect();
        view.evidence().ngrams().score_sequence(&here.left, &terms, &here.right)
    };
    score(&new) - score(&old) >= CLEARLY
}

/// The replacement with the text around it, as far as the neighbouring blanks,
/// and where it starts in that.
fn with_surroundings(text: &str, span: &std::ops::Range<usize>, with: &str) -> (String, usize) {
    let around = without_blanks(text, span);
    let (before, after) = (around.start, around.end);
    let joined = [&text[before..span.start], with, &text[span.end..after]].concat();
    (joined, span.start - before)
}
