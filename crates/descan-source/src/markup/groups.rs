//! All edits of a text together: those that touch one word are made as one.

use std::collections::HashSet;
use std::ops::Range;

use super::change::{Change, Misfit};
use super::flow::{Flow, Piece};
use super::quote::Quote;
use super::ways::Ways;

/// What edits change in the decoded file.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// In order.
    pub list: Vec<Change>,
    /// How many edits the mark-up has no place for; nothing is changed for them.
    pub misfits: usize,
}

/// Edits that touch the same words, or the same text between spaces where words have no
/// elements.
#[derive(Debug)]
pub(super) struct Group<'e> {
    /// In bytes of the text.
    pub(super) extent: Range<usize>,
    /// By their index.
    pub(super) words: Range<usize>,
    pub(super) edits: Vec<(Range<usize>, &'e str)>,
}

impl Flow {
    /// What edits of the text, in order, change in the decoded file.
    pub(crate) fn all_changes<'e>(
        &self,
        edits: impl Iterator<Item = (Range<usize>, &'e str)>,
        ways: &Ways<'_>,
    ) -> Changes {
        let mut changes = Changes::default();
        if !ways.structure && !ways.keep_original {
            for (span, new) in edits {
                match self.changes(span, new) {
                    Ok(made) => changes.list.extend(made),
                    Err(Misfit) => changes.misfits += 1,
                }
            }
        } else {
            let mut ids = None;
            for group in self.groups(edits) {
                match self.changes_of(&group, ways, &mut ids) {
                    Ok(made) => changes.list.extend(made),
                    Err(Misfit) => changes.misfits += group.edits.len(),
                }
            }
        }
        // A stable sort keeps what goes before a place before what goes into it.
        changes.list.sort_by_key(|(span, _)| (span.start, span.end));
        changes
    }

    fn groups<'e>(&self, edits: impl Iterator<Item = (Range<usize>, &'e str)>) -> Vec<Group<'e>> {
        let mut groups: Vec<Group<'e>> = Vec::new();
        for (span, new) in edits {
            let (span, new) = self.trimmed(span, new);
            let first = self.words.partition_point(|word| word.flat.end < span.start);
            let count = self.words[first..].iter().take_while(|word| word.flat.start <= span.end).count();
            let words = first..first + count;
            let extent = match self.words.get(words.clone()) {
                Some([first, .., last]) => first.flat.start..last.flat.end,
                Some([word]) => word.flat.clone(),
                _ => self.between_spaces(span.clone()),
            };
            let extent = extent.start.min(span.start)..extent.end.max(span.end);
            match groups.last_mut().filter(|last| extent.start < last.extent.end) {
                Some(last) => {
                    last.extent.end = last.extent.end.max(extent.end);
                    last.words.end = last.words.end.max(words.end);
                    last.edits.push((span, new));
                }
                None => groups.push(Group { extent, words, edits: vec![(span, new)] }),
            }
        }
        groups
    }

    /// A span with the letters around it up to the next white space.
    fn between_spaces(&self, span: Range<usize>) -> Range<usize> {
        let before = self.text[..span.start].trim_end_matches(|c: char| !c.is_whitespace()).len();
        let after = self.text[span.end..].find(char::is_whitespace).map_or(self.text.len(), |at| span.end + at);
        before..after
    }

    fn changes_of(
        &self,
        group: &Group<'_>,
        ways: &Ways<'_>,
        ids: &mut Option<HashSet<Box<str>>>,
    ) -> Result<Vec<Change>, Misfit> {
        let mut changes = Vec::new();
        for (span, new) in &group.edits {
            match self.changes(span.clone(), new) {
                Ok(made) => changes.extend(made),
                Err(Misfit) if ways.structure => return self.rebuilt(group, ways, ids),
                Err(Misfit) => return Err(Misfit),
            }
        }
        match (ways.keep_original, group.words.is_empty()) {
            (false, _) => Ok(changes),
            (true, true) => self.with_text_kept(group, changes, ways),
            (true, false) => self.with_words_kept(group, changes, ways),
        }
    }

    /// The text that the edits of a group make of its extent.
    pub(super) fn made(&self, group: &Group<'_>) -> String {
        let mut made = String::new();
        let mut at = group.extent.start;
        for (span, new) in &group.edits {
            made.push_str(&self.text[at..span.start]);
            made.push_str(new);
            at = span.end;
        }
        made.push_str(&self.text[at..group.extent.end]);
        made
    }

    /// The changes with the old readings of the words beside the new ones.
    fn with_words_kept(&self, group: &Group<'_>, changes: Vec<Change>, ways: &Ways<'_>) -> Result<Vec<Change>, Misfit> {
        let made = self.made(group);
        let new: Vec<&str> = made.split_whitespace().collect();
        let (mut before, mut behind) = (Vec::new(), Vec::new());
        for (number, index) in group.words.clone().enumerate() {
            let word = &self.words[index];
            let old = &self.text[word.flat.clone()];
            if new.len() == group.words.len() && new[number] == old {
                continue;
            }
            let element = ways.file.get(word.element.clone()).filter(|element| !element.is_empty()).ok_or(Misfit)?;
            let text = self.text_in_file(index).ok_or(Misfit)?;
            let (start, text) = (text.start, text.start - word.element.start..text.end - word.element.start);
            let old = self.manner.escaped(old, Quote::Tags);
            for (span, new) in ways.elements.kept(element, text, &old).ok_or(Misfit)? {
                let span = span.start + word.element.start..span.end + word.element.start;
                let side = if span.start <= start { &mut before } else { &mut behind };
                side.push((span, new));
            }
        }
        before.extend(changes);
        before.extend(behind);
        Ok(before)
    }

    /// The changes with the old reading in mark-up of its own before the new one.
    fn with_text_kept(&self, group: &Group<'_>, changes: Vec<Change>, ways: &Ways<'_>) -> Result<Vec<Change>, Misfit> {
        let [before, between, after] = ways.elements.kept_in_text().ok_or(Misfit)?;
        let file = self.file_span(&group.extent);
        let old = ways.file.get(file.clone()).ok_or(Misfit)?;
        if old.is_empty() || old.contains('<') || !self.gaps(&group.extent).is_empty() {
            return Err(Misfit);
        }
        let mut all = vec![(file.start..file.start, [before, old, between].concat())];
        all.extend(changes);
        all.push((file.end..file.end, after.to_owned()));
        Ok(all)
    }

    /// The pieces of a word.
    pub(super) fn pieces_of(&self, index: usize) -> &[Piece] {
        let flat = &self.words[index].flat;
        let first = self.pieces.partition_point(|piece| piece.flat.start < flat.start);
        let count = self.pieces[first..].iter().take_while(|piece| piece.word == Some(index)).count();
        &self.pieces[first..first + count]
    }

    /// Where the text of a word stands in the decoded file, with the mark-up inside it.
    pub(super) fn text_in_file(&self, index: usize) -> Option<Range<usize>> {
        match self.pieces_of(index) {
            [] => None,
            [piece] => Some(piece.file.clone()),
            [first, .., last] => Some(first.file.start..last.file.end),
        }
    }
}
