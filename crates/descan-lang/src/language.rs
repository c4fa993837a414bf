//! A language: its lexicon, n-grams, confusions and calibration, read from data files.

use std::fmt;
use std::sync::Arc;
#[cfg(feature = "english")]
use std::sync::LazyLock;

use super::confusion::{Confusions, ConfusionsError};
use super::decision::{DecisionError, DecisionModel};
use super::hands::{Hands, HandsError};
use super::lexicon::{Lexicon, LexiconError};
use super::ngrams::{Ngrams, NgramsError};
use super::rivals::Rivals;
use super::words::{WordListError, WordLists};
use descan_text::layout::PartNames;

/// The bytes that every file of a custom model begins with.
const MAGIC: &[u8; 8] = b"descanM1";

/// A language. It never changes; a [`Searcher`](crate::searcher::Searcher) keeps the results
/// of searches in it.
#[derive(Clone)]
pub struct Language {
    lexicon: Lexicon,
    ngrams: Ngrams,
    confusions: Arc<Confusions>,
    /// Which common words have rivals at all; `None` if that is not known.
    rivals: Option<Rivals>,
    decision: Arc<DecisionModel>,
    hands: Arc<Hands>,
    signs: Arc<Confusions>,
    words: Arc<WordLists>,
    part_names: Arc<PartNames>,
}

/// The files of a language, as they are read in place.
#[derive(Clone, Copy, Debug)]
pub struct LanguageData {
    /// The lexicon: an `fst` map.
    pub lexicon: &'static [u8],
    /// How words follow each other: packed fuse maps.
    pub ngrams: &'static [u8],
    /// The leads of the best rivals of common words: a fuse map.
    pub rivals: &'static [u8],
    /// Which letters are read for which: one line for each confusion.
    pub confusions: &'static str,
    /// Where the levels of decisions on words begin: one line for each threshold.
    pub decision: &'static str,
    /// The trees that give their probability.
    pub trees: &'static [u8],
    /// Which unknown words are a scan's and which a writer's: a line each. Empty where nobody counted.
    pub hands: &'static str,
    /// Which signs engines write for which letters: lines as in the confusions.
    pub signs: &'static str,
    /// Word lists: the name and the text of each file.
    pub words: &'static [(&'static str, &'static str)],
}

/// Why the files of a language cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LanguageError {
    /// The words cannot be read.
    #[error("the lexicon is damaged: {0}")]
    Lexicon(#[from] LexiconError),
    /// The n-grams cannot be read.
    #[error("the n-grams are damaged")]
    Ngrams(#[from] NgramsError),
    /// The table of rivals cannot be read.
    #[error("the table of rivals is damaged")]
    Rivals,
    /// The table of confusions has a malformed line.
    #[error("the confusions, {0}")]
    Confusions(#[from] ConfusionsError),
    /// The table of levels has a malformed line, or the trees cannot be read.
    #[error("the calibration of decisions, {0}")]
    Decision(#[from] DecisionError),
    /// The table of hands has a line of another form.
    #[error("the table of hands, {0}")]
    Hands(#[from] HandsError),
    /// The table of signs has a malformed line.
    #[error("the table of signs, {0}")]
    Signs(#[source] ConfusionsError),
    /// A word list is missing or unknown.
    #[error("the lists of words: {0}")]
    Words(#[from] WordListError),
}

/// A custom model, built from the user's own texts and added to the built-in one.
#[derive(Clone)]
pub struct Model {
    lexicon: Lexicon,
    ngrams: Ngrams,
}

/// Why bytes are not a model.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// They do not begin like a model, or are cut short.
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
    /// Reads the files of a language in place. The checksum of the lexicon is not
    /// verified, which would take longer than cleaning a small text.
    ///
    /// # Errors
    /// If one of them is cut short or malformed.
    pub fn open(data: LanguageData) -> Result<Language, LanguageError> {
        let words = WordLists::parse(data.words)?;
        Ok(Language {
            lexicon: Lexicon::in_place(data.lexicon)?,
            ngrams: Ngrams::open(data.ngrams)?,
            confusions: Arc::new(Confusions::parse(data.confusions)?),
            rivals: Some(Rivals::open(data.rivals).ok_or(LanguageError::Rivals)?),
            decision: Arc::new(DecisionModel::parse(data.decision, data.trees)?),
            hands: Arc::new(Hands::parse(data.hands)?),
            signs: Arc::new(Confusions::parse(data.signs).map_err(LanguageError::Signs)?),
            part_names: Arc::new(words.part_names()),
            words: Arc::new(words),
        })
    }

    /// English, from the crate `descan-data-en`.
    #[cfg(feature = "english")]
    pub fn english() -> Arc<Language> {
        static ENGLISH: LazyLock<Arc<Language>> = LazyLock::new(|| {
            let data = LanguageData {
                lexicon: descan_data_en::LEXICON,
                ngrams: descan_data_en::NGRAMS,
                rivals: descan_data_en::RIVALS,
                confusions: descan_data_en::CONFUSIONS,
                decision: descan_data_en::DECISION,
                trees: descan_data_en::TREES,
                hands: descan_data_en::HANDS,
                signs: descan_data_en::SIGNS,
                words: descan_data_en::WORDS,
            };
            Arc::new(Language::open(data).expect("the built-in English model is whole"))
        });
        Arc::clone(&ENGLISH)
    }

    /// The language with a custom model added: it has the words of both, and their
    /// counts are added up.
    pub fn with(mut self, model: &Model) -> Language {
        self.lexicon = self.lexicon.with(&model.lexicon);
        self.ngrams = self.ngrams.with(&model.ngrams);
        // A model adds words that others may be misreadings of.
        self.rivals = None;
        self
    }

    /// The language with other confusions, for learning them.
    pub fn with_confusions(mut self, confusions: Confusions) -> Language {
        self.confusions = Arc::new(confusions);
        self.rivals = None;
        self
    }

    /// The same with another table of hands: for learning it.
    pub fn with_hands(mut self, hands: Hands) -> Language {
        self.hands = Arc::new(hands);
        self
    }

    /// The lexicon.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// How words follow each other.
    pub fn ngrams(&self) -> &Ngrams {
        &self.ngrams
    }

    /// Which common words have rivals at all, if that is known.
    pub fn rivals(&self) -> Option<&Rivals> {
        self.rivals.as_ref()
    }

    /// Which letters are read for which.
    pub fn confusions(&self) -> &Confusions {
        &self.confusions
    }

    /// Word lists, by grammatical function.
    pub fn words(&self) -> &WordLists {
        &self.words
    }

    /// What the parts of a book are called.
    pub fn part_names(&self) -> &Arc<PartNames> {
        &self.part_names
    }

    /// Which unknown words are a scan's and which a writer's.
    pub fn hands(&self) -> &Hands {
        &self.hands
    }

    /// Which signs engines write for which letters. The weights are logarithms of how often the letters are
    /// read so, in a damaged document that says nothing of it itself.
    pub fn signs(&self) -> &Confusions {
        &self.signs
    }

    /// The calibration of decisions on words.
    pub fn decision(&self) -> &DecisionModel {
        &self.decision
    }
}

impl Model {
    /// Reads the bytes of a model file.
    ///
    /// # Errors
    /// If the bytes are damaged, or not a model of this version.
    pub fn open(bytes: &[u8]) -> Result<Model, ModelError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(ModelError::Form)?;
        let (length, rest) = rest.split_first_chunk::<4>().ok_or(ModelError::Form)?;
        let (lexicon, ngrams) = rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or(ModelError::Form)?;
        Ok(Model { lexicon: Lexicon::open(lexicon.to_vec())?, ngrams: Ngrams::open(ngrams.to_vec())? })
    }

    /// The bytes of a model file, from those of a lexicon and of an n-gram model.
    ///
    /// # Errors
    /// If the lexicon is larger than 4 GB.
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

/// The model itself is too much to print.
impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model").finish_non_exhaustive()
    }
}
