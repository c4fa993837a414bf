//! How damaged a text is, judged by its findings.

use descan_core::finding::Finding;
use descan_rules::PassName;
use serde::{Deserialize, Serialize};

/// The unit of the damage rate, in words.
pub const DAMAGE_UNIT: usize = 1_000;

/// The words that a shorter text counts as, so that one finding in a scrap of text does not
/// outrank a damaged book.
const LEAST: usize = 300;

/// Bytes of a word and the space after it, for ledgers that do not hold the words.
const WORD: usize = 6;

/// Findings in a text of some size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Damage {
    /// Findings of all levels, applied or suggested; those that are part of another do not count.
    pub findings: usize,
    /// How many of them are about the layout: white space, line ends and pages. They count
    /// for nothing in the rate.
    #[serde(default)]
    pub layout: usize,
    /// Words of the text.
    #[serde(default)]
    pub words: usize,
    /// Bytes of the text as UTF-8.
    pub size: usize,
}

impl Damage {
    /// A text without findings.
    pub fn of(text: &str) -> Damage {
        Damage { findings: 0, layout: 0, words: words(text), size: text.len() }
    }

    /// Counts a finding that is no part of another. Whether it is damage.
    pub fn count(&mut self, finding: &Finding) -> bool {
        let is_layout = is_layout(finding.pass, &finding.before, &finding.after);
        self.findings += 1;
        self.layout += usize::from(is_layout);
        !is_layout
    }

    /// Findings that are damage: those that are not about the layout.
    pub fn damage(self) -> usize {
        self.findings - self.layout.min(self.findings)
    }

    /// Damage per 1,000 words. A text of fewer than 300 words counts as one of 300.
    pub fn rate(self) -> f64 {
        let words = if self.words > 0 { self.words } else { self.size / WORD };
        (self.damage() * DAMAGE_UNIT) as f64 / words.max(LEAST) as f64
    }
}

/// The words of a text, as the damage rate counts them: whatever stands between white space.
pub fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Whether a change is about the layout: it belongs to the lines or pages, or it changes
/// white space beside words. Words that are joined or split are damage.
pub fn is_layout(pass: PassName, before: &str, after: &str) -> bool {
    let solid = |c: &char| !c.is_whitespace();
    match pass {
        PassName::Lines | PassName::Pages => true,
        PassName::Letters | PassName::Words | PassName::Context => false,
        _ => before.chars().filter(solid).eq(after.chars().filter(solid)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layout_counts_for_nothing_and_a_scrap_is_no_ruin() {
        let book = Damage { findings: 900, layout: 850, words: 50_000, size: 300_000 };
        assert_eq!((book.damage(), book.rate()), (50, 1.0));
        let scrap = Damage { findings: 1, layout: 0, words: 2, size: 12 };
        assert!((scrap.rate() - 3.333).abs() < 0.001);
        let older = Damage { findings: 6, layout: 0, words: 0, size: 6_000 };
        assert_eq!(older.rate(), 6.0);
    }

    #[test]
    fn white_space_is_layout_unless_it_is_a_word_that_is_split() {
        assert!(is_layout(PassName::Spacing, "  ", ""));
        assert!(is_layout(PassName::Lines, "-\ning ", "ing\n"));
        assert!(is_layout(PassName::Quotes, " ", ""));
        assert!(!is_layout(PassName::Words, "ofthe", "of the"));
        assert!(!is_layout(PassName::Spacing, " ;", ","));
        assert!(!is_layout(PassName::Characters, "\u{fb01}", "fi"));
    }
}
