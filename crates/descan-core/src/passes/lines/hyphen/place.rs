//! A place where a word is broken at a line end.

use descan_text::flow::is_hyphen;
use descan_text::layout::{Line, Region};
use descan_text::token::{is_apostrophe, is_word_char};

use crate::pass::{Reflow, View};

/// A word in two parts.
pub(super) struct Break<'t> {
    /// What stands before the hyphen, as far as letters, hyphens and apostrophes go.
    pub first: &'t str,
    /// What stands after, likewise.
    pub second: &'t str,
    /// Where that begins in the text, in bytes.
    pub second_start: usize,
    /// From the hyphen to the end of what belongs to the word.
    pub span: std::ops::Range<usize>,
    /// The second part with the marks that follow it.
    pub tail: &'t str,
    /// The mark itself is one that no compound is written with.
    pub soft: bool,
    /// Specks stand beside the mark, or it is one that is only read for a hyphen.
    pub damaged: bool,
    /// The word that follows the second part on its line.
    pub next: &'t str,
    /// The spaces before the second part: the margin of its line.
    pub margin: &'t str,
}

impl<'t> Break<'t> {
    /// The break between two lines, if there is one.
    pub(super) fn find(text: &'t str, a: &Line, b: &Line) -> Option<Break<'t>> {
        if b.is_blank()
            || a.region == Region::Table
            || a.region == Region::Code
            || text[b.start..b.text_start].contains('\u{c}')
        {
            return None;
        }
        let line = text[a.start..a.end].trim_end();
        let (body, mark, damaged) = split_mark(line)?;
        let from = body
            .rfind(|c: char| !(is_word_char(c) || is_apostrophe(c) || c == '-'))
            .map_or(0, |i| i + body[i..].chars().next().map_or(1, char::len_utf8));
        let first = body[from..].trim_start_matches(|c: char| !is_word_char(c));
        let whole = &text[b.text_start..b.end];
        let after = skip_speck(whole);
        let damaged = damaged || after.len() < whole.len();
        let text_start = b.end - after.len();
        let letters = after.find(|c: char| !(is_word_char(c) || is_apostrophe(c) || c == '-')).unwrap_or(after.len());
        let second = after[..letters].trim_end_matches(|c: char| !is_word_char(c));
        if first.chars().next_back().is_none_or(|c| !c.is_alphabetic()) || !second.starts_with(char::is_alphabetic) {
            return None;
        }
        let word = after.find(char::is_whitespace).unwrap_or(after.len());
        let rest = &after[second.len()..word];
        let dash = ["—", "–", "--"].iter().filter_map(|dash| rest.find(dash)).min();
        let tail = match dash {
            // What a dash ties to the word goes along, `man—the` whole: a line
            // that began with the dash would put a space before it.
            Some(_) if !rest.ends_with(is_hyphen) => &after[..word],
            Some(dash) => &after[..second.len() + dash],
            None if rest.ends_with(is_hyphen) && rest.chars().any(is_word_char) => second,
            None => &after[..word + loose_mark(&after[word..])],
        };
        if tail.ends_with(is_hyphen) {
            return None;
        }
        let start = a.start + body.len();
        let end = text_start + tail.len();
        let blank = text[end..b.end].len() - text[end..b.end].trim_start().len();
        Some(Break {
            first,
            second,
            second_start: text_start,
            span: start..end + blank,
            tail,
            soft: mark == '\u{ad}' || mark == '¬' && !damaged,
            damaged,
            next: text[end..b.end].split_whitespace().next().unwrap_or_default(),
            margin: margin(text, a, b),
        })
    }

    /// The first part with its hyphen, and the space before it.
    pub(super) fn piece(&self, text: &str) -> std::ops::Range<usize> {
        let start = self.span.start - self.first.len();
        let before = text[..start].trim_end_matches([' ', '\t']).len();
        let end = start + text[start..].find('\n').unwrap_or(self.first.len());
        (if text[..before].ends_with('\n') { start } else { before })..end
    }

    /// The line break that follows the whole word, with the margin of the next line: none
    /// where the line ends with it.
    pub(super) fn line_break(&self, view: &View<'_>) -> String {
        let text = view.text();
        match text[self.span.end..].chars().next() {
            None | Some('\n') => String::new(),
            Some(_) if view.options().reflow == Reflow::Unwrapped => " ".to_owned(),
            Some(_) => ["\n", self.margin].concat(),
        }
    }
}

/// The spaces that the rest of the second line keeps before it: those of the first, where the second alone
/// has more, as a blank that came with the break. Hanging lines have them one and all.
fn margin<'t>(text: &'t str, a: &Line, b: &Line) -> &'t str {
    let (first, second) = (&text[a.start..a.text_start], &text[b.start..b.text_start]);
    let hangs = text[b.end..].starts_with("\n ") || text[b.end..].starts_with("\n\t");
    if a.region == Region::Prose && second.len() > first.len() && !hangs { first } else { second }
}

/// How many bytes at the start of a text are spaces and a mark between spaces that belongs to the
/// word before, as old books set it: `children ; then`.
fn loose_mark(text: &str) -> usize {
    let mark = text.trim_start_matches([' ', '\t']);
    let is_loose = mark.len() < text.len()
        && mark.starts_with([';', ':', '!', '?'])
        && mark[1..].chars().next().is_none_or(char::is_whitespace);
    if is_loose { text.len() - mark.len() + 1 } else { 0 }
}

/// The line before its hyphen, the hyphen, and whether it is damaged: a speck
/// stands after it or in front of it, or it was read as `=` or `~`.
fn split_mark(line: &str) -> Option<(&str, char, bool)> {
    let mark = line.chars().next_back()?;
    if is_hyphen(mark) {
        let body = &line[..line.len() - mark.len_utf8()];
        let bare = body.trim_end_matches(['.', ',', '\'', '’', '‘', '`']);
        let speck = body.len() - bare.len();
        return if (1..=3).contains(&speck) { Some((bare, mark, true)) } else { Some((body, mark, false)) };
    }
    if matches!(mark, '=' | '~') {
        return Some((&line[..line.len() - 1], mark, true));
    }
    let bare = line.trim_end_matches(['.', ',', '\'', '’', '‘', '`', ' ', '^', '*']);
    let speck = line.len() - bare.len();
    let mark = bare.chars().next_back().filter(|&c| is_hyphen(c) && (1..=4).contains(&speck))?;
    Some((&bare[..bare.len() - mark.len_utf8()], mark, true))
}

/// The line after a speck at its start: `^ stances`, `.lowed`.
fn skip_speck(line: &str) -> &str {
    let rest = line.trim_start_matches(['^', '.', ',', '\'', '`', '*', '~', '|', '•', '·']);
    if rest.len() == line.len() || line.len() - rest.len() > 3 { line } else { rest.trim_start() }
}
