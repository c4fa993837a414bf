//! An opening bracket that touches a word and was printed as the pronoun I: `[just`.

use descan_lang::terms::{context, term};
use descan_rules::{Reason, RuleId};
use descan_text::layout::Region;
use descan_text::level::Level;
use descan_text::token::floor;
use descan_text::token::words;

use crate::pass::{Proposals, View};

/// By how many nats the word must go better with an I before it.
const LEAD: f32 = 0.5;
/// As far as this, in bytes, the bracket that closes is looked for.
const REACH: usize = 2000;

/// Proposes I and a space for a bracket that nothing closes.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let mut closes = None;
    for at in memchr::memchr_iter(b'[', text.as_bytes()) {
        let behind = &text[at + 1..floor(text, at + REACH)];
        let free = text[..at].ends_with(|c: char| c.is_whitespace() || matches!(c, '“' | '"' | '—'));
        if !free || !behind.starts_with(char::is_lowercase) || view.layout().region_at(at) != Region::Prose {
            continue;
        }
        // Where the next closing bracket is, is asked once for all that open before it.
        let close = match closes {
            Some(close) if close > at => close,
            _ => memchr::memchr(b']', &text.as_bytes()[at..]).map_or(usize::MAX, |next| at + next),
        };
        closes = Some(close);
        if close < at + REACH {
            continue;
        }
        let Some(word) = words(behind).next().filter(|word| view.evidence().lexicon().is_word(word.text(behind)))
        else {
            continue;
        };
        let word = word.text(behind);
        let place = view.evidence().ngrams().slot(&context(text, at..at + 1 + word.len()));
        let lead = place.score(&[term("i"), term(word)]) - place.score(&[term(word)]);
        if lead > LEAD {
            let reasons = vec![
                Reason::new("a bracket that nothing closes, where I goes"),
                Reason::with("log-odds from the word behind it", f64::from(lead)),
            ];
            out.propose(RuleId::MISREAD_I, Level::Certain, at..at + 1, "I ", reasons);
        }
    }
}
