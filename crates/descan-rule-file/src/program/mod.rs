//! Regexes as programs that need not be compiled when descan starts.
//!
//! Compiling one of the library's regexes takes as long as searching many pages, and hundreds of rules have
//! several each. The build script makes programs of all of them, which are read at once. A program tries one way
//! after another, as written, and goes back where a way ends (backtracking), so it finds what the library's regex
//! finds: the leftmost match, and of those the one that comes first in the pattern. Where that takes too many
//! steps it gives up, and the library, whose time is linear, is asked.

mod bytes;
mod code;
mod compile;
mod factor;
mod search;

use std::ops::Range;

use compile::Compiler;

pub use code::{NOWHERE, Program, TooLong};

impl Program {
    /// The program of a regex. `None` where it is no regex, or one that only the library can be asked.
    pub fn of(regex: &str, multi_line: bool) -> Option<Program> {
        let mut parser = regex_syntax::ParserBuilder::new().multi_line(multi_line).build();
        let hir = parser.parse(regex).ok()?;
        Compiler::compile(&hir)
    }

    /// The number of a group; `None` where no group has that name.
    pub fn group(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|other| other.as_deref() == Some(name))
    }

    /// The longest match, in bytes; `None` where there is no bound.
    pub fn longest(&self) -> Option<usize> {
        self.longest
    }

    /// The first match that begins at a place of a text or behind it, and not behind `last`, in bytes: where each group
    /// begins and ends, in bytes; [`NOWHERE`] twice for one that is not in the match. What stands before the place
    /// tells where lines and words begin.
    ///
    /// # Errors
    /// It would take too many steps.
    pub fn find(&self, text: &str, from: usize, last: usize) -> Result<Option<Box<[usize]>>, TooLong> {
        let found = search::find(self, text, from, last, 2 * self.names.len())?;
        Ok(found.map(Vec::into_boxed_slice))
    }

    /// Where the first match lies that begins at or behind a place of a text.
    ///
    /// # Errors
    /// It would take too many steps.
    pub fn span(&self, text: &str, from: usize) -> Result<Option<Range<usize>>, TooLong> {
        let found = search::find(self, text, from, text.len(), 2)?;
        Ok(found.map(|places| places[0]..places[1]))
    }

    /// Whether a text has a match.
    ///
    /// # Errors
    /// It would take too many steps.
    pub fn is_match(&self, text: &str) -> Result<bool, TooLong> {
        Ok(search::find(self, text, 0, text.len(), 0)?.is_some())
    }

    /// The program as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        bytes::write(self)
    }

    /// The program of which [`Program::to_bytes`] made bytes. `None` where they are not such bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Program> {
        bytes::read(bytes)
    }
}

#[cfg(test)]
mod tests;
