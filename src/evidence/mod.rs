//! What speaks for and against a repair.

pub mod confusion;
pub mod decide;
pub mod fuse;
pub mod language;
pub mod lexicon;
pub mod ngrams;
pub mod noise;
pub mod style;
pub mod terms;
pub mod vocabulary;

use language::Language;
use lexicon::Lexicon;
use ngrams::Ngrams;
use noise::Noise;
use std::sync::Arc;
use style::HouseStyle;
use vocabulary::Vocabulary;

/// What the whole document, as it came in, tells about itself.
///
/// It is gathered once, from the text as it reads once its characters are
/// right: no repair of words depends on repairs made before it, and a document
/// judged twice is judged alike.
#[derive(Debug)]
pub struct Evidence {
    language: Arc<Language>,
    vocabulary: Vocabulary,
    style: HouseStyle,
    noise: Noise,
}

impl Evidence {
    /// Reads a document's text, in the light of what is known of its language.
    pub fn gather(text: &str, language: &Arc<Language>) -> Evidence {
        let vocabulary = Vocabulary::of(text, language);
        let noise = Noise::of(text, &vocabulary, language);
        Evidence { style: HouseStyle::of(text), noise, vocabulary, language: Arc::clone(language) }
    }

    /// The same, in a style that was asked for.
    pub fn in_style(mut self, wanted: style::Wanted) -> Evidence {
        self.style.wanted = wanted;
        self
    }

    /// The document's words.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The document's habits of quotes, dashes and ellipses.
    pub fn style(&self) -> &HouseStyle {
        &self.style
    }

    /// How damaged the document is.
    pub fn noise(&self) -> &Noise {
        &self.noise
    }

    /// What is known of the language.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// The words of the language.
    pub fn lexicon(&self) -> &Lexicon {
        self.language.lexicon()
    }

    /// How the words of the language follow each other.
    pub fn ngrams(&self) -> &Ngrams {
        self.language.ngrams()
    }
}
