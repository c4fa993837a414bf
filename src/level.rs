//! How sure an edit is.

use serde::{Deserialize, Serialize};

/// How sure an edit is. Levels order from the surest: `Certain < Suspect`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Applied by default: right more than 99 times in 100.
    Certain,
    /// Applied on request or after review.
    Probable,
    /// Shown, and never applied unasked.
    Suspect,
}

impl Level {
    /// All levels from the surest.
    pub const ALL: [Level; 3] = [Level::Certain, Level::Probable, Level::Suspect];

    /// The name used on the command line and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Level::Certain => "certain",
            Level::Probable => "probable",
            Level::Suspect => "suspect",
        }
    }
}
