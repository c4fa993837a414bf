//! Makes programs of regexes.

use std::collections::BTreeMap;

use regex_automata::util::look::Look;
use regex_syntax::hir::{self, Hir, HirKind};

use crate::classes::is_word;

use super::code::{ANY, Choice, Instruction, Leads, Program, Ranges, Set, Start, meet, union};
use super::factor::{Next, Node, begin, parts};

/// A program in the making.
#[derive(Default)]
pub(super) struct Compiler {
    code: Vec<Instruction>,
    sets: Vec<Set>,
    choices: Vec<Choice>,
    /// The number of each set.
    known: BTreeMap<Ranges, u32>,
}

/// A place in the code that an instruction names, before it is known: by the number of the instruction or choice.
#[derive(Clone, Copy)]
enum Open {
    First(usize),
    Second(usize),
    Jump(usize),
    Choice(usize),
}

/// From so many alternatives on that begin with different characters, one look tells which it may be.
const MANY: usize = 3;

/// So many instructions a program may have; a larger regex is left to the library.
const MOST: usize = 1 << 16;

impl Compiler {
    /// The program of a regex. `None` where only the library can be asked.
    pub(super) fn compile(hir: &Hir) -> Option<Program> {
        let mut names = vec![None];
        gather_names(hir, &mut names);
        let nodes = parts(hir)?;
        let mut compiler = Compiler::default();
        compiler.put_all(Next { parts: &nodes, then: None })?;
        compiler.code.push(Instruction::Match);
        let first = match begin(&nodes) {
            (_, true) => None,
            (set, false) => Some(compiler.set(set)),
        };
        let Compiler { code, sets, choices, .. } = compiler;
        let longest = hir.properties().maximum_len();
        let leads = first.map(|first: u32| Leads::of(&sets[first as usize]));
        let start = start_of(&nodes);
        (code.len() <= MOST).then_some(Program { code, sets, choices, names, longest, first, start, leads })
    }

    /// The number of a set.
    fn set(&mut self, ranges: Ranges) -> u32 {
        let number = self.sets.len() as u32;
        let known = *self.known.entry(ranges.clone()).or_insert(number);
        if known == number {
            self.sets.push(Set::of(ranges));
        }
        known
    }

    /// The places that were open are here.
    fn close(&mut self, open: &[Open]) {
        let here = self.code.len() as u32;
        for &open in open {
            let (Open::First(at) | Open::Second(at) | Open::Jump(at) | Open::Choice(at)) = open;
            match (open, self.code.get_mut(at)) {
                (Open::Choice(at), _) => self.choices[at].to = here,
                (Open::First(_), Some(Instruction::Split { first, .. } | Instruction::Branch { first, .. })) => {
                    *first = here;
                }
                (Open::Second(_), Some(Instruction::Split { second, .. } | Instruction::Branch { second, .. })) => {
                    *second = here;
                }
                (Open::Jump(_), Some(Instruction::Jump(to))) => *to = here,
                _ => {}
            }
        }
    }

    /// Puts a jump to a place that is still open.
    fn put_jump(&mut self) -> Open {
        self.code.push(Instruction::Jump(0));
        Open::Jump(self.code.len() - 1)
    }

    fn put_all(&mut self, Next { parts, then }: Next<'_>) -> Option<()> {
        for (index, node) in parts.iter().enumerate() {
            let next = Next { parts: &parts[index + 1..], then };
            match node {
                Node::Repeat { min, max, greedy: true, part } if matches!(part[..], [Node::Set(_)]) => {
                    let set = begin(part).0;
                    let next = next.all();
                    let back = most_back(&set, &next).unwrap_or(u32::MAX);
                    let before = match begin(next) {
                        (set, false) => self.set(set),
                        (_, true) => ANY,
                    };
                    let (set, min, max) = (self.set(set), *min, max.unwrap_or(u32::MAX));
                    self.code.push(Instruction::Run { set, min, max, back, before });
                }
                node => self.put_node(node, next)?,
            }
        }
        Some(())
    }

    fn put_node(&mut self, node: &Node, next: Next<'_>) -> Option<()> {
        if self.code.len() > MOST {
            return None;
        }
        match node {
            Node::Set(set) => {
                let instruction = match set[..] {
                    [(first, last)] if first == last => Instruction::Char(first),
                    _ => Instruction::Class(self.set(set.clone())),
                };
                self.code.push(instruction);
            }
            Node::Look(look) => self.code.push(Instruction::Look(Look::from_repr(look.as_repr())?)),
            Node::Group(number, parts) => {
                self.code.push(Instruction::Save(2 * number));
                self.put_all(Next { parts, then: Some(&next) })?;
                self.code.push(Instruction::Save(2 * number + 1));
            }
            Node::Repeat { min, max, greedy, part } => self.put_repeat(*min, *max, *greedy, part)?,
            Node::Any(branches) => self.put_any(branches, next)?,
        }
        Some(())
    }

    fn put_repeat(&mut self, min: u32, max: Option<u32>, greedy: bool, part: &[Node]) -> Option<()> {
        let (set, may_be_empty) = begin(part);
        // What is repeated without end must read something. The library has rules of its own for the rest.
        if may_be_empty && max.is_none_or(|max| max > 1) {
            return None;
        }
        for _ in 0..min {
            self.put_all(Next { parts: part, then: None })?;
        }
        let Some(max) = max else {
            let again = self.code.len() as u32;
            let out = self.put_choice(&set, may_be_empty, greedy);
            self.put_all(Next { parts: part, then: None })?;
            self.code.push(Instruction::Jump(again));
            self.close(&[out]);
            return Some(());
        };
        let mut out = Vec::new();
        for _ in min..max {
            out.push(self.put_choice(&set, may_be_empty, greedy));
            self.put_all(Next { parts: part, then: None })?;
        }
        self.close(&out);
        Some(())
    }

    /// Puts the choice between what comes next, which begins with a set of characters, and a place that is returned
    /// and still open: the first is tried first if that is wanted.
    fn put_choice(&mut self, set: &Ranges, may_be_empty: bool, next_first: bool) -> Open {
        let (first, second) = (0, 0);
        let instruction = match next_first && !may_be_empty {
            true => Instruction::Branch { set: self.set(set.clone()), first, second },
            false => Instruction::Split { first, second },
        };
        let at = self.code.len();
        self.code.push(instruction);
        let (first, second) = (Open::First(at), Open::Second(at));
        let (next, other) = if next_first { (first, second) } else { (second, first) };
        self.close(&[next]);
        other
    }

    fn put_any(&mut self, branches: &[Vec<Node>], next: Next<'_>) -> Option<()> {
        let mut ends = Vec::new();
        let mut rest = branches;
        while !rest.is_empty() {
            let count = choosable(rest);
            let (here, behind) = rest.split_at(if count >= MANY { count } else { 1 });
            rest = behind;
            let begins: Vec<(Ranges, bool)> = here.iter().map(begin).collect();
            let may_be_empty = begins.iter().any(|(_, may_be_empty)| *may_be_empty);
            let set = union(begins.into_iter().map(|(set, _)| set));
            let otherwise = (!rest.is_empty()).then(|| self.put_choice(&set, may_be_empty, true));
            match here {
                [branch] => self.put_all(Next { parts: branch, then: Some(&next) })?,
                all => self.put_choose(all, next, &mut ends)?,
            }
            if let Some(otherwise) = otherwise {
                ends.push(self.put_jump());
                self.close(&[otherwise]);
            }
        }
        self.close(&ends);
        Some(())
    }

    /// Puts alternatives of which the next character says which it may be. The places behind them all are added to
    /// `ends`.
    fn put_choose(&mut self, branches: &[Vec<Node>], next: Next<'_>, ends: &mut Vec<Open>) -> Option<()> {
        let mut ranges: Vec<(u32, u32, usize)> = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            if let Some(Node::Set(set)) = branch.first() {
                ranges.extend(set.iter().map(|&(first, last)| (first, last, index)));
            }
        }
        ranges.sort_unstable();
        let from = self.choices.len();
        self.choices.extend(ranges.iter().map(|&(first, last, _)| Choice { first, last, to: 0 }));
        self.code.push(Instruction::Choose { from: from as u32, count: ranges.len() as u32 });
        for (index, branch) in branches.iter().enumerate() {
            let here = (0..ranges.len()).filter(|&i| ranges[i].2 == index).map(|i| Open::Choice(from + i));
            let here: Vec<Open> = here.collect();
            self.close(&here);
            self.put_all(Next { parts: &branch[1..], then: Some(&next) })?;
            if index + 1 < branches.len() {
                ends.push(self.put_jump());
            }
        }
        Some(())
    }
}

/// How many alternatives from the first on begin with a character, each with others than those before it.
fn choosable(branches: &[Vec<Node>]) -> usize {
    let mut seen: Vec<&Ranges> = Vec::new();
    for branch in branches {
        match branch.first() {
            Some(Node::Set(set)) if !seen.iter().any(|other| meet(other, set)) => seen.push(set),
            _ => break,
        }
    }
    seen.len()
}

/// By how many bytes a run of characters of a set may be shorter than it could be, before parts: so many may come before
/// a character that they must have and the set has not. `None` where there is no bound.
fn most_back(set: &Ranges, next: &[&Node]) -> Option<u32> {
    let mut bytes = 0_u32;
    for &node in next {
        let (first, may_be_empty) = begin([node]);
        if !may_be_empty && !meet(set, &first) {
            return Some(bytes);
        }
        bytes = bytes.checked_add(most_bytes(node)?)?;
    }
    None
}

/// The longest match of a part, in bytes. `None` where there is no bound.
fn most_bytes(node: &Node) -> Option<u32> {
    let of_all = |nodes: &[Node]| nodes.iter().try_fold(0_u32, |sum, node| sum.checked_add(most_bytes(node)?));
    match node {
        Node::Set(set) => {
            let last = set.last().and_then(|&(_, last)| char::from_u32(last));
            Some(last.map_or(4, char::len_utf8) as u32)
        }
        Node::Look(_) => Some(0),
        Node::Repeat { max, part, .. } => of_all(part)?.checked_mul(*max.as_ref()?),
        Node::Group(_, part) => of_all(part),
        Node::Any(branches) => {
            branches.iter().try_fold(0, |most: u32, branch| of_all(branch).map(|bytes| most.max(bytes)))
        }
    }
}

/// Where what parts match may begin.
fn start_of(nodes: &[Node]) -> Start {
    match nodes.first() {
        Some(Node::Look(hir::Look::Start)) => Start::Text,
        Some(Node::Look(hir::Look::StartLF)) => Start::Line,
        Some(Node::Look(hir::Look::WordAscii)) => {
            let (set, may_be_empty) = begin(&nodes[1..]);
            let has_words_only = |&(first, last): &(u32, u32)| last < 128 && (first..=last).all(|c| is_word(c as u8));
            if !may_be_empty && set.iter().all(has_words_only) { Start::Word } else { Start::Anywhere }
        }
        Some(Node::Group(_, part)) => start_of(part),
        _ => Start::Anywhere,
    }
}

fn gather_names(hir: &Hir, names: &mut Vec<Option<Box<str>>>) {
    match hir.kind() {
        HirKind::Capture(capture) => {
            names.resize((capture.index as usize + 1).max(names.len()), None);
            names[capture.index as usize].clone_from(&capture.name);
            gather_names(&capture.sub, names);
        }
        HirKind::Repetition(repetition) => gather_names(&repetition.sub, names),
        HirKind::Concat(all) | HirKind::Alternation(all) => all.iter().for_each(|part| gather_names(part, names)),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => {}
    }
}
