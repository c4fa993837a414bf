//! What a lexicon knows about a word.

use std::borrow::Cow;

/// One map of a lexicon.
pub type Words = fst::Map<Cow<'static, [u8]>>;

/// What the lexicon knows of a word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    bits: u32,
    possessive: bool,
}

/// How well established a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trust {
    /// Not in a dictionary, but in three or more printed books: dialect, old spelling, names.
    Attested,
    /// In large dictionaries only, or a less usual spelling.
    Rare,
    /// In dictionaries of ordinary size.
    Trusted,
}

/// The variety of English that a spelling belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// Used wherever English is written.
    Everywhere,
    /// American.
    American,
    /// British, and Australian and Canadian where they follow the British.
    British,
    /// A variant that dictionaries list beside the usual spelling.
    Variant,
}

impl Entry {
    /// The entry that a map stores as `value`.
    pub(crate) fn from_value(value: u64) -> Entry {
        Entry::unpack(value as u32 & 0x7_ffff)
    }

    /// The same entry, for a word that was looked up without its `’s` or `’`.
    pub(crate) fn found_without_ending(self) -> Entry {
        Entry { possessive: true, ..self }
    }

    /// The entry in twenty bits.
    pub fn pack(self) -> u32 {
        self.bits & 0x7_ffff | u32::from(self.possessive) << 19
    }

    /// The entry that [`Entry::pack`] packed.
    pub fn unpack(packed: u32) -> Entry {
        Entry { bits: packed & 0x7_ffff, possessive: packed >> 19 & 1 == 1 }
    }

    /// Merges the entries of two lexicons: the higher trust, the cases of both, and usually
    /// misread only if both say so; the region of the first, unless that is a variant; the share of
    /// lower case of the one with the higher count.
    pub(crate) fn and(self, other: Entry) -> Entry {
        let field = |entry: Entry, shift: u32, bits: u32| entry.bits >> shift & ((1 << bits) - 1);
        let trust = field(self, 0, 2).max(field(other, 0, 2));
        let cases = (self.bits | other.bits) & 0b111 << 4;
        let usually_misread = self.bits & other.bits & 1 << 7;
        let (one, two) = (field(self, 8, 5), field(other, 8, 5));
        let count = (one.max(two) + u32::from(one == two && one > 0)).min(31);
        let books = field(self, 13, 4).max(field(other, 13, 4));
        let lower_share = field(if two > one { other } else { self }, 17, 2);
        let region = if self.region() == Region::Variant { other.bits } else { self.bits } & 0b11 << 2;
        let bits = trust | region | cases | usually_misread | count << 8 | books << 13 | lower_share << 17;
        Entry { bits, possessive: self.possessive }
    }

    /// How well established the word is.
    pub fn trust(self) -> Trust {
        match self.bits & 3 {
            0 => Trust::Attested,
            1 => Trust::Rare,
            _ => Trust::Trusted,
        }
    }

    /// Whether the word is spelled as it was in earlier print: right where it stands, and never what a repair makes.
    pub fn is_of_earlier_print(self) -> bool {
        self.trust() == Trust::Trusted && self.region() == Region::Variant
    }

    /// Whether a repair may make the word: dictionaries of ordinary size have it, and it is no usual misreading.
    pub fn may_be_meant(self) -> bool {
        self.trust() == Trust::Trusted && !self.usually_misread() && !self.is_of_earlier_print()
    }

    /// The variety of English that the spelling belongs to.
    pub fn region(self) -> Region {
        match self.bits >> 2 & 3 {
            0 => Region::Everywhere,
            1 => Region::American,
            2 => Region::British,
            _ => Region::Variant,
        }
    }

    /// Whether the word is written in lower case: `house`.
    pub fn lower(self) -> bool {
        self.bits >> 4 & 1 == 1
    }

    /// Whether the word is written with a capital inside a sentence: `London`, `Bill`.
    pub fn capitalised(self) -> bool {
        self.bits >> 5 & 1 == 1
    }

    /// Whether the word is written with capitals elsewhere: `AI`, `McCoy`.
    pub fn other_case(self) -> bool {
        self.bits >> 6 & 1 == 1
    }

    /// Whether the word, where a scan has it, is nearly always a misreading of another: `tho`, `aud`.
    pub fn usually_misread(self) -> bool {
        self.bits >> 7 & 1 == 1
    }

    /// How often the word occurs in the texts that the model was built from: the logarithm to
    /// base 2 of the count plus one, rounded down. 0 means never, 6 once in a million words, 16
    /// once in a thousand.
    pub fn log2_frequency(self) -> u8 {
        (self.bits >> 8 & 31) as u8
    }

    /// In how many of the books that the model was built from the word occurs: the logarithm to
    /// base 2 of their number plus one, rounded down.
    pub fn log2_books(self) -> u8 {
        (self.bits >> 13 & 15) as u8
    }

    /// The approximate share of lower case among the occurrences inside sentences: 0.0 for up to
    /// 5 %, 0.25 up to a half, 0.75 up to 95 %, 1.0 above; also 1.0 for words with fewer than four
    /// occurrences.
    pub fn lower_share(self) -> f32 {
        [0.0, 0.25, 0.75, 1.0][(self.bits >> 17 & 3) as usize]
    }

    /// Whether the word was found without its `’s` or `’`.
    pub fn possessive(self) -> bool {
        self.possessive
    }

    /// Whether `word` is written in a case that the lexicon allows.
    ///
    /// A word in lower case may be capitalised (it may begin a sentence), and any word may be in
    /// all capitals; `london`, `ai` and `hoUse` do not fit.
    pub fn fits_case(self, word: &str) -> bool {
        let mut letters = word.trim_end_matches("’s").trim_end_matches("'s").chars().filter(|c| c.is_alphabetic());
        let first = letters.next().is_some_and(char::is_uppercase);
        let (mut upper, mut lower) = (false, false);
        for c in letters {
            if c.is_uppercase() { upper = true } else { lower = true }
        }
        match (first, upper, lower) {
            (false, false, _) => self.lower(),
            (true, false, true) => self.lower() || self.capitalised(),
            (true, _, false) => true,
            _ => self.other_case(),
        }
    }
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry")
            .field("trust", &self.trust())
            .field("region", &self.region())
            .field("lower", &self.lower())
            .field("capitalised", &self.capitalised())
            .field("other_case", &self.other_case())
            .field("usually_misread", &self.usually_misread())
            .field("log2_frequency", &self.log2_frequency())
            .field("log2_books", &self.log2_books())
            .field("lower_share", &self.lower_share())
            .field("possessive", &self.possessive())
            .finish()
    }
}
