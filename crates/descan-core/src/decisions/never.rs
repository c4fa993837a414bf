//! Words that no repair may produce.

use std::ops::Range;

use descan_text::token::words;
use rustc_hash::FxHashMap;

/// How far around a repair to look for the words it creates, in characters.
const REACH: usize = 64;

/// Words that no repair may produce, in lower case, with their entries.
#[derive(Clone, Debug, Default)]
pub(crate) struct NeverWords(FxHashMap<String, usize>);

impl NeverWords {
    /// Adds a word; returns the entry that already has it, if any.
    pub(crate) fn add(&mut self, word: &str, index: usize) -> Option<usize> {
        let first = *self.0.entry(word.to_lowercase()).or_insert(index);
        (first != index).then_some(first)
    }

    /// The entry that forbids a repair of `text`: the repair would create its word
    /// where it was not before.
    pub(crate) fn keeper(&self, text: &str, span: &Range<usize>, new: &str) -> Option<usize> {
        if self.0.is_empty() {
            return None;
        }
        let back = text[..span.start].char_indices().rev().take(REACH).take_while(|(_, c)| !c.is_whitespace());
        let from = back.last().map_or(span.start, |(i, _)| i);
        let on = text[span.end..].char_indices().take(REACH).take_while(|(_, c)| !c.is_whitespace());
        let to = on.last().map_or(span.end, |(i, c)| span.end + i + c.len_utf8());
        let made = [&text[from..span.start], new, &text[span.end..to]].concat();
        let old = &text[from..to];
        words(&made).map(|word| word.text(&made).to_lowercase()).find_map(|word| {
            let index = *self.0.get(&word)?;
            let stood = words(old).any(|w| w.text(old).to_lowercase() == word);
            (!stood).then_some(index)
        })
    }
}
