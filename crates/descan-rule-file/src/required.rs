//! What a match of a pattern must hold: literals, and kinds of characters.
//!
//! A rule is tried only where these are, so that a text costs the same for three
//! rules and for three hundred.

use std::collections::BTreeSet;

use regex_syntax::hir::{Class, Hir, HirKind, Literal};
use serde::{Deserialize, Serialize};

/// A set of characters: ASCII ones exactly, all others together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub struct CharSet {
    low: u64,
    high: u64,
    other: bool,
}

impl CharSet {
    /// All characters.
    pub const ALL: CharSet = CharSet { low: u64::MAX, high: u64::MAX, other: true };

    /// The characters of a text.
    pub fn of(text: &str) -> CharSet {
        CharSet::of_bytes(text.as_bytes())
    }

    /// The characters of which a text has these bytes.
    pub fn of_bytes(bytes: &[u8]) -> CharSet {
        // Without branches, as this is asked of every line.
        let (mut low, mut high, mut other) = (0_u64, 0_u64, 0_u8);
        for &byte in bytes {
            low |= u64::from(byte < 64) << (byte & 63);
            high |= u64::from(byte >> 6 == 1) << (byte & 63);
            other |= byte;
        }
        CharSet { low, high, other: other >= 128 }
    }

    /// The first character of a text.
    pub fn of_first(text: &str) -> CharSet {
        let mut set = CharSet::default();
        text.bytes().next().into_iter().for_each(|byte| set.add(byte));
        set
    }

    /// The last character of a text.
    pub fn of_last(text: &str) -> CharSet {
        let mut set = CharSet::default();
        text.bytes().last().into_iter().for_each(|byte| set.add(byte));
        set
    }

    /// The set as three numbers: the ASCII characters below 64, those from 64 on,
    /// and whether all others are in it.
    pub fn to_words(self) -> [u64; 3] {
        [self.low, self.high, u64::from(self.other)]
    }

    /// The set of which [`CharSet::to_words`] made numbers.
    pub const fn from_words([low, high, other]: [u64; 3]) -> CharSet {
        CharSet { low, high, other: other != 0 }
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

    /// The characters of both.
    #[must_use]
    pub fn with(self, other: CharSet) -> CharSet {
        CharSet { low: self.low | other.low, high: self.high | other.high, other: self.other || other.other }
    }

    /// Whether the set has none.
    pub fn is_empty(self) -> bool {
        self == CharSet::default()
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

/// Literals of which every match holds at least one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Required {
    /// The literals.
    pub literals: Vec<String>,
    /// How far before one a match may begin, in bytes.
    pub before: usize,
    /// How far behind the start of one a match may end, in bytes.
    pub after: usize,
    rarity: f32,
}

/// The longest match, in bytes.
pub(crate) const LONGEST: usize = 300;

/// The longest word, in bytes.
const LONGEST_WORD: usize = 48;

/// How long a match of a part may be, in bytes, where words are no longer than
/// [`LONGEST_WORD`] and nothing is longer than [`LONGEST`].
pub(crate) fn most_bytes(hir: &Hir) -> usize {
    let most = match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 0,
        HirKind::Literal(_) | HirKind::Class(_) => hir.properties().maximum_len().unwrap_or(LONGEST),
        HirKind::Capture(capture) => most_bytes(&capture.sub),
        HirKind::Repetition(repetition) => match repetition.max {
            Some(max) => most_bytes(&repetition.sub).saturating_mul(max as usize),
            None if may_hold(&repetition.sub, ' ') || may_hold(&repetition.sub, '\n') => LONGEST,
            None => LONGEST_WORD,
        },
        HirKind::Concat(parts) => parts.iter().map(most_bytes).sum(),
        HirKind::Alternation(branches) => branches.iter().map(most_bytes).max().unwrap_or_default(),
    };
    most.min(LONGEST)
}

/// The rarest literals of which every match holds at least one, as far as the
/// pattern shows them, or none where all are too common to be looked for.
/// `most` says how many there may be.
pub(crate) fn literals(hir: &Hir, most: usize) -> Option<Required> {
    rarest(hir, most).filter(|best| best.rarity >= LEAST_RARITY)
}

fn rarest(hir: &Hir, most: usize) -> Option<Required> {
    let mut best = None;
    offer(hir, most, [0, 0], &mut best);
    best
}

/// The same for a pattern that is matched against tokens. Where it is a list of
/// words between marks, they are those words, however short, and `true`: no letter
/// or digit stands before or after one.
pub(crate) fn literals_in_token(hir: &Hir, most: usize) -> Option<(Vec<String>, bool)> {
    if let Some(words) = whole_words(hir, most) {
        return Some((words, true));
    }
    rarest(hir, most).filter(|best| best.rarity >= LEAST_IN_TOKEN).map(|found| (found.literals, false))
}

/// A lone space, full stop or small letter is found everywhere.
const LEAST_RARITY: f32 = 2.0;
/// A token that has one of the literals is rarer still than one that may match.
const LEAST_IN_TOKEN: f32 = 0.8;

/// Offers the literals of a part; `around` says how many bytes of a match may stand
/// before it and after it.
fn offer(hir: &Hir, most: usize, around: [usize; 2], best: &mut Option<Required>) {
    if let Some(all) = exact(hir, most) {
        keep_better(all, most, around, best);
        return;
    }
    match hir.kind() {
        HirKind::Capture(capture) => offer(&capture.sub, most, around, best),
        HirKind::Repetition(repetition) if repetition.min > 0 => {
            let others = most_bytes(hir);
            offer(&repetition.sub, most, around.map(|bytes| (bytes + others).min(LONGEST)), best);
        }
        HirKind::Alternation(branches) => {
            let (mut all, mut widest) = (Vec::new(), [0, 0]);
            for branch in branches {
                let mut own = None;
                offer(branch, most, around, &mut own);
                let Some(Required { literals, before, after, .. }) = own else { return };
                all.extend(literals);
                widest = [widest[0].max(before), widest[1].max(after)];
            }
            keep_better(all, most, widest, best);
        }
        HirKind::Concat(parts) => offer_runs(parts, most, around, best),
        _ => {}
    }
}

/// Offers the products of neighbouring parts whose texts can all be listed, and
/// what the other parts need.
fn offer_runs(parts: &[Hir], most: usize, around: [usize; 2], best: &mut Option<Required>) {
    let parts = flat(parts);
    let bytes = |parts: &[&Hir]| parts.iter().map(|part| most_bytes(part)).sum::<usize>();
    let beside = |from: usize, to: usize| {
        let all = [around[0] + bytes(&parts[..from]), around[1] + bytes(&parts[to..])];
        all.map(|bytes| bytes.min(LONGEST))
    };
    let (mut run, mut from) = (vec![String::new()], 0);
    for (index, part) in parts.iter().enumerate() {
        let Some(texts) = exact(part, most) else {
            keep_better(std::mem::replace(&mut run, vec![String::new()]), most, beside(from, index), best);
            from = index + 1;
            offer(part, most, beside(index, index + 1), best);
            continue;
        };
        if run.len() * texts.len() > most {
            keep_better(std::mem::replace(&mut run, texts), most, beside(from, index), best);
            from = index;
            continue;
        }
        let mut longer = Vec::with_capacity(run.len() * texts.len());
        for start in &run {
            longer.extend(texts.iter().map(|end| format!("{start}{end}")));
        }
        // A longer run is rarer, but may be one of many: both are offered.
        if longer.len() > run.len() {
            keep_better(run.clone(), most, beside(from, index), best);
        }
        run = longer;
    }
    keep_better(run, most, beside(from, parts.len()), best);
}

/// The texts of a part of a pattern, where they can all be listed and no letter or
/// digit can stand right beside them.
fn whole_words(hir: &Hir, most: usize) -> Option<Vec<String>> {
    let HirKind::Concat(parts) = hir.kind() else { return None };
    let parts = flat(parts);
    let is_anchor = |part: Option<&&Hir>| part.is_some_and(|part| matches!(part.kind(), HirKind::Look(_)));
    if !is_anchor(parts.first()) || !is_anchor(parts.last()) {
        return None;
    }
    let letters = CharSet::of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    let behind = |part: &&Hir| edge_chars(part, Edge::First);
    let before = |part: &&Hir| edge_chars(part, Edge::Last);
    for (index, part) in parts.iter().enumerate() {
        let Some(words) = exact(part, most) else { continue };
        if words.iter().all(|word| CharSet::of(word).meets(letters))
            && !nearest(parts[..index].iter().rev(), before).meets(letters)
            && !nearest(parts[index + 1..].iter(), behind).meets(letters)
        {
            return Some(words);
        }
    }
    None
}

/// The characters of parts up to the first that is never empty.
fn nearest<'h>(parts: impl Iterator<Item = &'h &'h Hir>, chars: impl Fn(&&'h Hir) -> CharSet) -> CharSet {
    let mut all = CharSet::default();
    for part in parts {
        all = all.with(chars(part));
        if part.properties().minimum_len().is_some_and(|least| least > 0) {
            break;
        }
    }
    all
}

/// The characters that a match may begin with: all, where it may be empty.
pub(crate) fn may_begin(hir: &Hir) -> CharSet {
    match hir.properties().minimum_len() {
        Some(least) if least > 0 => edge_chars(hir, Edge::First),
        _ => CharSet::ALL,
    }
}

/// The characters that may stand first behind the first line break of a match and all blanks
/// there, for a pattern whose matches begin where a line does. All, where the pattern does not tell.
pub(crate) fn behind_break(hir: &Hir) -> CharSet {
    let HirKind::Concat(parts) = hir.kind() else { return CharSet::ALL };
    let parts = flat(parts);
    let Some(first) = parts.iter().position(|part| may_hold(part, '\n')) else { return CharSet::ALL };
    let has_break = parts[first].properties().minimum_len().is_some_and(|least| least > 0);
    let behind = parts[first..].iter().position(|part| !is_blank(part)).unwrap_or_default();
    let behind = &parts[first + behind..];
    if !has_break || !is_blank(parts[first]) || behind.iter().all(|part| part.properties().minimum_len() == Some(0)) {
        return CharSet::ALL;
    }
    let set = nearest(behind.iter(), |part| edge_chars(part, Edge::First));
    // Blanks among others would be passed over.
    if set.meets(CharSet::of(BLANKS)) { CharSet::ALL } else { set }
}

/// The characters that may stand right before the first line break of a match, for a pattern whose matches begin where
/// a line does and go on behind it. `None` where the pattern does not tell.
pub(crate) fn before_break(hir: &Hir) -> Option<CharSet> {
    let HirKind::Concat(parts) = hir.kind() else { return None };
    let parts = flat(parts);
    let first = parts.iter().position(|part| may_hold(part, '\n'))?;
    let has_break = parts[first].properties().minimum_len().is_some_and(|least| least > 0);
    let begins = edge_chars(parts[first], Edge::First);
    let is_told = parts[..first].iter().any(|part| part.properties().minimum_len().is_some_and(|least| least > 0));
    let is_break = begins == CharSet::of("\n");
    (has_break && is_break && is_told)
        .then(|| nearest(parts[..first].iter().rev(), |part| edge_chars(part, Edge::Last)))
}

/// ASCII white space.
const BLANKS: &str = " \t\n\r\x0c";

/// Whether a part matches nothing but white space.
fn is_blank(hir: &Hir) -> bool {
    let blanks = CharSet::of(BLANKS);
    let holds_blanks = |set: CharSet| set.low & !blanks.low == 0 && set.high == 0 && !set.other;
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(Literal(bytes)) => holds_blanks(of_bytes(bytes)),
        HirKind::Class(class) => holds_blanks(class_set(class)),
        HirKind::Repetition(repetition) => is_blank(&repetition.sub),
        HirKind::Capture(capture) => is_blank(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().all(is_blank),
    }
}

/// An end of a match.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    First,
    Last,
}

/// The characters that a match of a part may begin with, or end with.
fn edge_chars(hir: &Hir, edge: Edge) -> CharSet {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => CharSet::default(),
        HirKind::Literal(Literal(bytes)) => match edge {
            Edge::First => of_bytes(&bytes[..1]),
            Edge::Last => of_bytes(&bytes[bytes.len() - 1..]),
        },
        HirKind::Class(class) => class_set(class),
        HirKind::Repetition(repetition) => edge_chars(&repetition.sub, edge),
        HirKind::Capture(capture) => edge_chars(&capture.sub, edge),
        HirKind::Alternation(parts) => {
            parts.iter().fold(CharSet::default(), |all, part| all.with(edge_chars(part, edge)))
        }
        HirKind::Concat(parts) => {
            let parts: Vec<&Hir> = parts.iter().collect();
            let chars = |part: &&Hir| edge_chars(part, edge);
            match edge {
                Edge::First => nearest(parts.iter(), chars),
                Edge::Last => nearest(parts.iter().rev(), chars),
            }
        }
    }
}

fn of_bytes(bytes: &[u8]) -> CharSet {
    let mut set = CharSet::default();
    bytes.iter().for_each(|&byte| set.add(byte));
    set
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

fn keep_better(mut literals: Vec<String>, most: usize, [before, after]: [usize; 2], best: &mut Option<Required>) {
    literals.sort();
    literals.dedup();
    if literals.is_empty() || literals.len() > most || literals.iter().any(String::is_empty) {
        return;
    }
    let longest = literals.iter().map(String::len).max().unwrap_or_default();
    // What holds another one is found with it.
    let all: BTreeSet<String> = literals.iter().cloned().collect();
    literals.retain(|literal| !holds_another(literal, &all));
    let rarest = literals.iter().map(|literal| rarity(literal)).fold(f32::INFINITY, f32::min);
    // Each doubling of the set finds about twice as many places.
    let rarity = rarest - (literals.len() as f32).log2() / 4.0;
    if best.as_ref().is_none_or(|other| rarity > other.rarity) {
        // The literal that is found may stand at the end of one that holds it.
        let (before, after) = (before + longest, after + longest);
        *best = Some(Required { literals, before, after, rarity });
    }
}

/// Whether a literal has another one inside it.
fn holds_another(literal: &str, all: &BTreeSet<String>) -> bool {
    let starts: Vec<usize> = literal.char_indices().map(|(at, _)| at).chain([literal.len()]).collect();
    let parts = starts.iter().flat_map(|&from| starts.iter().filter(move |&&to| to > from).map(move |&to| (from, to)));
    parts.filter(|&(from, to)| to - from < literal.len()).any(|(from, to)| all.contains(&literal[from..to]))
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
fn exact(hir: &Hir, most: usize) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(vec![String::new()]),
        HirKind::Literal(Literal(bytes)) => Some(vec![String::from_utf8(bytes.to_vec()).ok()?]),
        HirKind::Class(Class::Unicode(class)) => {
            let count: usize = class.ranges().iter().map(|r| r.end() as usize - r.start() as usize + 1).sum();
            (count <= 12).then(|| class.ranges().iter().flat_map(|r| r.start()..=r.end()).map(String::from).collect())
        }
        HirKind::Class(Class::Bytes(_)) => None,
        HirKind::Capture(capture) => exact(&capture.sub, most),
        HirKind::Repetition(repetition) => match (repetition.min, repetition.max) {
            (0, Some(1)) => {
                let mut texts = exact(&repetition.sub, most)?;
                texts.push(String::new());
                Some(texts)
            }
            (min, Some(max)) if min == max && max <= 4 => product(&vec![&*repetition.sub; max as usize], most),
            _ => None,
        },
        HirKind::Concat(parts) => product(&parts.iter().collect::<Vec<_>>(), most),
        HirKind::Alternation(branches) => {
            let mut all = Vec::new();
            for branch in branches {
                all.extend(exact(branch, most)?);
            }
            (all.len() <= most).then_some(all)
        }
    }
}

fn product(parts: &[&Hir], most: usize) -> Option<Vec<String>> {
    let mut texts = vec![String::new()];
    for part in parts {
        let ends = exact(part, most)?;
        if texts.len() * ends.len() > most {
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
        literals(&parsed(pattern), 600).map(|found| found.literals)
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
    fn literals_between_marks_are_whole() {
        let whole = |pattern: &str| whole_words(&parsed(pattern), 600);
        let words = whole(r"^[“(]*(?P<bad>tlie|tl)(?:['’]s)?[.,]*$").expect("they are whole");
        assert_eq!(words.len(), 2);
        assert_eq!(whole(r"^(?:[“]*|[a-z]+-)(?P<bad>tlie|tliat)$").map(|words| words.len()), Some(2));
        assert_eq!(whole(r"^[“a]*(?P<bad>tlie|tliat)$"), None);
        assert_eq!(whole(r"^[“]*(?P<bad>tlie|tliat)s?$"), None);
        assert_eq!(whole(r"(?P<bad>tlie|tliat)[.,]*$"), None);
    }

    #[test]
    fn a_match_reaches_no_farther_than_its_parts() {
        let reach = |pattern: &str| literals(&parsed(pattern), 600).map(|found| (found.before, found.after));
        assert_eq!(reach(r"[a-z]+ £\d{2}"), Some((48 + 3, 8 + 3)));
        assert_eq!(reach(r"[^x]+£"), Some((302, 2)));
        assert_eq!(reach(r"(?:[a-z]£|[a-z]+%)"), Some((51, 4)));
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
