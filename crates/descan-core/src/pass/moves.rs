//! Where the parts of a text stand after edits, and what has changed.

use std::ops::Range;

use descan_text::edit::EditList;

/// The edits of a text, each with what it replaced and what it wrote.
pub(crate) struct Moves(Vec<Move>);

struct Move {
    /// In bytes of the text before.
    old: Range<usize>,
    /// In bytes of the text after.
    new: Range<usize>,
}

impl Moves {
    pub(super) fn of(edits: &EditList) -> Moves {
        let mut grown: isize = 0;
        let moves = edits.iter().map(|edit| {
            let start = edit.span.start.saturating_add_signed(grown);
            grown += edit.text.len() as isize - edit.span.len() as isize;
            Move { old: edit.span.clone(), new: start..start + edit.text.len() }
        });
        Moves(moves.collect())
    }

    /// Where a part of the text stands now that no edit touches, not even at its ends; in bytes.
    pub(super) fn untouched(&self, part: &Range<usize>) -> Option<Range<usize>> {
        let next = self.0.partition_point(|edit| edit.old.end < part.start);
        let is_touched = self.0.get(next).is_some_and(|edit| edit.old.start <= part.end);
        (!is_touched).then(|| self.moved(part.start, next)..self.moved(part.end, next))
    }

    /// What has changed, in bytes, in order and without overlaps: what the edits wrote, and what had changed before.
    pub(super) fn changed(&self, before: &[Range<usize>]) -> Vec<Range<usize>> {
        let written = self.0.iter().map(|edit| edit.new.clone());
        let mut all: Vec<Range<usize>> = before.iter().map(|part| self.start(part.start)..self.end(part.end)).collect();
        all.extend(written);
        all.sort_unstable_by_key(|part| part.start);
        all.dedup_by(|next, last| {
            let overlap = next.start <= last.end;
            if overlap {
                last.end = last.end.max(next.end);
            }
            overlap
        });
        all
    }

    /// Where a part begins that began here, or the edit in which it began.
    fn start(&self, at: usize) -> usize {
        let next = self.0.partition_point(|edit| edit.old.end < at);
        match self.0.get(next).filter(|edit| edit.old.start <= at) {
            Some(edit) => edit.new.start,
            None => self.moved(at, next),
        }
    }

    /// Where a part ends that ended here, or the edit in which it ended.
    fn end(&self, at: usize) -> usize {
        let next = self.0.partition_point(|edit| edit.old.start <= at);
        match next.checked_sub(1).map(|last| &self.0[last]).filter(|edit| edit.old.end >= at) {
            Some(edit) => edit.new.end,
            None => self.moved(at, next),
        }
    }

    /// A place between two edits, of which the second has this index.
    fn moved(&self, at: usize, next: usize) -> usize {
        next.checked_sub(1).map_or(at, |last| at - self.0[last].old.end + self.0[last].new.end)
    }
}

#[cfg(test)]
mod tests {
    use descan_text::edit::Edit;

    use super::*;

    fn moves(edits: &[(Range<usize>, &str)]) -> Moves {
        let edits = edits.iter().map(|(span, text)| Edit::new(span.clone(), *text));
        Moves::of(&EditList::new(edits.collect()))
    }

    #[test]
    fn what_no_edit_touches_moves_with_the_text() {
        let moves = moves(&[(5..7, "x"), (10..10, "yyy")]);
        assert_eq!(moves.untouched(&(0..4)), Some(0..4));
        assert_eq!(moves.untouched(&(0..5)), None);
        assert_eq!(moves.untouched(&(8..9)), Some(7..8));
        assert_eq!(moves.untouched(&(9..12)), None);
        assert_eq!(moves.untouched(&(11..12)), Some(13..14));
    }

    #[test]
    fn what_has_changed_grows_with_the_edits_in_it() {
        let moves = moves(&[(5..7, "x"), (10..10, "yyy")]);
        assert_eq!(moves.changed(&[]), [5..6, 9..12]);
        assert_eq!(moves.changed(&[6..9, 15..16]), [5..8, 9..12, 17..18]);
        assert_eq!(moves.changed(&[8..10, 20..21]), [5..6, 7..12, 22..23]);
    }
}
