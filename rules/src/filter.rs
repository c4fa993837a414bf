//! Tells where a pattern matches at all, in fewer instructions than its program.

use std::ops::Range;

use regex_automata::dfa::{Automaton, sparse::DFA};
use regex_automata::{Anchored, Input};

/// The automaton that the build script made of a built-in pattern. It finds no
/// groups: the program of the pattern does, in texts that it lets through.
#[derive(Debug)]
pub(crate) struct Filter(Option<DFA<&'static [u8]>>);

impl Filter {
    /// The filter of those bytes; one that cannot tell if there are none.
    pub(crate) fn read(bytes: &'static [u8]) -> Filter {
        Filter(DFA::from_bytes(bytes).ok().map(|(dfa, _)| dfa))
    }

    /// Whether the pattern matches in a part of a text: anywhere, or only where the
    /// part begins. What stands before the part tells where lines and words begin.
    /// `None` where the filter cannot tell.
    pub(crate) fn is_match(&self, text: &str, part: Range<usize>, only_there: bool) -> Option<bool> {
        let anchored = if only_there { Anchored::Yes } else { Anchored::No };
        let input = Input::new(text).range(part).anchored(anchored).earliest(true);
        self.0.as_ref()?.try_search_fwd(&input).ok().map(|found| found.is_some())
    }
}
