//! The cleaner: rules and options, made ready once for any number of texts.

use std::sync::Arc;

use descan_core::archive::ArchiveStats;
use descan_core::decisions::Decisions;
use descan_core::evidence::style::Wanted;
use descan_core::pass::{Options, Reflow, Selection};
use descan_core::pipeline::{self, Outcome};
use descan_core::protect::{ProtectEntry, Protection};
use descan_lang::language::{Language, Model};
use descan_lang::searcher::Searcher;
use descan_rules::{PassName, RuleSet};
use descan_source::Document;
use descan_text::level::Level;

use crate::Cleaned;

/// Cleans texts. It can be shared among threads, and the more texts it reads the
/// less it has to search for.
#[derive(Debug)]
pub struct Cleaner {
    rules: RuleSet,
    options: Options,
}

/// Why a cleaner cannot be built, as one sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
#[non_exhaustive]
pub struct BuildError(String);

/// What a [`Cleaner`] is to do; see [`Cleaner::builder`].
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct CleanerBuilder {
    level: Option<Level>,
    language: Option<Arc<Language>>,
    models: Vec<Model>,
    protected: Vec<ProtectEntry>,
    decisions: Decisions,
    archive: Option<Arc<ArchiveStats>>,
    style: Wanted,
    reflow: Reflow,
    select: Vec<String>,
    ignore: Vec<String>,
    rules: Vec<UserRule>,
}

/// A rule as its file has it.
#[derive(Clone, Debug)]
struct UserRule {
    pass: PassName,
    file_name: String,
    source: String,
}

impl Cleaner {
    /// A cleaner for English at [`Level::Certain`].
    #[cfg(feature = "english")]
    pub(crate) fn english() -> Cleaner {
        Cleaner { rules: RuleSet::built_in(), options: Options::default() }
    }

    /// Begins a cleaner: English, the built-in rules, [`Level::Certain`], unless
    /// something else is said.
    pub fn builder() -> CleanerBuilder {
        CleanerBuilder::default()
    }

    /// Cleans a text. Its line ends stay as they are.
    pub fn clean(&self, text: &str) -> Cleaned {
        let document = Document::of_text(text);
        let outcome = self.clean_document(&document);
        Cleaned::new(text, &document, outcome, &self.rules)
    }

    /// Cleans a file: what was found, with its place in
    /// [`Document::text`]. [`Document::write`] gives the bytes of the cleaned file.
    #[must_use]
    pub fn clean_document(&self, document: &Document<'_>) -> Outcome {
        pipeline::clean(document, &self.rules, &self.options)
    }

    /// The rules, in the order of the passes.
    #[must_use]
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// Repairs of this level and surer ones are applied.
    #[must_use]
    pub fn level(&self) -> Level {
        self.options.level
    }
}

impl CleanerBuilder {
    /// Applies repairs of this level and surer ones; [`Level::Certain`] unless said.
    pub fn level(mut self, level: Level) -> CleanerBuilder {
        self.level = Some(level);
        self
    }

    /// The language of the texts; English unless said.
    pub fn language(mut self, language: Arc<Language>) -> CleanerBuilder {
        self.language = Some(language);
        self
    }

    /// Lays a model of someone's own texts over the language: its words are known too.
    pub fn model(mut self, model: Model) -> CleanerBuilder {
        self.models.push(model);
        self
    }

    /// Words or phrases that no repair touches, in this very case.
    pub fn protect<W: Into<String>>(mut self, words: impl IntoIterator<Item = W>) -> CleanerBuilder {
        let words = words.into_iter().map(Into::into).collect();
        self.protected.push(ProtectEntry { words, pattern: None, reason: String::new() });
        self
    }

    /// A regular expression whose matches no repair touches.
    pub fn protect_pattern(mut self, pattern: impl Into<String>) -> CleanerBuilder {
        let pattern = Some(pattern.into());
        self.protected.push(ProtectEntry { words: Vec::new(), pattern, reason: String::new() });
        self
    }

    /// What people decided about earlier findings.
    pub fn decisions(mut self, decisions: Decisions) -> CleanerBuilder {
        self.decisions = decisions;
        self
    }

    /// Judges texts as parts of the archive that has these statistics, which `descan learn` and the
    /// function of that name make.
    pub fn archive(mut self, archive: ArchiveStats) -> CleanerBuilder {
        self.archive = Some(Arc::new(archive));
        self
    }

    /// Writes these marks, whatever the text does.
    pub fn style(mut self, style: Wanted) -> CleanerBuilder {
        self.style = style;
        self
    }

    /// What becomes of the line breaks inside paragraphs; they stay unless said.
    pub fn reflow(mut self, reflow: Reflow) -> CleanerBuilder {
        self.reflow = reflow;
        self
    }

    /// Runs only these rules and passes, by name.
    pub fn select<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> CleanerBuilder {
        self.select.extend(names.into_iter().map(Into::into));
        self
    }

    /// Leaves these rules and passes out, by name.
    pub fn ignore<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> CleanerBuilder {
        self.ignore.extend(names.into_iter().map(Into::into));
        self
    }

    /// Adds a rule of your own, from the text of its TOML file. `file_name` is for
    /// messages.
    pub fn rule(mut self, pass: PassName, file_name: impl Into<String>, source: impl Into<String>) -> CleanerBuilder {
        self.rules.push(UserRule { pass, file_name: file_name.into(), source: source.into() });
        self
    }

    /// The cleaner.
    ///
    /// # Errors
    /// One sentence about a rule that is malformed, a pattern that does not
    /// compile, a name that is none, or a language that is missing.
    pub fn build(self) -> Result<Cleaner, BuildError> {
        let mut rules = RuleSet::built_in();
        for UserRule { pass, file_name, source } in &self.rules {
            rules.add(*pass, file_name, source).map_err(|error| BuildError(error.to_string()))?;
        }
        let selection = Selection::new(&self.select, &self.ignore, &rules);
        let options = Options {
            level: self.level.unwrap_or(Level::Certain),
            selection: selection.map_err(|error| BuildError(error.to_string()))?,
            reflow: self.reflow,
            style: self.style,
            protection: Protection::new(&self.protected).map_err(BuildError)?,
            searcher: searcher(self.language)?.with_models(&self.models),
            decisions: Arc::new(self.decisions),
            archive: self.archive,
        };
        Ok(Cleaner { rules, options })
    }
}

/// The searcher of a language, or else of the one that is built in. Cleaners of
/// plain English share what they search for.
fn searcher(language: Option<Arc<Language>>) -> Result<Arc<Searcher>, BuildError> {
    if let Some(language) = language {
        return Ok(Searcher::new(language));
    }
    #[cfg(feature = "english")]
    return Ok(Searcher::english());
    #[cfg(not(feature = "english"))]
    Err(BuildError("no language is built in; give one with `language`".to_owned()))
}
