//! Pass `context`: real words in the wrong place.

use crate::evidence::decide::{Judge, is_open, is_word_to_doubt};
use crate::finding::Reason;
use crate::level::Level;
use crate::passes::judged;
use crate::passes::words::may_judge;
use crate::pipeline::{Proposals, View};
use crate::text::token::Token;

/// Runs the pass.
pub fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let judge = Judge::new(view.evidence());
    let vocabulary = view.evidence().vocabulary();
    let doubted = |word: &str| is_word_to_doubt(word) && !is_open(vocabulary, word) && judge.has_rivals(word);
    let types: Vec<(bool, bool)> =
        view.types().iter().map(|(first, _)| first.text(text)).map(|word| (word == "Al", doubted(word))).collect();
    for ((index, &token), &kind) in view.words().iter().enumerate().zip(view.types().of_words()) {
        let word = token.text(text);
        let (is_al, is_doubted) = types[kind as usize];
        if is_al {
            al_for_ai(view, index, token, out);
            continue;
        }
        if !is_doubted || !may_judge(view, token.span()) {
            continue;
        }
        let Some(judgement) = judge.real_word(text, token) else { continue };
        judged::propose(view, "misread-real-word", word, judgement, out);
    }
}

/// Words that follow `AI` and hardly ever a man's name.
const COMPANIONS: [&str; 22] = [
    "algorithm",
    "algorithms",
    "assistant",
    "assistants",
    "chip",
    "companion",
    "computer",
    "construct",
    "core",
    "interface",
    "lab",
    "labs",
    "model",
    "models",
    "network",
    "program",
    "programs",
    "research",
    "robot",
    "software",
    "system",
    "systems",
];

/// `Al` before a word of computing: the I of `AI` read as l.
///
/// Men are called Al, so this is offered and never applied unasked.
fn al_for_ai(view: &View<'_>, index: usize, token: Token, out: &mut Proposals<'_>) {
    let text = view.text();
    let Some(next) = view.words().get(index + 1) else { return };
    let between = &text[token.span().end..next.span().start];
    if !matches!(between, " " | "\n") || !COMPANIONS.contains(&next.text(text)) {
        return;
    }
    let vocabulary = view.evidence().vocabulary();
    let name = vocabulary.facts("Al").capital.saturating_sub(1);
    let reasons = vec![
        Reason::new(format!("a word of computing follows: {}", next.text(text))),
        Reason::with("other places where the document has Al, perhaps a name", f64::from(name)),
        Reason::with("places where the document has AI", f64::from(vocabulary.count("AI"))),
    ];
    let level = if name > 3 { Level::Suspect } else { Level::Probable };
    out.propose("al-for-ai", level, 0.85, token.span(), "AI", reasons);
}
