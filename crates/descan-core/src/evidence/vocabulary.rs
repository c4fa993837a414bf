//! The words of the document itself: how often each occurs, and in which forms.

use std::sync::Arc;

use descan_lang::entry::Entry;
use descan_lang::language::Language;
use descan_text::analysis::Analysis;
use descan_text::case::Shape;
use descan_text::token::is_apostrophe;
use rustc_hash::FxHashMap;

/// How often a word stands in the document, by its shape, and what the lexicon
/// has of it. Forms that differ in case or in the shape of apostrophes count as
/// one word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts {
    /// Occurrences without capitals.
    pub lower: u32,
    /// Occurrences with a capital at the start only.
    pub capital: u32,
    /// Occurrences with other capitals: `AI`, `McCoy`.
    pub other: u32,
    /// The lexicon's entry.
    pub entry: Option<Entry>,
}

impl Facts {
    /// All occurrences.
    pub fn count(&self) -> u32 {
        self.lower + self.capital + self.other
    }
}

/// The document's words.
#[derive(Debug)]
pub struct Vocabulary {
    language: Arc<Language>,
    words: FxHashMap<Box<str>, Facts>,
    total: u32,
    garbled: u32,
    unknown: u32,
}

/// The share of garbled words above which a document is a bad scan. Of the right texts that the
/// figure was looked for in, French and dialect among them, none has a twentieth of it.
const GARBLED: f32 = 0.002;
/// So many garbled words are no accident.
const LEAST_GARBLED: u32 = 3;

impl Vocabulary {
    /// Counts the words of a text.
    pub fn of(analysis: &Analysis<'_>, language: &Arc<Language>) -> Vocabulary {
        let lexicon = language.lexicon();
        let mut words: FxHashMap<Box<str>, Facts> = FxHashMap::default();
        let (mut garbled, mut unknown) = (0, 0);
        for (first, count) in analysis.types().iter() {
            let surface = first.text(analysis.text());
            let facts = words
                .entry(fold(surface).into())
                .or_insert_with_key(|key| Facts { entry: lexicon.lookup(key), ..Facts::default() });
            if facts.entry.is_none_or(Entry::usually_misread) {
                garbled += if is_garbled(surface) { count } else { 0 };
                unknown += if surface.starts_with(char::is_lowercase) { count } else { 0 };
            }
            match Shape::of(surface) {
                Shape::Lower => facts.lower += count,
                Shape::Capital => facts.capital += count,
                Shape::Other => facts.other += count,
            }
        }
        Vocabulary {
            language: Arc::clone(language),
            words,
            total: analysis.types().of_words().len() as u32,
            garbled,
            unknown,
        }
    }

    /// What is known of a word. One that is not in the document has no
    /// occurrences and the lexicon's entry.
    pub fn facts(&self, word: &str) -> Facts {
        let key = fold(word);
        match self.words.get(key.as_str()) {
            Some(facts) => *facts,
            None => Facts { entry: self.language.lexicon().lookup(&key), ..Facts::default() },
        }
    }

    /// The lexicon's entry for a word.
    pub fn entry(&self, word: &str) -> Option<Entry> {
        self.language.lexicon().lookup(word)
    }

    /// How often a word stands in the document, in any case.
    pub fn count(&self, word: &str) -> u32 {
        self.words.get(fold(word).as_str()).map_or(0, Facts::count)
    }

    /// The number of words in the document.
    pub fn total(&self) -> u32 {
        self.total
    }

    /// The share of words that nobody writes, whatever the language or dialect: letters mixed with
    /// digits, capitals inside, no vowel.
    pub fn garbled(&self) -> f32 {
        self.garbled as f32 / self.total.max(1) as f32
    }

    /// Whether so many words are garbled that the document is a bad scan, and no writer's doing.
    pub fn is_garbled(&self) -> bool {
        self.garbled >= LEAST_GARBLED && self.garbled() > GARBLED
    }

    /// The share of words in small letters that no lexicon has, or only as misreadings.
    pub fn unknown(&self) -> f32 {
        self.unknown as f32 / self.total.max(1) as f32
    }

    /// All words in folded form, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Facts)> {
        self.words.iter().map(|(word, facts)| (word.as_ref(), facts))
    }
}

/// Whether a word that no lexicon has is one that nobody would write.
fn is_garbled(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let small = word.chars().filter(|c| c.is_lowercase()).count();
    if word.contains(|c: char| c.is_ascii_digit()) {
        // `3rd`, `5lb`, `10s`, `B2` and `1890s` are written.
        return small > 1 && (letters > 2 || !word.starts_with(|c: char| c.is_ascii_digit()));
    }
    let rises = word.chars().zip(word.chars().skip(1)).filter(|(a, b)| a.is_lowercase() && b.is_uppercase()).count();
    if rises > 0 {
        return rises > 1 || word.starts_with(char::is_lowercase);
    }
    // Sounds (`hmm`, `pssst`, `brr`) have no vowels either, nor have rows of one letter.
    letters > 2
        && word.bytes().any(|b| Some(b) != word.bytes().next())
        && word.bytes().all(|b| b.is_ascii_lowercase())
        && !word.bytes().any(|b| b"aeiouyw".contains(&b))
        && word.bytes().any(|b| !b"hmpsrtzfk".contains(&b))
}

/// A word without case, and with straight apostrophes.
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.chars().flat_map(|c| if is_apostrophe(c) { '\''.to_lowercase() } else { c.to_lowercase() }).collect()
}

/// Whether two words are the same without case and with straight apostrophes.
pub fn is_same_folded(one: &str, other: &str) -> bool {
    match one.is_ascii() && other.is_ascii() {
        true => one.eq_ignore_ascii_case(other),
        false => fold(one) == fold(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_one_word_are_counted_together() {
        let text = "Don’t don't DON'T Zarquil";
        let vocabulary = Vocabulary::of(&Analysis::new(text, &Arc::default()), &Language::english());
        assert_eq!(vocabulary.count("don’t"), 3);
        let facts = vocabulary.facts("don't");
        assert_eq!((facts.lower, facts.capital, facts.other), (1, 1, 1));
        assert!(facts.entry.is_some());
        assert_eq!(vocabulary.facts("Zarquil").capital, 1);
        assert_eq!(vocabulary.count("absent"), 0);
        assert_eq!(vocabulary.total(), 4);
    }

    #[test]
    fn what_nobody_writes_is_garbled_and_dialect_is_not() {
        for word in ["pr1soner", "wHich", "WniTTiNODALE", "tlcd", "h0use"] {
            assert!(is_garbled(word), "{word}");
        }
        for word in
            ["3rd", "10s", "McCoy", "LabRat", "hmm", "pssst", "gwyne", "NASA", "1890s", "B2", "tho", "café", "vvvv"]
        {
            assert!(!is_garbled(word), "{word}");
        }
    }
}
