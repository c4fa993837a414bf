//! What speaks for and against a repair.

pub mod confusion;
pub mod decide;
pub mod fuse;
pub mod lexicon;
pub mod ngrams;
pub mod noise;
pub mod style;
pub mod terms;
pub mod vocabulary;

use lexicon::Lexicon;
use noise::Noise;
use style::HouseStyle;
use vocabulary::Vocabulary;

/// What the whole document, as it came in, tells about itself.
///
/// It is gathered once, from the text as it reads once its characters are
/// right: no repair of words depends on repairs made before it, and a document
/// judged twice is judged alike.
#[derive(Debug)]
pub struct Evidence {
    vocabulary: Vocabulary,
    style: HouseStyle,
    noise: Noise,
}

impl Evidence {
    /// Reads a document's text.
    pub fn gather(text: &str) -> Evidence {
        let vocabulary = Vocabulary::of(text);
        let noise = Noise::of(text, &vocabulary);
        Evidence { style: HouseStyle::of(text), noise, vocabulary }
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

    /// The English words.
    pub fn lexicon(&self) -> &'static Lexicon {
        Lexicon::english()
    }
}
