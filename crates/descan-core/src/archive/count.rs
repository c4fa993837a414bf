//! How often something is in an archive.

use std::collections::BTreeMap;

/// In how many documents something is, and in how many places of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// How many documents have it.
    pub documents: u64,
    /// How many places have it.
    pub places: u64,
}

impl Count {
    /// The count of both; it stops at the largest number there is.
    fn plus(self, other: Count) -> Count {
        Count {
            documents: self.documents.saturating_add(other.documents),
            places: self.places.saturating_add(other.places),
        }
    }
}

/// Adds other counts, each to that of the same name.
pub(super) fn add_all<K: Clone + Ord>(counts: &mut BTreeMap<K, Count>, others: &BTreeMap<K, Count>) {
    for (name, &other) in others {
        // Nearly all names are there already, and need not be copied.
        match counts.get_mut(name) {
            Some(count) => *count = count.plus(other),
            None => {
                counts.insert(name.clone(), other);
            }
        }
    }
}
