//! Finds bytes of a given set: the few places of a text that a pass may have to look at.

/// A set of bytes to search for.
///
/// A character outside ASCII is found by the first byte of its UTF-8 form.
#[derive(Clone, Copy, Debug)]
pub struct ByteSet([bool; 256]);

impl ByteSet {
    /// The set of these bytes.
    pub const fn of(bytes: &[u8]) -> ByteSet {
        let mut set = [false; 256];
        let mut at = 0;
        while at < bytes.len() {
            set[bytes[at] as usize] = true;
            at += 1;
        }
        ByteSet(set)
    }

    /// The set with all bytes from `first` to `last` added.
    pub const fn and(mut self, first: u8, last: u8) -> ByteSet {
        let mut byte = first as usize;
        while byte <= last as usize {
            self.0[byte] = true;
            byte += 1;
        }
        self
    }

    /// Whether a byte is in the set.
    #[inline]
    pub fn has(&self, byte: u8) -> bool {
        self.0[usize::from(byte)]
    }

    /// The position of the first byte of the set, from `at` on.
    #[inline]
    pub fn find(&self, bytes: &[u8], at: usize) -> Option<usize> {
        Some(at + bytes.get(at..)?.iter().position(|&byte| self.has(byte))?)
    }

    /// The positions of all bytes of the set, in order.
    pub fn places<'b>(&'b self, bytes: &'b [u8]) -> impl Iterator<Item = usize> + 'b {
        let mut at = 0;
        std::iter::from_fn(move || {
            let found = self.find(bytes, at)?;
            at = found + 1;
            Some(found)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_of_the_set_is_found() {
        let set = ByteSet::of(b"'\"").and(0xc0, 0xff);
        let text = "\"it’s\" a day's é";
        let found: Vec<usize> = set.places(text.as_bytes()).collect();
        let wanted: Vec<usize> =
            text.char_indices().filter(|(_, c)| matches!(c, '\'' | '"' | '’' | 'é')).map(|(at, _)| at).collect();
        assert_eq!(found, wanted);
        assert_eq!(set.find(text.as_bytes(), text.len() + 1), None);
    }
}
