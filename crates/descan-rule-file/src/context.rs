//! What can stand right before and behind a literal of a pattern where the pattern matches.
//!
//! Most literals are common: `?` stands behind every question, and a rule that looks for one
//! inside a word has nothing to do there. Two small automata, worked out of the pattern, read
//! a few bytes away from a literal and tell for nearly every place that no match can hold it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;

use regex_automata::nfa::thompson::{Config, NFA, State, Transition, WhichCaptures};
use regex_automata::util::primitives::StateID;
use regex_automata::util::syntax;

use crate::LONGEST;

/// So many bytes before a literal and behind it are read at most.
pub const CONTEXT: usize = 16;

/// The states of each automaton with a row of their own, at most.
const MOST_STATES: usize = 96;

/// An automaton of a pattern is not looked through any more after so many steps: what has not
/// been seen by then may match.
const MOST_STEPS: usize = 2_000_000;

/// No match can hold the literal.
const DEAD: u8 = 0;
/// Whatever comes, a match may hold it.
const ALIVE: u8 = 1;
/// The first state with a row of its own, in which both automata begin.
const FIRST: u8 = 2;

/// What can stand before and behind the literals of a pattern.
///
/// As bytes: a class for each byte, the number of classes, the number of rows of the automaton
/// that reads backwards, and the rows of this and of the other one: the next state for each
/// class. An automaton without rows allows everything.
#[derive(Clone, Debug, PartialEq)]
pub struct Context<'a>(Cow<'a, [u8]>);

const HEAD: usize = 258;

impl Context<'static> {
    /// What stands around `literals` in the matches of a pattern, of which each holds one.
    /// `None` where the pattern does not tell.
    pub fn of(pattern: &str, multi_line: bool, literals: &[String]) -> Option<Context<'static>> {
        if literals.iter().any(|literal| literal.len() > LONGEST) {
            return None;
        }
        let graph = Graph::of(pattern, multi_line)?;
        let before = graph.around(literals, Way::Back)?;
        let behind = graph.around(literals, Way::Forth)?;
        let [before, behind] = [(before, Way::Back), (behind, Way::Forth)].map(|(set, way)| graph.rows(set, way));
        (!before.is_empty() || !behind.is_empty()).then(|| packed(&graph, &before, &behind))
    }
}

impl<'a> Context<'a> {
    /// The context whose bytes [`Context::bytes`] gave.
    pub const fn built_in(bytes: &'a [u8]) -> Context<'a> {
        Context(Cow::Borrowed(bytes))
    }

    /// The context as bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether a match may hold the literal that stands in this part of a text, in bytes.
    /// Looks no farther than [`CONTEXT`] bytes before and behind it.
    pub fn allows(&self, text: &[u8], literal: &Range<usize>) -> bool {
        let Some((classes, rest)) = self.0.split_first_chunk::<256>() else { return true };
        let (&[width, count], rows) = rest.split_first_chunk::<2>().unwrap_or((&[0, 0], &[]));
        let width = usize::from(width);
        let (back, forth) = rows.split_at(usize::from(count) * width);
        let (before, behind) = (&text[..literal.start], &text[literal.end..]);
        is_alive(back, classes, width, before.iter().rev()) && is_alive(forth, classes, width, behind.iter())
    }
}

/// Whether an automaton that reads some bytes finds nothing that forbids a match.
fn is_alive<'b>(rows: &[u8], classes: &[u8; 256], width: usize, bytes: impl Iterator<Item = &'b u8>) -> bool {
    if rows.is_empty() {
        return true;
    }
    let (mut state, mut read) = (FIRST, 0);
    for &byte in bytes.take(CONTEXT) {
        state = rows[usize::from(state - FIRST) * width + usize::from(classes[usize::from(byte)])];
        if state < FIRST {
            return state == ALIVE;
        }
        read += 1;
    }
    // Where the text ends, so does every match.
    read == CONTEXT
}

/// Which way an automaton reads.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Back,
    Forth,
}

/// A way through a pattern that reads a byte of a range.
#[derive(Clone, Copy)]
struct Step {
    bytes: [u8; 2],
    to: u32,
}

/// The states of a pattern and how they follow one another, in both directions. Conditions
/// such as `\b` count as fulfilled.
struct Graph {
    /// All states.
    all: Vec<u32>,
    /// Without reading anything.
    free: [Vec<Vec<u32>>; 2],
    /// By reading a byte.
    steps: [Vec<Vec<Step>>; 2],
    /// Where a match ends, for each way of reading.
    ends: [Vec<bool>; 2],
    /// A byte of each kind that the pattern tells apart, and the kind of each byte.
    kinds: (Vec<u8>, Vec<u8>),
}

impl Graph {
    fn of(pattern: &str, multi_line: bool) -> Option<Graph> {
        let config = Config::new().which_captures(WhichCaptures::None).nfa_size_limit(Some(1 << 22));
        let syntax = syntax::Config::new().multi_line(multi_line);
        let nfa = NFA::compiler().configure(config).syntax(syntax).build(pattern).ok()?;
        let count = nfa.states().len();
        let mut graph = Graph {
            all: Vec::new(),
            free: [vec![Vec::new(); count], vec![Vec::new(); count]],
            steps: [vec![Vec::new(); count], vec![Vec::new(); count]],
            ends: [vec![false; count], vec![false; count]],
            kinds: (Vec::new(), (0..=255).map(|byte| nfa.byte_classes().get(byte)).collect()),
        };
        graph.ends[Way::Back as usize][nfa.start_anchored().as_usize()] = true;
        // Only what follows the start: the others look for it, byte by byte.
        let mut open = vec![nfa.start_anchored()];
        let mut is_known = vec![false; count];
        while let Some(from) = open.pop() {
            if std::mem::replace(&mut is_known[from.as_usize()], true) {
                continue;
            }
            graph.all.push(from.as_u32());
            match nfa.state(from) {
                State::ByteRange { trans } => graph.step(from, trans, &mut open),
                State::Sparse(all) => {
                    for trans in &all.transitions {
                        graph.step(from, trans, &mut open);
                    }
                }
                State::Dense(all) => {
                    for byte in 0..=255 {
                        if let Some(next) = all.matches_byte(byte) {
                            graph.step(from, &Transition { start: byte, end: byte, next }, &mut open);
                        }
                    }
                }
                State::Look { next, .. } | State::Capture { next, .. } => graph.follow(from, *next, &mut open),
                State::Union { alternates } => {
                    for &next in alternates {
                        graph.follow(from, next, &mut open);
                    }
                }
                State::BinaryUnion { alt1, alt2 } => {
                    graph.follow(from, *alt1, &mut open);
                    graph.follow(from, *alt2, &mut open);
                }
                State::Fail => {}
                State::Match { .. } => graph.ends[Way::Forth as usize][from.as_usize()] = true,
            }
        }
        let mut last = None;
        for (byte, &kind) in (0..=255).zip(&graph.kinds.1) {
            if last != Some(kind) {
                last = Some(kind);
                graph.kinds.0.push(byte);
            }
        }
        Some(graph)
    }

    fn step(&mut self, from: StateID, by: &Transition, open: &mut Vec<StateID>) {
        let bytes = [by.start, by.end];
        self.steps[Way::Forth as usize][from.as_usize()].push(Step { bytes, to: by.next.as_u32() });
        self.steps[Way::Back as usize][by.next.as_usize()].push(Step { bytes, to: from.as_u32() });
        open.push(by.next);
    }

    fn follow(&mut self, from: StateID, to: StateID, open: &mut Vec<StateID>) {
        self.free[Way::Forth as usize][from.as_usize()].push(to.as_u32());
        self.free[Way::Back as usize][to.as_usize()].push(from.as_u32());
        open.push(to);
    }

    /// The states in which the pattern may be before or behind the literals. `None` where a
    /// match cannot hold one of them, as its author looks for something beside the matches.
    fn around(&self, literals: &[String], way: Way) -> Option<Vec<u32>> {
        // Many literals begin alike.
        let mut behind_first: BTreeMap<u8, Vec<u32>> = BTreeMap::new();
        let mut sets = BTreeSet::new();
        for literal in literals {
            let mut bytes = literal.as_bytes().to_vec();
            if way == Way::Back {
                bytes.reverse();
            }
            let (&first, rest) = bytes.split_first()?;
            let mut set = behind_first.entry(first).or_insert_with(|| self.read(&self.all, first, way)).clone();
            for &byte in rest {
                set = self.read(&set, byte, way);
            }
            if set.is_empty() {
                return None;
            }
            sets.extend(set);
        }
        Some(sets.into_iter().collect())
    }

    /// The states behind a byte, with all that follow without one.
    fn read(&self, set: &[u32], byte: u8, way: Way) -> Vec<u32> {
        let mut seen = vec![false; self.ends[0].len()];
        let mut all = Vec::new();
        let mut add = |state: u32, all: &mut Vec<u32>| {
            if !std::mem::replace(&mut seen[state as usize], true) {
                all.push(state);
            }
        };
        for &state in set {
            for step in &self.steps[way as usize][state as usize] {
                if (step.bytes[0]..=step.bytes[1]).contains(&byte) {
                    add(step.to, &mut all);
                }
            }
        }
        let mut next = 0;
        while let Some(&state) = all.get(next) {
            next += 1;
            for &free in &self.free[way as usize][state as usize] {
                add(free, &mut all);
            }
        }
        all.sort_unstable();
        all
    }

    /// The rows of the automaton that begins in some states: for each the next state for each
    /// kind of byte. None where it would allow everything.
    fn rows(&self, first: Vec<u32>, way: Way) -> Vec<Vec<u8>> {
        let is_end = |set: &[u32]| set.iter().any(|&state| self.ends[way as usize][state as usize]);
        if is_end(&first) {
            return Vec::new();
        }
        let mut numbers: BTreeMap<Vec<u32>, u8> = BTreeMap::new();
        let mut open: VecDeque<Vec<u32>> = VecDeque::from([first.clone()]);
        numbers.insert(first, FIRST);
        let (mut rows, mut steps) = (Vec::new(), 0);
        while let Some(set) = open.pop_front() {
            let mut row = vec![ALIVE; self.kinds.0.len()];
            let size: usize = set.iter().map(|&state| 1 + self.steps[way as usize][state as usize].len()).sum();
            steps += row.len() * size;
            if steps <= MOST_STEPS {
                for (slot, &byte) in row.iter_mut().zip(&self.kinds.0) {
                    *slot = match self.read(&set, byte, way) {
                        next if next.is_empty() => DEAD,
                        next if is_end(&next) => ALIVE,
                        next => match numbers.get(&next) {
                            Some(&number) => number,
                            None if numbers.len() >= MOST_STATES => ALIVE,
                            None => {
                                let number = FIRST + numbers.len() as u8;
                                open.push_back(next.clone());
                                numbers.insert(next, number);
                                number
                            }
                        },
                    };
                }
            }
            rows.push(row);
        }
        if rows[0].iter().all(|&state| state == ALIVE) { Vec::new() } else { rows }
    }
}

/// The two automata as bytes. Kinds of bytes that neither of them tells apart are one class.
fn packed(graph: &Graph, before: &[Vec<u8>], behind: &[Vec<u8>]) -> Context<'static> {
    let mut columns: Vec<Vec<u8>> = Vec::new();
    let mut class_of_kind = Vec::new();
    for kind in 0..graph.kinds.0.len() {
        let column: Vec<u8> = before.iter().chain(behind).map(|row| row[kind]).collect();
        let class = columns.iter().position(|other| *other == column).unwrap_or_else(|| {
            columns.push(column);
            columns.len() - 1
        });
        class_of_kind.push(class as u8);
    }
    let mut bytes = Vec::with_capacity(HEAD + columns.len() * (before.len() + behind.len()));
    bytes.extend(graph.kinds.1.iter().map(|&kind| class_of_kind[usize::from(kind)]));
    bytes.extend([columns.len() as u8, before.len() as u8]);
    for row in 0..before.len() + behind.len() {
        bytes.extend(columns.iter().map(|column| column[row]));
    }
    Context(Cow::Owned(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(pattern: &str, literals: &[&str], text: &str, literal: &str) -> bool {
        let literals: Vec<String> = literals.iter().map(|&literal| literal.to_owned()).collect();
        let context = Context::of(pattern, true, &literals).expect("the pattern tells");
        let at = text.find(literal).expect("it stands there");
        context.allows(text.as_bytes(), &(at..at + literal.len()))
    }

    #[test]
    fn what_cannot_stand_beside_a_literal_forbids_a_match() {
        let is_possible = |text: &str| allows(r"[a-z](?P<bad>\?)[a-z]+ ", &["?"], text, "?");
        assert!(is_possible("the cat?s paw"));
        assert!(!is_possible("a cat? No."));
        assert!(!is_possible("a cat?"));
        assert!(!is_possible("?s paw"));
    }

    #[test]
    fn conditions_and_the_ends_of_a_match_forbid_nothing() {
        let is_possible = |text: &str| allows(r"\b(?:must|can) (?P<bad>he) [a-z]", &[" he "], text, " he ");
        assert!(is_possible("it must he done"));
        assert!(is_possible("mustcan he do"));
        assert!(!is_possible("if he does"));
        assert!(!is_possible("must he 7"));
    }

    #[test]
    fn what_lies_beside_the_matches_or_everywhere_tells_nothing() {
        let of = |pattern: &str, literal: &str| Context::of(pattern, true, &[literal.to_owned()]);
        assert_eq!(of("ab", "c"), None);
        assert_eq!(of("ab", "ab"), None);
        assert!(of("xab", "ab").is_some());
    }

    #[test]
    fn long_contexts_are_not_read_to_their_end() {
        let long = "a".repeat(CONTEXT + 1);
        assert!(allows("x[a-z]+7", &["7"], &format!("{long}7"), "7"));
        assert!(!allows("x[a-z]+7", &["7"], &format!("{}7", &long[2..]), "7"));
    }
}
