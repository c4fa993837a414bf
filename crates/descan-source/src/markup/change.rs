//! Edits of the running text as changes of the file around it.

use std::ops::Range;

use super::flow::{Flow, Piece};

/// New text for a place of the decoded file, escaped.
pub(crate) type Change = (Range<usize>, String);

/// The file's mark-up has no place for an edit as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Misfit;

impl Flow {
    /// What an edit of the text changes in the decoded file, in no order.
    ///
    /// # Errors
    /// The edit would need a word, line or block more or less than the mark-up has, or a
    /// character that mark-up cannot hold.
    pub(crate) fn changes(&self, span: Range<usize>, new: &str) -> Result<Vec<Change>, Misfit> {
        if new.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n')) {
            return Err(Misfit);
        }
        let mut changes = Vec::new();
        let (span, new) = self.trimmed(span, new);
        for (span, new) in self.between_gaps(span, new)? {
            let (span, new) = self.trimmed(span, new);
            if span.is_empty() && new.is_empty() {
                continue;
            }
            let shares = shares(&self.pieces, &self.text, span.clone(), new).ok_or(Misfit)?;
            self.check_words(&shares)?;
            self.write(&self.pieces, shares, &mut changes);
            for copy in self.copies_at(&span) {
                let shares = shares_in_copy(copy, &self.text, span.clone(), new)?;
                self.write(copy, shares, &mut changes);
            }
        }
        Ok(changes)
    }

    /// An edit without what stays at both of its ends.
    pub(super) fn trimmed<'n>(&self, span: Range<usize>, new: &'n str) -> (Range<usize>, &'n str) {
        let old = &self.text[span.clone()];
        let same =
            |a: &str, b: &str| a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
        let head: usize = same(old, new);
        let (old, new) = (&old[head..], &new[head..]);
        let back = old.chars().rev().zip(new.chars().rev()).take_while(|(a, b)| a == b);
        let tail: usize = back.map(|(a, _)| a.len_utf8()).sum();
        (span.start + head..span.end - tail, &new[..new.len() - tail])
    }

    /// The parts of an edit between the gaps that it spans: new text must have the same
    /// gaps between the same words.
    fn between_gaps<'n>(&self, span: Range<usize>, new: &'n str) -> Result<Vec<(Range<usize>, &'n str)>, Misfit> {
        let mut parts = Vec::new();
        let (mut at, mut rest) = (span.start, new);
        for gap in self.gaps(&span) {
            let shown = &self.text[gap.clone()];
            let (part, after) = rest.split_once(shown).ok_or(Misfit)?;
            parts.push((at..gap.start, part));
            (at, rest) = (gap.end, after);
        }
        parts.push((at..span.end, rest));
        if parts.len() > 1 {
            let spaces = |text: &str| text.chars().filter(|c| c.is_whitespace()).count();
            if parts.iter().any(|(span, part)| spaces(&self.text[span.clone()]) != spaces(part)) {
                return Err(Misfit);
            }
        }
        Ok(parts)
    }

    /// The parts of a span that stand nowhere in the file.
    pub(super) fn gaps(&self, span: &Range<usize>) -> Vec<Range<usize>> {
        let mut gaps = Vec::new();
        let mut at = span.start;
        let first = self.pieces.partition_point(|piece| piece.flat.end <= span.start);
        for piece in self.pieces[first..].iter().take_while(|piece| piece.flat.start < span.end) {
            if piece.flat.start > at {
                gaps.push(at..piece.flat.start);
            }
            at = piece.flat.end;
        }
        if at < span.end {
            gaps.push(at..span.end);
        }
        gaps
    }

    /// Checks that every word stays one word.
    fn check_words(&self, shares: &[Share]) -> Result<(), Misfit> {
        let mut shares = shares.iter().peekable();
        while let Some(share) = shares.next() {
            let Some(index) = self.pieces[share.piece].word else { continue };
            let word = &self.words[index].flat;
            let (mut made, mut at) = (String::new(), word.start);
            let mut next = Some(share);
            while let Some(share) = next {
                made.push_str(&self.text[at..share.flat.start]);
                made.push_str(&share.new);
                at = share.flat.end;
                if share.new.contains(char::is_whitespace) {
                    return Err(Misfit);
                }
                next = shares.next_if(|share| self.pieces[share.piece].word == Some(index));
            }
            made.push_str(&self.text[at..word.end.max(at)]);
            if made.trim().is_empty() {
                return Err(Misfit);
            }
        }
        Ok(())
    }

    pub(super) fn write(&self, pieces: &[Piece], shares: Vec<Share>, changes: &mut Vec<Change>) {
        for share in shares {
            let piece = &pieces[share.piece];
            let span = piece.in_file(&share.flat);
            changes.push((span, self.manner.escaped(&share.new, piece.quote)));
        }
    }

    /// Where a span of the text lies in the decoded file, with the mark-up inside it.
    pub(crate) fn file_span(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.file_offset(span.start, false);
        if span.is_empty() { start..start } else { start..self.file_offset(span.end, true).max(start) }
    }

    fn file_offset(&self, at: usize, is_end: bool) -> usize {
        let index = if is_end {
            self.pieces.partition_point(|piece| piece.flat.start < at)
        } else {
            self.pieces.partition_point(|piece| piece.flat.start <= at)
        };
        let Some(piece) = index.checked_sub(1).and_then(|i| self.pieces.get(i)) else {
            return self.pieces.first().map_or(0, |piece| piece.file.start);
        };
        if at >= piece.flat.end { piece.file.end } else { piece.in_file(&(at..at)).start }
    }
}

/// What of an edit a piece takes.
#[derive(Debug)]
pub(super) struct Share {
    /// The index of the piece.
    piece: usize,
    /// What of it is replaced, in bytes of the text.
    flat: Range<usize>,
    new: String,
}

/// Shares out an edit without gaps among the pieces that it touches; `None` if it touches
/// none.
fn shares(pieces: &[Piece], text: &str, span: Range<usize>, new: &str) -> Option<Vec<Share>> {
    let first = pieces.partition_point(|piece| piece.flat.end < span.start);
    if span.is_empty() {
        // At the end of a word, before it at the start of the next.
        let piece = pieces.get(first).filter(|piece| piece.flat.start <= span.start)?;
        let inside = piece.flat.start < span.start && span.start < piece.flat.end;
        return (piece.verbatim || !inside).then(|| vec![Share { piece: first, flat: span, new: new.to_owned() }]);
    }
    let mut touched = Vec::new();
    for (index, piece) in pieces.iter().enumerate().skip(first) {
        if piece.flat.start >= span.end {
            break;
        }
        let part = piece.flat.start.max(span.start)..piece.flat.end.min(span.end);
        if !part.is_empty() {
            touched.push((index, part));
        }
    }
    let count = |text: &str| text.chars().count();
    let same = touched.len() > 1 && count(&text[span]) == count(new);
    let mut rest = new.chars();
    let mut shares = Vec::with_capacity(touched.len());
    for (number, (piece, flat)) in touched.into_iter().enumerate() {
        // Letter for letter where there are as many; else the first takes it all.
        let new = match (same, number) {
            (true, _) => rest.by_ref().take(count(&text[flat.clone()])).collect(),
            (false, 0) => new.to_owned(),
            (false, _) => String::new(),
        };
        shares.push(Share { piece, flat, new });
    }
    (!shares.is_empty()).then_some(shares)
}

/// Shares out an edit in a copy, which may hold a part of its place only.
pub(super) fn shares_in_copy(copy: &[Piece], text: &str, span: Range<usize>, new: &str) -> Result<Vec<Share>, Misfit> {
    let within =
        copy.iter().any(|piece| piece.flat.start <= span.start) && copy.iter().any(|piece| span.end <= piece.flat.end);
    if !within {
        return Err(Misfit);
    }
    shares(copy, text, span, new).ok_or(Misfit)
}

impl Piece {
    /// Where a part of the piece's text lies in the decoded file.
    fn in_file(&self, flat: &Range<usize>) -> Range<usize> {
        if self.verbatim {
            let place = |at: usize| self.file.start + (at - self.flat.start);
            return place(flat.start)..place(flat.end);
        }
        let start = if flat.start > self.flat.start { self.file.end } else { self.file.start };
        start..if flat.is_empty() { start } else { self.file.end }
    }
}
