//! What the parts of a book are called.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

/// What the parts of a book are called in a language: data, so that no word of a language is written in code. All are
/// in small letters, with single spaces and without marks.
#[derive(Debug, Default)]
pub struct PartNames {
    /// The words that close a text.
    closings: Vec<&'static str>,
    /// The heads of parts before the text.
    front: Vec<&'static str>,
    /// The heads of parts after the text.
    back: Vec<&'static str>,
    /// What an imprint says.
    rights: Vec<&'static str>,
    /// The words before the number of a chapter or another part of the text.
    chapters: Vec<&'static str>,
    /// Finds a word of each of `rights`.
    telltales: OnceLock<Option<AhoCorasick>>,
}

impl PartNames {
    /// The names of a language: the words that close a text, the heads of parts before it and after it, what an imprint
    /// says, and the words before the number of a chapter.
    pub fn new(
        closings: Vec<&'static str>,
        front: Vec<&'static str>,
        back: Vec<&'static str>,
        rights: Vec<&'static str>,
        chapters: Vec<&'static str>,
    ) -> PartNames {
        PartNames { closings, front, back, rights, chapters, telltales: OnceLock::new() }
    }

    /// Whether these words close a text.
    pub(super) fn close(&self, words: &str) -> bool {
        self.closings.contains(&words)
    }

    /// Whether they are the head of a part before the text, or begin with one, if they `may_go_on`.
    pub(super) fn open_front(&self, words: &str, may_go_on: bool) -> bool {
        is_one(&self.front, words, may_go_on)
    }

    /// The same of a part after the text.
    pub(super) fn open_back(&self, words: &str, may_go_on: bool) -> bool {
        is_one(&self.back, words, may_go_on)
    }

    /// Whether a number follows this word in the head of a chapter.
    pub(super) fn number_chapters(&self, word: &str) -> bool {
        self.chapters.contains(&word)
    }

    /// Whether an imprint says such words.
    pub(super) fn state_rights(&self, words: &str) -> bool {
        self.rights.iter().any(|right| words.contains(right))
    }

    /// Whether a block, as it is written, may state rights; most do not, and need not be read further.
    pub(super) fn may_state_rights(&self, body: &str) -> bool {
        let telltales = self.telltales.get_or_init(|| {
            let longest = |right: &&'static str| right.split(' ').rev().max_by_key(|word| word.len());
            let words: Vec<&str> = self.rights.iter().filter_map(longest).collect();
            AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()
        });
        telltales.as_ref().is_none_or(|telltales| telltales.is_match(body))
    }
}

/// Whether words are a name, or begin with one, if they may go on.
fn is_one(names: &[&str], words: &str, may_go_on: bool) -> bool {
    let begins = |name: &&str| words.strip_prefix(*name).is_some_and(|rest| rest.starts_with(' '));
    names.contains(&words) || may_go_on && words.len() <= LONGEST && names.iter().any(begins)
}

/// The longest head that begins with the name of a part, in bytes.
const LONGEST: usize = 60;
