//! What can stand right before and behind a literal of a pattern where the pattern matches.
//!
//! Most literals are common: `?` stands behind every question, and a rule that looks for one
//! inside a word has nothing to do there. Two small automata, worked out of the pattern, read
//! a few bytes away from a literal and tell for nearly every place that no match can hold it.

use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;

use crate::LONGEST;
use crate::graph::{Graph, Way};

/// So many bytes before a literal and behind it are read at most.
pub const CONTEXT: usize = 16;

/// What can stand before and behind the literals of a pattern.
///
/// As bytes: a class for each byte, the length of a row, the number of rows of the automaton
/// that reads backwards, and the rows of this and of the other one: the next state for each
/// class, and behind them the one where the text ends. An automaton without rows allows
/// everything.
#[derive(Clone, Debug, PartialEq)]
pub struct Context<'a>(Cow<'a, [u8]>);

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
        let [before, behind] = [(before, Way::Back), (behind, Way::Forth)].map(|(set, way)| rows(&graph, set, way));
        if before.is_empty() && behind.is_empty() { None } else { packed(&graph, &before, &behind) }
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
        is_alive(forth, classes, width, behind.iter()) && is_alive(back, classes, width, before.iter().rev())
    }
}

/// No match can hold the literal.
const DEAD: u8 = 0;
/// Whatever comes, a match may hold it.
const ALIVE: u8 = 1;
/// The first state with a row of its own, in which both automata begin.
const FIRST: u8 = 2;

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
    read == CONTEXT || rows[usize::from(state - FIRST) * width + width - 1] == ALIVE
}

/// The states of each automaton with a row of their own, at most.
const MOST_STATES: usize = 32;

/// An automaton of a pattern is not looked through any more after so many steps: what has not
/// been seen by then may match.
const MOST_STEPS: usize = 2_000_000;

/// The rows of the automaton that begins in some states: for each the next state for each kind
/// of byte, and for the end of the text. None where it would allow everything.
fn rows(graph: &Graph, first: Vec<u32>, way: Way) -> Vec<Vec<u8>> {
    if graph.has_ended(&first) {
        return Vec::new();
    }
    let mut numbers: BTreeMap<Vec<u32>, u8> = BTreeMap::from([(first.clone(), FIRST)]);
    let mut open: VecDeque<Vec<u32>> = VecDeque::from([first]);
    let (mut rows, mut steps) = (Vec::new(), 0);
    while let Some(set) = open.pop_front() {
        let mut row = vec![ALIVE; graph.kinds().len() + 1];
        steps += row.len() * graph.steps_from(&set, way);
        if steps <= MOST_STEPS {
            for (slot, &byte) in row.iter_mut().zip(graph.kinds()) {
                *slot = match graph.read(&set, byte, way) {
                    next if next.is_empty() => DEAD,
                    next if graph.has_ended(&next) => ALIVE,
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
            if let Some(at_end) = row.last_mut() {
                *at_end = if graph.may_end(&set, way) { ALIVE } else { DEAD };
            }
        }
        rows.push(row);
    }
    merge_alike(&mut rows);
    if rows[0].iter().all(|&state| state == ALIVE) { Vec::new() } else { rows }
}

/// Makes one state of those that go on alike, until there are none.
fn merge_alike(rows: &mut Vec<Vec<u8>>) {
    loop {
        let mut kept: Vec<Vec<u8>> = Vec::new();
        let mut renamed = vec![DEAD, ALIVE];
        for row in rows.iter() {
            let first = kept.iter().position(|other| other == row).unwrap_or(kept.len());
            if first == kept.len() {
                kept.push(row.clone());
            }
            renamed.push(FIRST + first as u8);
        }
        if kept.len() == rows.len() {
            return;
        }
        for state in kept.iter_mut().flatten() {
            *state = renamed[usize::from(*state)];
        }
        *rows = kept;
    }
}

/// The two automata as bytes. Kinds of bytes that neither of them tells apart are one class.
fn packed(graph: &Graph, before: &[Vec<u8>], behind: &[Vec<u8>]) -> Option<Context<'static>> {
    let column = |kind: usize| before.iter().chain(behind).map(|row| row[kind]).collect::<Vec<u8>>();
    let mut columns: Vec<Vec<u8>> = Vec::new();
    let mut class_of_kind = Vec::new();
    for kind in 0..graph.kinds().len() {
        let own = column(kind);
        let class = columns.iter().position(|other| *other == own).unwrap_or_else(|| {
            columns.push(own);
            columns.len() - 1
        });
        class_of_kind.push(class as u8);
    }
    columns.push(column(graph.kinds().len()));
    let mut bytes: Vec<u8> = (0..=255).map(|byte| class_of_kind[graph.kind_of(byte)]).collect();
    bytes.extend([u8::try_from(columns.len()).ok()?, before.len() as u8]);
    for row in 0..before.len() + behind.len() {
        bytes.extend(columns.iter().map(|column| column[row]));
    }
    Some(Context(Cow::Owned(bytes)))
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
    fn the_borders_of_words_and_lines_are_asked_for() {
        let is_possible = |text: &str| allows(r"\b(?:must|can) (?P<bad>he) [a-z]", &[" he "], text, " he ");
        assert!(is_possible("it must he done") && is_possible("must he done"));
        assert!(!is_possible("mustcan he do"));
        assert!(!is_possible("if he does") && !is_possible("must he 7"));
        assert!(is_possible("“écan he do"), "a letter that is not ASCII may be one of another border");
        let is_possible = |text: &str| allows(r"(?:^| )(?P<bad>[0-9]l)$", &["1l", "2l"], text, "1l");
        assert!(is_possible("1l") && is_possible("a 1l\nb") && is_possible("a\n1l"));
        assert!(!is_possible("1l b") && !is_possible("a1l"));
    }

    #[test]
    fn what_lies_beside_the_matches_or_everywhere_tells_nothing() {
        let of = |pattern: &str, literal: &str| Context::of(pattern, true, &[literal.to_owned()]);
        assert_eq!(of("ab", "c"), None);
        assert_eq!(of("ab", "ab"), None);
        assert!(of("xab", "ab").is_some());
    }

    #[test]
    fn a_literal_may_stand_across_the_ends_of_a_match() {
        let is_possible = |text: &str| allows(r"\b(?P<bad>bad) (?:boat|road)\b", &[" bad"], text, " bad");
        assert!(is_possible("a bad boat") && is_possible("a bad road"));
        assert!(!is_possible("a bad man") && !is_possible("a badge"));
    }

    #[test]
    fn long_contexts_are_not_read_to_their_end() {
        let long = "a".repeat(CONTEXT + 1);
        assert!(allows("x[a-z]+7", &["7"], &format!("{long}7"), "7"));
        assert!(!allows("x[a-z]+7", &["7"], &format!("{}7", &long[2..]), "7"));
    }
}
