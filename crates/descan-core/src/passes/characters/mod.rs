//! Pass `characters`: code points used in place of others, and invisible ones.

mod compose;
mod homoglyph;
mod invisible;
mod latin;
mod spaces;

use descan_rules::{Reason, RuleId};
use descan_text::level::Level;
use unicode_normalization::char::is_combining_mark;

use crate::pass::{Proposals, View};

/// Runs the pass.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let found = Found::of(text);
    if found.ligatures {
        for (at, c) in text.char_indices().filter(|(_, c)| !c.is_ascii()) {
            if let Some(letters) = ligature(c) {
                let reasons = vec![Reason::new("one character for the letters of a printer's ligature")];
                out.propose(RuleId::LIGATURE, Level::Certain, at..at + c.len_utf8(), letters, reasons);
            }
        }
    }
    if found.invisible {
        invisible::run(text, out);
    }
    if found.spaces {
        spaces::run(text, out);
    }
    if found.letters {
        homoglyph::run(view, out);
    }
    if found.marks {
        compose::run(text, out);
    }
}

/// What a text has outside ASCII, besides the quotes and dashes that nothing is
/// to be done about: one look at the text saves one for each rule.
#[derive(Default)]
struct Found {
    ligatures: bool,
    /// Soft hyphens and what else shows nothing.
    invisible: bool,
    /// Spaces other than the ordinary one.
    spaces: bool,
    /// Letters of any script.
    letters: bool,
    /// Marks that combine with letters.
    marks: bool,
}

impl Found {
    fn of(text: &str) -> Found {
        let mut found = Found::default();
        // The first bytes of characters outside ASCII.
        for (at, _) in text.bytes().enumerate().filter(|&(_, byte)| byte >= 0xc0) {
            match text[at..].chars().next().unwrap_or_default() {
                '\u{2010}'..='\u{2027}' => {}
                '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => found.invisible = true,
                '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => found.spaces = true,
                '\u{fb00}'..='\u{fb06}' => {
                    found.ligatures = true;
                    found.letters = true;
                }
                c => {
                    found.letters = true;
                    found.marks |= is_combining_mark(c);
                }
            }
        }
        found
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
