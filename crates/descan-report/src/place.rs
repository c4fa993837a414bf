//! Lines and columns.

/// A place as people count: from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// The line of the file; LF, CRLF and lone CR all end one.
    pub line: usize,
    /// The code point in the line.
    pub column: usize,
}

/// Finds the places of byte offsets that are asked for in order, so that a text
/// is read once however many there are and however long its lines.
pub struct Places<'t> {
    text: &'t str,
    at: usize,
    place: LineColumn,
}

impl<'t> Places<'t> {
    /// Starts at the top of a document's text.
    pub fn new(text: &'t str) -> Places<'t> {
        Places { text, at: 0, place: LineColumn { line: 1, column: 1 } }
    }

    /// The place of byte `offset`; one before the last asked starts again at
    /// the top.
    pub fn of(&mut self, offset: usize) -> LineColumn {
        if offset < self.at {
            *self = Places::new(self.text);
        }
        let part = &self.text[self.at..offset];
        let lines = memchr::memchr_iter(b'\n', part.as_bytes()).count();
        if lines > 0 {
            self.place.line += lines;
            self.place.column = 1;
        }
        let last = memchr::memrchr(b'\n', part.as_bytes()).map_or(part, |i| &part[i + 1..]);
        self.place.column += last.chars().count();
        self.at = offset;
        self.place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_code_points() {
        let mut places = Places::new("é“a\n\nbc");
        assert_eq!(places.of(5), LineColumn { line: 1, column: 3 });
        assert_eq!(places.of(6), LineColumn { line: 1, column: 4 });
        assert_eq!(places.of(9), LineColumn { line: 3, column: 2 });
        assert_eq!(places.of(7), LineColumn { line: 2, column: 1 });
    }
}
