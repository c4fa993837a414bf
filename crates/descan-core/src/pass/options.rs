//! What a run is asked to do.

use std::sync::Arc;

use descan_lang::language::Language;
use descan_text::level::Level;

use super::{Reflow, Selection};
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
    /// What is known of the language the texts are in.
    pub language: Arc<Language>,
    /// What people decided, and what they know to be right.
    pub decisions: Arc<Decisions>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            level: Level::Certain,
            selection: Selection::default(),
            reflow: Reflow::Kept,
            style: Wanted::default(),
            protection: Protection::default(),
            language: Language::english(),
            decisions: Arc::default(),
        }
    }
}
