//! Programs as bytes: numbers in groups of seven bits, the lowest first.

use regex_automata::util::look::Look;

use super::code::{Choice, Instruction, Leads, Program, Set, Start};

/// The program as bytes.
pub(super) fn write(program: &Program) -> Vec<u8> {
    let mut out = Writer(Vec::new());
    out.put(program.longest.map_or(0, |longest| longest as u64 + 1));
    out.put(program.first.map_or(0, |first| u64::from(first) + 1));
    out.put(program.start as u64);
    out.put(program.names.len() as u64);
    for name in &program.names {
        let name = name.as_deref().unwrap_or_default();
        out.put(name.len() as u64);
        out.0.extend(name.as_bytes());
    }
    out.put(program.sets.len() as u64);
    for set in &program.sets {
        out.put(set.ranges.len() as u64);
        set.ranges.iter().for_each(|&(first, last)| out.put_all([first, last]));
    }
    out.put(program.choices.len() as u64);
    program.choices.iter().for_each(|choice| out.put_all([choice.first, choice.last, choice.to]));
    out.put(program.code.len() as u64);
    for &instruction in &program.code {
        match instruction {
            Instruction::Match => out.put_all([0]),
            Instruction::Char(c) => out.put_all([1, c]),
            Instruction::Class(set) => out.put_all([2, set]),
            Instruction::Run { set, min, max, back, before } => {
                out.put_all([3, set, min, max, back, before.wrapping_add(1)]);
            }
            Instruction::Split { first, second } => out.put_all([4, first, second]),
            Instruction::Branch { set, first, second } => out.put_all([5, set, first, second]),
            Instruction::Jump(to) => out.put_all([6, to]),
            Instruction::Save(slot) => out.put_all([7, slot]),
            Instruction::Look(look) => out.put_all([8, look.as_repr()]),
            Instruction::Choose { from, count } => out.put_all([9, from, count]),
        }
    }
    out.0
}

struct Writer(Vec<u8>);

impl Writer {
    fn put(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    fn put_all<const N: usize>(&mut self, numbers: [u32; N]) {
        numbers.into_iter().for_each(|number| self.put(number.into()));
    }
}

/// The program of which [`write`] made bytes. `None` where they are not such bytes.
pub(super) fn read(bytes: &[u8]) -> Option<Program> {
    let mut from = Reader(bytes);
    let longest = from.next()?.checked_sub(1).map(|longest| longest as usize);
    let first = from.next()?.checked_sub(1).map(|first| first as u32);
    let start = Start::of(from.next()?);
    let names = from.many(|from| {
        let length = from.next()? as usize;
        let (name, rest) = from.0.split_at_checked(length)?;
        from.0 = rest;
        Some((!name.is_empty()).then(|| String::from_utf8_lossy(name).into()))
    })?;
    let sets = from.many(|from| Some(Set::of(from.many(|from| Some((from.number()?, from.number()?)))?)))?;
    let choices = from.many(|from| Some(Choice { first: from.number()?, last: from.number()?, to: from.number()? }))?;
    let code = from.many(|from| {
        Some(match from.next()? {
            0 => Instruction::Match,
            1 => Instruction::Char(from.number()?),
            2 => Instruction::Class(from.number()?),
            3 => {
                let [set, min, max, back] = [from.number()?, from.number()?, from.number()?, from.number()?];
                Instruction::Run { set, min, max, back, before: from.number()?.wrapping_sub(1) }
            }
            4 => Instruction::Split { first: from.number()?, second: from.number()? },
            5 => Instruction::Branch { set: from.number()?, first: from.number()?, second: from.number()? },
            6 => Instruction::Jump(from.number()?),
            7 => Instruction::Save(from.number()?),
            8 => Instruction::Look(Look::from_repr(from.number()?)?),
            9 => Instruction::Choose { from: from.number()?, count: from.number()? },
            _ => return None,
        })
    })?;
    let leads = first.and_then(|first| Some(Leads::of(sets.get(first as usize)?)));
    Some(Program { code, sets, choices, names, longest, first, start, leads })
}

struct Reader<'b>(&'b [u8]);

impl Reader<'_> {
    fn next(&mut self) -> Option<u64> {
        let (mut number, mut shift) = (0_u64, 0);
        loop {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
            shift += 7;
            if shift > 63 {
                return None;
            }
        }
    }

    fn number(&mut self) -> Option<u32> {
        self.next().map(|number| number as u32)
    }

    /// How many there are, and then each.
    fn many<T>(&mut self, one: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.next()?;
        // No more than there are bytes for.
        let mut all = Vec::with_capacity((count as usize).min(self.0.len()));
        for _ in 0..count {
            all.push(one(self)?);
        }
        Some(all)
    }
}
