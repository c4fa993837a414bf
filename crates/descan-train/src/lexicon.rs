//! From word lists and counts to the bytes of the lexicon.
//!
//! The lists are those of SCOWL (“Spell Checker Oriented Word Lists” by Kevin Atkinson),
//! whose file names say what they hold: `british-words.60`.

use std::collections::BTreeMap;

use descan_lang::entry::Trust;
use descan_lang::lexicon::Lexicon;
use descan_text::token::{is_apostrophe, words};
use rustc_hash::{FxHashMap, FxHashSet};

use super::confusable::readings;
use super::count::{Cases, Counts, WordCount};

/// One word list.
#[derive(Clone, Debug)]
pub struct List {
    /// The file name: what spelling, what kind of words, and how large a dictionary has them.
    pub name: String,
    /// One word a line.
    pub text: String,
}

/// Why no lexicon could be built.
#[derive(Debug, thiserror::Error)]
pub enum LexiconBuildError {
    /// No list has a name that tells what it holds.
    #[error("no word lists: none is named like `english-words.50`")]
    NoLists,
    /// The map could not be written.
    #[error("the map cannot be built: {0}")]
    Map(#[from] fst::Error),
}

/// The largest list whose words are trusted: a large dictionary.
const TRUSTED_SIZE: u32 = 70;
/// The largest list that is used: a huge dictionary. The next one holds more misspellings than words.
const RARE_SIZE: u32 = 80;
/// Books a word must occur in to be taken from the texts.
const ATTESTED_BOOKS: u32 = 3;
/// Occurrences a word must have to be taken from the texts.
const ATTESTED_COUNT: u32 = 4;
/// How much more frequent another reading makes a word of the texts a likely misprint.
const MISPRINT_RATIO: u32 = 200;
/// How much more frequent two words apart make a word of the texts a likely run-on.
const RUN_ON_RATIO: u32 = 50;
/// An abbreviation that the texts have less often than this is not trusted.
const ABBREVIATION_COUNT: u32 = 50;

/// The bytes of a lexicon; the same input gives the same bytes.
///
/// `extra` has further words, one a line; `period` has spellings of earlier print, which are known and never
/// meant by a repair; `suspects` is a table whose first column names the
/// words that scans have nearly always in place of others. Lines with `#` are comments.
pub fn lexicon(
    lists: &[List],
    extra: &str,
    period: &str,
    suspects: &str,
    counts: &Counts,
) -> Result<Vec<u8>, LexiconBuildError> {
    let mut entries = BTreeMap::new();
    for list in lists {
        take_list(&mut entries, list);
    }
    if entries.is_empty() {
        return Err(LexiconBuildError::NoLists);
    }
    for word in lines(extra) {
        take_word(&mut entries, word, |draft| {
            draft.everywhere = true;
            draft.trusted = true;
            draft.abbreviation_only = false;
        });
    }
    let is_usual = |draft: &Draft| draft.trusted && !draft.abbreviation_only;
    let usual: FxHashSet<String> =
        entries.iter().filter(|(_, draft)| is_usual(draft)).map(|(w, _)| w.clone()).collect();
    for word in lines(period).filter(|word| !usual.contains(&word.to_lowercase())) {
        take_word(&mut entries, word, Draft::be_of_earlier_print);
    }
    let found = by_term(counts);
    for (word, draft) in &mut entries {
        if let Some(&counted) = found.get(word.as_str()) {
            draft.learn(counted, ATTESTED_BOOKS);
        }
        draft.trusted &= !draft.abbreviation_only || draft.count >= ABBREVIATION_COUNT;
    }
    for word in attested(&found, counts, ATTESTED_BOOKS, |term| !entries.contains_key(term)) {
        let mut draft = Draft::default();
        draft.learn(word, ATTESTED_BOOKS);
        if draft.has_case() {
            entries.insert(word.term.clone(), draft);
        }
    }
    for line in lines(suspects) {
        let word = line.split('\t').next().unwrap_or_default();
        if let Some(draft) = entries.get_mut(word) {
            draft.suspect = true;
        }
    }
    Ok(map(&entries)?)
}

/// The bytes of a lexicon of someone's own texts, to be laid over another: the words of `extra`,
/// and those of the counts that do not look like misprints. The texts being clean and of the very
/// kind that is to be repaired, all of them are trusted, and one book is enough.
///
/// # Errors
/// When the map cannot be written.
pub fn own_lexicon(extra: &str, counts: &Counts) -> Result<Vec<u8>, LexiconBuildError> {
    let mut entries = BTreeMap::new();
    for word in lines(extra) {
        take_word(&mut entries, word, |_| {});
    }
    let found = by_term(counts);
    for word in attested(&found, counts, 1, |_| true) {
        let draft: &mut Draft = entries.entry(word.term.clone()).or_default();
        draft.learn(word, 1);
        if !draft.has_case() {
            entries.remove(&word.term);
        }
    }
    for draft in entries.values_mut() {
        (draft.everywhere, draft.listed, draft.trusted) = (true, true, true);
    }
    Ok(map(&entries)?)
}

/// The bytes of a lexicon that has the spellings of earlier print in `period` besides, for whom the counts are not at
/// hand that it was built from. `log2_count` tells how common a word is that the lexicon lacks.
///
/// # Errors
/// When the map cannot be written.
pub fn with_earlier_print(
    lexicon: &Lexicon,
    period: &str,
    log2_count: impl Fn(&str) -> u8,
) -> Result<Vec<u8>, LexiconBuildError> {
    const FREQUENCY: u64 = 31 << 8;
    let mut values: BTreeMap<String, u64> = BTreeMap::new();
    lexicon.each(|word, entry| {
        values.insert(word.to_owned(), u64::from(entry.pack()));
    });
    let mut entries = BTreeMap::new();
    for word in lines(period) {
        take_word(&mut entries, word, Draft::be_of_earlier_print);
    }
    for (word, draft) in entries {
        if lexicon.lookup(&word).is_some_and(|e| e.trust() == Trust::Trusted && !e.is_of_earlier_print()) {
            continue;
        }
        let counted = u64::from(log2_count(&word).min(31)) << 8;
        // The trust and the region are those of the draft, the cases of both, the counts those of before.
        let value = match values.get(&word) {
            Some(known) => known & !0b1111 | draft.value() & 0b111_1111,
            None => draft.value() & !FREQUENCY | counted,
        };
        values.insert(word, value);
    }
    let mut map = fst::MapBuilder::memory();
    for (word, value) in values {
        map.insert(word, value)?;
    }
    Ok(map.into_inner()?)
}

fn map(entries: &BTreeMap<String, Draft>) -> Result<Vec<u8>, fst::Error> {
    let mut map = fst::MapBuilder::memory();
    for (word, draft) in entries {
        map.insert(word, draft.value())?;
    }
    map.into_inner()
}

fn by_term(counts: &Counts) -> FxHashMap<&str, &WordCount> {
    counts.words.iter().map(|word| (word.term.as_str(), word)).collect()
}

/// What becomes an entry.
#[derive(Clone, Debug, Default)]
struct Draft {
    everywhere: bool,
    american: bool,
    british: bool,
    listed: bool,
    trusted: bool,
    abbreviation_only: bool,
    lower: bool,
    title: bool,
    other: bool,
    suspect: bool,
    count: u32,
    books: u32,
    cases: Cases,
}

impl Draft {
    /// Adds what the texts say, the cases in which they write the word included, if as many `books`
    /// have it as are asked for.
    fn learn(&mut self, counted: &WordCount, books: u32) {
        self.count = counted.count;
        self.books = counted.books;
        self.cases = counted.cases;
        let Cases { lower, title, mixed, .. } = counted.cases;
        let all = lower + title + mixed;
        let usual = |count: u32| count >= ATTESTED_COUNT && count * 5 >= all && counted.books >= books;
        self.lower |= usual(lower);
        self.title |= usual(title);
        self.other |= usual(mixed);
    }

    /// Makes it a spelling that is known, and no word of a dictionary.
    fn be_of_earlier_print(&mut self) {
        (self.everywhere, self.american, self.british) = (false, false, false);
        (self.trusted, self.abbreviation_only) = (true, false);
    }

    fn has_case(&self) -> bool {
        self.lower || self.title || self.other
    }

    fn value(&self) -> u64 {
        let trust = match (self.listed, self.trusted) {
            (_, true) => 2,
            (true, false) => 1,
            (false, false) => 0,
        };
        let region = match (self.everywhere || !self.listed, self.american, self.british) {
            (true, ..) | (_, true, true) => 0,
            (_, true, false) => 1,
            (_, false, true) => 2,
            (_, false, false) => 3,
        };
        let Cases { lower, title, mixed, .. } = self.cases;
        let all = lower + title + mixed;
        let lower_share = match all {
            0..ATTESTED_COUNT => 3,
            _ if lower * 20 <= all => 0,
            _ if lower * 2 <= all => 1,
            _ if lower * 20 < all * 19 => 2,
            _ => 3u32,
        };
        let log = |count: u32, most: u32| u64::from((count + 1).ilog2().min(most));
        trust
            | region << 2
            | u64::from(self.lower) << 4
            | u64::from(self.title) << 5
            | u64::from(self.other) << 6
            | u64::from(self.suspect) << 7
            | log(self.count, 31) << 8
            | log(self.books, 15) << 13
            | u64::from(lower_share) << 17
    }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Takes the words of a list whose name says that it is wanted.
fn take_list(entries: &mut BTreeMap<String, Draft>, list: &List) {
    let Some((spelling, kind, size)) = name_parts(&list.name) else { return };
    if size > RARE_SIZE {
        return;
    }
    for line in lines(&list.text) {
        // Possessives are left to the reader; “it’s” is more than one.
        if kind != "contractions" && line.ends_with("'s") {
            continue;
        }
        take_word(entries, line, |draft| {
            match spelling {
                "english" => draft.everywhere = true,
                "american" => draft.american = true,
                "british" | "british_z" | "canadian" | "australian" => draft.british = true,
                _ => return,
            }
            draft.abbreviation_only &= kind == "abbreviations";
            draft.trusted |= size <= TRUSTED_SIZE;
        });
    }
}

/// Spelling, kind and size of a wanted list.
fn name_parts(name: &str) -> Option<(&str, &str, u32)> {
    let (name, size) = name.rsplit_once('.')?;
    let (spelling, kind) = name.split_once('-')?;
    let wanted = matches!(
        spelling,
        "english"
            | "american"
            | "british"
            | "british_z"
            | "canadian"
            | "australian"
            | "variant_1"
            | "british_variant_1"
    );
    wanted.then_some((spelling, kind, size.parse().ok()?))
}

/// Takes a word in the case it is written in, without apostrophes around it.
fn take_word(entries: &mut BTreeMap<String, Draft>, word: &str, note: impl FnOnce(&mut Draft)) {
    let word = word.trim_matches(is_apostrophe);
    let key = word.to_lowercase();
    let single = words(word).next().is_some_and(|t| t.span() == (0..word.len()));
    let letter_alone = word.chars().nth(1).is_none() && !matches!(key.as_str(), "a" | "i" | "o");
    if !single || letter_alone {
        return;
    }
    let draft = entries.entry(key).or_insert_with(|| Draft { abbreviation_only: true, ..Draft::default() });
    draft.listed = true;
    let mut cases = Cases::default();
    cases.add(word);
    draft.lower |= cases.lower > 0;
    draft.title |= cases.title > 0;
    draft.other |= cases.mixed > 0 || (cases.upper > 0 && word.chars().nth(1).is_some());
    note(draft);
}

/// The words of the texts that are wanted and that as many `books` have, unless they look like misprints.
fn attested<'c>(
    found: &FxHashMap<&'c str, &'c WordCount>,
    counts: &'c Counts,
    books: u32,
    is_wanted: impl Fn(&str) -> bool,
) -> Vec<&'c WordCount> {
    let pairs: FxHashMap<[&str; 2], u32> =
        counts.pairs.iter().map(|p| (p.terms.map(|t| counts.words[t as usize].term.as_str()), p.count)).collect();
    let frequency = |word: &str| found.get(word).map_or(0, |w| w.count);
    let misprint = |w: &WordCount| readings(&w.term).any(|r| frequency(&r) >= w.count.saturating_mul(MISPRINT_RATIO));
    let run_on = |w: &WordCount| {
        let cuts = w.term.char_indices().skip(1).map(|(at, _)| w.term.split_at(at));
        let apart = |(a, b)| pairs.get(&[a, b]).copied().unwrap_or(0);
        cuts.map(apart).any(|apart| apart >= w.count.saturating_mul(RUN_ON_RATIO))
    };
    let usual =
        |w: &&WordCount| w.books >= books && w.count >= ATTESTED_COUNT && is_plain(&w.term) && is_wanted(&w.term);
    counts.words.iter().filter(usual).filter(|w| !misprint(w) && !run_on(w)).collect()
}

/// Whether a term is letters, two at least, with apostrophes only inside, and no possessive.
fn is_plain(term: &str) -> bool {
    term.chars().nth(1).is_some() && term.chars().all(|c| c.is_alphabetic() || c == '\'') && !term.ends_with("'s")
}

#[cfg(test)]
mod tests {
    use super::*;
    use descan_lang::entry::Region;

    fn built() -> Lexicon {
        let list = |name: &str, text: &str| List { name: name.into(), text: text.into() };
        let lists = [
            list("english-words.10", "house\nthe\nhouse's\nb\ntho\n"),
            list("english-words.80", "houselet\n"),
            list("english-words.95", "thc\n"),
            list("american-words.35", "color\n"),
            list("british-words.35", "colour\n"),
            list("variant_1-words.60", "colur\n"),
            list("english-contractions.10", "it's\n'em\n"),
            list("english-upper.50", "McCoy\nLondon\n"),
            list("english-abbreviations.50", "np\n"),
            list("special-hacker.50", "foobar\n"),
        ];
        let usual = "the house of the ".repeat(500);
        let book = format!("{usual}the gwyne house and the tbe, gwyne. The tbe ofthe gwyne ofthe gwyne");
        let book = crate::count::Book { text: book, weight: 1 };
        let counts = crate::count::count(&[book.clone(), book.clone(), book]);
        let bytes = lexicon(&lists, "# more\nhmmm\n", "publick\nhouse\ncolur\n", "tho\tthe\tby counts\n", &counts)
            .expect("lists were given");
        Lexicon::open(bytes).expect("a sound map")
    }

    #[test]
    fn lists_give_trust_region_and_case() {
        let lexicon = built();
        let entry = |word: &str| lexicon.lookup(word).unwrap_or_else(|| panic!("{word} was listed"));
        assert_eq!(entry("house").trust(), Trust::Trusted);
        assert_eq!(entry("houselet").trust(), Trust::Rare);
        assert_eq!(entry("np").trust(), Trust::Rare);
        assert_eq!(entry("hmmm").trust(), Trust::Trusted);
        assert_eq!(entry("color").region(), Region::American);
        assert_eq!(entry("colour").region(), Region::British);
        assert_eq!((entry("colur").region(), entry("colur").trust()), (Region::Variant, Trust::Trusted));
        assert!(entry("publick").is_of_earlier_print() && !entry("publick").may_be_meant());
        assert!(!entry("house").is_of_earlier_print() && entry("house").may_be_meant());
        assert!(entry("mccoy").other_case() && entry("london").capitalised() && !entry("london").lower());
        assert!(entry("house's").possessive() && !entry("it's").possessive() && entry("em").lower());
        assert!(entry("tho").usually_misread());
        for absent in ["thc", "foobar", "b"] {
            assert!(lexicon.lookup(absent).is_none(), "{absent}");
        }
    }

    #[test]
    fn spellings_of_earlier_print_are_laid_over() {
        let both = with_earlier_print(&built(), "ancle\nhouse\ngwyne\n", |_| 4).expect("sound");
        let lexicon = Lexicon::open(both).expect("a sound map");
        let entry = |word: &str| lexicon.lookup(word).expect("known");
        assert!(entry("ancle").is_of_earlier_print() && entry("ancle").lower());
        assert_eq!(entry("ancle").log2_frequency(), 4);
        assert!(entry("gwyne").is_of_earlier_print() && entry("gwyne").log2_books() == 2);
        assert_eq!(entry("house"), built().lookup("house").expect("known"));
    }

    #[test]
    fn texts_give_words_but_no_misprints_and_no_run_ons() {
        let lexicon = built();
        assert_eq!(lexicon.lookup("gwyne").map(|e| e.trust()), Some(Trust::Attested));
        assert!(lexicon.lookup("tbe").is_none() && lexicon.lookup("ofthe").is_none());
        assert_eq!(lexicon.lookup("the").map(|e| e.log2_books()), Some(2));
    }

    #[test]
    fn without_lists_there_is_no_lexicon() {
        assert!(lexicon(&[], "word", "", "", &Counts::default()).is_err());
    }
}
