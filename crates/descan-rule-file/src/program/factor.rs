//! Regexes as trees, in which the beginnings that alternatives share stand once.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

use super::code::{Ranges, meet, union};

/// A part of a regex.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// A character of a set.
    Set(Ranges),
    /// What stands around a place.
    Look(Look),
    /// A part several times.
    Repeat { min: u32, max: Option<u32>, greedy: bool, part: Vec<Node> },
    /// A group, by its number.
    Group(u32, Vec<Node>),
    /// One of several, the first that leads to a match.
    Any(Vec<Vec<Node>>),
}

/// Parts that come one behind the other, and what comes behind them.
#[derive(Clone, Copy)]
pub(super) struct Next<'n> {
    pub parts: &'n [Node],
    /// What comes behind them; nothing where it is not known.
    pub then: Option<&'n Next<'n>>,
}

impl<'n> Next<'n> {
    /// All parts that surely come, one behind the other.
    pub(super) fn all(&self) -> Vec<&'n Node> {
        let mut all: Vec<&Node> = self.parts.iter().collect();
        let mut then = self.then;
        while let Some(next) = then {
            all.extend(next.parts);
            then = next.then;
        }
        all
    }
}

/// The parts of a regex, one behind the other. `None` where it is about bytes that are no characters.
pub(super) fn parts(hir: &Hir) -> Option<Vec<Node>> {
    let mut nodes = Vec::new();
    add(hir, &mut nodes)?;
    Some(nodes)
}

fn add(hir: &Hir, nodes: &mut Vec<Node>) -> Option<()> {
    match hir.kind() {
        HirKind::Empty => {}
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            nodes.extend(text.chars().map(|c| Node::Set(vec![(c as u32, c as u32)])));
        }
        HirKind::Class(class) => nodes.push(Node::Set(ranges(class)?)),
        HirKind::Look(look) => nodes.push(Node::Look(*look)),
        HirKind::Repetition(repetition) => nodes.push(Node::Repeat {
            min: repetition.min,
            max: repetition.max,
            greedy: repetition.greedy,
            part: parts(&repetition.sub)?,
        }),
        HirKind::Capture(capture) => nodes.push(Node::Group(capture.index, parts(&capture.sub)?)),
        HirKind::Concat(all) => all.iter().try_for_each(|part| add(part, nodes))?,
        HirKind::Alternation(all) => {
            let branches: Option<Vec<Vec<Node>>> = all.iter().map(parts).collect();
            nodes.extend(factored(branches?));
        }
    }
    Some(())
}

fn ranges(class: &Class) -> Option<Ranges> {
    match class {
        Class::Unicode(class) => Some(class.ranges().iter().map(|r| (r.start() as u32, r.end() as u32)).collect()),
        Class::Bytes(class) => {
            let all = class.ranges().iter().map(|r| (u32::from(r.start()), u32::from(r.end())));
            all.map(|range| (range.1 < 128).then_some(range)).collect()
        }
    }
}

/// Alternatives in which a beginning that several share stands once. One moves forward to the others that begin like
/// it only over alternatives that begin with other characters, so which comes first stays the same.
fn factored(branches: Vec<Vec<Node>>) -> Vec<Node> {
    // Alternatives that begin with the same set of characters, or one that begins with no character.
    let mut groups: Vec<(Option<Ranges>, Vec<Vec<Node>>)> = Vec::new();
    for mut branch in branches {
        let Some(Node::Set(first)) = branch.first() else {
            groups.push((None, vec![branch]));
            continue;
        };
        let first = first.clone();
        let apart = |group: &(Option<Ranges>, _)| group.0.as_ref().is_some_and(|other| !meet(other, &first));
        let place = groups.iter().rposition(|group| !apart(group));
        match place {
            Some(place) if groups[place].0.as_ref() == Some(&first) => {
                branch.remove(0);
                groups[place].1.push(branch);
            }
            _ => {
                branch.remove(0);
                groups.push((Some(first), vec![branch]));
            }
        }
    }
    let mut all: Vec<Vec<Node>> = Vec::new();
    for (first, mut rests) in groups {
        let mut branch: Vec<Node> = first.map(Node::Set).into_iter().collect();
        if rests.len() == 1 {
            branch.append(&mut rests[0]);
        } else {
            branch.extend(factored(rests));
        }
        all.push(branch);
    }
    if all.len() == 1 { all.remove(0) } else { vec![Node::Any(all)] }
}

/// The characters with which what parts match begins, and whether they may match without reading any.
pub(super) fn begin<'n>(nodes: impl IntoIterator<Item = &'n Node>) -> (Ranges, bool) {
    let mut sets = Vec::new();
    for node in nodes {
        let (set, may_be_empty) = match node {
            Node::Set(set) => (set.clone(), false),
            Node::Look(_) => (Ranges::new(), true),
            Node::Repeat { min, part, .. } => {
                let (set, may_be_empty) = begin(part);
                (set, may_be_empty || *min == 0)
            }
            Node::Group(_, part) => begin(part),
            Node::Any(branches) => {
                let all: Vec<(Ranges, bool)> = branches.iter().map(begin).collect();
                let may_be_empty = all.iter().any(|(_, may_be_empty)| *may_be_empty);
                (union(all.into_iter().map(|(set, _)| set)), may_be_empty)
            }
        };
        sets.push(set);
        if !may_be_empty {
            return (union(sets), false);
        }
    }
    (union(sets), true)
}
