//! Searches the lexicon for the words of which only some letters could be read.

use std::ops::Range;

use super::searcher::Searcher;
use super::terms::fold_chars;
use super::trie::{NodeId, Trie};

/// A piece of a word that was read in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'p> {
    /// Letters, as read.
    Letters(&'p str),
    /// A place where no letter could be read.
    Unread,
}

/// A word that has the letters read, and what it has where none were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The word, folded as the lexicon's words are.
    pub word: String,
    /// Its letters at each of the unread places, in order; none where there is only a speck.
    pub fills: Vec<String>,
}

/// The most letters that stand at an unread place: a ligature or letters that touch.
const MOST_LETTERS: usize = 3;
/// Bounds the work for one word.
const MOST_STEPS: usize = 20_000;

impl Searcher {
    /// The words of the lexicon that have the letters of these pieces in order, and at most three letters
    /// at each unread place, in alphabetical order.
    pub fn fill(&self, pieces: &[Piece<'_>]) -> Vec<Filled> {
        let folded = |piece: &Piece<'_>| match piece {
            Piece::Letters(letters) => {
                let mut folded = String::with_capacity(letters.len());
                fold_chars(letters, |c| folded.push(c));
                Some(folded)
            }
            Piece::Unread => None,
        };
        let pieces: Vec<Option<String>> = pieces.iter().map(folded).collect();
        let mut tries = self.take_tries();
        let mut found = Vec::new();
        for trie in &mut tries {
            let root = trie.root();
            let (word, fills) = Default::default();
            Fill { trie, found: &mut found, steps: 0, word, fills }.walk(&pieces, root);
        }
        self.give_back(tries);
        found.sort_by(|a, b| a.word.cmp(&b.word).then_with(|| a.fills.cmp(&b.fills)));
        found.dedup();
        found
    }
}

struct Fill<'f> {
    trie: &'f mut Trie,
    found: &'f mut Vec<Filled>,
    steps: usize,
    /// The word so far.
    word: String,
    /// What of it stands at the unread places so far, in bytes.
    fills: Vec<Range<usize>>,
}

impl Fill<'_> {
    /// Goes on with what is left of the pieces from the node that the word so far leads to.
    fn walk(&mut self, pieces: &[Option<String>], node: NodeId) {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return;
        }
        let Some((piece, rest)) = pieces.split_first() else {
            if self.trie.is_word(node) {
                let fills = self.fills.iter().map(|fill| self.word[fill.clone()].to_owned()).collect();
                self.found.push(Filled { word: self.word.clone(), fills });
            }
            return;
        };
        let start = self.word.len();
        match piece {
            Some(letters) => {
                if let Some(next) = self.trie.follow(node, letters.as_bytes(), u32::MAX) {
                    self.word += letters;
                    self.walk(rest, next);
                    self.word.truncate(start);
                }
            }
            None => self.fill(rest, node, start),
        }
    }

    /// Tries every number of letters at an unread place, which begins at a byte of the word.
    fn fill(&mut self, rest: &[Option<String>], node: NodeId, start: usize) {
        self.fills.push(start..self.word.len());
        self.walk(rest, node);
        self.fills.pop();
        if self.word.len() - start == MOST_LETTERS {
            return;
        }
        for byte in (b'a'..=b'z').chain([b'\'']) {
            if let Some(next) = self.trie.step(node, byte, u32::MAX) {
                self.word.push(char::from(byte));
                self.fill(rest, next, start);
                self.word.pop();
            }
        }
    }
}

#[cfg(all(test, feature = "english"))]
mod tests {
    use super::*;

    fn words(pieces: &[Piece<'_>]) -> Vec<String> {
        Searcher::english().fill(pieces).into_iter().map(|filled| filled.word).collect()
    }

    #[test]
    fn unread_places_are_filled() {
        use Piece::{Letters, Unread};
        assert!(words(&[Letters("di"), Unread, Letters("erence")]).contains(&"difference".to_owned()));
        assert!(words(&[Unread, Letters("rst")]).contains(&"first".to_owned()));
        assert!(words(&[Letters("don"), Unread]).contains(&"don't".to_owned()));
        assert!(words(&[Letters("Th"), Unread, Letters("u"), Unread, Letters("t")]).contains(&"thought".to_owned()));
        let specks = Searcher::english().fill(&[Letters("har"), Unread, Letters("bour")]);
        assert_eq!(specks, [Filled { word: "harbour".to_owned(), fills: vec![String::new()] }]);
        assert!(words(&[Letters("qx"), Unread]).is_empty());
    }
}
