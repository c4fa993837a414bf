//! Very long texts, section by section: memory stays bounded, and every section
//! is one thread's work.

use std::ops::Range;

use descan_text::edit::{Edit, EditList};
use memchr::memmem;

use super::outcome::Outcome;

/// A section's length in bytes. Ten novels are evidence enough of what a
/// document does; a longer text is taken for several documents.
pub(super) const SECTION: usize = 8 << 20;

/// How far beyond a section's length a blank line or a line's end is looked for.
const SEARCH: usize = 1 << 16;

/// Cuts a text into sections: after a blank line if there is one near, else
/// after a line, else between two characters.
pub(super) fn cut(text: &str) -> Vec<Range<usize>> {
    let mut sections = Vec::new();
    let mut start = 0;
    // A last section of half the length and less stays with the one before.
    while text.len() - start > SECTION + SECTION / 2 {
        let end = border(text, start + SECTION);
        sections.push(start..end);
        start = end;
    }
    sections.push(start..text.len());
    sections
}

fn border(text: &str, at: usize) -> usize {
    let near = &text.as_bytes()[at..(at + SEARCH).min(text.len())];
    let blank = memmem::find(near, b"\n\n").map(|i| at + i + 2);
    let line = || memchr::memchr(b'\n', near).map(|i| at + i + 1);
    blank.or_else(line).unwrap_or_else(|| (at..=text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len()))
}

/// What came of the sections, as one.
pub(super) fn join(sections: &[Range<usize>], outcomes: Vec<Outcome>) -> Outcome {
    let mut whole = Outcome::default();
    let mut edits = Vec::new();
    for (section, outcome) in sections.iter().zip(outcomes) {
        let shift = |span: Range<usize>| span.start + section.start..span.end + section.start;
        let before = whole.findings.len();
        whole.findings.extend(outcome.findings.into_iter().map(|mut finding| {
            finding.span = shift(finding.span);
            finding.spot.span = shift(finding.spot.span);
            finding.part_of = finding.part_of.map(|owner| owner + before);
            finding
        }));
        edits.extend(outcome.edits.iter().map(|edit| Edit::new(shift(edit.span.clone()), edit.text.clone())));
        whole.held_back.extend(outcome.held_back);
        whole.decided.refused += outcome.decided.refused;
        whole.decided.kept += outcome.decided.kept;
        whole.decided.used.extend(outcome.decided.used);
    }
    whole.edits = EditList::new(edits);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_the_whole_text_and_end_at_blank_lines() {
        let text = "The tide was out, and the quay lay dry.\n\n".repeat(800_000);
        let sections = cut(&text);
        assert!(sections.len() >= 3);
        assert_eq!(sections.first().map(|s| s.start), Some(0));
        assert_eq!(sections.last().map(|s| s.end), Some(text.len()));
        assert!(sections.windows(2).all(|w| w[0].end == w[1].start && text[..w[0].end].ends_with("\n\n")));
    }

    #[test]
    fn a_line_without_end_is_cut_between_characters() {
        let text = "é".repeat(SECTION);
        assert!(cut(&text).iter().all(|s| text.get(s.clone()).is_some_and(|part| part.len() <= 2 * SECTION)));
        assert_eq!(cut(""), [Range { start: 0, end: 0 }]);
    }
}
