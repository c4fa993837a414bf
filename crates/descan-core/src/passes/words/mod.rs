//! Pass `words`: words run together, words split in two, and words that stand twice.

mod repeated;

use descan_rules::RuleId;
use descan_text::token::Token;

use crate::evidence::decide::{Judge, Kind};
use crate::pass::{Proposals, View};
use crate::passes::judged::{self, judge_all};

/// Runs the pass.
pub(crate) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let rule_of = |kind| match kind {
        Kind::RunOn => Some(RuleId::RUN_ON),
        Kind::Split => Some(RuleId::SPLIT_WORD),
        _ => None,
    };
    judged::open_words(view, rule_of, out);
    if out.wants(PARTED) {
        parted(view, out);
    }
    repeated::run(view, out);
}

const PARTED: RuleId = RuleId::PARTED_WORD;

/// Two words that were one: `be came`.
fn parted(view: &View<'_>, out: &mut Proposals<'_>) {
    if !Judge::may_be_parted(view.evidence()) {
        return;
    }
    let (open, types) = (view.open_types(), view.types().of_words());
    // What is asked of the second word holds wherever it stands.
    let is_second =
        |(first, is_open): (Token, bool)| !is_open && first.text(view.text()).chars().all(char::is_lowercase);
    let firsts = view.types().iter().map(|(first, _)| first);
    let seconds: Vec<bool> = firsts.zip(open.iter().copied()).map(is_second).collect();
    let (words, bytes) = (view.words(), view.text().as_bytes());
    let is_known = |index: usize| {
        !open[types[index] as usize]
            && types.get(index + 1).is_some_and(|&next| seconds[next as usize])
            && words[index].end + 1 == words[index + 1].start
            && bytes[words[index].end as usize] == b' '
    };
    let judge = |judge: &Judge<'_>, index| judge.apart(index);
    for (index, judgement) in judge_all(view, is_known, judge) {
        judged::propose(view, PARTED, view.words()[index].text(view.text()), judgement, out);
    }
}
