//! What a rule is known by in the program.

use std::ops::Range;

use descan_rule_file::{CharSet, Lists, Literals, RuleFile};

use crate::measured::Count;
use crate::prior::Prior;
use crate::search::{Around, AtStart, InRules, Search};

/// A rule's place in its [`RuleSet`](crate::RuleSet). Every built-in rule has a
/// constant, generated from its file; a user's rules come after them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub(crate) u16);

/// The file of a built-in rule.
pub(crate) struct Source {
    /// The folder it lies in.
    pub pass: &'static str,
    /// The rule's name.
    pub name: &'static str,
    /// The file as it is.
    pub text: &'static str,
}

/// What a run needs of a built-in rule from its start.
#[derive(Debug)]
pub(crate) struct Head {
    /// The folder it lies in.
    pub pass: &'static str,
    /// The rule's name.
    pub name: &'static str,
    /// What it repairs.
    pub summary: &'static str,
    /// The surest level of its edits.
    pub level: &'static str,
    /// Names that the rule had.
    pub formerly: &'static [&'static str],
    /// Other names that select it.
    pub aliases: &'static [&'static str],
    /// How the places of its pattern are found.
    pub search: Option<Search<'static>>,
    /// Where the programs of its regexes begin and end in `PROGRAMS`, in the order of
    /// [`RuleFile::regexes`]; nothing lies there where only the library can be asked.
    pub programs: &'static [[usize; 2]],
    /// Its filter.
    pub filter: FilterHead,
    /// Where the bytes of its context lie in `CONTEXTS`; nothing where it has none.
    pub context: Range<usize>,
    /// The regex of its right form and what of its edits is counted together.
    pub style: Option<(&'static str, &'static str)>,
    /// The rules after which it is tried, and in how many places they must have mended the document.
    pub again: Option<(&'static [&'static str], usize)>,
    /// The whole file but for what only people read, as JSON.
    pub json: &'static str,
}

/// The programs of the regexes of the built-in rules.
pub(crate) static PROGRAMS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/programs.bin"));

/// Bytes that begin where a number of four bytes may lie, as automata are read in place.
#[repr(align(4))]
struct Aligned<B: ?Sized>(B);

static ALIGNED_FILTERS: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/filters.bin")));

/// The automata of the built-in rules, by which [`Filter`](crate::filter::Filter) goes.
pub(crate) static FILTERS: &[u8] = &ALIGNED_FILTERS.0;

/// Where the filter of a rule lies in [`FILTERS`].
#[derive(Debug)]
pub(crate) struct FilterHead {
    /// Its bytes; nothing where the rule has none.
    pub place: Range<usize>,
    /// Whether it is a dense automaton, or else a sparse one.
    pub is_dense: bool,
    /// Whether it finds nothing else than the pattern does.
    pub is_exact: bool,
}

/// What can stand around the literals of the built-in rules.
pub(crate) static CONTEXTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/contexts.bin"));

/// The word lists, tables and named regexes that are built in, those whose names are wanted.
pub(crate) fn built_in_lists(is_wanted: impl Fn(&str) -> bool) -> Lists {
    let mut lists = Lists::default();
    for (name, regexes) in PREPARED.iter().filter(|(name, _)| is_wanted(name)) {
        lists.add_prepared(name, *regexes);
    }
    for (name, text) in TABLES.iter().filter(|(name, _)| is_wanted(name)) {
        lists.add_map(name, text).unwrap_or_else(|line| panic!("rules/maps/{name}.tsv:{line}: there is no tab"));
    }
    for (name, text) in descan_data_en::WORDS.iter().filter(|(name, _)| is_wanted(name)) {
        lists.add_words(name, text);
    }
    lists
}

/// The source of a built-in rule's file.
pub(crate) fn built_in_source(name: &str) -> Option<&'static Source> {
    SOURCES.iter().find(|source| source.name == name)
}

/// The file of a built-in rule.
pub(crate) fn built_in_file(name: &str) -> Option<RuleFile> {
    let source = built_in_source(name)?;
    RuleFile::parse(&format!("rules/{}/{name}.toml", source.pass), source.text).ok()
}

/// The name that a built-in rule has today, for one that it once had; any other
/// name as it is.
pub fn current_name(name: &str) -> &str {
    FORMER_NAMES.iter().find(|(former, _)| *former == name).map_or(name, |(_, current)| current)
}

// `PRIORS`, what was learned of rules and passes; `SOURCES`, the files of all rules;
// `HEADS`, what of them is needed from the start; `LITERALS`, those of all patterns;
// `TABLES`, those of filters; `PREPARED`, what goes in the place of a regex's name, in a document and in a window;
// `FORMER_NAMES`, each with today's; and the constants of `RuleId`.
include!(concat!(env!("OUT_DIR"), "/rules.rs"));
