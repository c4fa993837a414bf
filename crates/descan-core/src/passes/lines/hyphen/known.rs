//! What is known about the two parts of a broken word, and about the whole word with
//! and without its hyphen.

use descan_lang::entry::Trust;
use descan_lang::lexicon::Lexicon;
use descan_lang::ngrams::{context, term};
use descan_lang::words::WordList;
use descan_text::token::{is_apostrophe, is_word_char};
use rustc_hash::{FxHashMap, FxHashSet};

use super::place::Break;
use crate::evidence::vocabulary::fold;
use crate::pass::View;

/// What a document does at line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Habit {
    /// It breaks words.
    BreaksWords,
    /// It breaks nothing but compounds at their hyphens.
    BreaksCompounds,
    /// Hardly a hyphen stands at a line's end, and nothing tells what it is.
    BreaksNothing,
    /// Too little is seen.
    Unknown,
}

/// A printed page breaks a word in every few dozen lines: a text of so many
/// lines for one broken word was not set with hyphenation.
pub(super) const LINES_A_WORD: usize = 300;
/// So many lines of which none breaks a word are no printer's: he breaks one in a dozen.
pub(super) const LINES_WITHOUT_WORD: usize = 50;

/// From how many nats below the joined form on a compound is one that English
/// has: of hyphens at such places in proofed books 97 in 100 are the word's own.
const COMPOUND: f32 = -3.0;

/// By how many nats two words may stand more often side by side than with a
/// hyphen between them where the model is believed to have the compound.
const APART: f32 = 0.5;

/// How often, at least, a document writes a hyphen where English has none, to
/// count as one of an old style; and once in how many words.
const OLD_COMPOUNDS: usize = 2;
const OLD_RATE: usize = 5_000;

/// What the document, the lexicon and the model know.
pub(super) struct Known<'v> {
    pub view: &'v View<'v>,
    pub lexicon: &'v Lexicon,
    pub habit: Habit,
    /// Whether it has a page of lines or more, and none of them surely breaks a word.
    pub breaks_none: bool,
    /// Whether the document hyphenates what is now written as one word:
    /// `school-room`, `to-day`.
    pub old_style: bool,
    compounds: FxHashMap<String, u32>,
    /// The first parts of them.
    leads: FxHashSet<String>,
    /// First parts of compounds of which it leaves the rest to another: `grey- and black-backed`.
    suspended: FxHashSet<&'v str>,
    /// Words made whole at other breaks.
    settled: FxHashMap<String, u32>,
}

impl<'v> Known<'v> {
    /// Gathers what the document says of compounds.
    pub(super) fn of(view: &'v View<'v>) -> Known<'v> {
        let mut known = Known {
            view,
            lexicon: view.evidence().lexicon(),
            habit: Habit::Unknown,
            breaks_none: false,
            old_style: false,
            compounds: compounds(view.text()),
            leads: FxHashSet::default(),
            suspended: suspended(view),
            settled: FxHashMap::default(),
        };
        let parts = known.compounds.keys().filter_map(|compound| compound.split_once('-'));
        known.leads = parts.map(|(first, _)| first.to_owned()).collect();
        let old = known.compounds.keys().filter(|k| known.is_written_as_one(k)).count();
        let total = view.evidence().vocabulary().total() as usize;
        known.old_style = old >= OLD_COMPOUNDS && old * OLD_RATE >= total;
        known
    }

    /// Notes a word as it stands whole once its break is mended.
    pub(super) fn settle(&mut self, word: &str) {
        *self.settled.entry(fold(word)).or_default() += 1;
    }

    /// How often the word stands whole in the document, without this break.
    pub(super) fn whole(&self, joined: &str) -> u32 {
        let vocabulary = self.view.evidence().vocabulary();
        let bare = joined.strip_suffix("’s").or_else(|| joined.strip_suffix("'s"));
        vocabulary.count(joined)
            + bare.map_or(0, |j| vocabulary.count(j))
            + self.settled.get(&fold(joined)).copied().unwrap_or(0)
    }

    /// How often the compound stands inside the lines of the document.
    pub(super) fn compound(&self, hyphenated: &str) -> u32 {
        let key = fold(hyphenated);
        let key = key.strip_suffix("'s").unwrap_or(&key);
        let count = |k: &str| self.compounds.get(k).copied().unwrap_or(0);
        let one = key.strip_suffix('s').map_or(0, count);
        let several = count(&format!("{key}s")) + count(&format!("{key}'s"));
        count(key) + one + several + self.settled.get(key).copied().unwrap_or(0)
    }

    /// Whether the document leaves the rest of a compound of this first part to another.
    pub(super) fn suspends(&self, first: &str) -> bool {
        self.suspended.contains(first)
    }

    /// Whether the document has compounds that begin with `part`: `self-`.
    pub(super) fn leads(&self, part: &str) -> bool {
        self.leads.contains(&fold(part))
    }

    /// Whether `part` is a word that compounds are made of.
    pub(super) fn is_word(&self, part: &str) -> bool {
        let word = fold(part);
        if word.chars().count() <= 2 {
            return self.view.lists().has(WordList::ShortCompoundParts, &word)
                || super::words::is_function_word(self.view.lists(), part);
        }
        !self.view.lists().has(WordList::NoCompoundParts, &word)
            && self.lexicon.lookup(part).is_some_and(|e| e.trust() == Trust::Trusted)
    }

    /// By how much, in nats, the joined word goes better between its neighbours
    /// than the same with its hyphen.
    pub(super) fn lead(&self, b: &Break<'_>, first: &str, second: &str, joined: &str) -> f32 {
        let at = b.span.start - first.len()..b.second_start + second.len();
        let place = self.view.evidence().ngrams().slot(&context(self.view.text(), at));
        place.score(&[term(joined)]) - place.score(&[term(first), term("-"), term(second)])
    }

    /// Whether English has the compound: it leads its joined form, and its parts
    /// do not rather stand side by side.
    pub(super) fn is_compound(&self, lead: f32, first: &str, second: &str) -> bool {
        let place = self.view.evidence().ngrams().slot(&context("", 0..0));
        let apart = || place.score(&[term(first), term(second)]) - place.score(&[term(first), term("-"), term(second)]);
        lead <= COMPOUND && apart() <= APART
    }

    /// A long word of the lexicon that differs from `joined` by one letter.
    pub(super) fn near_word(&self, joined: &str) -> Option<String> {
        let letters: Vec<char> = fold(joined).chars().collect();
        if letters.len() < 6 || letters.len() > 24 {
            return None;
        }
        (0..letters.len()).find_map(|at| {
            ('a'..='z').find_map(|c| {
                let word: String = letters.iter().enumerate().map(|(i, &l)| if i == at { c } else { l }).collect();
                self.lexicon.lookup(&word).filter(|e| e.trust() == Trust::Trusted).map(|_| word)
            })
        })
    }

    /// Whether a compound of the document is one that English writes as one word
    /// rather than with a hyphen.
    fn is_written_as_one(&self, compound: &str) -> bool {
        let Some((first, second)) = compound.split_once('-') else { return false };
        let letters = |part: &str| part.len() >= 3 && part.bytes().all(|b| b.is_ascii_lowercase());
        if !letters(first) || !letters(second) {
            return false;
        }
        let joined = [first, second].concat();
        if self.lexicon.lookup(&joined).is_none_or(|e| e.trust() != Trust::Trusted) {
            return false;
        }
        let place = self.view.evidence().ngrams().slot(&context("", 0..0));
        self.is_word(first)
            && self.is_word(second)
            && place.score(&[term(&joined)]) > place.score(&[term(first), term("-"), term(second)])
    }
}

/// The first parts of compounds whose rest is left to another: `grey- and black-backed`.
fn suspended<'v>(view: &'v View<'_>) -> FxHashSet<&'v str> {
    let text = view.text();
    let mut firsts = FxHashSet::default();
    for at in memchr::memmem::find_iter(text.as_bytes(), "- ") {
        let rest = &text[at + 2..];
        let link = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
        if let Some(space) = text[..at].rfind(' ').filter(|_| view.lists().has(WordList::SuspendingLinks, link)) {
            firsts.insert(&text[space + 1..at]);
        }
    }
    firsts
}

/// The hyphenated words inside the lines of a text, folded, with their counts.
fn compounds(text: &str) -> FxHashMap<String, u32> {
    let mut counts: FxHashMap<String, u32> = FxHashMap::default();
    for at in memchr::memchr_iter(b'-', text.as_bytes()) {
        let inside = |c: char| is_word_char(c) || is_apostrophe(c);
        let before = text[..at].chars().rev().take(40).take_while(|&c| inside(c)).map(char::len_utf8).sum::<usize>();
        let after = text[at + 1..].chars().take(40).take_while(|&c| inside(c)).map(char::len_utf8).sum::<usize>();
        if before > 0 && after > 0 {
            let pair = text[at - before..at + 1 + after].trim_matches(is_apostrophe);
            *counts.entry(fold(pair)).or_default() += 1;
        }
    }
    counts
}
