//! Cleans up OCR text, and says what it changed and why.
//!
//! descan reads what an OCR engine wrote, repairs what the scan broke, and leaves
//! right text alone: misread letters (`muftled`), words run together (`Letme`)
//! or split, lost and doubled quotation marks, broken hyphenation, running heads.
//!
//! # One text
//!
//! ```
//! let cleaned = descan::clean("Her muﬂled cry was lost in the ofﬁce.");
//! assert_eq!(cleaned.text(), "Her muffled cry was lost in the office.");
//! for finding in cleaned.findings() {
//!     println!("{}: {:?} -> {:?}", finding.rule, finding.before, finding.after);
//! }
//! ```
//!
//! # Many texts
//!
//! A [`Cleaner`] is made once and used for any number of texts, on any number of
//! threads. Its [builder](Cleaner::builder) takes the level, words that are
//! right, rules of your own, models of your own texts, decisions that people
//! made, and more.
//!
//! ```
//! use descan::{Cleaner, Level};
//!
//! let cleaner = Cleaner::builder().level(Level::Probable).protect(["Lmmph"]).build()?;
//! let texts = ["The ﬁrst page.", "The second."];
//! let cleaned: Vec<String> = texts.iter().map(|text| cleaner.clean(text).into_text()).collect();
//! assert_eq!(cleaned, ["The first page.", "The second."]);
//! # Ok::<(), descan::BuildError>(())
//! ```
//!
//! # Files
//!
//! A [`Document`] is a file in whatever encoding, with whatever line ends. Bytes
//! that no repair touches come out as they went in.
//!
//! ```
//! use descan::{Cleaner, Document};
//!
//! let cleaner = Cleaner::builder().build()?;
//! let document = Document::decode(&b"\xEF\xBB\xBFHer of\xEF\xAC\x81ce.\r\n"[..]);
//! let outcome = cleaner.clean_document(&document);
//! assert_eq!(document.write(&outcome.edits).bytes, b"\xEF\xBB\xBFHer office.\r\n");
//! # Ok::<(), descan::BuildError>(())
//! ```
//!
//! [`open`] also reads ALTO, hOCR, PAGE, TEI, HTML, EPUB, DOCX and the tables of Tesseract, of
//! which only the letters change, and says what a file is that is no text.
//!
//! # What to expect
//!
//! - Every change is a [`Finding`]: the rule, the place, the reading, how sure it
//!   is, and the reasons. A finding below the level of the run is only suggested.
//! - The same text gives the same result, whatever the number of threads.
//! - No text makes it fail; [`open`] refuses files that are none. It does no I/O and prints nothing.
//! - It knows English. Other languages are left to pass through the rules that
//!   do not depend on words.
//!
//! # Features
//!
//! `english` (on by default) builds the English model into the library: 8 MB.
//! Without it a [`Language`] must be given to the builder. `parallel` (on by
//! default) shares large texts among the threads of `rayon`.

mod cleaned;
mod cleaner;
mod files;

pub use cleaned::{Cleaned, Finding};
pub use cleaner::{BuildError, Cleaner, CleanerBuilder};
pub use descan_core::archive::{ArchiveStats, StatsError};
pub use descan_core::decisions::Decisions;
pub use descan_core::evidence::style::{Dash, Ellipsis, Marks, UnknownStyle, Wanted as Style};
pub use descan_core::pass::Reflow;
pub use descan_core::pipeline::Outcome;
pub use descan_lang::language::{Language, LanguageData, LanguageError, Model, ModelError};
pub use descan_rules::{PassName, Reason, RuleId, RuleSet};
pub use descan_source::{Document, FileFormat, Newline, Written};
pub use descan_text::edit::{Edit, EditList};
pub use descan_text::layout::Region;
pub use descan_text::level::{Level, UnknownLevel};
pub use files::{NotText, open};

/// Cleans an English text: applies the repairs of [`Level::Certain`], and
/// suggests the others.
///
/// ```
/// let cleaned = descan::clean("He had a di\u{ad}vided mind.");
/// assert_eq!(cleaned.text(), "He had a divided mind.");
/// assert_eq!(cleaned.findings()[0].before, "\u{ad}");
/// ```
#[cfg(feature = "english")]
pub fn clean(text: &str) -> Cleaned {
    use std::sync::LazyLock;

    static CLEANER: LazyLock<Cleaner> = LazyLock::new(Cleaner::english);
    CLEANER.clean(text)
}

/// The statistics of an archive of this one English document, as an engine left it. Those of more documents are
/// their sum, [`ArchiveStats::add`]; a cleaner takes them by [`CleanerBuilder::archive`].
///
/// ```
/// use descan::{ArchiveStats, Cleaner, Document};
///
/// let originals = ["Tbe tide was out.", "They saw tbe boats.", "On tbe mud."];
/// let mut archive = ArchiveStats::default();
/// for text in originals {
///     archive.add(&descan::learn(&Document::of_text(text)));
/// }
/// assert_eq!(archive.documents, 3);
/// let cleaner = Cleaner::builder().archive(archive).build()?;
/// assert_eq!(cleaner.clean(originals[0]).text(), "The tide was out.");
/// # Ok::<(), descan::BuildError>(())
/// ```
#[cfg(feature = "english")]
pub fn learn(document: &Document<'_>) -> ArchiveStats {
    descan_core::learn::learn(document, &descan_lang::searcher::Searcher::english())
}

/// The code of README.md compiles and runs.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
