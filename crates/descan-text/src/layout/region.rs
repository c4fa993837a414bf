//! The kinds of text: prose, verse, tables and so on.

use serde::{Deserialize, Serialize};

/// The kind of text that a line belongs to, which decides what a pass may touch.
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
    /// Items below one another, each with its mark.
    List,
    /// An indented block: a quotation, a letter.
    Quotation,
    /// Program code, addresses, e-mail heads.
    Code,
    /// What precedes the text: imprint, dedication, preface.
    FrontMatter,
    /// What follows it: index, notes, advertisements.
    BackMatter,
}

impl Region {
    /// All regions.
    pub const ALL: [Region; 9] = [
        Region::Prose,
        Region::Verse,
        Region::Table,
        Region::Heading,
        Region::List,
        Region::Quotation,
        Region::Code,
        Region::FrontMatter,
        Region::BackMatter,
    ];

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

    /// Whether it is running text, whose lines end at the margin only.
    pub fn is_running(self) -> bool {
        matches!(self, Region::Prose | Region::List | Region::Quotation | Region::FrontMatter | Region::BackMatter)
    }
}
