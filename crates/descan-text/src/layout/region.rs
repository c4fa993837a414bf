//! The kinds of text: prose, verse, tables and so on.

use serde::{Deserialize, Serialize};

/// The kind of text a line belongs to: what a pass may touch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Region {
    /// Running text.
    #[default]
    Prose,
    /// Lines that end before the margin on purpose.
    Verse,
    /// Columns, or a table of contents.
    Table,
    /// A title or a chapter's head.
    Heading,
    /// Items one below the other, each with its mark.
    List,
    /// A block set in from the margin: a quotation, a letter.
    Quotation,
    /// Program code, addresses, e-mail heads.
    Code,
    /// What stands before the text: imprint, dedication, preface.
    FrontMatter,
    /// What stands after it: index, notes, advertisements.
    BackMatter,
}

impl Region {
    /// The name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            Region::Prose => "prose",
            Region::Verse => "verse",
            Region::Table => "table",
            Region::Heading => "heading",
            Region::List => "list",
            Region::Quotation => "quotation",
            Region::Code => "code",
            Region::FrontMatter => "front-matter",
            Region::BackMatter => "back-matter",
        }
    }

    /// Whether its lines are sentences that only the margin breaks.
    pub fn is_running(self) -> bool {
        matches!(self, Region::Prose | Region::List | Region::Quotation | Region::FrontMatter | Region::BackMatter)
    }
}
