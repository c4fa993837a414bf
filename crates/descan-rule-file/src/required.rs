//! What a match of a pattern must hold: literals, and kinds of characters.
//!
//! A rule is tried only where these are, so that a text costs the same for three
//! rules and for three hundred.

use regex_syntax::hir::{Class, Hir, HirKind, Literal};
use serde::{Deserialize, Serialize};

/// So many literals of a pattern are looked for at most.
const MOST_LITERALS: usize = 600;

/// A set of characters: ASCII ones exactly, all others together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct CharSet {
    low: u64,
    high: u64,
    other: bool,
}

impl CharSet {
    /// The characters of a text.
    pub fn of(text: &str) -> CharSet {
        let mut set = CharSet::default();
        for byte in text.bytes() {
            set.add(byte);
        }
        set
    }

    fn add(&mut self, byte: u8) {
        match byte {
            0..64 => self.low |= 1 << byte,
            64..128 => self.high |= 1 << (byte - 64),
            _ => self.other = true,
        }
    }

    /// Whether the two have a character in common.
    pub fn meets(self, other: CharSet) -> bool {
        self.low & other.low != 0 || self.high & other.high != 0 || self.other && other.other
    }

    fn with(self, other: CharSet) -> CharSet {
        CharSet { low: self.low | other.low, high: self.high | other.high, other: self.other || other.other }
    }

    fn len(self) -> u32 {
        // What is not ASCII is rare in the texts that are read.
        self.low.count_ones() + self.high.count_ones() + 4 * u32::from(self.other)
    }
}

/// Sets of characters, of each of which a match holds at least one.
pub(crate) fn char_sets(hir: &Hir) -> Vec<CharSet> {
    let mut sets = Vec::new();
    gather_sets(hir, &mut sets);
    sets.sort_by_key(|set| set.len());
    sets.dedup();
    // The rarest few tell nearly all.
    sets.truncate(4);
    sets
}

fn gather_sets(hir: &Hir, sets: &mut Vec<CharSet>) {
    match hir.kind() {
        HirKind::Literal(Literal(bytes)) => sets.extend(bytes.iter().map(|&byte| {
            let mut set = CharSet::default();
            set.add(byte);
            set
        })),
        HirKind::Class(class) => sets.push(class_set(class)),
        HirKind::Repetition(repetition) if repetition.min > 0 => gather_sets(&repetition.sub, sets),
        HirKind::Capture(capture) => gather_sets(&capture.sub, sets),
        HirKind::Concat(parts) => parts.iter().for_each(|part| gather_sets(part, sets)),
        HirKind::Alternation(branches) => {
            let mut any = CharSet::default();
            for branch in branches {
                let Some(&rarest) = char_sets(branch).first() else { return };
                any = any.with(rarest);
            }
            sets.push(any);
        }
        HirKind::Empty | HirKind::Look(_) | HirKind::Repetition(_) => {}
    }
}

fn class_set(class: &Class) -> CharSet {
    let mut set = CharSet::default();
    let mut add = |start: u32, end: u32| {
        for code in start..=end.min(127) {
            set.add(code as u8);
        }
        set.other |= end > 127;
    };
    match class {
        Class::Unicode(class) => class.ranges().iter().for_each(|r| add(r.start() as u32, r.end() as u32)),
        Class::Bytes(class) => class.ranges().iter().for_each(|r| add(u32::from(r.start()), u32::from(r.end()))),
    }
    set
}

/// Whether a match may hold a character of `wanted`.
pub(crate) fn may_hold(hir: &Hir, wanted: char) -> bool {
    match hir.kind() {
        HirKind::Literal(Literal(bytes)) => bytes.contains(&(wanted as u8)),
        HirKind::Class(Class::Unicode(class)) => class.ranges().iter().any(|r| (r.start()..=r.end()).contains(&wanted)),
        HirKind::Class(Class::Bytes(class)) => {
            class.ranges().iter().any(|r| (r.start()..=r.end()).contains(&(wanted as u8)))
        }
        HirKind::Repetition(repetition) => may_hold(&repetition.sub, wanted),
        HirKind::Capture(capture) => may_hold(&capture.sub, wanted),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(|part| may_hold(part, wanted)),
        HirKind::Empty | HirKind::Look(_) => false,
    }
}

/// Literals of which every match holds at least one: the rarest such set that the
/// pattern shows, or none where all are too common to be looked for.
pub(crate) fn literals(hir: &Hir) -> Option<Vec<String>> {
    let mut best: Option<(f32, Vec<String>)> = None;
    offer(hir, &mut best);
    best.filter(|(rarity, _)| *rarity >= LEAST_RARITY).map(|(_, literals)| literals)
}

/// A lone space, full stop or small letter is found everywhere.
const LEAST_RARITY: f32 = 2.0;

fn offer(hir: &Hir, best: &mut Option<(f32, Vec<String>)>) {
    if let Some(all) = exact(hir) {
        keep_better(all, best);
        return;
    }
    match hir.kind() {
        HirKind::Capture(capture) => offer(&capture.sub, best),
        HirKind::Repetition(repetition) if repetition.min > 0 => offer(&repetition.sub, best),
        HirKind::Alternation(branches) => {
            let mut all = Vec::new();
            for branch in branches {
                let mut own = None;
                offer(branch, &mut own);
                let Some((_, literals)) = own else { return };
                all.extend(literals);
            }
            keep_better(all, best);
        }
        HirKind::Concat(parts) => offer_runs(parts, best),
        _ => {}
    }
}

/// Offers the products of neighbouring parts whose texts can all be listed, and
/// what the other parts need.
fn offer_runs(parts: &[Hir], best: &mut Option<(f32, Vec<String>)>) {
    let mut run = vec![String::new()];
    for part in flat(parts) {
        let Some(texts) = exact(part) else {
            keep_better(std::mem::replace(&mut run, vec![String::new()]), best);
            offer(part, best);
            continue;
        };
        if run.len() * texts.len() > MOST_LITERALS {
            keep_better(std::mem::replace(&mut run, texts), best);
            continue;
        }
        let mut longer = Vec::with_capacity(run.len() * texts.len());
        for start in &run {
            longer.extend(texts.iter().map(|end| format!("{start}{end}")));
        }
        // A longer run is rarer, but may be one of many: both are offered.
        if longer.len() > run.len() {
            keep_better(run.clone(), best);
        }
        run = longer;
    }
    keep_better(run, best);
}

/// The parts of a sequence, with those of its groups.
fn flat(parts: &[Hir]) -> Vec<&Hir> {
    let mut all = Vec::new();
    for part in parts {
        match part.kind() {
            HirKind::Capture(capture) => match capture.sub.kind() {
                HirKind::Concat(inner) => all.extend(flat(inner)),
                _ => all.push(&*capture.sub),
            },
            HirKind::Concat(inner) => all.extend(flat(inner)),
            _ => all.push(part),
        }
    }
    all
}

fn keep_better(mut literals: Vec<String>, best: &mut Option<(f32, Vec<String>)>) {
    literals.sort();
    literals.dedup();
    if literals.is_empty() || literals.len() > MOST_LITERALS || literals.iter().any(String::is_empty) {
        return;
    }
    // What holds another one is found with it.
    let all = literals.clone();
    literals.retain(|literal| !all.iter().any(|other| other != literal && literal.contains(other.as_str())));
    let rarest = literals.iter().map(|literal| rarity(literal)).fold(f32::INFINITY, f32::min);
    // Each doubling of the set finds about twice as many places.
    let rarity = rarest - (literals.len() as f32).log2() / 4.0;
    if best.as_ref().is_none_or(|(other, _)| rarity > *other) {
        *best = Some((rarity, literals));
    }
}

/// How rare a literal is, on a scale on which a common small letter is 1.
fn rarity(literal: &str) -> f32 {
    let of = |c: char| match c {
        ' ' | '\n' => 0.7,
        'a' | 'e' | 'h' | 'i' | 'n' | 'o' | 'r' | 's' | 't' => 1.0,
        ',' | '.' => 1.3,
        'a'..='z' => 1.5,
        '\'' | '"' | '’' | '“' | '”' | '-' | '—' => 2.0,
        'A'..='Z' | '0'..='9' | ';' | ':' | '!' | '?' => 2.4,
        _ => 4.0,
    };
    let sum: f32 = literal.chars().map(of).sum();
    // Beyond some letters a literal is as rare as it gets.
    sum.min(8.0)
}

/// All texts that a part matches, where they are few.
fn exact(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(vec![String::new()]),
        HirKind::Literal(Literal(bytes)) => Some(vec![String::from_utf8(bytes.to_vec()).ok()?]),
        HirKind::Class(Class::Unicode(class)) => {
            let count: usize = class.ranges().iter().map(|r| r.end() as usize - r.start() as usize + 1).sum();
            (count <= 12).then(|| class.ranges().iter().flat_map(|r| r.start()..=r.end()).map(String::from).collect())
        }
        HirKind::Class(Class::Bytes(_)) => None,
        HirKind::Capture(capture) => exact(&capture.sub),
        HirKind::Repetition(repetition) => match (repetition.min, repetition.max) {
            (0, Some(1)) => {
                let mut texts = exact(&repetition.sub)?;
                texts.push(String::new());
                Some(texts)
            }
            (min, Some(max)) if min == max && max <= 4 => product(&vec![&*repetition.sub; max as usize]),
            _ => None,
        },
        HirKind::Concat(parts) => product(&parts.iter().collect::<Vec<_>>()),
        HirKind::Alternation(branches) => {
            let mut all = Vec::new();
            for branch in branches {
                all.extend(exact(branch)?);
            }
            (all.len() <= MOST_LITERALS).then_some(all)
        }
    }
}

fn product(parts: &[&Hir]) -> Option<Vec<String>> {
    let mut texts = vec![String::new()];
    for part in parts {
        let ends = exact(part)?;
        if texts.len() * ends.len() > MOST_LITERALS {
            return None;
        }
        texts = texts.iter().flat_map(|start| ends.iter().map(move |end| format!("{start}{end}"))).collect();
    }
    Some(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(pattern: &str) -> Hir {
        regex_syntax::parse(pattern).expect("a regex")
    }

    fn literals_of(pattern: &str) -> Option<Vec<String>> {
        literals(&parsed(pattern))
    }

    #[test]
    fn the_rarest_literals_are_chosen() {
        assert_eq!(literals_of(r"\w+(?P<bad> +)[;:]"), Some(vec![":".to_owned(), ";".to_owned()]));
        assert_eq!(literals_of(r"\w+(?P<bad> )[;:]"), Some(vec![" :".to_owned(), " ;".to_owned()]));
        assert_eq!(
            literals_of(r"\b(?i:an) £"),
            Some(vec!["AN £".to_owned(), "An £".to_owned(), "aN £".to_owned(), "an £".to_owned()])
        );
        assert_eq!(literals_of(r"[a-z]+(?:ab|cd)?x£"), Some(vec!["x£".to_owned()]));
        assert_eq!(literals_of(r"\w+ \w+"), None);
        assert_eq!(literals_of(r"\w+e\w+"), None);
        assert_eq!(literals_of(r"(?:a\w+#|b\w+%)"), Some(vec!["#".to_owned(), "%".to_owned()]));
    }

    #[test]
    fn a_match_holds_a_character_of_each_set() {
        let sets = char_sets(&parsed(r"^\d+[lI]\p{Ll}*$"));
        let holds = |text: &str| sets.iter().all(|set| set.meets(CharSet::of(text)));
        assert!(holds("1l") && holds("2Ith"));
        assert!(!holds("12") && !holds("lI") && !holds("é"));
    }

    #[test]
    fn white_space_in_a_pattern_is_seen() {
        assert!(may_hold(&parsed(r"a\s+b"), '\n') && !may_hold(&parsed(r"a b"), '\n'));
        assert!(!may_hold(&parsed(r"\S+"), ' ') && may_hold(&parsed(r"[^x]"), ' '));
    }
}
