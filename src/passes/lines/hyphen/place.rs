//! Where a word is broken.

use crate::pipeline::View;
use crate::text::flow::is_hyphen;
use crate::text::layout::{Line, Region};
use crate::text::token::{is_apostrophe, is_word_char};

/// A word in two parts.
pub struct Break<'t> {
    /// What stands before the hyphen, as far as letters, hyphens and apostrophes go.
    pub first: &'t str,
    /// What stands after, likewise.
    pub second: &'t str,
    /// From the hyphen to the end of what belongs to the word.
    pub span: std::ops::Range<usize>,
    /// The second part with the marks that follow it.
    pub tail: &'t str,
    /// The mark itself is one that no compound is written with.
    pub soft: bool,
    /// The word that follows the second part on its line.
    pub next: &'t str,
}

impl<'t> Break<'t> {
    /// The break between two lines, if there is one.
    pub fn find(text: &'t str, a: &Line, b: &Line) -> Option<Break<'t>> {
        if b.is_blank()
            || a.region == Region::Table
            || a.region == Region::Code
            || text[b.start..b.text_start].contains('\u{c}')
        {
            return None;
        }
        let line = text[a.start..a.end].trim_end();
        let mark = line.chars().next_back().filter(|&c| is_hyphen(c))?;
        let body = &line[..line.len() - mark.len_utf8()];
        let from = body
            .rfind(|c: char| !(is_word_char(c) || is_apostrophe(c) || c == '-'))
            .map_or(0, |i| i + body[i..].chars().next().map_or(1, char::len_utf8));
        let first = body[from..].trim_start_matches(|c: char| !is_word_char(c));
        let after = &text[b.text_start..b.end];
        let letters = after.find(|c: char| !(is_word_char(c) || is_apostrophe(c) || c == '-')).unwrap_or(after.len());
        let second = after[..letters].trim_end_matches(|c: char| !is_word_char(c));
        if first.chars().next_back().is_none_or(|c| !c.is_alphabetic()) || !second.starts_with(char::is_alphabetic) {
            return None;
        }
        let word = after.find(char::is_whitespace).unwrap_or(after.len());
        // A dash ends what belongs to the word: `man—the` moves no further word.
        let tail = match after[second.len()..word].find(['—', '–']) {
            Some(dash) => &after[..second.len() + dash],
            None => &after[..word],
        };
        let tail = if tail[second.len()..].chars().any(is_word_char) { second } else { tail };
        if tail.ends_with(is_hyphen) {
            return None;
        }
        let start = a.start + body.len();
        let end = b.text_start + tail.len();
        let blank = text[end..b.end].len() - text[end..b.end].trim_start().len();
        Some(Break {
            first,
            second,
            span: start..end + blank,
            tail,
            soft: mark == '\u{ad}' || mark == '¬',
            next: text[end..b.end].split_whitespace().next().unwrap_or_default(),
        })
    }

    /// The line break that follows the whole word: none where the line ends with it.
    pub fn line_break(&self, view: &View<'_>) -> &'static str {
        let text = view.text();
        match text[self.span.end..].chars().next() {
            None | Some('\n') => "",
            Some(_) if view.options().unwrap => " ",
            Some(_) => "\n",
        }
    }
}
