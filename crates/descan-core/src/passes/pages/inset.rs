//! Footnotes and illustrations between the two halves of a paragraph that continues
//! on the next page.

use descan_text::layout::{Line, Mark};
use rustc_hash::FxHashSet;

use super::unpaged::is_cut;

/// The most lines of notes and pictures that may stand between two halves.
const MOST: usize = 16;

/// Lines that interrupt a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Inset {
    /// The last line of the first half.
    pub before: usize,
    /// The lines of the notes, in order, with the blank lines between them.
    pub notes: Vec<usize>,
    /// The lines of the second half.
    pub rest: Vec<usize>,
}

/// Finds what interrupts paragraphs. `furniture` holds the lines that go.
///
/// A sentence is cut before the notes and goes on after them, a page ends between
/// the two, and each block of the notes begins with a mark of its own.
pub(super) fn find(text: &str, lines: &[Line], furniture: &FxHashSet<usize>) -> Vec<Inset> {
    let mut found: Vec<Inset> = Vec::new();
    let mut before: Option<usize> = None;
    let mut index = 0;
    while index < lines.len() {
        if lines[index].is_blank() || furniture.contains(&index) {
            index += 1;
            continue;
        }
        let apart = before.is_some_and(|b| b + 1 < index);
        if let Some(first) = before.filter(|_| apart && is_note(&text[lines[index].span()]))
            && let Some(inset) = interrupted(text, lines, furniture, first, index)
        {
            index = inset.rest.last().map_or(index, |&l| l) + 1;
            before = inset.rest.last().copied();
            found.push(inset);
            continue;
        }
        before = Some(index);
        index += 1;
    }
    found
}

fn interrupted(text: &str, lines: &[Line], furniture: &FxHashSet<usize>, before: usize, from: usize) -> Option<Inset> {
    let line = |i: usize| text[lines[i].span()].trim();
    let fed = |i: usize| text[lines[i].start..lines[i].text_start].contains('\u{c}');
    let mut notes: Vec<usize> = Vec::new();
    let mut page = (before + 1..=from).any(|i| furniture.contains(&i) || fed(i));
    let mut at = from;
    // The notes: up to the line with which the sentence goes on.
    let rest = loop {
        let this = lines.get(at)?;
        if at - from > 2 * MOST || notes.len() > MOST {
            return None;
        }
        let first = fed(at) || notes.last().is_none_or(|&l| l + 1 < at);
        if furniture.contains(&at) {
            page = true;
        } else if !this.is_blank() {
            page |= at > from && fed(at);
            if first && at > from && is_cut(line(before), line(at)) {
                break at;
            }
            if first && !is_note(line(at)) {
                return None;
            }
            notes.push(at);
        } else {
            page |= text[this.span()].contains('\u{c}');
        }
        at += 1;
    };
    // The rest of the paragraph, which must end on its page.
    let end = (rest..lines.len()).take(200).find(|&i| lines[i].is_blank() || furniture.contains(&i));
    let rest: Vec<usize> = (rest..end.unwrap_or(lines.len())).collect();
    let whole = rest.last().is_some_and(|&l| line(l).ends_with(['.', '!', '?', '”', '"', '’', ':']));
    let inside = rest.iter().skip(1).all(|&i| !fed(i));
    (page && whole && inside).then_some(Inset { before, notes, rest })
}

/// Whether a line begins a footnote or names a picture.
pub(super) fn is_note(line: &str) -> bool {
    let line = line.trim_start();
    let marked =
        |mark: char| line.strip_prefix(mark).is_some_and(|rest| rest.trim_start().starts_with(char::is_alphabetic));
    let picture = line.get(..13).is_some_and(|start| start.eq_ignore_ascii_case("[illustration"));
    let bracket = line.starts_with(['[', '(']) && Mark::of(&line[1..].replacen(']', ")", 1)).is_some();
    let number = matches!(Mark::of(line), Some(Mark::Place(_, true)));
    picture || bracket || number || ['*', '†', '‡', '§'].into_iter().any(marked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use descan_text::layout::Layout;

    fn of(text: &str) -> Vec<Inset> {
        find(text, Layout::of(text, &descan_text::layout::PartNames::default()).lines(), &FxHashSet::default())
    }

    #[test]
    fn a_note_between_two_halves() {
        let text = "the mate said that the tide was no servant of the\n\n* Nor was it.\n\u{c}railway and would\nnot be hurried.\n\nNext.\n";
        assert_eq!(of(text), [Inset { before: 0, notes: vec![2], rest: vec![3, 4] }]);
    }

    #[test]
    fn no_page_ends_there() {
        assert!(
            of("the mate said that the tide was no servant of the\n\n* Nor was it.\n\nrailway and so on.\n").is_empty()
        );
    }

    #[test]
    fn marks_of_notes() {
        for line in [
            "* See above.",
            "†See above.",
            "[1] See above.",
            "(2) See above.",
            "3. See above.",
            "[Illustration: A boat]",
        ] {
            assert!(is_note(line), "{line}");
        }
        for line in ["* * *", "See above.", "1847", "(He said so.)"] {
            assert!(!is_note(line), "{line}");
        }
    }
}
