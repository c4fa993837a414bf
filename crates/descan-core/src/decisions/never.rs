//! Words that no repair may put.

use std::ops::Range;

use descan_text::token::words;
use rustc_hash::FxHashMap;

/// Characters on either side of a repair in which a word it makes may reach.
const REACH: usize = 64;

/// Words that no repair may put, in small letters, with their entries.
#[derive(Clone, Debug, Default)]
pub(crate) struct NeverWords(FxHashMap<String, usize>);

impl NeverWords {
    /// Adds a word; gives the entry that has it already.
    pub(crate) fn add(&mut self, word: &str, index: usize) -> Option<usize> {
        let first = *self.0.entry(word.to_lowercase()).or_insert(index);
        (first != index).then_some(first)
    }

    /// The entry that keeps a repair of `text` from putting a word which does
    /// not stand there already.
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
