//! Tells where a pattern matches at all, in fewer instructions than its program.

use std::ops::Range;

use regex_automata::dfa::{Automaton, dense, sparse};
use regex_automata::{Anchored, Input};

use crate::id::{FILTERS, FilterHead};

/// The automaton that the build script made of a built-in pattern. It finds no
/// groups: the program of the pattern does, in texts that it lets through.
#[derive(Debug)]
pub(crate) struct Filter {
    automaton: Option<Kind>,
    /// Whether it finds nothing else than the pattern does.
    is_exact: bool,
}

/// How the transitions are kept.
#[derive(Debug)]
enum Kind {
    Dense(dense::DFA<&'static [u32]>),
    Sparse(sparse::DFA<&'static [u8]>),
}

impl Filter {
    /// The filter that lies in `FILTERS`; one that cannot tell if there is none.
    pub(crate) fn read(head: &FilterHead) -> Filter {
        let bytes = &FILTERS[head.place.clone()];
        let automaton = match head.is_dense {
            true => dense::DFA::from_bytes(bytes).map(|(automaton, _)| Kind::Dense(automaton)),
            false => sparse::DFA::from_bytes(bytes).map(|(automaton, _)| Kind::Sparse(automaton)),
        };
        Filter { automaton: automaton.ok(), is_exact: head.is_exact }
    }

    /// Whether it finds nothing else than the pattern does.
    pub(crate) fn is_exact(&self) -> bool {
        self.is_exact
    }

    /// Whether the pattern may match in a part of a text: anywhere, or only where the
    /// part begins. What stands before the part tells where lines and words begin.
    /// `None` where the filter cannot tell.
    pub(crate) fn is_match(&self, text: &str, part: Range<usize>, only_there: bool) -> Option<bool> {
        let anchored = if only_there { Anchored::Yes } else { Anchored::No };
        let input = Input::new(text).range(part).anchored(anchored).earliest(true);
        let found = match self.automaton.as_ref()? {
            Kind::Dense(automaton) => automaton.try_search_fwd(&input),
            Kind::Sparse(automaton) => automaton.try_search_fwd(&input),
        };
        found.ok().map(|found| found.is_some())
    }
}
