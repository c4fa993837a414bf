//! Combining marks, in a document that otherwise uses precomposed letters.

use descan_rules::{Reason, RuleId};
use descan_text::level::Level;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::latin::is_latin;
use crate::pass::Proposals;

/// So many marks at most belong to one letter (the limit of Unicode's
/// Stream-Safe Text Format).
const MARKS: usize = 30;

/// Proposes the composed letter (NFC) where the document has both forms.
///
/// A document that only ever writes combining marks is consistent, and stays.
pub(super) fn run(text: &str, out: &mut Proposals<'_>) {
    let composed = text.chars().filter(|&c| !c.is_ascii() && is_latin(c)).count();
    if composed == 0 {
        return;
    }
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if !is_latin(c) {
            continue;
        }
        let mut end = start + c.len_utf8();
        for _ in 0..MARKS {
            let Some((at, mark)) = chars.next_if(|&(_, c)| is_combining_mark(c)) else { break };
            end = at + mark.len_utf8();
        }
        let old = &text[start..end];
        if old.len() == c.len_utf8() {
            continue;
        }
        let new: String = old.nfc().collect();
        if new != old {
            let reasons = vec![
                Reason::new("a letter and its accent are two characters; the document has such letters as one"),
                Reason::with("accented letters that the document writes as one", composed as f64),
            ];
            out.propose(RuleId::DECOMPOSED_LETTER, Level::Certain, start..end, new, reasons);
        }
    }
}
