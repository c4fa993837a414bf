//! The options of a run.

use std::sync::Arc;

use descan_lang::searcher::Searcher;
use descan_text::level::Level;

use super::{Reflow, Selection};
use crate::archive::ArchiveStats;
use crate::decisions::Decisions;
use crate::evidence::style::Wanted;
use crate::protect::Protection;

/// What a run is asked to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// Edits of this level and surer ones are applied.
    pub level: Level,
    /// Which rules and passes run.
    pub selection: Selection,
    /// What becomes of the line breaks inside paragraphs.
    pub reflow: Reflow,
    /// The style to write, where it is not the document's own.
    pub style: Wanted,
    /// Words and patterns that no repair touches.
    pub protection: Protection,
    /// The language the texts are in, with what was searched for in it.
    pub searcher: Arc<Searcher>,
    /// What people decided, and what they know to be right.
    pub decisions: Arc<Decisions>,
    /// What the archive shows that the texts are from, if anybody learned it.
    pub archive: Option<Arc<ArchiveStats>>,
}

/// English, at [`Level::Certain`].
#[cfg(feature = "english")]
impl Default for Options {
    fn default() -> Options {
        Options {
            level: Level::Certain,
            selection: Selection::default(),
            reflow: Reflow::Kept,
            style: Wanted::default(),
            protection: Protection::default(),
            searcher: Searcher::english(),
            decisions: Arc::default(),
            archive: None,
        }
    }
}
