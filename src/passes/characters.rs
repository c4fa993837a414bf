//! Pass `characters`: one character that stands for others.

use crate::finding::Reason;
use crate::level::Level;
use crate::pipeline::{Proposals, View};

/// Runs the pass.
pub fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    if text.is_ascii() {
        return;
    }
    for (at, c) in text.char_indices() {
        if let Some(letters) = ligature(c) {
            let reasons = vec![Reason::new("one character for the letters of a printer's ligature")];
            out.propose("ligature", Level::Certain, 0.999, at..at + c.len_utf8(), letters, reasons);
        }
    }
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
