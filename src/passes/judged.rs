//! From a judgement of a word to a proposal: what the passes `letters`, `words`
//! and `context` share.

use rayon::iter::ParallelIterator as _;
use rayon::slice::ParallelSlice as _;

use crate::evidence::decide::{Judge, Judgement, Kind, is_open};
use crate::passes::words::may_judge;
use crate::pipeline::{LARGE, Proposals, View};

/// Judges every word that is open to all readings, and proposes the best one by
/// the rule that `rule_of` names for its kind of damage, if it names one.
pub fn open_words(view: &View<'_>, rule_of: impl Fn(Kind) -> Option<&'static str>, out: &mut Proposals<'_>) {
    let text = view.text();
    let vocabulary = view.evidence().vocabulary();
    let open: Vec<bool> = view.types().iter().map(|(first, _)| is_open(vocabulary, first.text(text))).collect();
    let is_open = |index: usize| open[view.types().of_words()[index] as usize];
    let judged = judge_all(view, is_open, |judge, index| judge.unknown(text, view.words(), index));
    for (index, judgement) in judged {
        if let Some(rule) = rule_of(judgement.kind) {
            propose(view, rule, view.words()[index].text(text), judgement, out);
        }
    }
}

/// So many places are one thread's work at a time.
const SHARE: usize = 512;

/// Judges every word of those `wanted` that may be judged, as `judge` does, in
/// the order of the text. The result does not depend on the number of threads.
pub fn judge_all(
    view: &View<'_>,
    wanted: impl Fn(usize) -> bool,
    judge: impl Fn(&Judge<'_>, usize) -> Option<Judgement> + Sync,
) -> Vec<(usize, Judgement)> {
    let words = view.words();
    let places: Vec<usize> =
        (0..words.len()).filter(|&index| wanted(index) && may_judge(view, words[index].span())).collect();
    let share = |places: &[usize]| -> Vec<(usize, Judgement)> {
        let judges = Judge::new(view.evidence());
        places.iter().filter_map(|&index| Some((index, judge(&judges, index)?))).collect()
    };
    if view.text().len() < LARGE {
        return share(&places);
    }
    let judged: Vec<_> = places.par_chunks(SHARE).map(share).collect();
    judged.into_iter().flatten().collect()
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
