//! Text that people typed, which stays exactly as they typed it.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;

use super::Context;
use super::places::Places;

/// Texts that people typed, each with the places it was typed for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Typed {
    list: Vec<TypedText>,
    by_text: FxHashMap<String, usize>,
    scanner: OnceLock<Option<AhoCorasick>>,
}

#[derive(Clone, Debug, Default)]
struct TypedText {
    places: Places,
    /// The entry by which it is right at every place.
    anywhere: Option<usize>,
}

impl Typed {
    /// Adds what was typed at a place, or for all places of a kind.
    pub(crate) fn add(&mut self, text: &str, context: Option<&Context>, index: usize) {
        if text.is_empty() {
            return;
        }
        let next = self.list.len();
        let at = *self.by_text.entry(text.to_owned()).or_insert(next);
        if at == next {
            self.list.push(TypedText::default());
        }
        match context {
            Some(context) => {
                self.list[at].places.add(context, index);
            }
            None => self.list[at].anywhere = self.list[at].anywhere.or(Some(index)),
        }
    }

    /// Where in `text` something stands that was typed somewhere.
    pub(crate) fn spans(&self, text: &str) -> Spans<'_> {
        let build = || {
            let mut texts: Vec<(&usize, &String)> = self.by_text.iter().map(|(text, at)| (at, text)).collect();
            texts.sort_unstable();
            (!texts.is_empty()).then(|| AhoCorasick::new(texts.iter().map(|(_, text)| text)).ok()).flatten()
        };
        let mut list: Vec<(Range<usize>, usize)> = match self.scanner.get_or_init(build) {
            Some(scanner) => scanner.find_overlapping_iter(text).map(|m| (m.range(), m.pattern().as_usize())).collect(),
            None => Vec::new(),
        };
        list.sort_by_key(|(span, _)| (span.start, span.end));
        let ends = list.iter().scan(0, |end, (span, _)| {
            *end = span.end.max(*end);
            Some(*end)
        });
        Spans { typed: self, ends: ends.collect(), list }
    }
}

/// Where in a text something stands that was typed somewhere.
#[derive(Debug)]
pub(crate) struct Spans<'k> {
    typed: &'k Typed,
    /// In order, each with the index of the typed text.
    list: Vec<(Range<usize>, usize)>,
    /// How far the spans up to each one reach.
    ends: Vec<usize>,
}

impl Spans<'_> {
    /// The entry by which a person typed, at this very place, what a repair of
    /// `text` would change.
    pub(crate) fn keeper(&self, text: &str, span: &Range<usize>, new: &str) -> Option<usize> {
        let behind = self.list.partition_point(|(s, _)| s.start <= span.end);
        let near = (0..behind).rev().take_while(|&i| self.ends[i] >= span.start);
        near.map(|i| &self.list[i]).find_map(|(place, index)| {
            if !reaches_into(place, &changed(text, span, new)) {
                return None;
            }
            let typed = &self.typed.list[*index];
            typed.anywhere.or_else(|| typed.places.find(&Context::of(text, place)))
        })
    }
}

/// What of `span` a repair really changes.
fn changed(text: &str, span: &Range<usize>, new: &str) -> Range<usize> {
    let old = &text[span.clone()];
    let same = |(a, b): &(char, char)| a == b;
    let head: usize = old.chars().zip(new.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (old, new) = (&old[head..], &new[head..]);
    let tail: usize = old.chars().rev().zip(new.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    span.start + head..span.end - tail
}

/// Whether a change touches what stands at `place`; what is put beside it does
/// not.
fn reaches_into(place: &Range<usize>, change: &Range<usize>) -> bool {
    change.start < place.end && place.start < change.end
        || change.is_empty() && place.start < change.start && change.start < place.end
}
