//! The words around a place, by which it is found again.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::text::token::{is_apostrophe, words};

/// Words that are kept on either side.
const WORDS: usize = 4;
/// Bytes that are searched for them: what is longer has no words to speak of.
const REACH: usize = 200;

/// The words before and behind a place, in small letters, parted by blanks.
/// Marks and line breaks are not kept: they are what is repaired most.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Context(pub String, pub String);

impl Context {
    /// The words around `span` of `text`.
    pub fn of(text: &str, span: &Range<usize>) -> Context {
        let from = (span.start.saturating_sub(REACH)..span.start).find(|&i| text.is_char_boundary(i));
        let from = from.unwrap_or(span.start);
        let to = (span.end..=(span.end + REACH).min(text.len())).rev().find(|&i| text.is_char_boundary(i));
        let to = to.unwrap_or(span.end);
        let (left, right) = (&text[from..span.start], &text[span.end..to]);
        // A word cut off by the end of the reach would be another each time.
        let left = words(left).filter(|w| from == 0 || w.start > 0).map(|w| w.text(left));
        let left: Vec<&str> = left.collect();
        let behind = words(right).filter(|w| to == text.len() || w.span().end < right.len()).map(|w| w.text(right));
        Context(joined(left[left.len().saturating_sub(WORDS)..].iter().copied()), joined(behind.take(WORDS)))
    }

    /// Every two words that stand together, those on both sides of the place
    /// included.
    pub(super) fn pairs(&self) -> Vec<(&str, &str)> {
        let all: Vec<&str> = self.words().collect();
        all.windows(2).map(|pair| (pair[0], pair[1])).collect()
    }

    /// How many of its words another context shares on the same side.
    pub(super) fn shared(&self, other: &Context) -> usize {
        common(&self.0, &other.0) + common(&self.1, &other.1)
    }

    /// Whether the words that two contexts share are enough for one place.
    ///
    /// Half of them: a repair changes one word in twenty, rarely two of eight.
    pub(super) fn is_enough(&self, shared: usize) -> bool {
        shared * 2 >= self.words().count()
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.0.split(' ').chain(self.1.split(' ')).filter(|w| !w.is_empty())
    }
}

fn joined<'t>(words: impl Iterator<Item = &'t str>) -> String {
    let mut out = String::new();
    for word in words {
        if !out.is_empty() {
            out.push(' ');
        }
        let plain = word.chars().map(|c| if is_apostrophe(c) { '\'' } else { c });
        out.extend(plain.flat_map(char::to_lowercase));
    }
    out
}

/// Words of one list that are in the other, each once.
fn common(one: &str, other: &str) -> usize {
    let mut left: Vec<&str> = other.split(' ').filter(|w| !w.is_empty()).collect();
    let mut count = 0;
    for word in one.split(' ') {
        if let Some(at) = left.iter().position(|w| *w == word) {
            left.swap_remove(at);
            count += 1;
        }
    }
    count
}
