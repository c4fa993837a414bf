//! Pass `characters`: code points that stand for others, or for nothing.

mod compose;
mod homoglyph;
mod invisible;
mod spaces;

use crate::finding::Reason;
use crate::level::Level;
use crate::pipeline::{Proposals, View};

/// Runs the pass.
pub fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    if text.is_ascii() {
        return;
    }
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_ascii()) {
        if let Some(letters) = ligature(c) {
            let reasons = vec![Reason::new("one character for the letters of a printer's ligature")];
            out.propose("ligature", Level::Certain, 0.999, at..at + c.len_utf8(), letters, reasons);
        }
    }
    invisible::run(text, out);
    spaces::run(text, out);
    homoglyph::run(view, out);
    compose::run(text, out);
}

fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
}

/// Whether `c` is a letter of the Latin alphabet.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || (matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}') && c.is_alphabetic())
}
