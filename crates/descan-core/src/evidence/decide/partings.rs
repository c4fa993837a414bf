//! The readings of a word as several that were run together.

use std::ops::Range;

use descan_lang::candidates::{Joint, Parting};
use descan_lang::confusion::Candidate;
use descan_lang::entry::Entry;
use descan_lang::words::WordList;
use descan_text::token::is_apostrophe;

use super::judge::Judge;
use super::reading::{Kind, Reading};
use super::readings::BOUNDARY;

/// The shortest and the longest string of letters that is taken apart, in bytes.
const SHORTEST: usize = 3;
pub(super) const LONGEST: usize = 80;
/// So many letters at least has a word that an ending forms another of: `brotherless`.
const FORMED: usize = 4;
/// By how much a pronoun I is misread more easily than other letters, in nats, where it runs into the word behind it.
const I_MISREAD: f32 = 1.0;
/// The same where it is read as a small letter.
const SMALL_I: f32 = -2.0;
/// The same of a space that is read as a letter.
const SPACE_MISREAD: f32 = -3.0;
/// What each further space that is lost costs, in nats: where one is lost, others are.
const NEXT_SPACE: f32 = -1.0;
/// The shortest string that is taken apart into more than two words, and the longest word of such.
const SHORTEST_OF_MANY: usize = 7;
const LONGEST_OF_MANY: usize = 16;
/// The most words that a string is taken apart into, and how long they are at least on average: what is
/// shorter is no sentence but syllables.
const MOST_OF_MANY: usize = 14;
const LEAST_AVERAGE: usize = 3;
/// The binary logarithm of the occurrences that such words have at least, those of up to three letters
/// and others: any string falls into rare short words (`stock in bin gal`).
const COMMON_IF_SHORT: u8 = 12;
const COMMON_IF_LONG: u8 = 9;
/// The binary logarithm of the occurrences that the lexicon counts: what a word more costs.
const ALL: i32 = 26;

impl Judge<'_> {
    /// Readings of a word as common ones run together.
    pub(super) fn run_ons(&self, span: Range<usize>, word: &str, readings: &mut Vec<Reading>) {
        let lost = self.noise.rate().ln() + BOUNDARY;
        for Parting { text, joint } in self.reached.partings(word, || self.partings(word)).iter() {
            // Programs and trade names are written so.
            if !self.garbled && (*joint == Joint::Misread || has_hump(text)) {
                continue;
            }
            let (channel_log_prob, unusual) = match joint {
                Joint::Lost => (lost, 0),
                Joint::AllLost(spaces) => (lost + NEXT_SPACE * f32::from(spaces - 1), 0),
                Joint::MisreadI => (lost + I_MISREAD, 1),
                Joint::SmallI => (lost + SMALL_I, 1),
                Joint::Misread => (lost + SPACE_MISREAD, 1),
            };
            let candidate = Candidate { text: text.to_string(), channel_log_prob, confusions: Vec::new(), unusual };
            readings.push(self.reading(Kind::RunOn, span.clone(), candidate));
        }
    }

    /// How a word may be common ones run together.
    fn partings(&self, word: &str) -> Vec<Parting> {
        if word.len() < SHORTEST || word.len() > LONGEST {
            return Vec::new();
        }
        let places = || word.char_indices().skip(1).map(|(at, _)| at);
        let mut found: Vec<Parting> = places().filter_map(|at| self.in_two(word, at)).collect();
        if found.iter().all(|parting| parting.joint != Joint::Lost) {
            found.extend(self.in_many(word));
        }
        if found.is_empty() {
            found.extend(places().filter_map(|at| self.around_a_letter(word, at)));
        }
        found
    }

    /// Whether a word is common enough to be run together with others.
    fn is_common(&self, word: &str) -> bool {
        self.commonness(word).is_some()
    }

    /// The binary logarithm of the occurrences of such a word.
    fn commonness(&self, word: &str) -> Option<u8> {
        let least = if word.len() <= 2 { 13 } else { 7 };
        let is_common = |e: &Entry| e.may_be_meant() && e.log2_frequency() >= least && e.fits_case(word);
        self.lexicon.lookup(word).filter(is_common).map(|e| e.log2_frequency())
    }

    /// A word as two common ones, the first possibly an `I` misread.
    fn in_two(&self, word: &str, at: usize) -> Option<Parting> {
        let (first, second) = word.split_at(at);
        if second.starts_with(is_apostrophe) || first.ends_with(is_apostrophe) || !self.is_common(second) {
            return None;
        }
        if first.chars().count() >= FORMED && self.language.words().has(WordList::FormingEndings, second) {
            return None;
        }
        let is_whole = (matches!(first, "a" | "A" | "I") || first.chars().count() > 1 && self.is_common(first))
            && (second.chars().count() > 1 || matches!(second, "a" | "I"));
        let is_i = || second.chars().count() > 1 && second.starts_with(char::is_lowercase);
        let (first, joint) = match first {
            _ if is_whole => (first, Joint::Lost),
            "i" if is_i() => ("I", Joint::SmallI),
            "T" | "L" | "P" | "l" | "1" | "|" if is_i() => ("I", Joint::MisreadI),
            _ => return None,
        };
        Some(Parting { text: format!("{first} {second}").into(), joint })
    }

    /// A word as two common ones with a letter or an apostrophe between them that was a space.
    fn around_a_letter(&self, word: &str, at: usize) -> Option<Parting> {
        let (first, rest) = word.split_at(at);
        let between = rest.chars().next()?;
        let second = &rest[between.len_utf8()..];
        // That is a word itself.
        if between == 'a' {
            return None;
        }
        // `an'all` is how people speak.
        let least = if is_apostrophe(between) { 3 } else { 2 };
        let is_long = first.len().min(second.len()) >= least && first.len().max(second.len()) > 2;
        let is_formed = || self.language.words().has(WordList::FormingEndings, second);
        let is_two = is_long && self.is_common(first) && self.is_common(second) && !is_formed();
        is_two.then(|| Parting { text: format!("{first} {second}").into(), joint: Joint::Misread })
    }

    /// The likeliest way in which a word is three common ones or more.
    fn in_many(&self, word: &str) -> Option<Parting> {
        /// The likeliest way up to a place.
        #[derive(Clone, Copy)]
        struct Way {
            score: i32,
            words: usize,
            from: usize,
        }
        if word.len() < SHORTEST_OF_MANY || !word.is_ascii() {
            return None;
        }
        let mut ways: Vec<Option<Way>> = vec![None; word.len() + 1];
        ways[0] = Some(Way { score: 0, words: 0, from: 0 });
        for from in 0..word.len() {
            let Some(before) = ways[from].filter(|way| way.words < MOST_OF_MANY) else { continue };
            for to in from + 1..=(from + LONGEST_OF_MANY).min(word.len()) {
                let part = &word[from..to];
                let is_single = to == from + 1;
                // An article needs its noun: `the sea`, not `these a`.
                let is_cut = is_single && to == word.len();
                if is_single && !matches!(part, "a" | "I" | "A")
                    || is_cut
                    || part.ends_with('\'')
                    || part.starts_with('\'')
                {
                    continue;
                }
                let least = if part.len() <= 3 { COMMON_IF_SHORT } else { COMMON_IF_LONG };
                let Some(commonness) = self.commonness(part).filter(|&c| c >= least) else { continue };
                let score = before.score + i32::from(commonness) - ALL;
                if ways[to].is_none_or(|way| score > way.score) {
                    ways[to] = Some(Way { score, words: before.words + 1, from });
                }
            }
        }
        let last = ways[word.len()]?;
        if last.words < 3 || word.len() < last.words * LEAST_AVERAGE {
            return None;
        }
        let mut parts = Vec::with_capacity(last.words);
        let mut to = word.len();
        while to > 0 {
            let from = ways[to]?.from;
            parts.push(&word[from..to]);
            to = from;
        }
        parts.reverse();
        let lists = self.language.words();
        let is_name = |part: &str| part != "I" && part.starts_with(char::is_uppercase);
        let is_ending = |part: &str| lists.has(WordList::FormingEndings, part);
        let is_one = parts.iter().skip(1).any(|part| is_ending(part) || is_name(part));
        let joint = Joint::AllLost(last.words as u8 - 1);
        (!is_one).then(|| Parting { text: parts.join(" ").into(), joint })
    }
}

/// Whether a capital stands behind a small letter and a space: `Tor Vall`.
fn has_hump(words: &str) -> bool {
    words.as_bytes().windows(3).any(|w| w[0].is_ascii_lowercase() && w[1] == b' ' && w[2].is_ascii_uppercase())
}
