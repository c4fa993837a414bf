//! A reading, with what comparing it with words needs to know about it.

use crate::confusion::Confusions;
use crate::terms::fold_chars;

/// The shortest reading that is compared with words as a whole, in letters.
pub(super) const SHORTEST: usize = 3;
/// The longest reading, in letters: nothing common is longer.
pub(super) const LONGEST: usize = 20;
/// By how many letters a word may be longer or shorter than the reading.
pub(super) const SPAN: usize = 2;
/// The share of letters that a typical bad scan misreads.
pub(super) const RATE: f32 = 0.01;
/// The log-probability that a letter was read for any other, apart from the error rate, in nats.
pub(super) const ANY: f32 = -4.5;
/// The same for a letter that was lost or added.
pub(super) const LOST: f32 = -5.0;
/// The same for a mark, which every engine writes for what it cannot read.
pub(super) const MARK: f32 = -1.5;

/// A reading, arranged for comparing it with many words.
pub(super) struct Seen {
    /// Its characters, folded.
    pub(super) chars: Vec<char>,
    pub(super) letters: u32,
    /// How many of its characters are not letters.
    pub(super) marks: u32,
    /// The confusions whose letters end after each number of characters, from 0.
    pub(super) ending: Vec<Vec<Usual>>,
    /// By letter, the highest log-probability if the reading has it and the word does not, and vice versa.
    strange: [f32; 26],
    lacking: [f32; 26],
    is_capital: bool,
    is_shouted: bool,
}

/// A confusion of the table that fits at a place of the reading.
pub(super) struct Usual {
    pub(super) index: u16,
    pub(super) log_prob: f32,
    /// How many characters of the reading it explains.
    pub(super) seen: u8,
    /// The letters that were printed.
    pub(super) meant: Box<[u8]>,
}

impl Seen {
    pub(super) fn of(reading: &str, confusions: &Confusions, log_probs: &[f32]) -> Option<Seen> {
        let mut chars = Vec::new();
        fold_chars(reading, |c| chars.push(c));
        let written: Vec<char> = reading.chars().collect();
        if !(SHORTEST..=LONGEST).contains(&chars.len()) || written.len() != chars.len() {
            return None;
        }
        let mut ending: Vec<Vec<Usual>> = Vec::new();
        ending.resize_with(chars.len() + 1, Vec::new);
        for (place, (at, _)) in reading.char_indices().enumerate() {
            for index in confusions.seen_at(&reading[at..]) {
                let seen = confusions.get(index).seen.chars().count();
                let (log_prob, meant) = (log_probs[usize::from(index)], confusions.folded(index).into());
                ending[place + seen].push(Usual { index, log_prob, seen: seen as u8, meant });
            }
        }
        let capitals = written.iter().filter(|c| c.is_uppercase()).count();
        let small = written.iter().filter(|c| c.is_lowercase()).count();
        let other = log_prob_of_other(&chars);
        let (mut strange, mut lacking) = ([other; 26], [other; 26]);
        for (end, usual) in ending.iter().enumerate().flat_map(|(end, ending)| ending.iter().map(move |u| (end, u))) {
            let each = |log_prob: f32, letters: usize| log_prob / letters.max(1) as f32;
            for &c in &chars[end - usize::from(usual.seen)..end] {
                raise(&mut strange, c, each(usual.log_prob, usual.seen.into()));
            }
            for &byte in &*usual.meant {
                raise(&mut lacking, byte.into(), each(usual.log_prob, usual.meant.len()));
            }
        }
        Some(Seen {
            strange,
            lacking,
            letters: chars.iter().fold(0, |all, &c| all | letter(c)),
            marks: chars.iter().filter(|c| !c.is_ascii_lowercase()).count() as u32,
            chars,
            ending,
            is_capital: written[0].is_uppercase(),
            is_shouted: capitals > 1 && capitals > small,
        })
    }

    /// Whether a word is less likely than `min_log_prob` by its letters alone: those that only it
    /// has, and those that only the reading has.
    pub(super) fn too_unlikely(&self, lacking: u32, strange: u32, min_log_prob: f32) -> bool {
        let sum = |mut letters: u32, log_probs: &[f32; 26]| {
            let mut sum = 0.0;
            while letters != 0 {
                sum += log_probs[letters.trailing_zeros() as usize];
                letters &= letters - 1;
            }
            sum
        };
        sum(lacking, &self.lacking) < min_log_prob || sum(strange, &self.strange) < min_log_prob
    }

    /// The word in the case of the reading.
    pub(super) fn written(&self, word: &str, is_name: bool) -> String {
        match (self.is_shouted, self.is_capital || is_name) {
            (true, _) => word.to_uppercase(),
            (_, true) => descan_text::case::capitalise(word),
            _ => word.to_owned(),
        }
    }
}

/// The highest log-probability of a letter that no usual confusion explains.
fn log_prob_of_other(chars: &[char]) -> f32 {
    RATE.ln() + if chars.iter().all(|c| c.is_alphabetic()) { ANY.max(LOST) } else { MARK }
}

/// Raises a letter's log-probability to `log_prob`, if that is higher.
fn raise(log_probs: &mut [f32; 26], letter: char, log_prob: f32) {
    if letter.is_ascii_lowercase() {
        let known = &mut log_probs[letter as usize - 'a' as usize];
        *known = known.max(log_prob);
    }
}

/// The set of letters of a word, a bit for each.
pub(super) fn letters(word: &str) -> u32 {
    word.chars().fold(0, |all, c| all | letter(c))
}

/// The bit of a letter; 0 for other characters.
fn letter(c: char) -> u32 {
    if c.is_ascii_lowercase() { 1 << (c as u32 - 'a' as u32) } else { 0 }
}
