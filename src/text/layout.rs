//! The lines of a text, its paragraphs, and the regions they make.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// The kind of text a line belongs to: what a pass may touch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Region {
    /// Running text.
    #[default]
    Prose,
    /// Lines that end before the margin on purpose.
    Verse,
    /// Columns, or a table of contents.
    Table,
    /// A title or a chapter's head.
    Heading,
    /// Program code, addresses, e-mail heads.
    Code,
}

impl Region {
    /// The name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            Region::Prose => "prose",
            Region::Verse => "verse",
            Region::Table => "table",
            Region::Heading => "heading",
            Region::Code => "code",
        }
    }
}

/// One line of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Start in bytes.
    pub start: usize,
    /// End in bytes, before the line break.
    pub end: usize,
    /// Start of what is not white space; equals `end` on a blank line.
    pub text_start: usize,
    /// What the line is part of.
    pub region: Region,
}

impl Line {
    /// Whether the line holds nothing but white space. A form feed is white space.
    pub fn is_blank(&self) -> bool {
        self.text_start == self.end
    }

    /// The span in bytes, without the line break.
    pub fn span(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// The lines of a text with the regions they make.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    lines: Vec<Line>,
    width: usize,
}

impl Layout {
    /// Finds the lines and regions of `text`.
    pub fn of(text: &str) -> Layout {
        let mut lines: Vec<Line> = Vec::new();
        let mut start = 0;
        for at in memchr::memchr_iter(b'\n', text.as_bytes()).chain(std::iter::once(text.len())) {
            let line = &text[start..at];
            let text_start = at - line.trim_start().len();
            lines.push(Line {
                start,
                end: at,
                text_start,
                region: Region::Prose,
            });
            start = at + 1;
        }
        let width = usual_width(&lines);
        let mut layout = Layout { lines, width };
        layout.mark_regions(text);
        layout
    }

    /// All lines. A text that ends in a line break has an empty last line.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The index of the line that holds byte `at`.
    pub fn line_at(&self, at: usize) -> usize {
        self.lines
            .partition_point(|line| line.start <= at)
            .saturating_sub(1)
    }

    /// The region of the line that holds byte `at`.
    pub fn region_at(&self, at: usize) -> Region {
        self.lines
            .get(self.line_at(at))
            .map_or(Region::Prose, |line| line.region)
    }

    /// The usual length of a full line, in bytes: the 90th percentile.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The lines, as indices, of the paragraph around line `index`: up to the
    /// blank lines before and after.
    pub fn block_at(&self, index: usize) -> Range<usize> {
        let before = self.lines[..index]
            .iter()
            .rposition(Line::is_blank)
            .map_or(0, |i| i + 1);
        let after = self.lines[index..]
            .iter()
            .position(Line::is_blank)
            .map_or(self.lines.len(), |i| index + i);
        before..after.max(before)
    }

    fn mark_regions(&mut self, text: &str) {
        let mut at = 0;
        while at < self.lines.len() {
            if self.lines[at].is_blank() {
                at += 1;
                continue;
            }
            let end = self.lines[at..]
                .iter()
                .position(Line::is_blank)
                .map_or(self.lines.len(), |i| at + i);
            let region = self.block_region(text, at..end);
            for line in &mut self.lines[at..end] {
                let own = line_region(&text[line.span()]);
                line.region = if own == Region::Prose { region } else { own };
            }
            at = end;
        }
    }

    fn block_region(&self, text: &str, block: Range<usize>) -> Region {
        let lines = &self.lines[block.clone()];
        if lines.len() <= 2 && lines.iter().all(|l| is_capitals(&text[l.span()])) {
            return Region::Heading;
        }
        let table = lines
            .iter()
            .filter(|l| line_region(&text[l.span()]) == Region::Table)
            .count();
        if table * 2 > lines.len() {
            return Region::Table;
        }
        if is_verse(text, lines, self.width) {
            Region::Verse
        } else {
            Region::Prose
        }
    }
}

/// The 90th percentile of the lengths of the lines that hold text.
fn usual_width(lines: &[Line]) -> usize {
    let mut lengths: Vec<usize> = lines
        .iter()
        .filter(|l| !l.is_blank())
        .map(|l| l.end - l.start)
        .collect();
    if lengths.is_empty() {
        return 0;
    }
    let index = (lengths.len() - 1) * 9 / 10;
    *lengths.select_nth_unstable(index).1
}

/// Verse: at least three lines, most of them capitalised, and all of them well
/// short of the margin or most of them indented.
fn is_verse(text: &str, lines: &[Line], width: usize) -> bool {
    if lines.len() < 3 {
        return false;
    }
    let capitals = lines
        .iter()
        .filter(|l| {
            let first = text[l.text_start..l.end]
                .trim_start_matches(|c: char| !c.is_alphanumeric())
                .chars()
                .next();
            first.is_some_and(char::is_uppercase)
        })
        .count();
    let short = lines
        .iter()
        .all(|l| (l.end - l.text_start) * 5 <= width * 4);
    let indented = lines.iter().filter(|l| l.text_start - l.start >= 2).count();
    (short && capitals * 4 >= lines.len() * 3)
        || (indented * 4 >= lines.len() * 3 && short && indented >= 3)
}

fn is_capitals(line: &str) -> bool {
    let mut letters = 0;
    for c in line.chars() {
        if c.is_lowercase() {
            return false;
        }
        letters += usize::from(c.is_uppercase());
    }
    letters >= 3 && line.trim().len() <= 60
}

/// What a line shows by itself.
fn line_region(line: &str) -> Region {
    let line = line.trim_end();
    if memchr::memchr(b' ', line.as_bytes()).is_none() && !line.contains("://") {
        return Region::Prose;
    }
    let body = line.trim_start();
    if body.contains("....")
        || body.contains(". . . .") && body.ends_with(|c: char| c.is_ascii_alphanumeric())
    {
        return Region::Table;
    }
    let columns = body
        .split("   ")
        .filter(|part| !part.trim().is_empty())
        .count();
    if columns >= 3
        || body.contains('\t') && body.split('\t').filter(|p| !p.trim().is_empty()).count() >= 2
    {
        return Region::Table;
    }
    Region::Prose
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_blocks() {
        let layout = Layout::of("one\n  two\n\n\u{c}\nthree");
        let spans: Vec<_> = layout
            .lines()
            .iter()
            .map(|l| (l.start, l.text_start, l.end))
            .collect();
        assert_eq!(
            spans,
            [
                (0, 0, 3),
                (4, 6, 9),
                (10, 10, 10),
                (11, 12, 12),
                (13, 13, 18)
            ]
        );
        assert_eq!(layout.block_at(1), 0..2);
        assert_eq!(layout.line_at(13), 4);
    }

    #[test]
    fn a_contents_page_is_a_table() {
        let layout = Layout::of("I. The Sea ....... 3\nII. The Land ....... 17\n");
        assert_eq!(layout.region_at(5), Region::Table);
    }
}
