//! Divides a text into lines and paragraphs, and classifies them as regions.

mod block;
mod line;
mod list;
mod matter;
mod names;
mod region;

use std::ops::Range;

pub use line::Line;
pub use list::Mark;
pub use names::PartNames;
pub use region::Region;

/// The lines of a text with the regions they make.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    lines: Vec<Line>,
    width: usize,
}

impl Layout {
    /// Finds the lines and regions of `text`.
    pub fn of(text: &str, names: &PartNames) -> Layout {
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
        layout.mark_regions(text, names);
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

    fn mark_regions(&mut self, text: &str, names: &PartNames) {
        let mut blocks = Vec::new();
        let mut at = 0;
        while at < self.lines.len() {
            if self.lines[at].is_blank() {
                at += 1;
                continue;
            }
            let end = self.lines[at..].iter().position(Line::is_blank).map_or(self.lines.len(), |i| at + i);
            let region = block::region(text, &self.lines[at..end], self.width);
            for line in &mut self.lines[at..end] {
                let own = block::line_region(&text[line.span()]);
                line.region = if own == Region::Prose { region } else { own };
            }
            blocks.push(at..end);
            at = end;
        }
        matter::mark(text, &mut self.lines, &blocks, names);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(text: &str) -> Layout {
        let front = vec!["preface", "to the reader"];
        let back = vec!["appendix", "about the author", "bibliography"];
        let rights = vec!["copyright", "first printing", "no part of this"];
        Layout::of(text, &PartNames::new(vec!["the end"], front, back, rights, vec!["chapter"]))
    }

    #[test]
    fn lines_and_blocks() {
        let layout = layout("one\n  two\n\n\u{c}\nthree");
        let spans: Vec<_> = layout.lines().iter().map(|l| (l.start, l.text_start, l.end)).collect();
        assert_eq!(spans, [(0, 0, 3), (4, 6, 9), (10, 10, 10), (11, 12, 12), (13, 13, 18)]);
        assert_eq!(layout.block_at(1), 0..2);
        assert_eq!(layout.line_at(13), 4);
    }

    #[test]
    fn a_contents_page_is_a_table() {
        let layout = layout("I. The Sea ....... 3\nII. The Land ....... 17\n");
        assert_eq!(layout.region_at(5), Region::Table);
    }

    #[test]
    fn regions_of_blocks() {
        let text = "12 Harbour Road,\nPort Ellen,\nMay 3.\n\n\
            Dear Sir, the ferry did not come, and the boxes that you sent with it are\n\
            lost, as far as anybody on the quay can say. The notice at the gate says:\n\n\
            \u{20}   No box will be taken that is not tied with rope, and none that is\n\
            \u{20}   heavier than one man can carry to the end of the quay.\n\n\
            So we carried them back by the following road, which I advise you to take:\n\n\
            1. The lane behind the mill, as far as the second of the three gates.\n\n\
            2. The path over the hill, which is dry in summer and at no other time.\n\n\
            if (late) {\n  wait();\n}\n";
        let layout = layout(text);
        let region = |part: &str| layout.region_at(text.find(part).unwrap_or_default());
        assert_eq!(region("12 Harbour"), Region::Code);
        assert_eq!(region("Dear Sir"), Region::Prose);
        assert_eq!(region("No box"), Region::Quotation);
        assert_eq!(region("1. The"), Region::List);
        assert_eq!(region("2. The"), Region::List);
        assert_eq!(region("wait"), Region::Code);
    }

    #[test]
    fn contents_lists_and_code_of_several_kinds() {
        let text = "I The Quay 3\nII The Mole 17\nIII The Open Sea 41\nIV Home 60\n\n\
            Take, before the tide turns, what is written here, and have it ready on the quay:\n\n\
            - one coil of tarred rope, as long as the mole\n- a lamp with oil for three nights\n- bread\n\n\
            From: The Harbour Office\nTo: The Keeper of the Light\nSubject: Oil\n\n\
            def lamp(night):\n    trim()\n    light()\n\n\
            Mrs. Edda Velmar\n4 Mole Street\nSkarn\n\n\
            Port Skarn ....... two boats\nSalt Bay ....... one boat\n\n\
            Rope   four coils   new\nOil    two cans     old\n";
        let layout = layout(text);
        let region = |part: &str| layout.region_at(text.find(part).unwrap_or_default());
        assert_eq!(region("II The"), Region::Table);
        assert_eq!(region("Take,"), Region::Prose);
        assert_eq!(region("- a lamp"), Region::List);
        assert_eq!(region("Subject"), Region::Code);
        assert_eq!(region("trim"), Region::Code);
        assert_eq!(region("4 Mole"), Region::Code);
        assert_eq!(region("Salt Bay"), Region::Table);
        assert_eq!(region("Oil    two"), Region::Table);
    }

    #[test]
    fn parts_of_a_book_with_titles_of_many_kinds() {
        let story = "The keeper held the door open with her foot, because her hands were full of rope. ".repeat(9);
        for (front, back) in [
            ("TO THE READER\n\nThis book was written in a tower.", "APPENDIX A\n\nThe tides of Skarn are two a day."),
            ("PREFACE TO THE SECOND EDITION\n\nThe first was burnt.", "ABOUT THE AUTHOR\n\nShe keeps a light."),
            (
                "First printing, in the spring.\n\nNo part of this book may be burnt.",
                "BIBLIOGRAPHY\n\nThe Tides, by nobody.",
            ),
        ] {
            let text = format!("{front}\n\nCHAPTER I\n\n{story}\n\n{story}\n\n{story}\n\n{back}\n");
            let layout = layout(&text);
            let last = |part: &str| layout.region_at(text.rfind(part.lines().next_back().unwrap_or(part)).unwrap_or(0));
            assert_eq!(last(front), Region::FrontMatter, "{front}");
            assert_eq!(last(back), Region::BackMatter, "{back}");
            assert_eq!(layout.region_at(text.find("The keeper").unwrap_or(0)), Region::Prose);
        }
    }

    #[test]
    fn what_stands_before_and_after_the_text() {
        let story = "The ferry left the quay an hour late, and nobody on deck seemed to mind but a man. ".repeat(8);
        let text = format!(
            "THE LATE FERRY\n\nCopyright by nobody at all.\n\nCHAPTER I\n\n{story}\n\n{story}\n\n{story}\n\nTHE END\n\nOther books of this house are sold too.\n"
        );
        let layout = layout(&text);
        let region = |part: &str| layout.region_at(text.find(part).unwrap_or_default());
        assert_eq!(region("Copyright"), Region::FrontMatter);
        assert_eq!(region("The ferry"), Region::Prose);
        assert_eq!(region("Other books"), Region::BackMatter);
    }
}
