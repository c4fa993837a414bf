//! Pass `letters`: letters misread, so that a word came out which is none.

use crate::evidence::decide::{Judge, Kind, is_open, lone_characters};
use crate::passes::words::may_judge;
use crate::pipeline::{Proposals, View};
use crate::text::layout::Region;

/// Runs the pass.
pub fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let judge = Judge::new(view.evidence().vocabulary(), view.evidence().noise());
    if out.wants("misread-letters") {
        misread_letters(view, &judge, out);
    }
    if out.wants("misread-i") {
        misread_i(view, &judge, out);
    }
}

/// An unknown word that is a known one but for letters that scans confuse.
fn misread_letters(view: &View<'_>, judge: &Judge<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    for (index, token) in view.words().iter().enumerate() {
        if !is_open(view.evidence().vocabulary(), token.text(text)) || !may_judge(view, token.span()) {
            continue;
        }
        let Some(judgement) = judge.unknown(text, view.words(), index) else { continue };
        if judgement.kind != Kind::Letters {
            continue;
        }
        if let Some(level) = judgement.level() {
            let reading = view.evidence().style().apostrophes_of(&judgement.text, token.text(text));
            let reasons = judgement.reasons();
            out.propose("misread-letters", level, judgement.probability, judgement.span, reading, reasons);
        }
    }
}

/// A bracket, a bar, a digit or another letter read for the pronoun I.
fn misread_i(view: &View<'_>, judge: &Judge<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    for (span, behind) in lone_characters(text) {
        if matches!(view.layout().region_at(span.start), Region::Table | Region::Code) {
            continue;
        }
        let Some(judgement) = judge.pronoun(text, span, behind) else { continue };
        if let Some(level) = judgement.level() {
            let reasons = judgement.reasons();
            out.propose("misread-i", level, judgement.probability, judgement.span, judgement.text, reasons);
        }
    }
}
