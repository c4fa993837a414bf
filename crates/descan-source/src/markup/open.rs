//! The elements that are open, where end tags may be missing or stray.

use std::collections::HashMap;

/// Open elements, each with what its source remembers of it.
#[derive(Debug)]
pub(crate) struct Open<T> {
    elements: Vec<(Box<str>, T)>,
    /// How many are open, by name: an end tag without a start must not be looked for.
    count: HashMap<Box<str>, usize>,
}

impl<T> Default for Open<T> {
    fn default() -> Open<T> {
        Open { elements: Vec::new(), count: HashMap::new() }
    }
}

impl<T> Open<T> {
    /// An element begins.
    pub(crate) fn push(&mut self, name: &str, what: T) {
        self.elements.push((name.into(), what));
        *self.count.entry(name.into()).or_default() += 1;
    }

    /// Ends the innermost element with this name and those inside it: returns the next of
    /// them from the inside out, and whether it was the last.
    pub(crate) fn pop(&mut self, name: &str) -> Option<(T, bool)> {
        if self.count.get(name).copied().unwrap_or(0) == 0 {
            return None;
        }
        let (inner, what) = self.elements.pop()?;
        if let Some(count) = self.count.get_mut(&inner) {
            *count -= 1;
        }
        let is_last = *inner == *name;
        Some((what, is_last))
    }
}
