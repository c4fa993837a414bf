//! The lines of a text, its paragraphs, and the regions they make.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::flow::End;

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
            lines.push(Line { start, end: at, text_start, region: Region::Prose });
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
        self.lines.partition_point(|line| line.start <= at).saturating_sub(1)
    }

    /// The region of the line that holds byte `at`.
    pub fn region_at(&self, at: usize) -> Region {
        self.lines.get(self.line_at(at)).map_or(Region::Prose, |line| line.region)
    }

    /// The usual length of a full line, in bytes: the 90th percentile.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The lines, as indices, of the paragraph around line `index`: up to the
    /// blank lines before and after.
    pub fn block_at(&self, index: usize) -> Range<usize> {
        let before = self.lines[..index].iter().rposition(Line::is_blank).map_or(0, |i| i + 1);
        let after = self.lines[index..].iter().position(Line::is_blank).map_or(self.lines.len(), |i| index + i);
        before..after.max(before)
    }

    fn mark_regions(&mut self, text: &str) {
        let mut at = 0;
        while at < self.lines.len() {
            if self.lines[at].is_blank() {
                at += 1;
                continue;
            }
            let end = self.lines[at..].iter().position(Line::is_blank).map_or(self.lines.len(), |i| at + i);
            let region = self.block_region(text, at..end);
            for line in &mut self.lines[at..end] {
                let own = line_region(&text[line.span()]);
                line.region = if own == Region::Prose { region } else { own };
            }
            at = end;
        }
    }

    fn block_region(&self, text: &str, block: Range<usize>) -> Region {
        let lines = &self.lines[block];
        if lines.len() <= 2 && lines.iter().all(|l| is_capitals(&text[l.span()])) {
            return Region::Heading;
        }
        if let [line] = lines
            && is_title(&text[line.span()], self.width)
        {
            return Region::Heading;
        }
        let count = |what: &dyn Fn(&str) -> bool| lines.iter().filter(|l| what(text[l.span()].trim())).count();
        if count(&|l| line_region(l) == Region::Table) * 2 > lines.len() {
            return Region::Table;
        }
        // An index or a list of contents: most lines end in a page's number.
        if lines.len() >= 3 && count(&|l| l.ends_with(|c: char| c.is_ascii_digit())) * 5 >= lines.len() * 3 {
            return Region::Table;
        }
        if is_verse(text, lines, self.width) { Region::Verse } else { Region::Prose }
    }
}

/// The 90th percentile of the lengths of the lines that hold text.
fn usual_width(lines: &[Line]) -> usize {
    let mut lengths: Vec<usize> = lines.iter().filter(|l| !l.is_blank()).map(|l| l.end - l.start).collect();
    if lengths.is_empty() {
        return 0;
    }
    let index = (lengths.len() - 1) * 9 / 10;
    *lengths.select_nth_unstable(index).1
}

/// Verse: lines well short of the margin, most of them with a capital at the
/// start or indented. Speeches in turn are short too, but end their sentences.
fn is_verse(text: &str, lines: &[Line], width: usize) -> bool {
    if lines.len() < 2 {
        return false;
    }
    let body = |l: &Line| text[l.text_start..l.end].trim_end();
    let capitals = lines
        .iter()
        .filter(|l| {
            let first = body(l).trim_start_matches(|c: char| !c.is_alphanumeric()).chars().next();
            first.is_some_and(char::is_uppercase)
        })
        .count();
    let short = lines.iter().filter(|l| body(l).len() * 5 <= width * 4).count();
    let indented = lines.iter().filter(|l| l.text_start - l.start >= 2).count();
    let ended = lines.iter().filter(|l| End::of(body(l)) == End::Sentence).count();
    if lines.len() == 2 {
        return short == 2 && capitals == 2 && End::of(body(&lines[0])) != End::Sentence;
    }
    let all_short = short * 10 >= lines.len() * 9;
    all_short && ended * 2 <= lines.len() && (capitals * 4 >= lines.len() * 3 || indented * 4 >= lines.len() * 3)
}

/// A title alone between blank lines: short, without a stop, its words with
/// capitals.
fn is_title(line: &str, width: usize) -> bool {
    let line = line.trim();
    if line.len() > 60 || line.len() * 10 > width * 7 || End::of(line) != End::Word {
        return false;
    }
    let (mut large, mut long) = (0, 0);
    for word in line.split_whitespace() {
        let first = word.chars().find(|c| c.is_alphanumeric());
        large += usize::from(first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()));
        long += usize::from(word.chars().count() > 3);
    }
    line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) && large > 0 && large >= long
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
    if body.contains("....") || body.contains(". . . .") && body.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return Region::Table;
    }
    let columns = body.split("   ").filter(|part| !part.trim().is_empty()).count();
    let tabs = body.split('\t').filter(|part| !part.trim().is_empty()).count();
    let ruled = body.starts_with('|') && body.len() > 2 || body.ends_with('|') && body.contains("  ");
    if columns >= 2 || tabs >= 2 || ruled {
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
        let spans: Vec<_> = layout.lines().iter().map(|l| (l.start, l.text_start, l.end)).collect();
        assert_eq!(spans, [(0, 0, 3), (4, 6, 9), (10, 10, 10), (11, 12, 12), (13, 13, 18)]);
        assert_eq!(layout.block_at(1), 0..2);
        assert_eq!(layout.line_at(13), 4);
    }

    #[test]
    fn a_contents_page_is_a_table() {
        let layout = Layout::of("I. The Sea ....... 3\nII. The Land ....... 17\n");
        assert_eq!(layout.region_at(5), Region::Table);
    }
}
