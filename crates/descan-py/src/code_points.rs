//! From places in bytes, as Rust counts, to places in code points, as Python does.

/// So many bytes are counted at once.
const BLOCK: usize = 512;

/// Counts the code points of a text.
pub(crate) struct CodePoints<'t> {
    text: &'t str,
    /// How many code points begin before each block; empty for a text in ASCII.
    before: Vec<usize>,
}

impl<'t> CodePoints<'t> {
    pub(crate) fn of(text: &'t str) -> CodePoints<'t> {
        let mut before = Vec::new();
        if !text.is_ascii() {
            let mut count = 0;
            for block in text.as_bytes().chunks(BLOCK) {
                before.push(count);
                count += starts(block);
            }
        }
        CodePoints { text, before }
    }

    /// How many code points lie before this byte.
    pub(crate) fn at(&self, byte: usize) -> usize {
        let block = byte / BLOCK;
        match self.before.get(block) {
            Some(before) => before + starts(&self.text.as_bytes()[block * BLOCK..byte]),
            // The end of a text that fills its last block.
            None if !self.before.is_empty() => {
                let last = self.before.len() - 1;
                self.before[last] + starts(&self.text.as_bytes()[last * BLOCK..byte])
            }
            None => byte,
        }
    }
}

/// How many code points begin in these bytes.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0b1100_0000 != 0b1000_0000).count()
}
