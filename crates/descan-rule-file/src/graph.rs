//! The states of a pattern, followed forwards and backwards from any place inside of a match.

use std::collections::{BTreeMap, BTreeSet};

use regex_automata::nfa::thompson::{Config, NFA, State, Transition, WhichCaptures};
use regex_automata::util::look::Look;
use regex_automata::util::primitives::StateID;
use regex_automata::util::syntax;

use crate::classes::is_word;

/// Which way a text is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Towards its start.
    Back,
    /// Towards its end.
    Forth,
}

/// What a condition such as `$` asks of the byte that is read next, or of the end of the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Nothing,
    Word,
    NoWord,
    LineBreak,
    End,
}

impl Need {
    const ALL: [Need; 5] = [Need::Nothing, Need::Word, Need::NoWord, Need::LineBreak, Need::End];

    /// Whether a byte is what is asked for. What is not ASCII may be a letter or none.
    fn allows(self, byte: u8) -> bool {
        match self {
            Need::Nothing => true,
            Need::Word => !byte.is_ascii() || is_word(byte),
            Need::NoWord => !byte.is_ascii() || !is_word(byte),
            Need::LineBreak => byte == b'\n',
            Need::End => false,
        }
    }

    fn allows_end(self) -> bool {
        self != Need::Word
    }
}

/// A way on through a pattern: by a byte of a range.
struct Step {
    bytes: [u8; 2],
    to: u32,
}

/// The ways on from a state.
#[derive(Default)]
struct Ways {
    /// By reading a byte.
    steps: Vec<Step>,
    /// Without reading anything.
    free: Vec<u32>,
    /// The same under a condition.
    looks: Vec<(Look, u32)>,
    /// Whether a match ends here, in the direction of reading.
    is_end: bool,
}

/// The states of a pattern and how they follow one another, in both directions. A set of them
/// is a sorted list of numbers, which [`number`] makes.
pub(crate) struct Graph {
    /// All states.
    all: Vec<u32>,
    /// The ways on from each state, for each direction.
    ways: [Vec<Ways>; 2],
    /// Where a match begins, for each direction of reading.
    starts: [u32; 2],
    /// A byte of each kind that the pattern tells apart.
    kinds: Vec<u8>,
    /// The kind of each byte.
    kind_of: Vec<usize>,
}

/// What stands for a state, as soon as what follows is as it needs it.
fn number(state: u32, need: Need) -> u32 {
    state * Need::ALL.len() as u32 + need as u32
}

/// The state and the need that a number stands for.
fn state_and_need(number: u32) -> (u32, Need) {
    let count = Need::ALL.len() as u32;
    (number / count, Need::ALL[(number % count) as usize])
}

impl Graph {
    /// The states of a pattern. `None` if it is too large.
    pub(crate) fn of(pattern: &str, multi_line: bool) -> Option<Graph> {
        let config = Config::new().which_captures(WhichCaptures::None).nfa_size_limit(Some(1 << 22));
        let syntax = syntax::Config::new().multi_line(multi_line);
        let nfa = NFA::compiler().configure(config).syntax(syntax).build(pattern).ok()?;
        // One more, behind all ends.
        let ways = || (0..=nfa.states().len()).map(|_| Ways::default()).collect::<Vec<Ways>>();
        let (mut kinds, mut kind_of, mut numbers) = (Vec::new(), Vec::new(), BTreeMap::new());
        for byte in 0..=255_u8 {
            let kind = (nfa.byte_classes().get(byte), is_word(byte), byte == b'\n', byte.is_ascii());
            kind_of.push(*numbers.entry(kind).or_insert_with(|| {
                kinds.push(byte);
                kinds.len() - 1
            }));
        }
        let mut graph = Graph {
            all: Vec::new(),
            ways: [ways(), ways()],
            starts: [nfa.start_anchored().as_u32(); 2],
            kinds,
            kind_of,
        };
        graph.ways[Way::Back as usize][nfa.start_anchored().as_usize()].is_end = true;
        // Only what follows the start: the other states look for it, byte by byte.
        let mut open = vec![nfa.start_anchored()];
        let mut is_known = vec![false; nfa.states().len()];
        while let Some(from) = open.pop() {
            if std::mem::replace(&mut is_known[from.as_usize()], true) {
                continue;
            }
            graph.all.push(number(from.as_u32(), Need::Nothing));
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
                State::Look { look, next } => {
                    graph.ways[Way::Forth as usize][from.as_usize()].looks.push((*look, next.as_u32()));
                    graph.ways[Way::Back as usize][next.as_usize()].looks.push((*look, from.as_u32()));
                    open.push(*next);
                }
                State::Capture { next, .. } => graph.follow(from, *next, &mut open),
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
                State::Match { .. } => {
                    graph.ways[Way::Forth as usize][from.as_usize()].is_end = true;
                    graph.starts[Way::Back as usize] = from.as_u32();
                }
            }
        }
        Some(graph)
    }

    fn step(&mut self, from: StateID, by: &Transition, open: &mut Vec<StateID>) {
        let bytes = [by.start, by.end];
        self.ways[Way::Forth as usize][from.as_usize()].steps.push(Step { bytes, to: by.next.as_u32() });
        self.ways[Way::Back as usize][by.next.as_usize()].steps.push(Step { bytes, to: from.as_u32() });
        open.push(by.next);
    }

    fn follow(&mut self, from: StateID, to: StateID, open: &mut Vec<StateID>) {
        self.ways[Way::Forth as usize][from.as_usize()].free.push(to.as_u32());
        self.ways[Way::Back as usize][to.as_usize()].free.push(from.as_u32());
        open.push(to);
    }

    /// A byte of each kind that the pattern tells apart.
    pub(crate) fn kinds(&self) -> &[u8] {
        &self.kinds
    }

    /// The kind of a byte.
    pub(crate) fn kind_of(&self, byte: u8) -> usize {
        self.kind_of[usize::from(byte)]
    }

    /// The state behind all ends of a match.
    fn end(&self) -> u32 {
        self.ways[0].len() as u32 - 1
    }

    /// The states in which the pattern may be before or behind the literals. A literal that no
    /// match holds may stand across one of its ends. `None` where it cannot do that either, as
    /// the author looks for something beside the matches.
    pub(crate) fn around(&self, literals: &[String], way: Way) -> Option<Vec<u32>> {
        let mut sets = BTreeSet::new();
        let mut known = BTreeMap::new();
        for literal in literals {
            let mut set = self.beside(literal, way, &mut known)?;
            if set.is_empty() {
                set = self.across(&read_by(way, literal), way);
            }
            if set.is_empty() {
                return None;
            }
            sets.extend(set);
        }
        Some(sets.into_iter().collect())
    }

    /// The most bytes of a match that stand before the literals, or behind them if it is read forth. `None` where there
    /// may be more than `most`.
    pub(crate) fn farthest(&self, literals: &[String], way: Way, most: usize) -> Option<usize> {
        let mut set = BTreeSet::new();
        let mut known = BTreeMap::new();
        for literal in literals {
            set.extend(self.beside(literal, way, &mut known)?);
        }
        let mut set: Vec<u32> = set.into_iter().collect();
        for bytes in 0..=most {
            let mut next = BTreeSet::new();
            for &of in &set {
                for state in self.freely(state_and_need(of).0, way) {
                    let steps = &self.ways[way as usize][state as usize].steps;
                    next.extend(steps.iter().map(|step| number(step.to, Need::Nothing)));
                }
            }
            if next.is_empty() {
                return Some(bytes);
            }
            set = next.into_iter().collect();
        }
        None
    }

    /// Whether every match holds one of the literals whole, as far as `most` steps tell.
    pub(crate) fn always_holds(&self, literals: &[String], most: usize) -> bool {
        let ways = &self.ways[Way::Forth as usize];
        let mut beginnings: BTreeSet<&[u8]> = BTreeSet::new();
        let mut wanted = [false; 256];
        for literal in literals {
            beginnings.extend((0..=literal.len()).map(|end| &literal.as_bytes()[..end]));
            literal.bytes().for_each(|byte| wanted[usize::from(byte)] = true);
        }
        // A state, with what was read last as far as a literal begins so.
        let mut open: Vec<(u32, &[u8])> = vec![(self.starts[Way::Forth as usize], &[])];
        let mut known: BTreeSet<(u32, &[u8])> = BTreeSet::new();
        let mut steps = 0;
        while let Some((state, read)) = open.pop() {
            if !known.insert((state, read)) {
                continue;
            }
            let Ways { steps: by_byte, free, looks, is_end } = &ways[state as usize];
            steps += 1 + by_byte.len();
            if *is_end || steps > most {
                return false;
            }
            open.extend(free.iter().map(|&to| (to, read)));
            open.extend(looks.iter().map(|&(_, to)| (to, read)));
            for &Step { bytes: [first, last], to } in by_byte {
                let mut others = false;
                for byte in first..=last {
                    if !wanted[usize::from(byte)] {
                        others = true;
                        continue;
                    }
                    steps += 1;
                    let longer = [read, &[byte]].concat();
                    let begun = (0..=longer.len()).find_map(|from| beginnings.get(&longer[from..]).copied());
                    let begun = begun.unwrap_or_default();
                    let is_whole = literals.iter().any(|literal| begun.ends_with(literal.as_bytes()));
                    if !is_whole {
                        open.push((to, begun));
                    }
                }
                if others {
                    open.push((to, &[]));
                }
            }
        }
        true
    }

    /// The states in which the pattern may be before or behind a literal inside of a match. Many literals begin alike:
    /// `known` are the states behind their first bytes. `None` for an empty literal.
    fn beside(&self, literal: &str, way: Way, known: &mut BTreeMap<u8, Vec<u32>>) -> Option<Vec<u32>> {
        let bytes = read_by(way, literal);
        let (&first, rest) = bytes.split_first()?;
        let mut set = known.entry(first).or_insert_with(|| self.read(&self.all, first, way)).clone();
        for &byte in rest {
            set = self.read(&set, byte, way);
        }
        Some(set)
    }

    /// The states behind some bytes, of which the first may stand before the start of a match
    /// and the last behind its end.
    fn across(&self, bytes: &[u8], way: Way) -> Vec<u32> {
        let starts = self.freely(self.starts[way as usize], way);
        let starts: Vec<u32> = starts.into_iter().map(|state| number(state, Need::Nothing)).collect();
        let mut set = self.all.clone();
        for &byte in bytes {
            let ended = self.has_ended(&set);
            set = self.read(&[set, starts.clone()].concat(), byte, way);
            if ended {
                set.push(number(self.end(), Need::Nothing));
            }
        }
        set.sort_unstable();
        set.dedup();
        set
    }

    /// Whether a match has ended in one of some states.
    pub(crate) fn has_ended(&self, set: &[u32]) -> bool {
        set.contains(&number(self.end(), Need::Nothing))
    }

    /// Whether a match may end in one of some states if the text does.
    pub(crate) fn may_end(&self, set: &[u32], way: Way) -> bool {
        set.iter().any(|&of| {
            let (state, need) = state_and_need(of);
            need != Need::Nothing && need.allows_end() && self.freely(state, way).contains(&self.end())
        })
    }

    /// The number of ways to read a byte in some states, and of the states themselves.
    pub(crate) fn steps_from(&self, set: &[u32], way: Way) -> usize {
        set.iter().map(|&of| 1 + self.ways[way as usize][state_and_need(of).0 as usize].steps.len()).sum()
    }

    /// The states behind a byte.
    pub(crate) fn read(&self, set: &[u32], byte: u8, way: Way) -> Vec<u32> {
        let ways = &self.ways[way as usize];
        let mut reached = BTreeSet::new();
        let mut open = Vec::new();
        for &of in set {
            let (state, need) = state_and_need(of);
            let states = match need {
                Need::Nothing => vec![state],
                need if need.allows(byte) => self.freely(state, way),
                _ => continue,
            };
            for state in states {
                if state == self.end() && need != Need::Nothing {
                    reached.insert(number(state, Need::Nothing));
                }
                for Step { bytes: [first, last], to } in &ways[state as usize].steps {
                    if (*first..=*last).contains(&byte) {
                        open.push(*to);
                    }
                }
            }
        }
        while let Some(state) = open.pop() {
            if !reached.insert(number(state, Need::Nothing)) {
                continue;
            }
            let Ways { free, looks, is_end, .. } = &ways[state as usize];
            open.extend(free);
            for &(look, next) in looks {
                match after(look, byte, way) {
                    Some(Need::Nothing) => open.push(next),
                    Some(need) => {
                        reached.insert(number(next, need));
                    }
                    None => {}
                }
            }
            if *is_end {
                reached.insert(number(self.end(), Need::Nothing));
            }
        }
        reached.into_iter().collect()
    }

    /// The states that follow one without a byte, whatever the conditions say, and itself.
    fn freely(&self, state: u32, way: Way) -> Vec<u32> {
        let mut all = vec![state];
        let mut next = 0;
        while let Some(&state) = all.get(next) {
            next += 1;
            let Ways { free, looks, is_end, .. } = &self.ways[way as usize][state as usize];
            let under_condition = looks.iter().map(|&(_, to)| to);
            let ended = is_end.then_some(self.end());
            for to in free.iter().copied().chain(under_condition).chain(ended) {
                if !all.contains(&to) {
                    all.push(to);
                }
            }
        }
        all
    }
}

/// The bytes of a literal in the order in which they are read.
fn read_by(way: Way, literal: &str) -> Vec<u8> {
    match way {
        Way::Forth => literal.bytes().collect(),
        Way::Back => literal.bytes().rev().collect(),
    }
}

/// What a condition needs of what is read next, where the byte read last is known. `None`
/// where it is not fulfilled.
fn after(look: Look, last: u8, way: Way) -> Option<Need> {
    let is_break = |fits: bool| fits.then_some(Need::Nothing);
    match (look, way) {
        (Look::StartLF, Way::Back) | (Look::EndLF, Way::Forth) => Some(Need::LineBreak),
        (Look::StartLF, Way::Forth) | (Look::EndLF, Way::Back) => is_break(last == b'\n'),
        (Look::Start, Way::Back) | (Look::End, Way::Forth) => Some(Need::End),
        (Look::Start, Way::Forth) | (Look::End, Way::Back) => None,
        (Look::WordAscii | Look::WordUnicode, _) if last.is_ascii() => {
            Some(if is_word(last) { Need::NoWord } else { Need::Word })
        }
        // The others are rare, and count as fulfilled.
        _ => Some(Need::Nothing),
    }
}
