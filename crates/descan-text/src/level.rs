//! Levels: how sure an edit is.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How sure an edit is. Levels order from the surest: `Certain < Suspect`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Applied by default: meant to be right 99 times in 100. How often it is,
    /// on which texts, is measured in `docs/reliability.md`.
    Certain,
    /// Applied on request or after review.
    Probable,
    /// Shown, and never applied unasked.
    Suspect,
}

/// A text that names no level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLevel(String);

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

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Level {
    type Err = UnknownLevel;

    fn from_str(name: &str) -> Result<Level, UnknownLevel> {
        let known = Level::ALL.into_iter().find(|level| level.name() == name);
        known.ok_or_else(|| UnknownLevel(name.to_owned()))
    }
}

impl fmt::Display for UnknownLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown level {:?}; use certain, probable or suspect", self.0)
    }
}

impl std::error::Error for UnknownLevel {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_read_as_it_is_written() {
        for level in Level::ALL {
            assert_eq!(level.to_string().parse(), Ok(level));
        }
        let refused = "sure".parse::<Level>().expect_err("no level");
        assert_eq!(refused.to_string(), "unknown level \"sure\"; use certain, probable or suspect");
    }
}
