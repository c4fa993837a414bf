//! The keys of a settings file: one table that reading, merging, `descan config`
//! and the schema all use.

use descan_core::evidence::style::STYLES;

use super::closest::closest;

/// A setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // The table below describes each.
pub enum Key {
    Level,
    FailOn,
    MaxFindings,
    Select,
    Ignore,
    Levels,
    Protect,
    Rules,
    Style,
    Unwrap,
    Wrap,
    Structure,
    Exclude,
    Threads,
    Model,
    Archive,
    Decisions,
    Baseline,
}

/// What values a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A confidence level.
    Level,
    /// `true` or `false`.
    Flag,
    /// A whole number between these two, inclusive.
    Number(u64, u64),
    /// Names of rules or passes. They can be checked once user rules are loaded.
    Names,
    /// A list of these choices.
    Choices(&'static [&'static str]),
    /// Patterns as in `.gitignore`, relative to the folder of the settings file.
    Globs,
    /// A file, relative to the folder of the settings file.
    File,
    /// Files or folders, relative to the folder of the settings file.
    Paths,
    /// A table that gives each rule a level or `off`.
    Levels,
    /// Tables, each with words or a pattern and a reason.
    Protect,
}

/// The name, kind, default and meaning of every key, in the order in which
/// they are shown.
const TABLE: [(Key, &str, Kind, &str, &str); 18] = [
    (Key::Level, "level", Kind::Level, "certain", "apply repairs at this level or surer"),
    (Key::FailOn, "fail-on", Kind::Level, "that of level", "`check` fails on findings at this level or surer"),
    (
        Key::MaxFindings,
        "max-findings",
        Kind::Number(0, 1 << 32),
        "0",
        "`check` tolerates up to this many findings that would fail it",
    ),
    (Key::Select, "select", Kind::Names, "all", "run only these rules or passes"),
    (Key::Ignore, "ignore", Kind::Names, "none", "do not run these rules or passes"),
    (Key::Levels, "levels", Kind::Levels, "set by each rule", "the highest level that a rule's repairs can reach"),
    (Key::Protect, "protect", Kind::Protect, "none", "words and patterns that no repair touches"),
    (Key::Rules, "rules", Kind::Paths, "none", "folders of your own rules, as FOLDER/<pass>/<name>.toml"),
    (Key::Style, "style", Kind::Choices(&STYLES), "the document's own", "use these marks, whatever the text uses"),
    (Key::Unwrap, "unwrap", Kind::Flag, "false", "join each paragraph into one line"),
    (Key::Wrap, "wrap", Kind::Number(20, 1000), "line breaks are kept", "rewrap paragraphs to this many columns"),
    (Key::Structure, "structure", Kind::Flag, "false", "split, join and remove elements of words in mark-up"),
    (Key::Exclude, "exclude", Kind::Globs, "none", "skip these files and folders, even if they are named"),
    (Key::Threads, "threads", Kind::Number(1, 1024), "one per core", "work on this many files at once"),
    (Key::Model, "model", Kind::Paths, "none", "custom models to add to the English one"),
    (Key::Archive, "archive", Kind::File, "none", "statistics of the archive that the texts are from"),
    (Key::Decisions, "decisions", Kind::File, "none", "decisions to apply: repairs accepted or refused earlier"),
    (Key::Baseline, "baseline", Kind::File, "none", "known findings; `check` fails only on new ones"),
];

/// The key that names a settings file to start from. It is not itself a setting.
pub const EXTEND: &str = "extend";

impl Key {
    /// Every key, in the order in which they are shown.
    pub fn all() -> impl Iterator<Item = Key> {
        TABLE.iter().map(|row| row.0)
    }

    /// The key of that name.
    pub fn named(name: &str) -> Option<Key> {
        TABLE.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    /// The name in a settings file.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// What values it takes.
    pub fn kind(self) -> Kind {
        self.row().2
    }

    /// The default, in words.
    pub fn default_in_words(self) -> &'static str {
        self.row().3
    }

    /// A description, as a phrase.
    pub fn about(self) -> &'static str {
        self.row().4
    }

    /// Whether a later value is added to the earlier ones instead of replacing
    /// them. Settings that describe an archive add up; settings that control a run
    /// do not.
    pub fn gathers(self) -> bool {
        matches!(self.kind(), Kind::Globs | Kind::Paths | Kind::Levels | Kind::Protect | Kind::Choices(_))
    }

    /// A hint for an unknown key, as the end of a sentence.
    pub(super) fn hint(name: &str) -> String {
        let names = || TABLE.iter().map(|row| row.1).chain([EXTEND]);
        match closest(name, names()) {
            Some(near) => format!("did you mean {near:?}?"),
            None => format!("the keys are {}", names().collect::<Vec<_>>().join(", ")),
        }
    }

    fn row(self) -> &'static (Key, &'static str, Kind, &'static str, &'static str) {
        // The table is in the order of the variants; a test checks this.
        &TABLE[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documentation_names_every_key() {
        let docs = include_str!("../../docs/config.md");
        for name in Key::all().map(Key::name).chain([EXTEND]) {
            let mentions = [format!("`{name}`"), format!("`[{name}]`"), format!("`[[{name}]]`")];
            assert!(mentions.iter().any(|mention| docs.contains(mention)), "docs/config.md lacks {name}");
        }
    }

    #[test]
    fn the_table_is_in_the_order_of_the_variants() {
        assert!(Key::all().enumerate().all(|(i, key)| key as usize == i));
    }
}
