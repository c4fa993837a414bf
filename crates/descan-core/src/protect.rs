//! Words and patterns that no repair may touch.

use std::collections::BTreeSet;
use std::ops::Range;

use aho_corasick::AhoCorasick;
use regex::Regex;

/// Words or a pattern that are right as they stand, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProtectEntry {
    /// Whole words or phrases, in this very case.
    pub words: Vec<String>,
    /// A regex; what it matches is protected.
    pub pattern: Option<String>,
    /// Why they are right.
    pub reason: String,
}

/// A single protected word or pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protected {
    /// The word, or the pattern as written.
    pub what: String,
    /// The index of its [`ProtectEntry`].
    pub entry: usize,
}

/// What is protected in a run, ready to be looked for.
#[derive(Clone, Debug, Default)]
pub struct Protection {
    list: Vec<Protected>,
    /// The words, in the order of `list`, where they come first.
    words: Option<AhoCorasick>,
    /// The patterns behind them.
    patterns: Vec<Regex>,
}

impl Protection {
    /// Makes the entries ready.
    ///
    /// # Errors
    /// A pattern that is bad or too big, as one sentence.
    pub fn new(entries: &[ProtectEntry]) -> Result<Protection, String> {
        let mut list = Vec::new();
        for (entry, e) in entries.iter().enumerate() {
            list.extend(e.words.iter().map(|word| Protected { what: word.clone(), entry }));
        }
        let words = AhoCorasick::new(list.iter().map(|p| &p.what)).map_err(|e| format!("too many words: {e}"))?;
        let words = (!list.is_empty()).then_some(words);
        let mut patterns = Vec::new();
        for (entry, e) in entries.iter().enumerate() {
            if let Some(pattern) = &e.pattern {
                patterns.push(descan_rules::compile(pattern)?);
                list.push(Protected { what: pattern.clone(), entry });
            }
        }
        Ok(Protection { list, words, patterns })
    }

    /// Every protected word and pattern.
    pub fn list(&self) -> &[Protected] {
        &self.list
    }

    /// Whether one of the list is a word; else it is a pattern.
    pub fn is_word(&self, index: usize) -> bool {
        index < self.list.len() - self.patterns.len()
    }

    /// Where a text holds protected places.
    pub fn places(&self, text: &str) -> Places {
        let mut found: Vec<(Range<usize>, usize)> = Vec::new();
        let first_pattern = self.list.len() - self.patterns.len();
        if let Some(words) = &self.words {
            let whole = |m: &aho_corasick::Match| is_apart(text, m.start()) && is_apart(text, m.end());
            found.extend(words.find_overlapping_iter(text).filter(whole).map(|m| (m.range(), m.pattern().as_usize())));
        }
        for (index, pattern) in self.patterns.iter().enumerate() {
            found.extend(pattern.find_iter(text).map(|m| (m.range(), first_pattern + index)));
        }
        found.retain(|(span, _)| !span.is_empty());
        found.sort_by_key(|(span, _)| (span.start, span.end));
        let mut furthest = 0;
        let reach = found.iter().map(|(span, _)| {
            furthest = furthest.max(span.end);
            furthest
        });
        Places { reach: reach.collect(), found }
    }
}

/// The protected places of a text.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// Each with its index in [`Protection::list`], by start.
    found: Vec<(Range<usize>, usize)>,
    /// How far the places up to each one reach at most.
    reach: Vec<usize>,
}

impl Places {
    /// The protected words and patterns that an edit of `text` would change:
    /// it replaces some of their letters, or joins others to them.
    pub fn touched(&self, text: &str, span: &Range<usize>, new: &str) -> BTreeSet<usize> {
        // Those that reach to the span or beyond, and begin in it or before.
        let from = self.reach.partition_point(|&end| end < span.start);
        let near = self.found.get(from..).unwrap_or_default().iter().take_while(|(p, _)| p.start <= span.end);
        let harms = |p: &Range<usize>| {
            let inside = span.start < p.end && p.start < span.end;
            inside
                || (span.is_empty() && p.start < span.start && span.start < p.end)
                || (p.end == span.start && joins(new.chars().chain(text[span.end..].chars()).next()))
                || (p.start == span.end && joins(new.chars().rev().chain(text[..span.start].chars().rev()).next()))
        };
        near.filter(|(place, _)| harms(place)).map(|(_, index)| *index).collect()
    }
}

/// Whether a character beside a word would become part of it.
fn joins(beside: Option<char>) -> bool {
    beside.is_some_and(char::is_alphanumeric)
}

/// Whether a place is not inside a word.
fn is_apart(text: &str, at: usize) -> bool {
    !(joins(text[..at].chars().next_back()) && joins(text[at..].chars().next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn protection(words: &[&str], pattern: Option<&str>) -> Protection {
        let entry = ProtectEntry {
            words: words.iter().map(|w| (*w).to_owned()).collect(),
            pattern: pattern.map(str::to_owned),
            reason: "they are right".to_owned(),
        };
        Protection::new(&[entry]).expect("a good pattern")
    }

    fn touches(protection: &Protection, text: &str, span: Range<usize>, new: &str) -> bool {
        !protection.places(text).touched(text, &span, new).is_empty()
    }

    #[test]
    fn edits_in_over_and_beside_a_word() {
        let word = protection(&["ques"], None);
        let text = "the ques tion";
        assert!(touches(&word, text, 4..5, "Q"), "in it");
        assert!(touches(&word, text, 2..10, ""), "over it");
        assert!(touches(&word, text, 6..6, "-"), "an insertion in it");
        assert!(touches(&word, text, 8..9, ""), "the next word joined to it");
        assert!(touches(&word, text, 3..4, ""), "joined to the word before");
        assert!(!touches(&word, text, 3..4, "  "), "still apart");
        assert!(!touches(&word, text, 8..8, ","), "a comma behind it");
        assert!(!touches(&word, text, 9..10, "T"), "the next word");
        assert!(!touches(&word, "the question", 4..5, "Q"), "no word of its own");
        assert!(!touches(&word, "the Ques", 4..5, "q"), "another case");
    }

    #[test]
    fn patterns_and_long_places_behind_short_ones() {
        let pattern = protection(&["b"], Some("a.*z"));
        let text = "a b c d e z b";
        assert!(touches(&pattern, text, 8..9, "E"));
        assert!(touches(&pattern, text, 12..13, "B"));
        assert!(!touches(&pattern, "a b c", 4..5, "C"));
        assert!(!touches(&protection(&[], Some("x*")), "abc", 1..2, "B"), "an empty match protects nothing");
    }
}
