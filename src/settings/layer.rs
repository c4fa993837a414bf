//! The settings from one source, before they are merged.

use std::path::PathBuf;

use super::key::Key;
use super::value::{Item, Origin, Placed};

/// The settings from one file or from the command line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layer {
    /// The file that this one extends, with its path joined to this file's folder.
    pub extend: Option<Placed<PathBuf>>,
    pub(super) values: Vec<(Key, Vec<Placed<Item>>)>,
}

impl Layer {
    /// Sets a key from a command line option.
    pub fn set(&mut self, key: Key, option: &'static str, items: impl IntoIterator<Item = Item>) {
        let placed = |value| Placed { value, origin: Origin::CommandLine(option) };
        self.values.push((key, items.into_iter().map(placed).collect()));
    }
}
