//! Words broken at the end of a line whose hyphen the scan lost.

use descan_lang::entry::Trust;
use descan_lang::ngrams::{context, term};
use descan_rules::{Reason, RuleId};
use descan_text::level::Level;

use crate::pass::{Proposals, Reflow, View};

/// How common the whole word must be: once in a million words of the model.
const COMMON: u8 = 6;

/// How common the first part may be: as `inter`, which is a word besides.
const RARE: u8 = 9;

/// The least advantage in nats of the whole word over its parts that is offered,
/// and that makes it certain where the second part is no word.
const OFFERED: f32 = 16.0;
const CERTAIN: f32 = 20.0;

/// Proposes to join the last word of a line, which is none, with the first of
/// the next, where the two are a common word.
///
/// Only between full lines of prose: elsewhere a line ends for other reasons.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let lines = view.layout().lines();
    let lexicon = view.evidence().lexicon();
    for pair in lines.windows(2) {
        let (a, b) = (&pair[0], &pair[1]);
        if a.is_blank() || b.is_blank() || !a.region.is_running() || !b.region.is_running() {
            continue;
        }
        let (left, right) = (text[a.text_start..a.end].trim_end(), &text[b.text_start..b.end]);
        if !left.ends_with(|c: char| c.is_ascii_lowercase()) || !right.starts_with(|c: char| c.is_ascii_lowercase()) {
            continue;
        }
        let first = left.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let second = right.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        if first.len() < 2
            || second.len() < 2
            || !is_free(left, first)
            || lexicon.lookup(first).is_some_and(|e| e.log2_frequency() > RARE)
        {
            continue;
        }
        let joined = [first, second].concat();
        let known = lexicon.lookup(&joined).filter(|e| e.trust() == Trust::Trusted && !e.usually_misread());
        if known.is_none_or(|e| e.log2_frequency() < COMMON || !e.lower() || joined.len() < 5) {
            continue;
        }
        let measure = view.measure();
        if measure.share(left) < 0.7 || !measure.is_wrapped() {
            continue;
        }
        let stub = lexicon.lookup(second).is_none_or(|e| e.trust() != Trust::Trusted || e.usually_misread());
        let start = a.text_start + left.len();
        let place = view.evidence().ngrams().slot(&context(text, start - first.len()..b.text_start + second.len()));
        let score = |words: &[&str]| place.score(&words.iter().map(|w| term(w)).collect::<Vec<_>>());
        let advantage = score(&[&joined]) - score(&[first, second]);
        if advantage < OFFERED {
            continue;
        }
        let level = if stub && advantage >= CERTAIN { Level::Certain } else { Level::Probable };
        let reasons = vec![
            Reason::new(format!("‘{joined}’ is a common word and ‘{first}’ is not")),
            Reason::with("log-odds from the words around it", f64::from(advantage)),
        ];
        let tail = right.find(|c: char| c.is_whitespace() || matches!(c, '—' | '–')).unwrap_or(right.len());
        let rest = &right[tail..];
        let end = b.text_start + tail + (rest.len() - rest.trim_start().len());
        let (line_break, margin) = if end >= b.end {
            ("", "")
        } else if view.options().reflow == Reflow::Unwrapped {
            (" ", "")
        } else {
            ("\n", &text[b.start..b.text_start])
        };
        let with = [&right[..tail], line_break, margin].concat();
        out.propose(RuleId::LOST_HYPHEN, level, start..end, with, reasons);
    }
}

/// Whether the word stands after a space or an opening mark: no other letters
/// or signs of damage touch it.
fn is_free(left: &str, first: &str) -> bool {
    let before = left[..left.len() - first.len()].chars().next_back();
    before.is_none_or(|c| c.is_whitespace() || matches!(c, '“' | '"' | '(' | '—' | '‘'))
}
