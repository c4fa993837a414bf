//! Pass `letters`: misread letters that turn a word into a non-word.

use std::ops::Range;

use descan_lang::terms::{SENTENCE_END, context, term};
use descan_rules::{Reason, RuleId};
use descan_text::case::Shape;
use descan_text::layout::Region;
use descan_text::level::Level;
use descan_text::token::Token;

use crate::evidence::decide::{Judge, Kind, lone_characters};
use crate::pass::{Proposals, View};
use crate::passes::judged;

mod bracket;
mod contraction;
mod exclamation;

/// Runs the pass.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let judge = Judge::new(view.analysis(), view.evidence());
    if out.wants(RuleId::MISREAD_LETTERS) {
        judged::open_words(view, |kind| (kind == Kind::Letters).then_some(RuleId::MISREAD_LETTERS), out);
    }
    if out.wants(RuleId::MISREAD_I) {
        misread_i(view, &judge, out);
        bracket::run(view, out);
    }
    if out.wants(RuleId::MISREAD_CONTRACTION) {
        contraction::run(view, out);
    }
    if out.wants(RuleId::EXCLAMATION_FOR_LETTER) {
        exclamation::for_letters(view, out);
    }
    if out.wants(RuleId::LETTER_FOR_EXCLAMATION) {
        exclamation::read_as_letters(view, out);
    }
    if out.wants(RuleId::CAPITAL_I_INSIDE) {
        capital_i_inside(view, out);
    }
}

/// A bracket, a bar, a digit or another letter read for the pronoun I.
fn misread_i(view: &View<'_>, judge: &Judge<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    for (span, behind) in lone_characters(text) {
        if matches!(view.layout().region_at(span.start), Region::Table | Region::Code) {
            continue;
        }
        let is_stroke = matches!(&text[span.clone()], "|" | "1" | "l");
        let Some(judgement) = judge.pronoun(span, behind) else { continue };
        if let Some(level) = judgement.level {
            // A mark that print has is I only where the sentence asks for it: `a mob ! — a mob!`.
            let is_unasked = !is_stroke && judgement.lead_on_leaving() <= OUT_OF_PLACE;
            let level = if is_unasked { Level::Suspect } else { level };
            let reasons = judgement.reasons(&text[judgement.span.clone()]);
            out.propose(RuleId::MISREAD_I, level, judgement.probability, judgement.span, judgement.text, reasons);
        }
    }
}

/// The lead of I, in nats, at which nothing around it speaks for a pronoun.
const OUT_OF_PLACE: f32 = -8.0;

/// The lead, in nats, from which no sentence is taken to begin at a capital.
const CLEARLY: f32 = 3.0;

/// How much better a word goes on the sentence before it than it begins one.
fn lead_on_a_lost_stop(view: &View<'_>, span: Range<usize>) -> f32 {
    let (text, ngrams) = (view.text(), view.evidence().ngrams());
    let here = context(text, span.clone());
    let word = term(&text[span]);
    ngrams.score_sequence(&here.left, &[word], &here.right)
        - ngrams.score_sequence(&here.left, &[term(SENTENCE_END), word], &here.right)
}

/// A capital I that begins a common word in the middle of a sentence.
fn capital_i_inside(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let lexicon = view.evidence().lexicon();
    let is_common = |word: &str| {
        word.starts_with('I')
            && word.len() >= 2
            && Shape::of(word) == Shape::Capital
            && lexicon.lookup(word).is_some_and(|e| e.lower() && e.lower_share() > 0.9 && e.log2_frequency() >= 13)
    };
    let is_inside = |before: Range<usize>, word: Range<usize>, after: Range<usize>| {
        text[before.clone()].chars().all(char::is_lowercase)
            && &text[before.end..word.start] == " "
            && matches!(&text[word.end..after.start], " " | "\n")
            && text[after].starts_with(char::is_lowercase)
            && matches!(view.layout().region_at(before.start), Region::Prose | Region::Verse)
    };
    let words = view.words();
    let places: Vec<Token> = view
        .words_that(is_common)
        .into_iter()
        .filter(|&index| 0 < index && index + 1 < words.len())
        .filter(|&index| is_inside(words[index - 1].span(), words[index].span(), words[index + 1].span()))
        .map(|index| words[index])
        .collect();
    for token in &places {
        let span = token.span().start..token.span().start + 1;
        let small = text[span.clone()].to_lowercase();
        let lead = lead_on_a_lost_stop(view, token.span());
        let level = if lead >= CLEARLY { Level::Certain } else { Level::Suspect };
        let reasons = vec![
            Reason::new("a common word between words in small letters"),
            Reason::with("log-odds against a full stop lost before it", f64::from(lead)),
        ];
        out.propose(RuleId::CAPITAL_I_INSIDE, level, 0.99, span, small, reasons);
    }
}
