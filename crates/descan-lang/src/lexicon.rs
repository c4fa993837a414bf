//! The lexicon: which words exist, read in place.
//!
//! It is a finite-state map (crate `fst`) from words in lower case to what is known about
//! them. It holds no possessives: `cat’s` is looked up as `cat`.

use std::borrow::Cow;
use std::sync::Arc;

use fst::IntoStreamer as _;

use super::entry::{Entry, Words};
use super::memo::Memo;
use super::terms::{fold_chars, hash_folded};

/// A lexicon: the words of one map, or of several laid over each other.
#[derive(Clone, Default)]
pub struct Lexicon {
    maps: Vec<Arc<Words>>,
    /// Earlier lookups.
    memo: Arc<Memo>,
}

/// The bytes are not a lexicon.
#[derive(Debug, thiserror::Error)]
#[error("not a lexicon of this version: {0}")]
pub struct LexiconError(#[from] fst::Error);

/// The longest word, in bytes, that is folded on the stack; few tokens are longer.
const ON_STACK: usize = 64;

impl Lexicon {
    /// Reads a lexicon in place, without verifying its checksum.
    ///
    /// # Errors
    /// If the bytes are cut short, or not a finite-state map of the version that `fst` reads.
    pub fn in_place(bytes: &'static [u8]) -> Result<Lexicon, LexiconError> {
        let map = fst::Map::new(bytes.into())?;
        Ok(Lexicon { maps: vec![Arc::new(map)], ..Lexicon::default() })
    }

    /// Opens a lexicon after verifying its checksum, which takes about a millisecond.
    ///
    /// # Errors
    /// If the bytes are damaged, or not a finite-state map of the version that `fst` reads.
    pub fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Lexicon, LexiconError> {
        let map = fst::Map::new(bytes.into())?;
        map.as_fst().verify()?;
        Ok(Lexicon { maps: vec![Arc::new(map)], ..Lexicon::default() })
    }

    /// Merges two lexicons: the result has the words of both. The entries of a word that is in
    /// both are merged in its favour.
    pub fn with(mut self, other: &Lexicon) -> Lexicon {
        self.maps.extend(other.maps.iter().cloned());
        self.memo = Arc::default();
        self
    }

    /// What is known of a word of a text, in whatever case and with whatever apostrophe.
    ///
    /// A word that ends in `’s` or `s’` and has no entry is looked up without the ending. Single
    /// letters other than `a`, `i` and `o` are not words. Does not allocate for words of up to 64
    /// bytes that are ASCII apart from apostrophes.
    pub fn lookup(&self, word: &str) -> Option<Entry> {
        let mut buffer = [0; ON_STACK];
        match fold_into(word, &mut buffer) {
            Some(folded) => self.lookup_folded(folded),
            None => {
                let mut folded = String::with_capacity(word.len());
                fold_chars(word, |c| folded.push(c));
                self.lookup_folded(folded.as_bytes())
            }
        }
    }

    /// What is known of the word that two make side by side. The answer is not kept: there are too many pairs.
    pub fn lookup_joined(&self, first: &str, second: &str) -> Option<Entry> {
        let mut buffer = [0; ON_STACK];
        let start = fold_into(first, &mut buffer).map(<[u8]>::len);
        let end = start.and_then(|start| Some(start + fold_into(second, &mut buffer[start..])?.len()));
        match end {
            Some(end) => self.search(&buffer[..end]),
            None => self.lookup(&[first, second].concat()),
        }
    }

    /// Whether the lexicon has the word, in any case, and it is not usually a misreading.
    pub fn is_word(&self, word: &str) -> bool {
        self.lookup(word).is_some_and(|entry| !entry.usually_misread())
    }

    /// Looks up a word that is in lower case with straight apostrophes already.
    pub fn lookup_folded(&self, folded: &[u8]) -> Option<Entry> {
        self.memo.get_or_insert(hash_folded(folded), || self.search(folded))
    }

    fn search(&self, folded: &[u8]) -> Option<Entry> {
        if let Some(entry) = self.get(folded) {
            return Some(entry);
        }
        let owner = folded.strip_suffix(b"'s").or_else(|| folded.strip_suffix(b"'").filter(|w| w.ends_with(b"s")))?;
        self.get(owner).map(|entry| entry.found_without_ending())
    }

    #[inline]
    fn get(&self, folded: &[u8]) -> Option<Entry> {
        let (first, more) = self.maps.split_first()?;
        let mut found = first.get(folded).map(Entry::from_value);
        for entry in more.iter().filter_map(|map| map.get(folded)).map(Entry::from_value) {
            found = Some(found.map_or(entry, |known| known.and(entry)));
        }
        found
    }

    /// How common the commonest of the words is that begin with `folded` and go on for two letters or more: the logarithm to
    /// base 2 of its count.
    pub fn commonest_longer(&self, folded: &str) -> Option<u8> {
        let mut most = None;
        for map in &self.maps {
            let mut stream = map.range().gt(folded).into_stream();
            while let Some((word, value)) = fst::Streamer::next(&mut stream) {
                if !word.starts_with(folded.as_bytes()) {
                    break;
                }
                let entry = Entry::from_value(value);
                if entry.may_be_meant() && word.len() >= folded.len() + 2 {
                    most = most.max(Some(entry.log2_frequency()));
                }
            }
        }
        most
    }

    /// Calls `take` with every word of every map, folded, and its entry in that map.
    pub fn each(&self, mut take: impl FnMut(&str, Entry)) {
        for map in &self.maps {
            let mut stream = map.stream();
            while let Some((word, value)) = fst::Streamer::next(&mut stream) {
                if let Ok(word) = std::str::from_utf8(word) {
                    take(word, Entry::from_value(value));
                }
            }
        }
    }

    /// The maps, for searching them with an automaton. Their keys are folded words; for the merged
    /// entry of a word, use [`Lexicon::lookup`].
    pub fn maps(&self) -> &[Arc<Words>] {
        &self.maps
    }
}

/// Folds a word of ASCII and apostrophes into `buffer`; `None` if it does not fit or has other letters.
fn fold_into<'b>(word: &str, buffer: &'b mut [u8]) -> Option<&'b [u8]> {
    let bytes = word.as_bytes();
    let (mut from, mut to) = (0, 0);
    while let Some(&byte) = bytes.get(from) {
        let (folded, length) = match byte {
            0..=127 => (byte.to_ascii_lowercase(), 1),
            // ’ and ‘ are e2 80 99 and e2 80 98.
            _ if matches!(bytes.get(from..from + 3)?, [0xe2, 0x80, 0x98 | 0x99]) => (b'\'', 3),
            _ => return None,
        };
        *buffer.get_mut(to)? = folded;
        from += length;
        to += 1;
    }
    buffer.get(..to)
}

#[cfg(all(test, feature = "english"))]
mod tests {
    use super::*;
    use crate::entry::{Region, Trust};

    fn english() -> Lexicon {
        Lexicon::in_place(descan_data_en::LEXICON).expect("the built-in lexicon")
    }

    fn known(word: &str) -> Entry {
        english().lookup(word).unwrap_or_else(|| panic!("{word} is a word"))
    }

    #[test]
    fn words_in_any_case_and_with_any_apostrophe() {
        assert_eq!(known("House"), known("house"));
        assert!(known("cat’s").possessive() && known("CLIENTS’").possessive());
        assert!(!known("it’s").possessive() && !known("o’er").possessive());
        assert!(known("café").lower());
        for unknown in ["", "tbe", "rnany", "hoube", "s", "T", "’s", "’", "thi1s"] {
            assert!(english().lookup(unknown).is_none(), "{unknown}");
        }
        assert!(english().lookup(&"long".repeat(40)).is_none());
    }

    #[test]
    fn trust_region_and_case_are_known() {
        assert_eq!((known("house").trust(), known("house").region()), (Trust::Trusted, Region::Everywhere));
        assert_eq!((known("color").region(), known("colour").region()), (Region::American, Region::British));
        assert_eq!(known("wuz").trust(), Trust::Attested);
        assert!(known("London").capitalised() && !known("London").lower());
        assert!(known("AI").other_case() && known("McCoy").other_case());
        assert!(known("Bill").lower() && known("Bill").capitalised());
        assert!(
            known("london").log2_frequency() > 8
                && known("the").log2_frequency() >= 20
                && known("the").log2_books() == 8
        );
        assert!(known("the").lower_share() > 0.9 && known("london").lower_share() < 0.1);
    }

    #[test]
    fn case_fits_or_not() {
        for (word, fits) in
            [("House", true), ("HOUSE", true), ("hoUse", false), ("london", false), ("London’s", true), ("I", true)]
        {
            assert_eq!(known(word).fits_case(word), fits, "{word}");
        }
    }

    #[test]
    fn words_that_are_usually_misread_have_entries_but_do_not_count_as_words() {
        assert!(known("tho").usually_misread() && known("aud").usually_misread() && !known("the").usually_misread());
        assert!(!english().is_word("aud") && english().is_word("and"));
    }

    #[test]
    fn damaged_bytes_are_refused() {
        let bytes = descan_data_en::LEXICON;
        let mut damaged = bytes.to_vec();
        damaged[bytes.len() / 2] ^= 1;
        assert!(Lexicon::open(damaged).is_err());
        assert!(Lexicon::open(&bytes[..bytes.len() - 1]).is_err());
        assert!(Lexicon::open(bytes).is_ok());
        assert!(Lexicon::default().lookup("the").is_none());
    }
}
