//! Lines and columns.

/// A position as people count it, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// The line of the file; LF, CRLF and lone CR all end one.
    pub line: usize,
    /// The code point within the line.
    pub column: usize,
}

/// Converts byte offsets to lines and columns. Ask for offsets in ascending order
/// and the text is read only once.
pub struct LineIndex<'t> {
    text: &'t str,
    at: usize,
    place: LineColumn,
    /// Where the last part began, and its position.
    part: (usize, LineColumn),
}

impl<'t> LineIndex<'t> {
    /// Starts at the top of a document's text.
    pub fn new(text: &'t str) -> LineIndex<'t> {
        let place = LineColumn { line: 1, column: 1 };
        LineIndex { text, at: 0, place, part: (0, place) }
    }

    /// The position of byte `offset`, counted from the byte `start` on.
    pub fn position_from(&mut self, start: usize, offset: usize) -> LineColumn {
        let mut place = self.position(offset);
        if self.part.0 != start {
            self.part = (start, LineIndex::new(self.text).position(start));
        }
        let first = self.part.1;
        place.line -= first.line - 1;
        if place.line == 1 {
            place.column -= first.column - 1;
        }
        place
    }

    /// The position of byte `offset`. Going back to an earlier offset restarts at
    /// the top.
    pub fn position(&mut self, offset: usize) -> LineColumn {
        if offset < self.at {
            (self.at, self.place) = (0, LineColumn { line: 1, column: 1 });
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
        let mut index = LineIndex::new("é“a\n\nbc");
        assert_eq!(index.position(5), LineColumn { line: 1, column: 3 });
        assert_eq!(index.position(6), LineColumn { line: 1, column: 4 });
        assert_eq!(index.position(9), LineColumn { line: 3, column: 2 });
        assert_eq!(index.position(7), LineColumn { line: 2, column: 1 });
        assert_eq!(index.position_from(6, 9), LineColumn { line: 3, column: 2 });
        assert_eq!(index.position_from(8, 9), LineColumn { line: 1, column: 2 });
    }
}
