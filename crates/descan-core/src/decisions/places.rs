//! Finds the decision for a place: the very one, or one whose surroundings
//! were repaired since.

use rustc_hash::FxHashMap;

use super::Context;

/// Decisions about one reading at several places.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    exact: FxHashMap<Context, usize>,
    /// By two words that stand together near the place.
    by_pair: FxHashMap<(String, String), Vec<usize>>,
    list: Vec<(Context, usize)>,
}

impl Places {
    /// Adds the place of the entry `index`; gives the entry that is there.
    pub(super) fn add(&mut self, context: &Context, index: usize) -> Option<usize> {
        if let Some(&other) = self.exact.get(context) {
            return Some(other);
        }
        self.exact.insert(context.clone(), index);
        for (a, b) in context.pairs() {
            self.by_pair.entry((a.to_owned(), b.to_owned())).or_default().push(self.list.len());
        }
        self.list.push((context.clone(), index));
        None
    }

    /// The entry whose place is most like `context`: the same words around it,
    /// or else two that stand together and three of eight at nearly the same
    /// distance. Of several the one with most in common, then with most at the very
    /// same distance, then the first.
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
        alike.max().map(|(_, index)| index.0)
    }
}
