//! Runs programs.

use std::ops::Range;

use regex_automata::util::look::{Look, LookMatcher};
use rustc_hash::FxHashSet;

use crate::classes::is_word;

use super::code::{ANY, Choice, Instruction, NOWHERE, Program, Set, Start, TooLong};

/// What is done where a way leads nowhere.
enum Frame {
    /// Another way is tried.
    Go { code: u32, at: usize },
    /// A run of characters ends earlier, before a character of a set, as long as it is not shorter than it may be.
    Shorten { code: u32, before: u32, at: usize, least: usize },
    /// A group gets back the place that it had.
    Restore { slot: u32, place: usize },
}

/// So many steps a search may take, and besides so many for each byte.
const STEPS: usize = 1 << 14;
const STEPS_FOR_BYTE: usize = 16;

/// So many characters of a run cost as much as a step.
const CHARACTERS_IN_STEP: usize = 4;

/// After so many steps a search remembers which ways it has tried. Tests have it remember all.
const MANY: usize = if cfg!(test) { 0 } else { 1 << 10 };

/// Runs of so many bytes are worth remembering.
const LONG: usize = if cfg!(test) { 0 } else { 16 };

/// The first match that begins at a place of a text or behind it, and not behind `last`: the places of groups for which there are `slots`, two a group.
pub(super) fn find(
    program: &Program,
    text: &str,
    from: usize,
    last: usize,
    slots: usize,
) -> Result<Option<Vec<usize>>, TooLong> {
    let last = last.min(text.len());
    let steps = STEPS + STEPS_FOR_BYTE * (text.len() - from);
    let slots = vec![NOWHERE; slots];
    let mut run = Run {
        program,
        text,
        steps,
        frames: Vec::new(),
        slots,
        runs: Vec::new(),
        tried: FxHashSet::default(),
        remembers_from: steps.saturating_sub(MANY),
    };
    let mut at = from;
    loop {
        let Some(start) = run.start(at, last) else { return Ok(None) };
        at = start;
        if let Some(end) = run.from(at)? {
            if let [first, second, ..] = &mut run.slots[..] {
                (*first, *second) = (at, end);
            }
            return Ok(Some(run.slots));
        }
        match run.next(at) {
            Some((_, length)) if at + length <= last => at += length,
            _ => return Ok(None),
        }
    }
}

/// A program on its way through a text.
struct Run<'a> {
    program: &'a Program,
    text: &'a str,
    /// How many steps are left.
    steps: usize,
    frames: Vec<Frame>,
    slots: Vec<usize>,
    /// Long runs by their instruction, the last of each: from where on ending it was tried, and where it ends.
    runs: Vec<(u32, Range<usize>)>,
    /// The ways that were tried: the place in the code and in the text.
    tried: FxHashSet<(u32, usize)>,
    /// With so many steps left and fewer, ways are remembered.
    remembers_from: usize,
}

impl<'a> Run<'a> {
    /// The code of the character at a place, and its length in bytes.
    #[inline]
    fn next(&self, at: usize) -> Option<(u32, usize)> {
        let &byte = self.text.as_bytes().get(at)?;
        if byte < 128 {
            return Some((u32::from(byte), 1));
        }
        let c = self.text[at..].chars().next()?;
        Some((c as u32, c.len_utf8()))
    }

    /// The first place from one on, and not behind `last`, where a match may begin.
    fn start(&self, from: usize, last: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while at <= last {
            match self.program.start {
                Start::Text if at > 0 => return None,
                Start::Line if at > 0 && bytes[at - 1] != b'\n' => {
                    at += memchr::memchr(b'\n', &bytes[at..last])? + 1;
                }
                Start::Anywhere | Start::Word => {
                    if let Some(leads) = &self.program.leads {
                        at += leads.find(&bytes[at..bytes.len().min(last + 1)])?;
                    }
                }
                Start::Text | Start::Line => {}
            }
            if self.may_start(at) {
                return Some(at);
            }
            at += self.next(at)?.1;
        }
        None
    }

    /// Whether a match may begin at a place.
    #[inline]
    fn may_start(&self, at: usize) -> bool {
        let first = self.program.first.is_none_or(|set| self.next(at).is_some_and(|(c, _)| self.set(set).has(c)));
        first && (self.program.start != Start::Word || !is_word_at(self.text.as_bytes(), at.wrapping_sub(1)))
    }

    /// Where the match ends that begins at a place, in bytes.
    fn from(&mut self, start: usize) -> Result<Option<usize>, TooLong> {
        let program = self.program;
        let (mut here, mut at) = (0_u32, start);
        loop {
            self.steps = self.steps.checked_sub(1).ok_or(TooLong)?;
            let next = match program.code[here as usize] {
                Instruction::Match => {
                    self.frames.clear();
                    return Ok(Some(at));
                }
                Instruction::Char(wanted) => match self.next(at) {
                    Some((c, length)) if c == wanted => Some((here + 1, at + length)),
                    _ => None,
                },
                Instruction::Class(set) => match self.next(at) {
                    Some((c, length)) if self.set(set).has(c) => Some((here + 1, at + length)),
                    _ => None,
                },
                Instruction::Run { set, min, max, back, before } => {
                    let [min, max, back] = [min, max, back].map(|number| number as usize);
                    self.run(here, at, self.set(set), [min, max, back], before)
                }
                Instruction::Split { first, second } => {
                    self.frames.push(Frame::Go { code: second, at });
                    Some((first, at))
                }
                Instruction::Branch { set, first, second } => {
                    if self.next(at).is_some_and(|(c, _)| self.set(set).has(c)) {
                        self.frames.push(Frame::Go { code: second, at });
                        Some((first, at))
                    } else {
                        Some((second, at))
                    }
                }
                Instruction::Jump(to) => Some((to, at)),
                Instruction::Save(slot) => {
                    if let Some(place) = self.slots.get_mut(slot as usize) {
                        self.frames.push(Frame::Restore { slot, place: *place });
                        *place = at;
                    }
                    Some((here + 1, at))
                }
                Instruction::Look(look) => self.looks(look, at).then_some((here + 1, at)),
                Instruction::Choose { from, count } => {
                    self.choose(&program.choices[from as usize..(from + count) as usize], at)
                }
            };
            (here, at) = match next.or_else(|| self.back()) {
                Some(next) => next,
                None => return Ok(None),
            };
        }
    }

    /// A set by its number.
    #[inline]
    fn set(&self, number: u32) -> &'a Set {
        &self.program.sets[number as usize]
    }

    /// Reads as many characters of a set as it may; fewer may be tried later.
    #[inline]
    fn run(
        &mut self,
        here: u32,
        start: usize,
        set: &Set,
        [min, max, back]: [usize; 3],
        before: u32,
    ) -> Option<(u32, usize)> {
        let earlier = self.runs.iter().position(|(code, _)| *code == here);
        // What begins inside of an earlier run ends where that does, and all its ends were tried.
        let is_inside = earlier.is_some_and(|index| self.runs[index].1.contains(&start));
        if is_inside && min == 0 {
            return None;
        }
        let has_no_bound = max == u32::MAX as usize;
        let (mut at, mut least, mut count) = (start, start, 0);
        if let (Some(byte), true, 0..2) = (set.all_but, has_no_bound, min) {
            let rest = &self.text.as_bytes()[start..];
            at += memchr::memchr(byte, rest).unwrap_or(rest.len());
            count = at - start;
            if let (1, Some((_, length))) = (min, self.next(start)) {
                least += length;
            }
        }
        while count < max {
            let Some((_, length)) = self.next(at).filter(|&(c, _)| set.has(c)) else { break };
            at += length;
            count += 1;
            if count == min {
                least = at;
            }
        }
        if count < min {
            return None;
        }
        self.steps = self.steps.saturating_sub(count / CHARACTERS_IN_STEP);
        if has_no_bound && at - least > LONG {
            let tried = least..at;
            match earlier {
                Some(index) if self.runs[index].1.end == at && self.runs[index].1.start <= least => return None,
                Some(index) => self.runs[index].1 = tried,
                None => self.runs.push((here, tried)),
            }
        }
        let mut least = least.max(at.saturating_sub(back));
        while !self.text.is_char_boundary(least) {
            least += 1;
        }
        if at > least {
            self.frames.push(Frame::Shorten { code: here + 1, before, at, least });
        }
        Some((here + 1, at))
    }

    /// Goes where the next character leads.
    fn choose(&self, choices: &[Choice], at: usize) -> Option<(u32, usize)> {
        let (c, length) = self.next(at)?;
        let index = choices.partition_point(|choice| choice.last < c);
        let choice = choices.get(index).filter(|choice| choice.first <= c)?;
        Some((choice.to, at + length))
    }

    /// Whether what stands around a place is as it is asked for.
    fn looks(&self, look: Look, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        match look {
            Look::WordAscii => is_word_at(bytes, at.wrapping_sub(1)) != is_word_at(bytes, at),
            look => LookMatcher::new().matches(look, bytes, at),
        }
    }

    /// The next way that is open, and where in the text it goes on.
    fn back(&mut self) -> Option<(u32, usize)> {
        loop {
            match self.frames.pop()? {
                Frame::Go { code, at } => {
                    if self.steps > self.remembers_from || self.tried.insert((code, at)) {
                        return Some((code, at));
                    }
                }
                Frame::Restore { slot, place } => self.slots[slot as usize] = place,
                Frame::Shorten { code, before, at, least } => {
                    let Some(at) = self.shorter(before, at, least) else { continue };
                    if at > least {
                        self.frames.push(Frame::Shorten { code, before, at, least });
                    }
                    return Some((code, at));
                }
            }
        }
    }

    /// Where a run may end that ends before a place and not before another: at the last place whose character is in
    /// a set.
    fn shorter(&self, set: u32, end: usize, least: usize) -> Option<usize> {
        let mut at = end;
        while at > least {
            at -= 1;
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            if set == ANY || self.next(at).is_some_and(|(c, _)| self.set(set).has(c)) {
                return Some(at);
            }
        }
        None
    }
}

/// Whether an ASCII letter, a digit or a low line stands at a place.
fn is_word_at(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(|&byte| is_word(byte))
}
