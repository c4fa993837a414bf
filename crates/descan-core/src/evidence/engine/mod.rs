//! What the OCR engine said of its words: how sure it was of each, and what else it
//! thought of.
//!
//! How sure an engine says it is means something else in every engine, and in some
//! nothing. So it is calibrated in each document against the lexicon, and where words that
//! the lexicon lacks are no less sure than others, it is not used at all.

mod calibration;

use std::ops::Range;

use descan_lang::lexicon::Lexicon;
use descan_source::Document;
use rustc_hash::FxHashMap;

use calibration::Calibration;
pub use calibration::Sureness;

/// What the engine said of the words of a document.
#[derive(Debug, Default)]
pub struct Engine {
    /// Words with a confidence, in order.
    sure: Vec<(Range<usize>, f32)>,
    calibration: Option<Calibration>,
    /// Other readings, by the word as it was read, both without marks around them.
    others: FxHashMap<Box<str>, Vec<Box<str>>>,
}

impl Engine {
    /// What the file of a document says of the words in a section of it. Places are in
    /// bytes of the section.
    pub fn of(document: &Document<'_>, section: Range<usize>, lexicon: &Lexicon) -> Engine {
        let mut engine = Engine::default();
        let mut known = Vec::new();
        for hint in document.words() {
            if hint.span.start < section.start || hint.span.end > section.end {
                continue;
            }
            let word = letters_of(&document.text()[hint.span.clone()]);
            if let Some(confidence) = hint.confidence {
                engine.sure.push((hint.span.start - section.start..hint.span.end - section.start, confidence));
                if is_plain(word) {
                    known.push((confidence, lexicon.is_word(word)));
                }
            }
            for other in hint.alternatives.iter().map(|other| letters_of(other)) {
                if !word.is_empty() && !other.is_empty() && other != word {
                    let others: &mut Vec<Box<str>> = engine.others.entry(word.into()).or_default();
                    if !others.iter().any(|known| **known == *other) {
                        others.push(other.into());
                    }
                }
            }
        }
        engine.calibration = Calibration::of(known);
        engine
    }

    /// Whether it says anything that can be used.
    pub fn is_silent(&self) -> bool {
        self.calibration.is_none() && self.others.is_empty()
    }

    /// How sure the engine was of the least sure of the words in a place, where that tells
    /// anything.
    pub fn sureness(&self, span: &Range<usize>) -> Option<Sureness> {
        let calibration = self.calibration.as_ref()?;
        let first = self.sure.partition_point(|(word, _)| word.end <= span.start);
        let here = self.sure[first..].iter().take_while(|(word, _)| word.start < span.end.max(span.start + 1));
        let least = here.map(|(_, confidence)| *confidence).min_by(f32::total_cmp)?;
        Some(calibration.sureness(least))
    }

    /// What else the engine thought of where it read this word.
    pub fn others(&self, word: &str) -> &[Box<str>] {
        self.others.get(word).map_or(&[], Vec::as_slice)
    }
}

/// A word without the marks around it.
fn letters_of(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether the lexicon can tell what a word is.
fn is_plain(word: &str) -> bool {
    word.len() >= 3 && word.chars().all(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use descan_lang::language::Language;

    use super::*;

    fn engine_of(words: &[(&str, &str)]) -> Engine {
        let mut file = String::from("<alto>");
        for (word, attributes) in words {
            file += &format!("<String CONTENT='{word}' {attributes}></String><SP/>");
        }
        file += "</alto>";
        let document = Document::open(file.as_bytes().to_vec()).expect("readable");
        Engine::of(&document, 0..document.text().len(), Language::english().lexicon())
    }

    #[test]
    fn an_engine_that_is_unsure_of_wrong_words_is_believed() {
        let mut words = vec![("lantern", "WC='0.9'"); 300];
        words.extend(vec![("lantrrn", "WC='0.4'"); 40]);
        words.extend(vec![("lantrrn", "WC='0.9'"); 3]);
        let engine = engine_of(&words);
        let unsure = engine.sureness(&(300 * 8..300 * 8 + 7)).expect("it tells");
        let sure = engine.sureness(&(0..7)).expect("it tells");
        assert!(unsure.wrong > 0.9 && unsure.ratio > 5.0, "{unsure:?}");
        assert!(sure.wrong < 0.03 && sure.ratio < 0.2, "{sure:?}");
    }

    #[test]
    fn one_that_is_as_sure_of_wrong_words_is_not() {
        let mut words = vec![("lantern", "WC='0.9'"); 200];
        words.extend(vec![("lantern", "WC='0.5'"); 200]);
        words.extend(vec![("lantrrn", "WC='0.9'"); 25]);
        words.extend(vec![("lantrrn", "WC='0.5'"); 25]);
        assert!(engine_of(&words).is_silent());
        assert!(engine_of(&[("lantern", "WC='1'"), ("lantrrn", "WC='0'")]).is_silent(), "two words tell nothing");
    }
}
