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

/// How far the lexicon vouches for a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trust {
    /// Not in a dictionary, but in three or more printed books: dialect, old spelling, names.
    Attested,
    /// In large dictionaries only, or a less usual spelling.
    Rare,
    /// A word that dictionaries of ordinary size have.
    Trusted,
}

/// Where a spelling is at home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// Wherever English is written.
    Everywhere,
    /// American spelling.
    American,
    /// British spelling, and that of Australia and Canada where it follows the British.
    British,
    /// A spelling that dictionaries list besides the usual one.
    Variant,
}

impl Entry {
    /// The entry that a value of a map stands for.
    pub(crate) fn from_value(value: u64) -> Entry {
        Entry::unpack(value as u32 & 0x7_ffff)
    }

    /// The same, of a word that was looked up without its `’s` or `’`.
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

    /// What two lexica say of a word together: the trust, the cases and the freedom from suspicion
    /// that either grants; where it is at home, the first says; how it is mostly written, the one
    /// that met it more often.
    pub(crate) fn and(self, other: Entry) -> Entry {
        let field = |entry: Entry, shift: u32, bits: u32| entry.bits >> shift & ((1 << bits) - 1);
        let trust = field(self, 0, 2).max(field(other, 0, 2));
        let cases = (self.bits | other.bits) & 0b111 << 4;
        let suspect = self.bits & other.bits & 1 << 7;
        let (one, two) = (field(self, 8, 5), field(other, 8, 5));
        let count = (one.max(two) + u32::from(one == two && one > 0)).min(31);
        let books = field(self, 13, 4).max(field(other, 13, 4));
        let lower_share = field(if two > one { other } else { self }, 17, 2);
        let bits = trust | self.bits & 0b11 << 2 | cases | suspect | count << 8 | books << 13 | lower_share << 17;
        Entry { bits, possessive: self.possessive }
    }

    /// How far the lexicon vouches for the word.
    pub fn trust(self) -> Trust {
        match self.bits & 3 {
            0 => Trust::Attested,
            1 => Trust::Rare,
            _ => Trust::Trusted,
        }
    }

    /// Where the spelling is at home.
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

    /// Whether the word in scans is nearly always a misreading of another: `tho`, `aud`.
    pub fn suspect(self) -> bool {
        self.bits >> 7 & 1 == 1
    }

    /// How often the texts behind the model have the word: the logarithm to base 2 of one more
    /// than the count, rounded down. 0 is never, 6 once in a million words, 16 once in a thousand.
    pub fn commonness(self) -> u8 {
        (self.bits >> 8 & 31) as u8
    }

    /// In how many of the books behind the model the word occurs: the logarithm to base 2 of one
    /// more than their number, rounded down.
    pub fn books(self) -> u8 {
        (self.bits >> 13 & 15) as u8
    }

    /// The share of lower case among the occurrences inside sentences, roughly: 0.0 for up to 5 %,
    /// 0.25 up to a half, 0.75 up to 95 %, 1.0 above, and 1.0 if the
    /// texts have the word fewer than four times.
    pub fn lower_share(self) -> f32 {
        [0.0, 0.25, 0.75, 1.0][(self.bits >> 17 & 3) as usize]
    }

    /// Whether the word was found without its `’s` or `’`.
    pub fn possessive(self) -> bool {
        self.possessive
    }

    /// Whether the letters of `word` have the case the word is known in.
    ///
    /// Lower case may be capitalised (a sentence may start with it) and all words may be in capitals
    /// throughout; `london`, `ai` and `hoUse` are what does not fit.
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
            .field("suspect", &self.suspect())
            .field("commonness", &self.commonness())
            .field("books", &self.books())
            .field("lower_share", &self.lower_share())
            .field("possessive", &self.possessive())
            .finish()
    }
}
