//! How damaged a text is, judged by its findings.

use serde::{Deserialize, Serialize};

/// The unit of the damage rate, in bytes: about 1,700 English words.
pub const DAMAGE_UNIT: usize = 10_000;

/// Bytes of undamaged text added to each file for ranking, so that one finding
/// in a scrap of text does not outrank a damaged book.
const BENEFIT: usize = 2_000;

/// Findings in a text of some size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Damage {
    /// Findings of all levels, applied or suggested; those that are part of another do not count.
    pub findings: usize,
    /// Bytes of the text as UTF-8.
    pub size: usize,
}

impl Damage {
    /// Findings per 10,000 bytes of text.
    pub fn rate(self) -> f64 {
        (self.findings * DAMAGE_UNIT) as f64 / self.size.max(1) as f64
    }

    /// The rate by which files are ranked: lowered for short texts, where the
    /// plain rate is unreliable.
    pub fn rank(self) -> f64 {
        (self.findings * DAMAGE_UNIT) as f64 / (self.size + BENEFIT) as f64
    }
}
