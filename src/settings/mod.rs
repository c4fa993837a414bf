//! Settings: what a `descan.toml` may contain, and how several of them are merged
//! with the command line. This module parses text; `setup` reads the files.
//! `docs/config.md` describes the format.

mod closest;
mod key;
mod layer;
mod read;
mod schema;
mod value;

use std::path::Path;

use descan_core::protect::ProtectEntry;
use descan_text::level::Level;

pub use key::{EXTEND, Key, Kind};
pub use layer::Layer;
pub use schema::schema;
pub use value::{Item, Origin, Place, Placed, Refusal};

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
