//! The words around a place, by which it is found again.

use std::ops::Range;

use descan_text::token::{is_apostrophe, is_word_char, words};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

/// Words that are kept on either side.
const WORDS: usize = 4;
/// Bytes that are searched for them: what is longer has no words to speak of.
const REACH: usize = 200;

/// The words before and behind a place, in small letters, parted by blanks.
/// Marks and line breaks are not kept: they are what is repaired most.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Context(pub String, pub String);

impl Context {
    /// The words around `span` of `text`. What is left of a word that the span
    /// is a piece of is not among them: it says which word is damaged, and not
    /// where, and would make twins of all places with that word.
    pub fn of(text: &str, span: &Range<usize>) -> Context {
        let from = (span.start.saturating_sub(REACH)..span.start).find(|&i| text.is_char_boundary(i));
        let from = from.unwrap_or(span.start);
        let to = (span.end..=(span.end + REACH).min(text.len())).rev().find(|&i| text.is_char_boundary(i));
        let to = to.unwrap_or(span.end);
        let (mut left, mut right) = (&text[from..span.start], &text[span.end..to]);
        let inside = &text[span.clone()];
        let is_of_word = |c: char| is_word_char(c) || is_apostrophe(c);
        if inside.starts_with(is_word_char) {
            left = left.trim_end_matches(is_of_word);
        }
        if inside.ends_with(is_word_char) {
            right = right.trim_start_matches(is_of_word);
        }
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

    /// How many of its words stand as far from the place in another context, or
    /// one word nearer or farther: a repair may join or part a word between. Then
    /// how many of them stand just as far.
    pub(super) fn shared(&self, other: &Context) -> (usize, usize) {
        let (left, exact_left) = common(self.0.rsplit(' '), other.0.rsplit(' '));
        let (right, exact_right) = common(self.1.split(' '), other.1.split(' '));
        (left + right, exact_left + exact_right)
    }

    /// Whether the words that two contexts share are enough for one place.
    ///
    /// Three of eight: even in a bad scan one word in ten is repaired, so that
    /// six of eight hardly ever are; and unlike places rarely share three in
    /// their positions.
    pub(super) fn is_enough(&self, shared: usize) -> bool {
        shared * 8 >= self.words().count() * 3
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
        // Ligatures and soft hyphens are surely mended next time.
        let plain = word.nfkc().filter(|&c| c != '\u{ad}').map(|c| if is_apostrophe(c) { '\'' } else { c });
        out.extend(plain.flat_map(char::to_lowercase));
    }
    out
}

/// How many words both lists, the nearest first, have in nearly the same position,
/// and how many in the very same.
fn common<'t>(one: impl Iterator<Item = &'t str>, other: impl Iterator<Item = &'t str>) -> (usize, usize) {
    let mut left: Vec<&str> = other.collect();
    let (mut count, mut exact) = (0, 0);
    for (at, word) in one.enumerate().filter(|(_, word)| !word.is_empty()) {
        let near = [at, at.wrapping_sub(1), at + 1].into_iter().find(|&i| left.get(i) == Some(&word));
        if let Some(near) = near {
            left[near] = "";
            count += 1;
            exact += usize::from(near == at);
        }
    }
    (count, exact)
}
