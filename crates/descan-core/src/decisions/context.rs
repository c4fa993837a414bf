//! The words around a place, used to find it again.

use std::ops::Range;

use descan_text::token::{is_apostrophe, is_word_char, words};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

/// Words kept on either side.
const WORDS: usize = 4;
/// Letters on either side by which a place is looked up when words were joined or split.
const LETTERS: usize = 6;
/// How far to search for them, in bytes: longer stretches are not normal words.
const REACH: usize = 200;

/// The words before and after a place, in lower case, separated by spaces.
/// Punctuation and line breaks are left out: they are repaired most often.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Context(pub String, pub String);

impl Context {
    /// The words around `span` of `text`. If the span is part of a word, the rest of
    /// that word is excluded: it says which word is damaged, not where, and would
    /// make all places with that word look alike.
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
        // A word cut off at the limit would differ from one run to the next.
        let left = words(left).filter(|w| from == 0 || w.start > 0).map(|w| w.text(left));
        let left: Vec<&str> = left.collect();
        let behind = words(right).filter(|w| to == text.len() || w.span().end < right.len()).map(|w| w.text(right));
        Context(joined(left[left.len().saturating_sub(WORDS)..].iter().copied()), joined(behind.take(WORDS)))
    }

    /// All pairs of neighbouring words, including the pair across the place.
    pub(super) fn pairs(&self) -> Vec<(&str, &str)> {
        let all: Vec<&str> = self.words().collect();
        all.windows(2).map(|pair| (pair[0], pair[1])).collect()
    }

    /// The letters nearest to the place, on either side: what a repair that joins or
    /// splits the words around it leaves alone. `None` if there are too few of them.
    pub(super) fn letters(&self) -> Option<String> {
        let left: String = letters(&self.0).rev().take(LETTERS).collect();
        let right: String = letters(&self.1).take(LETTERS).collect();
        (left.len() + right.len() >= LETTERS).then(|| format!("{left} {right}"))
    }

    /// Whether two contexts have the same letters, as far as both of them reach: the
    /// words around the place were joined or split, and nothing else.
    pub(super) fn same_letters(&self, other: &Context) -> bool {
        let left = letters(&self.0).rev().zip(letters(&other.0).rev()).all(|(a, b)| a == b);
        left && letters(&self.1).zip(letters(&other.1)).all(|(a, b)| a == b)
    }

    /// How many words another context has at the same distance from the place, plus
    /// or minus one word (a repair may join or split a word in between); then how many
    /// it has at exactly the same distance.
    pub(super) fn shared(&self, other: &Context) -> (usize, usize) {
        let (left, exact_left) = common(self.0.rsplit(' '), other.0.rsplit(' '));
        let (right, exact_right) = common(self.1.split(' '), other.1.split(' '));
        (left + right, exact_left + exact_right)
    }

    /// Whether two contexts share enough words to be the same place.
    ///
    /// Three of eight suffice: even in a bad scan only one word in ten is repaired,
    /// so six of eight almost never are; and different places rarely share three
    /// words in the same positions.
    pub(super) fn is_enough(&self, shared: usize) -> bool {
        shared * 8 >= self.words().count() * 3
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.0.split(' ').chain(self.1.split(' ')).filter(|w| !w.is_empty())
    }
}

/// The words of one side without the spaces between them.
fn letters(words: &str) -> impl DoubleEndedIterator<Item = char> {
    words.chars().filter(|&c| c != ' ')
}

fn joined<'t>(words: impl Iterator<Item = &'t str>) -> String {
    let mut out = String::new();
    for word in words {
        if !out.is_empty() {
            out.push(' ');
        }
        // Ligatures and soft hyphens will be repaired by the next run.
        let plain = word.nfkc().filter(|&c| c != '\u{ad}').map(|c| if is_apostrophe(c) { '\'' } else { c });
        out.extend(plain.flat_map(char::to_lowercase));
    }
    out
}

/// How many words two lists, nearest first, share at positions that differ by at
/// most one, and how many at the same position.
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
