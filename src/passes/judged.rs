//! From a judgement of a word to a proposal: what the passes `letters`, `words`
//! and `context` share.

use crate::evidence::decide::{Judge, Judgement, Kind, is_open};
use crate::passes::words::may_judge;
use crate::pipeline::{Proposals, View};

/// Judges every word that is open to all readings, and proposes the best one by
/// the rule that `rule_of` names for its kind of damage, if it names one.
pub fn open_words(
    view: &View<'_>,
    judge: &Judge<'_>,
    rule_of: impl Fn(Kind) -> Option<&'static str>,
    out: &mut Proposals<'_>,
) {
    let text = view.text();
    let vocabulary = view.evidence().vocabulary();
    let open: Vec<bool> = view.types().iter().map(|(first, _)| is_open(vocabulary, first.text(text))).collect();
    for ((index, token), &kind) in view.words().iter().enumerate().zip(view.types().of_words()) {
        let word = token.text(text);
        if !open[kind as usize] || !may_judge(view, token.span()) {
            continue;
        }
        let Some(judgement) = judge.unknown(text, view.words(), index) else { continue };
        if let Some(rule) = rule_of(judgement.kind) {
            propose(view, rule, word, judgement, out);
        }
    }
}

/// Proposes what was judged, if it reaches a level, with the apostrophes of
/// `word` or else of the document.
pub fn propose(view: &View<'_>, rule: &str, word: &str, judgement: Judgement, out: &mut Proposals<'_>) {
    if let Some(level) = judgement.level() {
        let reading = view.evidence().style().apostrophes_of(&judgement.text, word);
        let reasons = judgement.reasons();
        out.propose(rule, level, judgement.probability, judgement.span, reading, reasons);
    }
}
