//! Whose hand the unknown words of a text show: a scan's, or its writer's.
//!
//! One unknown word says little, a hundred say much: a writer of dialect or of
//! jargon has other ones than a scan. The document is asked as a whole, and each
//! passage for itself.

use descan_lang::language::Language;
use descan_text::analysis::Analysis;

use super::noise::Noise;
use super::vocabulary::fold;
use crate::archive::{ArchiveStats, Damage};

/// A passage has so many words.
const PASSAGE: usize = 400;

/// So many words of a document of which nothing is known are added to it where
/// its share of a scan's words is taken.
const EARLY_WORDS: f32 = 2000.0;
/// How many of these are a scan's.
const EARLY_SIGNS: f32 = 1.0;
/// So many unknown words must agree before they are believed.
const DOUBT: f32 = 4.0;

/// What the unknown words of some text say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leaning {
    /// How many words there are.
    pub words: u32,
    /// How many different unknown ones no confusion explains.
    pub strange: u32,
    /// How many different ones a confusion explains.
    pub explained: u32,
    /// How many of these have a scan's confusion rather than a writer's.
    pub of_scan: u32,
    /// How much likelier those are in a scan than in a writer's text, in nats.
    pub odds: f32,
    /// How many of [`EARLY_WORDS`] are a scan's in other texts of the kind.
    usual_of_scan: f32,
}

/// Of no words, in a text of which nothing is known.
impl Default for Leaning {
    fn default() -> Leaning {
        Leaning { words: 0, strange: 0, explained: 0, of_scan: 0, odds: 0.0, usual_of_scan: EARLY_SIGNS }
    }
}

impl Leaning {
    fn of_words(words: usize) -> Leaning {
        Leaning { words: words as u32, ..Leaning::default() }
    }

    fn add(&mut self, odds: Option<f32>) {
        let Some(odds) = odds else {
            self.strange += 1;
            return;
        };
        self.explained += 1;
        self.of_scan += u32::from(odds > 0.0);
        self.odds += odds;
    }

    /// The leaning on a scale that does not grow with the text, from about -3 to 3.
    pub fn strength(&self) -> f64 {
        f64::from(self.odds / (self.explained as f32 + DOUBT).sqrt())
    }

    /// How many of the words are a scan's, as the logarithm of a multiple of what is
    /// expected of a text of which nothing is known.
    pub fn density(&self) -> f64 {
        self.multiple(self.of_scan, self.usual_of_scan)
    }

    /// The same of words that no confusion explains.
    pub fn strangeness(&self) -> f64 {
        self.multiple(self.strange, EARLY_SIGNS)
    }

    fn multiple(&self, signs: u32, usual: f32) -> f64 {
        let early = EARLY_SIGNS / EARLY_WORDS;
        f64::from(((signs as f32 + usual) / (self.words as f32 + EARLY_WORDS) / early).ln())
    }

    /// The leaning by the words themselves, whatever is usual in other documents of the archive.
    pub fn alone(self) -> Leaning {
        Leaning { usual_of_scan: EARLY_SIGNS, ..self }
    }

    /// The same of a document of an archive. What is known of the others counts as much as [`EARLY_WORDS`] of its own.
    fn in_archive(self, archive: &ArchiveStats) -> Leaning {
        let own = Damage { words: self.words.into(), of_scan: self.of_scan.into(), ..Damage::default() };
        let others = archive.damage.without(own);
        let share = (others.of_scan as f32 + EARLY_SIGNS) / (others.words as f32 + EARLY_WORDS);
        Leaning { usual_of_scan: (share * EARLY_WORDS).max(EARLY_SIGNS), ..self }
    }

    /// The same of a passage of this document: no more is usual in it than in the document.
    fn of_passage(self, passage: Leaning) -> Leaning {
        let share = (self.of_scan as f32 + self.usual_of_scan) / (self.words as f32 + EARLY_WORDS);
        let usual_of_scan = self.usual_of_scan.min(share * EARLY_WORDS).max(EARLY_SIGNS);
        Leaning { usual_of_scan, ..passage }
    }
}

/// The leaning of a document and of its passages.
#[derive(Clone, Debug, Default)]
pub struct Hand {
    document: Leaning,
    /// Each passage with its end in bytes.
    passages: Vec<(usize, Leaning)>,
    /// Words that a line's end breaks, as printers break them.
    broken_words: u32,
}

impl Hand {
    /// Weighs the unknown words of a text, which may be one of an archive.
    pub fn of(analysis: &Analysis<'_>, noise: &Noise, language: &Language, archive: Option<&ArchiveStats>) -> Hand {
        let text = analysis.text();
        let words = analysis.words();
        let mut document = Leaning::of_words(words.len());
        let broken_words = broken_words(text);
        let mut odds_of: Vec<Option<Option<f32>>> = Vec::new();
        for (first, _) in analysis.types().iter() {
            let word = first.text(text);
            let plain = word.starts_with(|c: char| c.is_ascii_lowercase());
            let unknown = if plain { noise.explained(&fold(word)) } else { None };
            let odds = unknown.map(|confusion| confusion.map(|confusion| odds(confusion, language)));
            if let Some(odds) = odds {
                document.add(odds);
            }
            odds_of.push(odds);
        }
        document = archive.map_or(document, |archive| document.in_archive(archive));
        if document.strange + document.explained == 0 {
            return Hand { document, passages: Vec::new(), broken_words };
        }
        // The passage that a type was last met in, from 1.
        let mut met = vec![0; odds_of.len()];
        let mut passages = Vec::new();
        for (number, share) in analysis.types().of_words().chunks(PASSAGE).enumerate() {
            let mut leaning = document.of_passage(Leaning::of_words(share.len()));
            for &of in share {
                if let Some(odds) = odds_of[of as usize]
                    && met[of as usize] != number + 1
                {
                    met[of as usize] = number + 1;
                    leaning.add(odds);
                }
            }
            let last = words[number * PASSAGE + share.len() - 1];
            passages.push((last.span().end, leaning));
        }
        Hand { document, passages, broken_words }
    }

    /// The leaning of the document.
    pub fn document(&self) -> Leaning {
        self.document
    }

    /// The same of words that a line's end breaks: pages that were printed have such, and most texts that were typed have none.
    pub fn broken(&self) -> f64 {
        self.document.multiple(self.broken_words, EARLY_SIGNS)
    }

    /// The leaning of the passage that a place is in.
    pub fn at(&self, place: usize) -> Leaning {
        let index = self.passages.partition_point(|&(end, _)| end < place);
        self.passages.get(index).or(self.passages.last()).map_or(Leaning::default(), |&(_, leaning)| leaning)
    }
}

/// How many words have a hyphen and a line's end inside.
fn broken_words(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let is_small = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_lowercase);
    let ends = memchr::memmem::find_iter(bytes, b"-\n");
    ends.filter(|&at| at > 0 && is_small(at - 1) && is_small(at + 2)).count() as u32
}

/// How much likelier a confusion is in a scan than in a writer's text, in nats.
fn odds(confusion: u16, language: &Language) -> f32 {
    let confusion = language.confusions().get(confusion);
    language.hands().of_confusion(&confusion.seen, &confusion.meant)
}
