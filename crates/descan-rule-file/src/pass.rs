//! The names of the passes.

use std::fmt;

/// The name of a pass, in the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
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
    /// Spaces around words and marks.
    Spacing,
}

impl PassName {
    /// All passes in the order in which they run.
    pub const ALL: [PassName; 9] = [
        PassName::Encoding,
        PassName::Characters,
        PassName::Pages,
        PassName::Lines,
        PassName::Quotes,
        PassName::Letters,
        PassName::Words,
        PassName::Context,
        PassName::Spacing,
    ];

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
        PassName::ALL.into_iter().find(|pass| pass.as_str() == name)
    }
}

impl fmt::Display for PassName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
