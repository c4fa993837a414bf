//! What was learned of a rule.

/// What the unknown words of a document say, in the order of [`Prior::tilt`]: how
/// they lean in the document, and the same where they lean to a writer; both in
/// the passage; how many are a scan's in the document and in the passage; how many
/// nothing explains; how many words the ends of lines break; how much the
/// letters of the edit itself are a scan's.
pub const TILTS: usize = 9;

/// What was learned of a rule from scans and from right texts. `rules/style.tsv`
/// holds it, and `cargo xtask fit-style` writes that.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// Where a document has such places, the probability that they are its style.
    pub style: f64,
    /// The first number of the beta distribution of the share of right forms that
    /// damage changes: the less, the more documents have next to none.
    pub damaged: f64,
    /// The second: the more, the smaller the share is.
    pub right: f64,
    /// What the unknown words of the document count for in rules of this pass.
    pub tilt: [f64; TILTS],
}
