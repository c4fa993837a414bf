//! Edits of a text: applying, inverting and composing them, and mapping positions back to
//! the original.

use std::ops::Range;

/// One replacement in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced, in bytes of the text that the edit is made for.
    pub span: Range<usize>,
    /// What comes in its place.
    pub text: String,
}

impl Edit {
    /// An edit that replaces `span` by `text`.
    pub fn new(span: Range<usize>, text: impl Into<String>) -> Edit {
        Edit { span, text: text.into() }
    }
}

/// Edits of one text: in order, apart from each other.
///
/// Two edits of a list never touch: where one ends and the next begins at the
/// same byte they are one edit, so that a list has one meaning only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditList(Vec<Edit>);

impl EditList {
    /// Takes edits in any order. Edits that touch become one; of two that
    /// overlap, the one that starts first stays and the other is dropped.
    pub fn new(mut edits: Vec<Edit>) -> EditList {
        edits.sort_by_key(|e| (e.span.start, e.span.end));
        let mut list: Vec<Edit> = Vec::with_capacity(edits.len());
        for edit in edits {
            match list.last_mut() {
                Some(last) if edit.span.start < last.span.end => {}
                Some(last) if edit.span.start == last.span.end => {
                    last.span.end = edit.span.end;
                    last.text.push_str(&edit.text);
                }
                _ => list.push(edit),
            }
        }
        EditList(list)
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of edits.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The edits in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Edit> {
        self.0.iter()
    }

    /// The text with all edits made.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 64);
        let mut done = 0;
        for edit in &self.0 {
            out.push_str(&text[done..edit.span.start]);
            out.push_str(&edit.text);
            done = edit.span.end;
        }
        out.push_str(&text[done..]);
        out
    }

    /// The edits that lead back: `self.invert(t).apply(&self.apply(t)) == t`.
    #[must_use]
    pub fn invert(&self, text: &str) -> EditList {
        let regions = self.regions();
        EditList(regions.map(|r| Edit::new(r.after, &text[r.before])).collect())
    }

    /// One list that does what `self` and then `next` do.
    ///
    /// `next` is a list for the text that `self` makes. Edits of the two lists
    /// that touch become one.
    pub fn compose(&self, next: &EditList) -> EditList {
        let mut pieces = Pieces::new(self);
        let mut out = Composer::default();
        let mut at = 0;
        for edit in &next.0 {
            pieces.copy(edit.span.start - at, &mut out);
            pieces.skip(edit.span.end - edit.span.start);
            out.insert(&edit.text);
            at = edit.span.end;
        }
        pieces.copy_rest(&mut out);
        EditList(out.edits)
    }

    /// The list without edits that put what stands there already.
    pub fn without_idle(mut self, text: &str) -> EditList {
        self.0.retain(|e| text[e.span.clone()] != *e.text);
        self
    }

    /// The way back from the edited text to the text before.
    pub fn origin(&self) -> Origin {
        Origin { regions: self.regions().collect() }
    }

    /// Where each edit lies before and after.
    fn regions(&self) -> impl Iterator<Item = Region> + '_ {
        let mut grown = 0usize;
        let mut shrunk = 0usize;
        self.0.iter().map(move |edit| {
            let start = edit.span.start + grown - shrunk;
            grown += edit.text.len();
            shrunk += edit.span.len();
            Region { before: edit.span.clone(), after: start..start + edit.text.len() }
        })
    }
}

/// One edit's place in both texts, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// In the text before.
    pub before: Range<usize>,
    /// In the text after.
    pub after: Range<usize>,
}

/// Leads from spans of an edited text back to the text before.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    regions: Vec<Region>,
}

impl Origin {
    /// The span of the text before that `span` of the text after comes from.
    ///
    /// Both are widened to take in whole every edit that the span touches: a
    /// part of new text comes from no place of its own.
    pub fn widen(&self, span: Range<usize>) -> Region {
        let first = self.regions.partition_point(|r| r.after.end < span.start);
        let last = self.regions.partition_point(|r| r.after.start <= span.end);
        let touched = &self.regions[first..last.max(first)];
        let shift = |at: usize, index: usize| match index.checked_sub(1).map(|i| &self.regions[i]) {
            Some(r) => at - r.after.end + r.before.end,
            None => at,
        };
        let (start, before_start) = match touched.first() {
            Some(r) if r.after.start <= span.start => (r.after.start, r.before.start),
            _ => (span.start, shift(span.start, first)),
        };
        let (end, before_end) = match touched.last() {
            Some(r) if r.after.end >= span.end => (r.after.end, r.before.end),
            _ => (span.end, shift(span.end, last.max(first))),
        };
        Region { before: before_start..before_end, after: start..end }
    }
}

/// The text between two lists, as pieces of the first text and of new text.
struct Pieces<'e> {
    edits: std::slice::Iter<'e, Edit>,
    /// What is left of the piece at hand.
    kept: Range<usize>,
    new: &'e str,
}

impl<'e> Pieces<'e> {
    fn new(list: &'e EditList) -> Pieces<'e> {
        let mut pieces = Pieces { edits: list.0.iter(), kept: 0..0, new: "" };
        pieces.advance(0);
        pieces
    }

    /// Takes up the kept stretch that starts at `from` and the edit after it.
    fn advance(&mut self, from: usize) -> bool {
        let mut after = self.edits.clone();
        match after.next() {
            Some(edit) => {
                self.kept = from..edit.span.start;
                self.new = &edit.text;
                true
            }
            None => {
                self.kept = from..usize::MAX;
                self.new = "";
                false
            }
        }
    }

    /// Hands `length` bytes of the text between to `piece`.
    fn walk(&mut self, mut length: usize, mut piece: impl FnMut(Result<Range<usize>, &'e str>)) {
        loop {
            let kept = length.min(self.kept.len());
            piece(Ok(self.kept.start..self.kept.start + kept));
            self.kept.start += kept;
            length -= kept;
            if length == 0 {
                return;
            }
            let new = length.min(self.new.len());
            piece(Err(&self.new[..new]));
            self.new = &self.new[new..];
            length -= new;
            if self.new.is_empty() {
                match self.edits.next() {
                    Some(done) => self.advance(done.span.end),
                    None => return,
                };
            }
        }
    }

    fn copy(&mut self, length: usize, out: &mut Composer) {
        self.walk(length, |piece| match piece {
            Ok(kept) => out.keep(kept),
            Err(new) => out.insert(new),
        });
    }

    fn skip(&mut self, length: usize) {
        self.walk(length, |_| {});
    }

    fn copy_rest(&mut self, out: &mut Composer) {
        loop {
            out.keep(self.kept.clone());
            out.insert(self.new);
            match self.edits.next() {
                Some(done) => self.advance(done.span.end),
                None => return,
            };
        }
    }
}

/// Makes a list from kept stretches and new text, in order.
#[derive(Default)]
struct Composer {
    edits: Vec<Edit>,
    at: usize,
    pending: String,
}

impl Composer {
    fn insert(&mut self, text: &str) {
        self.pending.push_str(text);
    }

    fn keep(&mut self, kept: Range<usize>) {
        if kept.is_empty() {
            return;
        }
        if self.at < kept.start || !self.pending.is_empty() {
            self.edits.push(Edit::new(self.at..kept.start, std::mem::take(&mut self.pending)));
        }
        self.at = kept.end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn list(edits: &[(usize, usize, &str)]) -> EditList {
        EditList::new(edits.iter().map(|&(a, b, t)| Edit::new(a..b, t)).collect())
    }

    #[test]
    fn touching_edits_become_one_and_overlapping_ones_are_dropped() {
        assert_eq!(list(&[(0, 1, "a"), (1, 2, "b"), (1, 3, "c")]), list(&[(0, 2, "ab")]));
    }

    #[test]
    fn a_span_in_new_text_leads_to_the_whole_edit() {
        let edits = list(&[(2, 4, "xyz"), (6, 6, "!")]);
        let origin = edits.origin();
        assert_eq!(edits.apply("abcdefgh"), "abxyzef!gh");
        assert_eq!(origin.widen(3..4), Region { before: 2..4, after: 2..5 });
        assert_eq!(origin.widen(0..1), Region { before: 0..1, after: 0..1 });
        assert_eq!(origin.widen(6..7), Region { before: 5..6, after: 6..8 });
    }

    /// A list of edits for a text of `length` ASCII bytes.
    fn edits(length: usize) -> impl Strategy<Value = EditList> {
        prop::collection::vec((0..=length, 0usize..4, "[a-z]{0,3}"), 0..6).prop_map(move |raw| {
            EditList::new(raw.into_iter().map(|(a, n, t)| Edit::new(a..(a + n).min(length), t)).collect())
        })
    }

    proptest! {
        #[test]
        fn invert_leads_back(text in "[A-Z]{12}", list in edits(12)) {
            let after = list.apply(&text);
            prop_assert_eq!(list.invert(&text).apply(&after), text);
        }

        #[test]
        fn compose_is_one_after_the_other(
            (text, first, second) in ("[A-Z]{12}", edits(12)).prop_flat_map(|(text, first)| {
                let middle = first.apply(&text).len();
                (Just(text), Just(first), edits(middle))
            })
        ) {
            let after = second.apply(&first.apply(&text));
            let both = first.compose(&second);
            prop_assert_eq!(both.apply(&text), after);
            for pair in both.iter().zip(both.iter().skip(1)) {
                prop_assert!(pair.0.span.end < pair.1.span.start);
            }
        }

        #[test]
        fn origins_are_real(text in "[A-Z]{12}", list in edits(12), a in 0usize..12, n in 0usize..4) {
            let after = list.apply(&text);
            let a = a.min(after.len());
            let span = a..(a + n).min(after.len());
            let region = list.origin().widen(span.clone());
            prop_assert!(region.after.start <= span.start && span.end <= region.after.end);
            // Replacing the region before by the region after gives part of the edited text.
            let inner = EditList::new(
                list.iter().filter(|e| region.before.start <= e.span.start && e.span.end <= region.before.end)
                    .map(|e| Edit::new(e.span.start - region.before.start..e.span.end - region.before.start, e.text.clone()))
                    .collect(),
            );
            prop_assert_eq!(inner.apply(&text[region.before.clone()]), &after[region.after.clone()]);
        }
    }
}
