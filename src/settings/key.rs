//! The keys of a settings file: one table that the reader, the merging,
//! `descan config` and the schema all go by.

use super::read::nearest;

/// A setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // The table below says what each is about.
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
    Exclude,
    Threads,
    Model,
    Decisions,
    Baseline,
}

/// What values a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A level of sureness.
    Level,
    /// `true` or `false`.
    Flag,
    /// A whole number between two others.
    Number(u64, u64),
    /// Names of rules or passes. They are known once own rules are loaded.
    Names,
    /// Some of these.
    Choices(&'static [&'static str]),
    /// Paths as in `.gitignore`, from the folder of the settings file.
    Globs,
    /// A file, from the folder of the settings file.
    File,
    /// Files or folders, from the folder of the settings file.
    Paths,
    /// A table: rules, and a level or `off` for each.
    Levels,
    /// Tables of words or a pattern, with the reason for each.
    Protect,
}

/// The name, kind, default and meaning of every key, in the order in which
/// they are shown.
const TABLE: [(Key, &str, Kind, &str, &str); 16] = [
    (Key::Level, "level", Kind::Level, "certain", "apply repairs of this level and surer"),
    (Key::FailOn, "fail-on", Kind::Level, "that of level", "`check` fails on findings of this level and surer"),
    (Key::MaxFindings, "max-findings", Kind::Number(0, 1 << 32), "0", "`check` passes with up to so many"),
    (Key::Select, "select", Kind::Names, "all", "run only these rules or passes"),
    (Key::Ignore, "ignore", Kind::Names, "none", "leave out these rules or passes"),
    (Key::Levels, "levels", Kind::Levels, "as the rules have it", "the surest level that a rule's repairs reach"),
    (Key::Protect, "protect", Kind::Protect, "none", "words and patterns that no repair touches"),
    (Key::Rules, "rules", Kind::Paths, "none", "folders of your own rules, as FOLDER/<pass>/<name>.toml"),
    (Key::Style, "style", Kind::Choices(&STYLES), "the document's own", "write these marks, whatever the text does"),
    (Key::Unwrap, "unwrap", Kind::Flag, "false", "put each paragraph on one line"),
    (Key::Wrap, "wrap", Kind::Number(20, 1000), "lines stay", "fill the lines of each paragraph up to so many columns"),
    (Key::Exclude, "exclude", Kind::Globs, "none", "leave out these files and folders, also where they are named"),
    (Key::Threads, "threads", Kind::Number(1, 1024), "one a core", "work on this many files at once"),
    (Key::Model, "model", Kind::Paths, "none", "files of words and counts to add to the English model"),
    (Key::Decisions, "decisions", Kind::File, "none", "readings that were accepted or refused before"),
    (Key::Baseline, "baseline", Kind::File, "none", "damage that is known; `check` fails on new damage only"),
];

/// The names of styles, as `--style` takes them.
pub const STYLES: [&str; 6] = ["curly", "straight", "ellipsis", "dots", "em-dash", "double-hyphen"];

/// The key that names a settings file to begin with. It is no setting itself.
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

    /// What holds where it is not set, in words.
    pub fn default_in_words(self) -> &'static str {
        self.row().3
    }

    /// What it is for, as a phrase.
    pub fn about(self) -> &'static str {
        self.row().4
    }

    /// Whether a later value is added to the earlier ones instead of taking
    /// their place: what describes an archive adds up, what is asked of a run
    /// does not.
    pub fn gathers(self) -> bool {
        matches!(self.kind(), Kind::Globs | Kind::Paths | Kind::Levels | Kind::Protect | Kind::Choices(_))
    }

    /// The end of a sentence about a name that is no key.
    pub(super) fn hint(name: &str) -> String {
        let names = || TABLE.iter().map(|row| row.1).chain([EXTEND]);
        match nearest(name, names()) {
            Some(near) => format!("did you mean {near:?}?"),
            None => format!("the keys are {}", names().collect::<Vec<_>>().join(", ")),
        }
    }

    fn row(self) -> &'static (Key, &'static str, Kind, &'static str, &'static str) {
        // The table is in the order of the variants; a test sees to it.
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
            let told = [format!("`{name}`"), format!("`[{name}]`"), format!("`[[{name}]]`")];
            assert!(told.iter().any(|told| docs.contains(told)), "docs/config.md lacks {name}");
        }
    }

    #[test]
    fn the_table_is_in_the_order_of_the_variants() {
        assert!(Key::all().enumerate().all(|(i, key)| key as usize == i));
    }
}
