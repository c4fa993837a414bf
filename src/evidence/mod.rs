//! What speaks for and against a repair.

pub mod lexicon;
pub mod style;
pub mod vocabulary;

use lexicon::Lexicon;
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
}

impl Evidence {
    /// Reads a document's text.
    pub fn gather(text: &str) -> Evidence {
        Evidence {
            vocabulary: Vocabulary::of(text),
            style: HouseStyle::of(text),
        }
    }

    /// The document's words.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The document's habits of quotes, dashes and ellipses.
    pub fn style(&self) -> &HouseStyle {
        &self.style
    }

    /// The English words.
    pub fn lexicon(&self) -> &'static Lexicon {
        Lexicon::english()
    }
}
