//! Texts that were typed and never scanned: what looks like damage in them is what their writer wrote.
//!
//! A scan leaves many kinds of scatter: misread letters, running heads, words that lines break. A text whose
//! words are file names, options and addresses, and that has nothing of all that, was typed. The list entry
//! `- Add`, the file `.netrc` and two blanks in a row are no damage there, whatever rule finds them so.

use descan_rules::{PassName, Reason};
use descan_text::layout::Region;
use descan_text::level::Level;

use crate::evidence::style::Wanted;
use crate::pass::{Proposal, View};
use crate::style_or_damage::RESTYLE;

/// What the confidence of an edit is at most where the passage was typed, or is no sentence.
pub(crate) const MOST_CONFIDENCE: f64 = 0.5;

/// Lowers the proposals of a pass that are less likely in a text that was typed.
pub(crate) fn lower(proposals: &mut [Proposal], view: &View<'_>) {
    let is_open = |proposal: &Proposal| proposal.level < Level::Suspect && !view.rules().get(proposal.rule).is_own();
    for proposal in proposals.iter_mut().filter(|proposal| is_open(proposal)) {
        if !may_be_typed(proposal, view) {
            continue;
        }
        let is_sure = view.typing().is_sure_at(proposal.span.start);
        let is_shown = || asks_nothing(proposal, view) && view.has(view.rules().typed());
        if !is_sure && !is_shown() {
            continue;
        }
        proposal.level = match proposal.level {
            Level::Certain if !is_sure => Level::Probable,
            _ => Level::Suspect,
        };
        if is_sure {
            proposal.confidence = proposal.confidence.min(MOST_CONFIDENCE);
        }
        proposal.reasons.push(Reason::new("links, addresses or code show that the text was typed"));
    }
}

/// Whether a link or a block of code anywhere in the document makes an edit less likely, and its rule does not
/// ask for one itself, as those do that are data.
fn asks_nothing(proposal: &Proposal, view: &View<'_>) -> bool {
    let is_about_words =
        !matches!(proposal.pass, PassName::Encoding | PassName::Characters | PassName::Pages | PassName::Lines);
    is_about_words && !view.rules().get(proposal.rule).is_data()
}

/// Whether one who types may have written what an edit replaces.
pub(crate) fn may_be_typed(proposal: &Proposal, view: &View<'_>) -> bool {
    let text = view.text();
    let old = &text[proposal.span.clone()];
    match proposal.pass {
        // What no key writes is a program's doing, in texts that were typed as well.
        PassName::Encoding | PassName::Characters => {
            let is_typed = old.bytes().all(|b| matches!(b, b' '..=b'~' | b'\t' | b'\n')) && !is_of_mail(old);
            is_typed || view.layout().region_at(proposal.span.start) == Region::Code
        }
        PassName::Pages => !view.has_form_feed(),
        PassName::Lines => !view.options().reflow.is_asked() && !shows_nothing(proposal, text),
        PassName::Quotes | PassName::Spacing => {
            let is_asked = view.options().style != Wanted::default() && RESTYLE.contains(&proposal.rule);
            !is_asked && !shows_nothing(proposal, text)
        }
        _ => true,
    }
}

/// Whether it is a byte as a mail program writes it: `=E9`.
fn is_of_mail(old: &str) -> bool {
    old.strip_prefix('=').is_some_and(|code| code.len() == 2 && code.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Whether an edit takes blanks from the end of a line or of the text, which nobody sees.
fn shows_nothing(proposal: &Proposal, text: &str) -> bool {
    let (old, behind) = (&text[proposal.span.clone()], &text[proposal.span.end..]);
    let is_blank = old.trim().is_empty() && proposal.text.trim().is_empty();
    is_blank && (behind.is_empty() || behind.starts_with('\n') && !old.contains('\n'))
}
