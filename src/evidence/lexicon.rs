//! English words (interim reader).

use std::sync::OnceLock;

/// The lexicon.
pub struct Lexicon(fst::Map<&'static [u8]>);

/// How far a word of the lexicon is to be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// An ordinary word.
    Trusted,
    /// A rare word.
    Rare,
    /// Only seen in books.
    Attested,
}

/// An entry.
#[derive(Clone, Copy, Debug)]
pub struct Entry(u64);

impl Entry {
    /// How far it is believed.
    pub fn trust(self) -> Trust {
        if self.0 <= 70 {
            Trust::Trusted
        } else {
            Trust::Rare
        }
    }
    /// Usually a misreading.
    pub fn suspect(self) -> bool {
        false
    }
}

impl Lexicon {
    /// The English one.
    pub fn english() -> &'static Lexicon {
        static ENGLISH: OnceLock<Lexicon> = OnceLock::new();
        ENGLISH.get_or_init(|| {
            Lexicon(
                fst::Map::new(&include_bytes!("../../rules/model/lexicon.fst")[..])
                    .expect("interim"),
            )
        })
    }
    /// A word's entry.
    pub fn lookup(&self, word: &str) -> Option<Entry> {
        let w = word.to_lowercase().replace('’', "'");
        self.0
            .get(&w)
            .or_else(|| self.0.get(w.strip_suffix("'s")?))
            .map(Entry)
    }
    /// Whether it is a word.
    pub fn is_word(&self, word: &str) -> bool {
        self.lookup(word).is_some()
    }
}
