//! The conditions of a rule, as they are checked.

use descan_rule_file as file;
use descan_text::layout::Region;

use crate::lazy_regex::LazyRegex;

/// What must hold where a pattern matches.
#[derive(Debug)]
pub struct Conditions {
    /// The kinds of text.
    pub regions: Regions,
    /// Words of which something must hold.
    pub words: Vec<(WordTest, Words)>,
    /// Pairs of groups that have the same letters, whatever their case.
    pub same: Vec<[Words; 2]>,
    /// By how many nats the repair must go better between its neighbours.
    pub gain: Option<f32>,
    /// What ends where the place begins.
    pub before: Option<LazyRegex>,
    /// What begins where the place ends.
    pub after: Option<LazyRegex>,
    /// Right text, which must not lie across the place.
    pub not: Vec<LazyRegex>,
    /// What the document must have somewhere.
    pub document_has: Vec<LazyRegex>,
    /// What the document must have nowhere.
    pub document_lacks: Vec<LazyRegex>,
    /// Whether the document must write curly quotes, or straight ones.
    pub curly: Option<bool>,
    /// Whether the passage, or the whole document, must have words that a scan misread.
    pub misread: bool,
    /// In how many places of the document the rule must match at least.
    pub places: usize,
}

/// What must hold of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordTest {
    /// The lexicon has them.
    Known,
    /// The lexicon has not all of them.
    Unknown,
    /// They are usual words.
    Common,
    /// Not all of them are usual words.
    Rare,
    /// The document has them at another place.
    Seen,
    /// The document has not all of them at another place.
    Unseen,
    /// The document has the same, letter for letter, at another place.
    Written,
}

/// Which words of a match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// Those that what is replaced touches.
    Old,
    /// Those that the repair makes or touches.
    New,
    /// Those that a group touches.
    Group(String),
}

/// A set of regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Regions(u16);

impl Regions {
    /// Whether a region is among them.
    pub fn have(self, region: Region) -> bool {
        self.0 >> region as u16 & 1 == 1
    }

    /// All regions.
    pub(crate) fn all() -> Regions {
        Regions::of(|_| true)
    }

    /// Those that a rule may touch which names none.
    pub(crate) fn usual() -> Regions {
        Regions::of(|region| !matches!(region, Region::Code | Region::Table))
    }

    fn of(is_in: impl Fn(Region) -> bool) -> Regions {
        let set = Region::ALL.into_iter().filter(|&region| is_in(region));
        Regions(set.fold(0, |bits, region| bits | 1 << region as u16))
    }

    fn named(names: &[String]) -> Result<Regions, String> {
        let mut bits = 0;
        for name in names {
            let found = match name.as_str() {
                "any" => Regions::all(),
                "running" => Regions::of(Region::is_running),
                name => Regions::of(|region| region.name() == name),
            };
            if found.0 == 0 {
                let known: Vec<&str> = Region::ALL.iter().map(|region| region.name()).collect();
                return Err(format!("region: unknown region {name:?}; known are any, running, {}", known.join(", ")));
            }
            bits |= found.0;
        }
        Ok(Regions(bits))
    }
}

impl Words {
    fn named(name: &str) -> Words {
        match name {
            "old" => Words::Old,
            "new" => Words::New,
            name => Words::Group(name.to_owned()),
        }
    }
}

impl Conditions {
    /// The conditions of a table of a rule's file; `regions` are those where it
    /// names none. `regexes` gives theirs, in order.
    ///
    /// # Errors
    /// One sentence that names what is unknown.
    pub(crate) fn from_file(
        file: &file::Conditions,
        regions: Regions,
        regexes: &mut impl Iterator<Item = LazyRegex>,
    ) -> Result<Conditions, String> {
        let mut words = Vec::new();
        for (test, names) in [
            (WordTest::Known, &file.known),
            (WordTest::Unknown, &file.unknown),
            (WordTest::Common, &file.common),
            (WordTest::Rare, &file.rare),
            (WordTest::Seen, &file.seen),
            (WordTest::Unseen, &file.unseen),
            (WordTest::Written, &file.written),
        ] {
            words.extend(names.iter().map(|name| (test, Words::named(name))));
        }
        let curly = match file.quotes.as_str() {
            "" => None,
            "curly" => Some(true),
            "straight" => Some(false),
            other => return Err(format!("quotes = {other:?}: a document writes \"curly\" or \"straight\" ones")),
        };
        Ok(Conditions {
            regions: if file.region.is_empty() { regions } else { Regions::named(&file.region)? },
            words,
            same: file.same.iter().map(|pair| [Words::named(&pair[0]), Words::named(&pair[1])]).collect(),
            gain: file.gain,
            before: if file.before.is_empty() { None } else { regexes.next() },
            after: if file.after.is_empty() { None } else { regexes.next() },
            not: regexes.by_ref().take(file.not.len()).collect(),
            document_has: regexes.by_ref().take(file.document_has.len()).collect(),
            document_lacks: regexes.by_ref().take(file.document_lacks.len()).collect(),
            curly,
            misread: file.misread,
            places: file.places.unwrap_or(1) as usize,
        })
    }

    /// All regexes.
    pub(crate) fn regexes(&self) -> impl Iterator<Item = &LazyRegex> {
        let lists = [&self.not, &self.document_has, &self.document_lacks];
        self.before.iter().chain(&self.after).chain(lists.into_iter().flatten())
    }
}
