//! Finds the quotes and apostrophes of a text, and where each is in relation to words.

use std::ops::Range;

use descan_text::bytes::ByteSet;
use descan_text::layout::Line;

use crate::pass::View;

/// Where a group of marks stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Between two letters or digits.
    Inside,
    /// Before a word: an opening quote or an elision.
    Before,
    /// After a word or punctuation: a closing quote or an apostrophe.
    After,
    /// Anywhere else: between spaces, or between punctuation and a word.
    Loose,
}

/// Marks that touch one another.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// The span in bytes.
    pub span: Range<usize>,
    /// The character before, unless the paragraph starts here.
    pub before: Option<char>,
    /// The character after, unless the paragraph ends here.
    pub after: Option<char>,
    /// Where it stands.
    pub place: Place,
    /// The paragraph's number.
    pub paragraph: u32,
    /// The paragraph's end in bytes.
    pub paragraph_end: usize,
}

impl Group {
    /// The marks themselves.
    pub(super) fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.span.clone()]
    }
}

/// Whether `c` is a double quote of any shape.
pub(super) fn is_double(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

/// Whether `c` is a single quote or apostrophe of any shape.
pub(super) fn is_single(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | '‚')
}

/// All groups of marks, in order.
pub(super) fn find(view: &View<'_>) -> Vec<Group> {
    let text = view.text();
    let bytes = text.as_bytes();
    let mut groups = Vec::new();
    let mut paragraphs = Paragraphs::new(text, view.layout().lines());
    let mut at = 0;
    while let Some(next) = FIRST.find(bytes, at) {
        at = next;
        let Some(length) = mark_length(bytes, at) else {
            at += 1;
            continue;
        };
        let start = at;
        at += length;
        while let Some(length) = mark_length(bytes, at) {
            at += length;
        }
        let (number, paragraph) = paragraphs.around(start);
        let span = start..at;
        let before = text[paragraph.start.min(start)..start].chars().next_back();
        let after = text[at..paragraph.end.max(at)].chars().next();
        groups.push(Group {
            span,
            before,
            after,
            place: place(before, after),
            paragraph: number,
            paragraph_end: paragraph.end.max(at),
        });
    }
    groups
}

/// The bytes that [`mark_length`] knows the marks by.
const FIRST: ByteSet = ByteSet::of(b"'\"`,\xc2\xe2");

/// The length in bytes of the mark that starts at `at`.
fn mark_length(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at)? {
        b'\'' | b'"' | b'`' => Some(1),
        0xc2 if bytes.get(at + 1) == Some(&0xb4) => Some(2),
        0xe2 if bytes.get(at + 1) == Some(&0x80) && (0x98..=0x9e).contains(bytes.get(at + 2)?) => Some(3),
        // Two commas read for a low or an opening quote.
        b',' if bytes.get(at + 1) == Some(&b',')
            && bytes.get(at + 2).is_some_and(u8::is_ascii_alphabetic)
            && (at == 0 || bytes[at - 1].is_ascii_whitespace()) =>
        {
            Some(2)
        }
        _ => None,
    }
}

fn place(before: Option<char>, after: Option<char>) -> Place {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let dash = |c: Option<char>| matches!(c, Some('—' | '–' | '-'));
    let space_before = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '{' | '*' | '_' | '/'));
    let space_after = after.is_none_or(|c| c.is_whitespace() || matches!(c, ')' | ']' | '}' | '*' | '_' | '/'));
    let stop = |c: Option<char>| {
        c.is_some_and(|c| matches!(c, '.' | ',' | '!' | '?' | '…' | ';' | ':' | ')' | ']' | '%' | '*' | '_'))
    };
    let begins = |c: Option<char>| {
        c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '…' | '.' | '£' | '$' | '—' | '[' | '(' | '_' | '*'))
    };
    if word(before) && word(after) {
        Place::Inside
    } else if (space_before && begins(after) && !space_after) || (dash(before) && word(after)) {
        Place::Before
    } else if (word(before) || stop(before) || dash(before))
        && (space_after || stop(after) || (dash(after) && !dash(before)))
    {
        Place::After
    } else {
        Place::Loose
    }
}

/// Walks along the paragraphs: up to a blank line, or to a line that opens a
/// speech after one that ended a sentence.
struct Paragraphs<'t> {
    text: &'t str,
    lines: &'t [Line],
    next_line: usize,
    number: u32,
    current: Range<usize>,
}

impl<'t> Paragraphs<'t> {
    fn new(text: &'t str, lines: &'t [Line]) -> Paragraphs<'t> {
        Paragraphs { text, lines, next_line: 0, number: 0, current: 0..0 }
    }

    /// The paragraph that holds byte `at`; `at` may only grow.
    fn around(&mut self, at: usize) -> (u32, Range<usize>) {
        while at >= self.current.end && self.next_line < self.lines.len() {
            let first = self.next_line;
            let mut last = first;
            while last + 1 < self.lines.len() && !self.lines[last].is_blank() && !self.starts_anew(last + 1) {
                last += 1;
            }
            self.current = self.lines[first].text_start..self.lines[last].end;
            self.number += 1;
            self.next_line = last + 1;
        }
        (self.number, self.current.clone())
    }

    /// Whether line `index` starts a paragraph.
    fn starts_anew(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let body = &self.text[line.text_start..line.end];
        let before = self.text[self.lines[index - 1].span()].trim_end();
        line.is_blank()
            || (body.starts_with(is_double) && before.ends_with(|c: char| is_double(c) || matches!(c, '.' | '!' | '?')))
    }
}
