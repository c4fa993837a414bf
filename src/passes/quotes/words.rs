//! Apostrophes lost or read as another mark inside a word.

use crate::finding::Reason;
use crate::level::Level;
use crate::pipeline::{Proposals, View};

/// Proposes the apostrophe of a contraction that has a comma, a degree sign or
/// an asterisk in its place (`don,t`), and of `oclock`.
pub fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let style = view.evidence().style();
    let lexicon = view.evidence().lexicon();
    for token in view.words() {
        let span = token.span();
        let word = token.text(text);
        if word == "t" {
            mark_before_t(text, span.start, view, out);
        } else if matches!(word, "oclock" | "Oclock") && !lexicon.is_word(word) {
            let Some(apostrophe) = style.apostrophe() else {
                continue;
            };
            let reasons = vec![Reason::new("no word without its apostrophe")];
            let at = span.start + 1;
            out.propose("lost-apostrophe", Level::Certain, 0.999, at..at, apostrophe.to_string(), reasons);
        }
    }
}

/// `t` that follows a word in `n` and a mark that is no apostrophe.
fn mark_before_t(text: &str, at: usize, view: &View<'_>, out: &mut Proposals<'_>) {
    let Some(mark) = text[..at].chars().next_back().filter(|c| matches!(c, ',' | '°' | '*' | '^' | '~')) else {
        return;
    };
    let start = at - mark.len_utf8();
    let stem = &text[..start];
    let from =
        stem.rfind(|c: char| !c.is_alphabetic()).map_or(0, |i| i + stem[i..].chars().next().map_or(1, char::len_utf8));
    let stem = &stem[from..];
    let whole = format!("{stem}'t");
    if !stem.ends_with(['n', 'N'])
        || view.evidence().lexicon().is_word(stem) && stem.len() < 4 && mark != ','
        || !is_negation(&whole)
    {
        return;
    }
    let apostrophe = view.evidence().style().apostrophe().unwrap_or('\'');
    let reasons = vec![Reason::new("another mark where the contraction has an apostrophe")];
    out.propose("mark-for-apostrophe", Level::Certain, 0.998, start..at, apostrophe.to_string(), reasons);
}

/// The contractions of `not`.
fn is_negation(word: &str) -> bool {
    let stem = word.strip_suffix("n't").unwrap_or_default().to_lowercase();
    matches!(
        stem.as_str(),
        "ai" | "are"
            | "ca"
            | "could"
            | "did"
            | "does"
            | "do"
            | "had"
            | "has"
            | "have"
            | "is"
            | "might"
            | "must"
            | "need"
            | "ought"
            | "sha"
            | "should"
            | "was"
            | "were"
            | "wo"
            | "would"
    )
}
