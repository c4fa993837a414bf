//! From a judgement of a word to a proposal: what the passes `letters`, `words`
//! and `context` share.

use rayon::iter::ParallelIterator as _;
use rayon::slice::ParallelSlice as _;

use crate::evidence::decide::{Judge, Judgement, Kind};
use crate::passes::words::may_judge;
use crate::pipeline::{LARGE, Proposals, View};

/// Proposes the best reading of every word that is open to all, by the rule that
/// `rule_of` names for its kind of damage, if it names one.
pub fn open_words(view: &View<'_>, rule_of: impl Fn(Kind) -> Option<&'static str>, out: &mut Proposals<'_>) {
    for (index, judgement) in view.judged() {
        if let Some(rule) = rule_of(judgement.kind) {
            propose(view, rule, view.words()[*index].text(view.text()), judgement.clone(), out);
        }
    }
}

/// Judges every word that is open to all readings.
pub fn judge_open(view: &View<'_>) -> Vec<(usize, Judgement)> {
    let (open, types) = (view.open_types(), view.types().of_words());
    judge_all(view, |index| open[types[index] as usize], |judge, index| judge.unknown(view.text(), view.words(), index))
}

/// So many places at least are one thread's work at a time.
const SHARE: usize = 512;
/// The work is cut into so many shares for each thread, as some take longer.
const SHARES: usize = 4;

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
    // What is worked out of a word serves the other places of the same share.
    let length = places.len().div_ceil(SHARES * rayon::current_num_threads()).max(SHARE);
    let judged: Vec<_> = places.par_chunks(length).map(share).collect();
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
