//! A hyphen read for a space.

use descan_lang::terms::{Gap, context};
use descan_lang::words::WordList;
use descan_rules::{Reason, RuleId};
use descan_text::layout::Region;
use descan_text::level::Level;

use crate::pass::{Proposals, View};

/// By how many nats the space must read better than the hyphen, and than a dash.
/// On scans of known text all seven such places were spaces.
const BLANK_OVER_HYPHEN: f32 = 6.0;
const BLANK_OVER_DASH: f32 = 6.0;

/// Proposes a space for the hyphen between two words that make no compound: one
/// of them is an article, a pronoun, a conjunction, and the n-grams agree.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    for (_, left, right) in view.marked_pairs() {
        let (left, right) = (left.span(), right.span());
        if &text[left.end..right.start] != "-" {
            continue;
        }
        let (before, after) = (text[left.clone()].to_lowercase(), &text[right.clone()]);
        let grammar = view.lists().has(WordList::NeverFirstInCompounds, &before)
            || view.lists().has(WordList::NeverSecondInCompounds, after);
        let stutter = before.chars().next() == after.chars().next();
        if !grammar || stutter || !stands_alone(text, left.start, right.end) {
            continue;
        }
        let lexicon = view.evidence().lexicon();
        let vocabulary = view.evidence().vocabulary();
        // The document must have both words by themselves, as no name has.
        let known = lexicon.is_word(&before) && lexicon.is_word(after) && vocabulary.facts(after).lower > 0;
        if !known
            || !after.chars().all(char::is_lowercase)
            || lexicon.is_word(&format!("{before}-{after}"))
            || view.layout().region_at(left.start) != Region::Prose
        {
            continue;
        }
        let around = context(text, left.end..right.start);
        let place = view.evidence().ngrams().slot(&around);
        let score = |gap: Gap| place.score(gap.term().as_slice());
        let (blank, hyphen, dash) = (score(Gap::Space), score(Gap::Hyphen), score(Gap::Dash));
        if blank - hyphen > BLANK_OVER_HYPHEN && blank - dash > BLANK_OVER_DASH {
            let reasons = vec![
                Reason::new("no compound has this word, and a space reads better"),
                Reason::with("log-odds of the space against the hyphen", f64::from(blank - hyphen)),
            ];
            out.propose(RuleId::HYPHEN_FOR_SPACE, Level::Certain, left.end..right.start, " ", reasons);
        }
    }
}

/// Whether the two words are not part of a longer chain, a name or an address.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let begins = text[..start].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '“' | '"'));
    let ends = text[end..].chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '.' | '!' | '?' | '”'));
    begins && ends
}
