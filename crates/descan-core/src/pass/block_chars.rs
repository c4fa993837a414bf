//! The characters of parts of a text.

use std::ops::Range;

use descan_rules::CharSet;

/// How long a block is, in bytes.
const BLOCK: usize = 32;

/// What characters each block of a text has: it tells of most places that a pattern which asks for others has no
/// match there, without a look at the text.
#[derive(Debug)]
pub(crate) struct BlockChars(Vec<CharSet>);

impl BlockChars {
    /// The characters of the blocks of a text.
    pub(crate) fn of(text: &str) -> BlockChars {
        BlockChars(text.as_bytes().chunks(BLOCK).map(CharSet::of_bytes).collect())
    }

    /// The characters of the blocks that a part of the text is in, which are those of the part and a few around it.
    /// `part` is in bytes.
    pub(crate) fn around(&self, part: Range<usize>) -> CharSet {
        let end = part.end.div_ceil(BLOCK).min(self.0.len());
        let start = (part.start / BLOCK).min(end);
        self.0[start..end].iter().fold(CharSet::default(), |all, set| all.with(*set))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_have_what_is_in_them() {
        let text = format!("{}é{}", "a".repeat(40), "z".repeat(100));
        let blocks = BlockChars::of(&text);
        assert_eq!(blocks.around(0..20), CharSet::of("a"));
        assert_eq!(blocks.around(30..45), CharSet::of("aéz"));
        assert_eq!(blocks.around(70..text.len()), CharSet::of("z"));
        assert_eq!(blocks.around(500..900), CharSet::default());
    }
}
