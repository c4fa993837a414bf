//! How damaged a text is, as far as the findings tell.

use serde::{Deserialize, Serialize};

/// Bytes of text that a rate is told for: about 1,700 English words.
pub const PER: usize = 10_000;

/// Bytes of sound text that a file is taken to hold besides, when files are
/// ranked: one finding in a scrap of a line says little about a scan.
const BENEFIT: usize = 2_000;

/// Findings in a text of some size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Damage {
    /// Findings of all levels, applied or offered; those that are part of another do not count.
    pub findings: usize,
    /// Bytes of the text as UTF-8.
    pub size: usize,
}

impl Damage {
    /// Findings in 10,000 bytes of text.
    pub fn rate(self) -> f64 {
        (self.findings * PER) as f64 / self.size.max(1) as f64
    }

    /// What files are ranked by: the rate, held back where there is little text
    /// to tell it from.
    pub fn rank(self) -> f64 {
        (self.findings * PER) as f64 / (self.size + BENEFIT) as f64
    }
}
