//! What is known of the language of a text, whatever the text: its words, how
//! they follow each other, and which letters are read for which.

use std::fmt;
use std::sync::{Arc, LazyLock, OnceLock};

use super::confusion::Confusions;
use super::lexicon::{Lexicon, LexiconError};
use super::ngrams::{Ngrams, NgramsError};
use super::reach::{Reached, Shards};
use super::resemblance::Resemblance;
use super::rivals::Rivals;

/// The bytes that every file of an own model begins with.
const MAGIC: &[u8; 8] = b"descanM1";

/// The knowledge of a language.
#[derive(Clone)]
pub struct Language {
    lexicon: Lexicon,
    ngrams: Ngrams,
    confusions: &'static Confusions,
    /// Which common words have rivals at all; nothing where that is not worked out.
    rivals: Option<Rivals>,
    /// What one confusion makes of words that the lexicon has.
    known: Arc<Shards<Reached>>,
    /// The common words, laid out when a damaged text first asks for them.
    resemblance: Arc<OnceLock<Resemblance>>,
}

/// A model of someone's own texts, to be laid over the built-in one.
#[derive(Clone)]
pub struct Model {
    lexicon: Lexicon,
    ngrams: Ngrams,
}

/// Why bytes are no model.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// They begin otherwise, or end too soon.
    #[error("not a model of this version; make one with `descan model build --model FILE`")]
    Form,
    /// The words cannot be read.
    #[error("the words of the model are damaged; make it again with `descan model build --model FILE`")]
    Lexicon(#[from] LexiconError),
    /// The n-grams cannot be read.
    #[error("the n-grams of the model are damaged; make it again with `descan model build --model FILE`")]
    Ngrams(#[from] NgramsError),
}

impl Language {
    /// English, as the program has it built in.
    pub fn english() -> Arc<Language> {
        static ENGLISH: LazyLock<Arc<Language>> = LazyLock::new(|| {
            Arc::new(Language {
                lexicon: Lexicon::built_in(),
                ngrams: Ngrams::built_in(),
                confusions: Confusions::built_in(),
                rivals: Rivals::built_in(),
                known: Arc::default(),
                resemblance: Arc::default(),
            })
        });
        Arc::clone(&ENGLISH)
    }

    /// The same with a model laid over it: a word that either knows is known,
    /// and what both have counted is added up.
    pub fn with(mut self, model: &Model) -> Language {
        self.lexicon = self.lexicon.with(&model.lexicon);
        self.ngrams = self.ngrams.with(&model.ngrams);
        // A model adds words that others may stand for.
        self.rivals = None;
        self.known = Arc::default();
        self.resemblance = Arc::default();
        self
    }

    /// The words.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// How words follow each other.
    pub fn ngrams(&self) -> &Ngrams {
        &self.ngrams
    }

    /// Which common words have rivals at all, where that is worked out.
    pub fn rivals(&self) -> Option<&Rivals> {
        self.rivals.as_ref()
    }

    /// What one confusion makes of words that the lexicon has, as far as it was asked.
    pub fn known(&self) -> &Shards<Reached> {
        &self.known
    }

    /// The common words, for holding a badly damaged reading against all of them.
    pub fn resemblance(&self) -> &Resemblance {
        self.resemblance.get_or_init(|| Resemblance::of(&self.lexicon, self.confusions))
    }

    /// Which letters are read for which.
    pub fn confusions(&self) -> &Confusions {
        self.confusions
    }
}

impl Model {
    /// Reads the bytes of a model file.
    ///
    /// # Errors
    /// When the bytes are no model of this version or are damaged.
    pub fn open(bytes: &[u8]) -> Result<Model, ModelError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(ModelError::Form)?;
        let (length, rest) = rest.split_first_chunk::<4>().ok_or(ModelError::Form)?;
        let (lexicon, ngrams) = rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or(ModelError::Form)?;
        Ok(Model { lexicon: Lexicon::open(lexicon.to_vec())?, ngrams: Ngrams::open(ngrams.to_vec())? })
    }

    /// The bytes of a model file, from those of a lexicon and of an n-gram model.
    ///
    /// # Errors
    /// When the lexicon is larger than 4 GB.
    pub fn bytes(lexicon: &[u8], ngrams: &[u8]) -> Result<Vec<u8>, ModelError> {
        let length = u32::try_from(lexicon.len()).map_err(|_| ModelError::Form)?;
        Ok([&MAGIC[..], &length.to_le_bytes(), lexicon, ngrams].concat())
    }
}

/// The knowledge itself is too much to print.
impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Language").field("lexicons", &self.lexicon.maps().len()).finish_non_exhaustive()
    }
}
