//! The passes, in the order in which a text goes through them.

mod characters;
mod context;
pub mod encoding;
mod grammar;
pub(crate) mod judged;
mod letters;
mod lines;
mod pages;
mod quotes;
mod spacing;
pub(crate) mod words;

pub(crate) use lines::wrap;

use crate::pipeline::{Proposals, View};

/// A pass: looks at the text as the passes before left it, and proposes edits.
pub type Pass = fn(&View<'_>, &mut Proposals<'_>);

/// Every pass with its name, in order.
pub const PASSES: [(PassName, Pass); 9] = [
    (PassName::Encoding, encoding::run),
    (PassName::Characters, characters::run),
    (PassName::Pages, pages::run),
    (PassName::Lines, lines::run),
    (PassName::Quotes, quotes::run),
    (PassName::Letters, letters::run),
    (PassName::Words, words::run),
    (PassName::Context, context::run),
    (PassName::Spacing, spacing::run),
];

/// The name of a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PassName {
    /// Mojibake, wrong code pages, stray control bytes.
    Encoding,
    /// Ligatures, soft hyphens, odd spaces, homoglyphs.
    Characters,
    /// Running heads, page numbers, page breaks.
    Pages,
    /// Hyphenation, line breaks, indents.
    Lines,
    /// Apostrophes and quotation marks.
    Quotes,
    /// Misread letters.
    Letters,
    /// Run-ons and splits.
    Words,
    /// Real words in the wrong place.
    Context,
    /// Blanks around words and marks.
    Spacing,
}

impl PassName {
    /// The name used on the command line, in reports and as a folder's name.
    pub fn as_str(self) -> &'static str {
        match self {
            PassName::Encoding => "encoding",
            PassName::Characters => "characters",
            PassName::Pages => "pages",
            PassName::Lines => "lines",
            PassName::Quotes => "quotes",
            PassName::Letters => "letters",
            PassName::Words => "words",
            PassName::Context => "context",
            PassName::Spacing => "spacing",
        }
    }

    /// The pass of that name.
    pub fn parse(name: &str) -> Option<PassName> {
        PASSES.iter().map(|&(pass, _)| pass).find(|pass| pass.as_str() == name)
    }
}
