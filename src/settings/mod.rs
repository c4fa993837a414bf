//! Settings: what a `descan.toml` may contain, and how several of them are merged
//! with the command line. This module parses text; `setup` reads the files.
//! `docs/config.md` describes the format.

mod key;
mod read;
mod schema;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;

pub use key::{EXTEND, Key, Kind, STYLES};
pub use schema::schema;

use descan_core::protect::ProtectEntry;
use descan_text::escape::visible;
use descan_text::level::Level;

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A settings file.
    File(Place),
    /// A command line option.
    CommandLine(&'static str),
}

/// A place in a settings file; lines and columns count from 1, columns in code
/// points.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Place {
    pub path: Arc<Path>,
    pub line: usize,
    pub column: usize,
}

/// A value with its origin.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Placed<T> {
    pub value: T,
    pub origin: Origin,
}

/// One value. A setting has one, or a list of them.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// For [`Kind::Level`].
    Level(Level),
    /// For [`Kind::Flag`].
    Flag(bool),
    /// For [`Kind::Number`].
    Number(u64),
    /// One of [`Kind::Names`] or [`Kind::Choices`].
    Text(String),
    /// For [`Kind::File`], or one of [`Kind::Paths`], joined to the folder of the
    /// settings file.
    Path(PathBuf),
    /// One of [`Kind::Globs`], with the folder it is relative to.
    Glob(PathBuf, String),
    /// One of [`Kind::Levels`]: a rule with its level, or `None` for off.
    RuleLevel(String, Option<Level>),
    /// One of [`Kind::Protect`].
    Protect(ProtectEntry),
}

/// Why a settings file is invalid: one sentence that says where and how to fix it.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{place}: {what}")]
pub struct Refusal {
    /// Where.
    pub place: Place,
    /// What is wrong and what to do.
    pub what: String,
}

/// The settings from one file or from the command line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layer {
    /// The file that this one extends, with its path joined to this file's folder.
    pub extend: Option<Placed<PathBuf>>,
    values: Vec<(Key, Vec<Placed<Item>>)>,
}

/// The settings in force for a run: all layers merged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    values: Vec<(Key, Vec<Placed<Item>>)>,
}

impl Layer {
    /// Parses a settings file. `path` is its path, for messages and as the base of
    /// relative paths in it.
    ///
    /// # Errors
    /// The first error in it.
    pub fn parse(path: &Path, source: &str) -> Result<Layer, Refusal> {
        read::layer(path, source)
    }

    /// Sets a key from a command line option.
    pub fn set(&mut self, key: Key, option: &'static str, items: impl IntoIterator<Item = Item>) {
        let placed = |value| Placed { value, origin: Origin::CommandLine(option) };
        self.values.push((key, items.into_iter().map(placed).collect()));
    }
}

impl Settings {
    /// Merges layers; later ones win. See [`Key::gathers`].
    pub fn merged(layers: impl IntoIterator<Item = Layer>) -> Settings {
        let mut values: Vec<(Key, Vec<Placed<Item>>)> = Vec::new();
        for (key, items) in layers.into_iter().flat_map(|layer| layer.values) {
            match values.iter_mut().find(|(k, _)| *k == key) {
                Some((_, earlier)) if key.gathers() => earlier.extend(items),
                Some((_, earlier)) => *earlier = items,
                None => values.push((key, items)),
            }
        }
        Settings { values }
    }

    /// The values of a key with their origins; `None` if it is not set.
    pub fn items(&self, key: Key) -> Option<&[Placed<Item>]> {
        self.values.iter().find(|(k, _)| *k == key).map(|(_, items)| items.as_slice())
    }

    /// The value of a [`Kind::Level`].
    pub fn level(&self, key: Key) -> Option<Level> {
        self.all(key).find_map(|item| if let Item::Level(level) = item { Some(*level) } else { None })
    }

    /// The value of a [`Kind::Flag`].
    pub fn flag(&self, key: Key) -> Option<bool> {
        self.all(key).find_map(|item| if let Item::Flag(flag) = item { Some(*flag) } else { None })
    }

    /// The value of a [`Kind::Number`].
    pub fn number(&self, key: Key) -> Option<u64> {
        self.all(key).find_map(|item| if let Item::Number(number) = item { Some(*number) } else { None })
    }

    /// The values of [`Kind::Names`] and [`Kind::Choices`].
    pub fn texts(&self, key: Key) -> Vec<String> {
        self.all(key).filter_map(|item| if let Item::Text(text) = item { Some(text.clone()) } else { None }).collect()
    }

    /// The values of a [`Kind::Paths`], or the single value of a [`Kind::File`].
    pub fn paths(&self, key: Key) -> Vec<&Path> {
        self.all(key).filter_map(|item| if let Item::Path(path) = item { Some(path.as_path()) } else { None }).collect()
    }

    /// The words and patterns that no repair touches, with their places.
    pub fn protected(&self) -> Vec<Placed<ProtectEntry>> {
        let entry = |item: &Placed<Item>| match &item.value {
            Item::Protect(entry) => Some(Placed { value: entry.clone(), origin: item.origin.clone() }),
            _ => None,
        };
        self.items(Key::Protect).unwrap_or_default().iter().filter_map(entry).collect()
    }

    fn all(&self, key: Key) -> impl Iterator<Item = &Item> {
        self.items(key).unwrap_or_default().iter().map(|item| &item.value)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", visible(&self.path.to_string_lossy()), self.line, self.column)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::File(place) => place.fmt(f),
            Origin::CommandLine(option) => f.write_str(option),
        }
    }
}
