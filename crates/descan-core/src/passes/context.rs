//! Pass `context`: words that exist but do not fit their context.

use descan_lang::words::WordList;
use descan_rules::{Reason, RuleId};
use descan_text::level::Level;
use descan_text::token::Token;

use crate::evidence::decide::{Judge, is_word_to_doubt};
use crate::pass::{LARGE, Proposals, View};
use crate::passes::judged::{self, judge_all};
use crate::shares::map_chunks;

/// Runs the pass.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    for index in view.words_that(|word| word == "Al") {
        al_for_ai(view, index, view.words()[index], out);
    }
    if !out.wants(RuleId::MISREAD_REAL_WORD) {
        return;
    }
    let doubted = doubted_types(view);
    let is_doubted = |index: usize| doubted[view.types().of_words()[index] as usize];
    let judged = judge_all(view, is_doubted, |judge, index| judge.real_word(view.words()[index]));
    for (index, judgement) in judged {
        judged::propose(view, RuleId::MISREAD_REAL_WORD, view.words()[index].text(text), judgement, out);
    }
}

/// Which of the different words may stand for another in this document.
fn doubted_types(view: &View<'_>) -> Vec<bool> {
    let text = view.text();
    let share = |types: &[(Token, bool)]| -> Vec<bool> {
        let judge = Judge::new(view.analysis(), view.evidence());
        let is_doubted = |word: &str| word != "Al" && is_word_to_doubt(word) && judge.has_rivals(word);
        types.iter().map(|&(first, open)| !open && is_doubted(first.text(text))).collect()
    };
    let open = view.open_types().iter().copied();
    let types: Vec<(Token, bool)> = view.types().iter().map(|(first, _)| first).zip(open).collect();
    if text.len() < LARGE {
        return share(&types);
    }
    map_chunks(&types, SHARE, share).concat()
}

/// So many different words are one thread's work at a time.
const SHARE: usize = 1024;

/// `Al` before a word of computing: the I of `AI` read as l.
///
/// Men are called Al, so this is offered and never applied unasked.
fn al_for_ai(view: &View<'_>, index: usize, token: Token, out: &mut Proposals<'_>) {
    let text = view.text();
    let Some(next) = view.words().get(index + 1) else { return };
    let between = &text[token.span().end..next.span().start];
    if !matches!(between, " " | "\n") || !view.lists().has(WordList::ComputingWords, next.text(text)) {
        return;
    }
    let vocabulary = view.evidence().vocabulary();
    let name = vocabulary.facts("Al").capital.saturating_sub(1);
    let reasons = vec![
        Reason::new(format!("‘{}’ follows, a word of computing", next.text(text))),
        Reason::with("other places where the document has Al, perhaps a name", f64::from(name)),
        Reason::with("places where the document has AI", f64::from(vocabulary.count("AI"))),
    ];
    let level = if name > 3 { Level::Suspect } else { Level::Probable };
    out.propose(RuleId::AL_FOR_AI, level, token.span(), "AI", reasons);
}
