//! Finds the decision for a place: an exact match, or a place whose surroundings
//! have been repaired since.

use rustc_hash::FxHashMap;

use super::Context;

/// Decisions about one reading at several places.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    exact: FxHashMap<Context, usize>,
    /// By pairs of neighbouring words near the place.
    by_pair: FxHashMap<(String, String), Vec<usize>>,
    /// By the letters next to the place.
    by_letters: FxHashMap<String, Vec<usize>>,
    list: Vec<(Context, usize)>,
}

impl Places {
    /// Adds the place of entry `index`; returns the entry already there, if any.
    pub(super) fn add(&mut self, context: &Context, index: usize) -> Option<usize> {
        if let Some(&other) = self.exact.get(context) {
            return Some(other);
        }
        self.exact.insert(context.clone(), index);
        for (a, b) in context.pairs() {
            self.by_pair.entry((a.to_owned(), b.to_owned())).or_default().push(self.list.len());
        }
        if let Some(letters) = context.letters() {
            self.by_letters.entry(letters).or_default().push(self.list.len());
        }
        self.list.push((context.clone(), index));
        None
    }

    /// The entry whose place best matches `context`: the same surrounding words, or
    /// else two neighbouring words and three of eight at nearly the same distance, or
    /// else the same letters, where words were joined or split.
    /// Ties: most in common, then most at exactly the same distance, then first.
    pub(super) fn find(&self, context: &Context) -> Option<usize> {
        if let Some(&index) = self.exact.get(context) {
            return Some(index);
        }
        let pairs = context.pairs().into_iter().map(|(a, b)| (a.to_owned(), b.to_owned()));
        let mut near: Vec<usize> = pairs.filter_map(|pair| self.by_pair.get(&pair)).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        let alike = near.into_iter().filter_map(|at| {
            let (place, index) = &self.list[at];
            let shared = place.shared(context);
            place.is_enough(shared.0).then_some((shared, std::cmp::Reverse(*index)))
        });
        if let Some((_, index)) = alike.max() {
            return Some(index.0);
        }
        let near = self.by_letters.get(&context.letters()?)?;
        let mut places = near.iter().map(|&at| &self.list[at]);
        places.find(|(place, _)| place.same_letters(context)).map(|&(_, index)| index)
    }
}
