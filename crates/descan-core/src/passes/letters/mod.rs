//! Pass `letters`: misread letters that turn a word into a non-word.

use descan_rules::RuleId;
use descan_text::layout::Region;
use descan_text::level::Level;

use crate::evidence::decide::{Judge, Kind, lone_characters};
use crate::pass::{Proposals, View};
use crate::passes::judged;

mod bracket;
mod capital_inside;
mod contraction;
mod exclamation;
mod name;
mod sign;

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
    if out.wants(RuleId::MISREAD_NAME) {
        name::run(view, out);
    }
    if out.wants(RuleId::SIGN_FOR_LETTERS) {
        sign::run(view, out);
    }
    if out.wants(RuleId::CAPITAL_I_INSIDE) {
        capital_inside::run(view, out);
    }
}

/// A bracket, a bar, a digit or another letter read for the pronoun I.
fn misread_i(view: &View<'_>, judge: &Judge<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    for (span, behind) in lone_characters(text, view.lists()) {
        if matches!(view.layout().region_at(span.start), Region::Table | Region::Code) {
            continue;
        }
        let is_stroke = matches!(&text[span.clone()], "|" | "1" | "l");
        let is_letter = text[span.clone()].chars().all(char::is_lowercase);
        let Some(judgement) = judge.pronoun(span, behind) else { continue };
        if let Some(level) = judgement.level {
            // A mark that print has is I only where the sentence asks for it: `a mob ! — a mob!`.
            let least = if is_letter { 0.0 } else { OUT_OF_PLACE };
            let is_unasked = !is_stroke && judgement.lead_on_leaving() <= least;
            let level = if is_unasked { Level::Suspect } else { level };
            let reasons = judgement.reasons(&text[judgement.span.clone()]);
            out.propose_judged(
                RuleId::MISREAD_I,
                level,
                judgement.probability,
                judgement.span,
                judgement.text,
                reasons,
            );
        }
    }
}

/// The lead of I, in nats, at which nothing around it speaks for a pronoun.
const OUT_OF_PLACE: f32 = -8.0;
