//! Spaces inside brackets and quotes: `( so )`, `“ Come in, ”`.

use std::ops::Range;

use descan_lang::words::WordList;
use descan_rules::{Reason, RuleId};
use descan_text::level::Level;
use descan_text::token::paragraph_around;

use super::lone::few;
use crate::pass::{Proposals, View};
use crate::passes::grammar;

/// How far the partner of a mark may be, in bytes.
const REACH: usize = 600;
/// More spaces in a row than this are columns.
const MOST: usize = 3;
/// The longest small word, in bytes.
const SMALL_WORD: usize = 3;
/// The marks that come in pairs. Straight quotes do not tell which side they are
/// of, and French ones have spaces inside.
const PAIRS: [(char, char); 2] = [('(', ')'), ('“', '”')];

/// Proposes to close up brackets and quotes with what they hold, unless the
/// document writes them with spaces.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    for (open, close) in PAIRS {
        let mut found = behind_opening(text, open, close);
        found.extend(before_closing(text, open, close));
        found.retain(|(span, _)| view.layout().region_at(span.start).is_running());
        if found.len() > few(view.words().len()) {
            continue;
        }
        for (span, both) in found {
            let both = both && !names_marks(view, &span);
            // A bracket with one space may be half of a table's or a sum's, and a quote
            // the closing one of what went before.
            let level = if both { Level::Certain } else { Level::Suspect };
            let reasons = vec![Reason::new("blanks between a bracket or quote and what it holds")];
            out.propose(RuleId::SPACE_INSIDE_MARKS, level, span, "", reasons);
        }
    }
}

/// The spaces after opening marks, and whether the closing one has some too.
fn behind_opening(text: &str, open: char, close: char) -> Vec<(Range<usize>, bool)> {
    let place = |at: usize| {
        let from = at + open.len_utf8();
        let inner = from + blanks(text[from..].chars());
        let before = text[..at].chars().next_back();
        let holds = text[inner..].starts_with(char::is_alphanumeric) && before.is_none_or(char::is_whitespace);
        let partner = closes(text, inner, open, close).filter(|&to| holds && is_text(&text[inner..to]))?;
        Some((from..inner, text[..partner].ends_with(' ') && !is_one_small_word(&text[inner..partner])))
    };
    memchr::memmem::find_iter(text.as_bytes(), &format!("{open} ")).filter_map(place).collect()
}

/// The spaces before closing marks, and whether the opening one has some too.
fn before_closing(text: &str, open: char, close: char) -> Vec<(Range<usize>, bool)> {
    let place = |at: usize| {
        let to = at + 1;
        let inner = to - blanks(text[..to].chars().rev());
        let before = text[..inner].chars().next_back();
        // Writers set spaces around an ellipsis: `the green one ... ”`.
        let is_held = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '!' | '?');
        let holds = before.is_some_and(is_held) && !text[..inner].ends_with("..");
        let after = text[to + close.len_utf8()..].chars().next();
        let ends = after.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':'));
        let partner = opens(text, inner, open, close).filter(|_| holds && ends)?;
        let held = &text[partner + open.len_utf8()..inner];
        if !is_text(held) {
            return None;
        }
        Some((inner..to, held.starts_with(' ') && !is_one_small_word(held)))
    };
    memchr::memmem::find_iter(text.as_bytes(), &format!(" {close}")).filter_map(place).collect()
}

/// Whether marks hold text: words, and not a sum alone.
fn is_text(held: &str) -> bool {
    let held = held.trim_matches(' ');
    let has_figure_at_end =
        held.starts_with(|c: char| c.is_ascii_digit()) || held.ends_with(|c: char| c.is_ascii_digit());
    !has_figure_at_end
        || held.as_bytes().windows(3).any(|three| three.iter().all(u8::is_ascii_lowercase))
        || held.as_bytes().windows(4).any(|four| four.ends_with(b". ") && four[..2].iter().all(u8::is_ascii_alphabetic))
}

/// Whether marks hold one small word and nothing else: `“ and ”` are two marks
/// that a sentence speaks of.
fn is_one_small_word(held: &str) -> bool {
    let held = held.trim_matches(' ');
    held.len() <= SMALL_WORD && held.chars().all(char::is_lowercase)
}

/// Whether quotes around a place hold words that no quotation ends with, `for “ and one for ”`, or that carry the
/// sentence on, `no “ and no ”`: they are two marks that a sentence speaks of.
fn names_marks(view: &View<'_>, span: &Range<usize>) -> bool {
    let text = view.text();
    let held = |(open, close): (char, char)| {
        let from = match text[..span.start].ends_with(open) {
            true => span.start,
            false => opens(text, span.start, open, close)? + open.len_utf8(),
        };
        Some(&text[from..closes(text, from, open, close)?])
    };
    held(PAIRS[1]).is_some_and(|held| {
        let held = held.trim_matches(' ');
        let (first, last) = (held.split(' ').next(), held.rsplit(' ').next());
        let has_marks = held.contains(|c: char| !c.is_alphanumeric() && c != ' ');
        let lists = [WordList::Joiners, WordList::NamingLinks];
        let is_joined = || first.is_some_and(|word| lists.iter().any(|&list| view.lists().has(list, word)));
        last.is_some_and(|word| grammar::is_never_last(view.lists(), word)) || !has_marks && is_joined()
    })
}

/// How many spaces come first.
fn blanks(chars: impl Iterator<Item = char>) -> usize {
    chars.take(MOST).take_while(|&c| c == ' ').count()
}

/// Where `close` comes, if it does before another `open` and the paragraph's end.
fn closes(text: &str, from: usize, open: char, close: char) -> Option<usize> {
    let near = &text[from..paragraph_around(text, &(from..from), REACH).end];
    near.find([open, close]).filter(|&at| near[at..].starts_with(close)).map(|at| from + at)
}

/// Where `open` stands, if it is the nearest of the two before `to` in the paragraph.
fn opens(text: &str, to: usize, open: char, close: char) -> Option<usize> {
    let start = paragraph_around(text, &(to..to), REACH).start;
    let near = &text[start..to];
    let at = near.rfind([open, close])?;
    near[at..].starts_with(open).then_some(start + at)
}
