//! A space before a punctuation mark that belongs to the word before it.

use descan_rules::{Reason, RuleId};
use descan_text::level::Level;

use super::edges::{ORDINARY, stop_over_nothing};
use super::lone::{Lone, Tokens, counts, few};
use crate::pass::{Proposals, View};
use crate::passes::grammar;

/// Proposes to close up a mark with the word before it.
///
/// French has a space before `;`, `:`, `!` and `?`, and so have old English
/// books: what the document does throughout is its style.
pub(super) fn run(view: &View<'_>, tokens: &Tokens<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let counts = counts(tokens.lone.iter().filter(|l| judge(l, view).is_some()).map(|l| l.mark));
    for lone in &tokens.lone {
        let Some(level) = judge(lone, view) else {
            continue;
        };
        let spaced = counts.get(&lone.mark).copied().unwrap_or(0);
        let start = text[..lone.at].trim_end_matches(' ').len();
        if spaced > 3 || start == lone.at || text[..start].ends_with('\n') {
            continue;
        }
        let reasons = vec![
            Reason::new("a space before a mark that belongs to the word"),
            Reason::with("places where the document has such a space", spaced as f64),
        ];
        out.propose(RuleId::SPACE_BEFORE_MARK, level, start..lone.at, "", reasons);
    }
    across(view, out);
}

/// Proposes to turn round a full stop and the space before it, where the stop
/// sticks to the word that begins the next sentence: `late .The`.
fn across(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let lexicon = view.evidence().lexicon();
    // Among words that are misread themselves a mark tells nothing.
    if view.evidence().vocabulary().is_garbled() {
        return;
    }
    let stuck: Vec<_> = view
        .marked_pairs()
        .map(|(_, left, right)| (left.span(), right.span()))
        .filter(|(left, right)| matches!(&text[left.end..right.start], " ." | "\n."))
        .filter(|(left, right)| {
            let (before, after) = (&text[left.clone()], &text[right.clone()]);
            let begins = after.starts_with(char::is_uppercase)
                && after.bytes().skip(1).all(|b| b.is_ascii_lowercase())
                && lexicon.lookup(after).is_some_and(|e| e.lower_share() >= ORDINARY && !e.usually_misread());
            let ends = before.chars().count() >= 2 && before.chars().all(char::is_lowercase) && lexicon.is_word(before);
            begins
                && ends
                && view.layout().region_at(left.start).is_running()
                && stop_over_nothing(view, left.end..right.start) >= STOP_OVER_NOTHING
        })
        .collect();
    if stuck.len() > few(view.words().len()) {
        return;
    }
    for (left, right) in stuck {
        let turned: String = text[left.end..right.start].chars().rev().collect();
        let reasons = vec![Reason::new("a full stop that sticks to the word which begins the next sentence")];
        out.propose(RuleId::SPACE_BEFORE_MARK, Level::Certain, left.end..right.start, turned, reasons);
    }
}

/// By how many nats a full stop must read better there than nothing.
const STOP_OVER_NOTHING: f32 = 0.5;

/// Whether the run closes the mark up.
pub(super) fn closes_up(lone: &Lone<'_>, view: &View<'_>) -> bool {
    judge(lone, view).is_some_and(|level| view.makes(RuleId::SPACE_BEFORE_MARK, level))
}

fn judge(lone: &Lone<'_>, view: &View<'_>) -> Option<Level> {
    let word_before = lone.before.ends_with(char::is_lowercase) && lone.before.chars().count() >= 2;
    // A capital by itself may be an initial, but for the pronoun.
    let capital_next = lone.after.is_empty()
        || lone.after.starts_with(char::is_uppercase) && (lone.after.len() > 1 || lone.after == "I");
    let level = match lone.mark {
        '.' | '?' if capital_next => Level::Certain,
        '!' if capital_next => Level::Probable,
        _ => return None,
    };
    let word = lone.before.trim_start_matches(|c: char| !c.is_alphanumeric());
    // The sentence goes on in what is set off below: a formula, a list.
    if grammar::is_never_last(view.lists(), word) {
        return None;
    }
    (word_before && view.evidence().lexicon().is_word(word)).then_some(level)
}
