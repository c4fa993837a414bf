//! Words beside the piece of another: they are pieces themselves.

use descan_lang::decision::Features;
use descan_text::case::Shape;
use descan_text::token::{Token, is_apostrophe, words};

use super::judge::Judge;
use super::places::is_open;
use super::reading::{Best, Kind};

/// Letters that stand by themselves behind an apostrophe that was lost: `man s`, `don t`.
const CONTRACTED: [char; 5] = ['s', 't', 'd', 'm', 'l'];
/// Small letters that are words by themselves, in one spelling or another.
const WORDS: [char; 3] = ['a', 'i', 'o'];
/// So long at least, in bytes, is a word that may go on as another only.
const LEAST_OF_LONG: usize = 6;
/// The log2 frequency from which a word is usual.
const USUAL: u8 = 8;

impl Judge<'_> {
    /// Whether the piece of a word stands beside what would be made a whole one: behind a mark inside the word, as
    /// in `temi-orary`, `documeni;s` and `p1·oceed`, as a lone letter, `v ertlsers`, or where no sentence is left of
    /// it: `business. mander. Mr.`
    pub(super) fn is_beside_piece(&self, best: &Best, features: &Features) -> bool {
        if !matches!(best.kind, Kind::Letters | Kind::RunOn) {
            return false;
        }
        let (before, behind) = (&self.text[..best.span.start], &self.text[best.span.end..]);
        // Many a lone letter is an article, misread.
        let is_small = Shape::of(&best.candidate.text) == Shape::Lower;
        let is_beside_letter = || is_lone_letter_before(before) || is_lone_letter_behind(behind);
        is_small && features.lead_on_leaving < 0.0 && is_beside_letter()
            || self.is_rest_behind(&self.text[best.span.clone()], behind)
            || self.is_start_before(before)
            || is_alone_in_sentence(&self.text[best.span.clone()], before, behind)
            || self.may_be_longer(best)
            || is_apostrophe_of_misread(&self.text[best.span.clone()], &best.candidate.text)
    }

    /// Whether a mark and the rest of a word follow without a space.
    fn is_rest_behind(&self, word: &str, behind: &str) -> bool {
        // `documeni;` before `s`: what is read for letters has a mark at its end.
        if behind.starts_with(char::is_alphabetic) {
            return true;
        }
        let Some(mark) = behind.chars().next().filter(|&c| is_mark_inside(c)) else { return false };
        let rest = &behind[mark.len_utf8()..];
        let Some(rest) = words(rest).next().filter(|token| token.start == 0).map(|token| token.text(rest)) else {
            return false;
        };
        let is_small = Shape::of(rest) == Shape::Lower;
        // Of two halves of a compound each is mended by itself, of two pieces of a word none.
        let is_of_one = || mark != '-' || !self.candidates(&[word, rest].concat()).is_empty();
        is_small && (mark != '-' && is_lone_word(rest) || is_open(self.vocabulary, rest) && is_of_one())
    }

    /// Whether the start of a word and a mark stand before without a space.
    fn is_start_before(&self, before: &str) -> bool {
        // Of two halves of a compound each is mended by itself.
        let Some(mark) = before.chars().next_back().filter(|&c| is_mark_inside(c) && c != '-') else { return false };
        let start = &before[..before.len() - mark.len_utf8()];
        let letters = start.trim_end_matches(|c: char| c.is_alphanumeric());
        let piece = &start[letters.len()..];
        !piece.is_empty() && (is_lone_word(piece) || is_open(self.vocabulary, piece))
    }

    /// Whether a word that is read as another and an article begins a longer word that is usual: `considera`.
    fn may_be_longer(&self, best: &Best) -> bool {
        let word = &self.text[best.span.clone()];
        let longer = || self.lexicon.commonest_longer(&word.to_lowercase());
        let behind = self.text[best.span.end..].strip_prefix(' ');
        let goes_on = behind.is_some_and(|next| next.starts_with(char::is_lowercase));
        let is_long = word.len() >= LEAST_OF_LONG && !goes_on;
        best.kind == Kind::RunOn
            && is_long
            && best.candidate.text.ends_with(" a")
            && longer().is_some_and(|most| most >= USUAL)
    }

    /// Whether a word in small letters inside a sentence is read as a name that is a word as well, and what stands
    /// around does not ask for it.
    pub(super) fn is_unasked_name(&self, token: Token, best: &Best, features: &Features) -> bool {
        let is_word = || self.lexicon.lookup(&best.candidate.text).is_some_and(|entry| entry.lower());
        let before = self.text[..token.span().start].strip_suffix(' ');
        best.kind == Kind::Letters
            && before.is_some_and(|before| before.ends_with(char::is_lowercase))
            && is_word()
            && Shape::of(token.text(self.text)) == Shape::Lower
            && Shape::of(&best.candidate.text) == Shape::Capital
            && features.lead_on_leaving < 0.0
            && features.context < 0.0
            && best.candidate.text.to_lowercase() != token.text(self.text)
    }

    /// Whether only the s of a plural goes from a word in small letters: `the worsteds`.
    pub(super) fn is_plural(&self, token: Token, best: &Best) -> bool {
        best.kind == Kind::Letters && token.text(self.text).strip_suffix('s') == Some(&best.candidate.text)
    }
}

/// Marks that stand for a letter inside a word, or for the hyphen where it breaks.
fn is_mark_inside(c: char) -> bool {
    matches!(c, '-' | ';' | ':' | '·' | '•' | '^' | '*' | '|' | '<' | '>' | '«' | '»')
}

fn is_lone_letter_before(before: &str) -> bool {
    let Some(rest) = before.strip_suffix(' ') else { return false };
    let mut letters = rest.chars().rev();
    let is_letter = letters.next().is_some_and(|c| is_lone(c) && !CONTRACTED.contains(&c));
    is_letter && letters.next().is_none_or(char::is_whitespace)
}

fn is_lone_letter_behind(behind: &str) -> bool {
    let mut letters = behind.chars();
    letters.next() == Some(' ')
        && letters.next().is_some_and(|c| is_lone(c) && c != 's')
        && letters.next().is_none_or(|c| matches!(c, ' ' | '\n' | ','))
}

/// Whether a mark becomes an apostrophe, and letters before it others: it may be a part of them, `documeni;s`.
fn is_apostrophe_of_misread(word: &str, reading: &str) -> bool {
    let is_mark = |c: char| !c.is_alphanumeric() && !is_apostrophe(c);
    let Some((stem, _)) = reading.split_once(is_apostrophe) else { return false };
    word.contains(is_mark) && !word.contains(is_apostrophe) && !word.starts_with(stem)
}

/// Whether a word is one small letter that is none by itself.
fn is_lone_word(word: &str) -> bool {
    word.len() == 1 && word.chars().all(is_lone)
}

fn is_lone(c: char) -> bool {
    c.is_ascii_lowercase() && !WORDS.contains(&c)
}

/// Whether a word in small letters is all that stands between two full stops, and a sentence begins behind it.
fn is_alone_in_sentence(word: &str, before: &str, behind: &str) -> bool {
    let is_behind_sentence = before
        .strip_suffix(['.', '!', '?', ' ', '\n'])
        .is_some_and(|rest| before.ends_with([' ', '\n']) && rest.ends_with(['.', '!', '?']));
    let mut next = behind.chars();
    let is_before_sentence = next.next() == Some('.')
        && next.next().is_some_and(char::is_whitespace)
        && next.next().is_some_and(char::is_uppercase);
    Shape::of(word) == Shape::Lower && is_behind_sentence && is_before_sentence
}
