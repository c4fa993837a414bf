//! Regexes that match wherever another does and perhaps elsewhere, but have fewer states.
//!
//! An automaton for hundreds of verbs, or for the letters of all scripts, is too large to keep for each rule. One
//! that takes any word like them for a verb, and any character beyond ASCII for a letter, still rules out nearly
//! all of a text.

use regex_syntax::hir::{
    Capture, Class, ClassBytes, ClassBytesRange, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Literal, Look,
    Repetition,
};

/// How loosely a regex is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loosely {
    /// As it is.
    Exact,
    /// A class of many characters beyond ASCII has all of them.
    Letters,
    /// A repetition besides has no bounds above two.
    Counts,
    /// Words of long alternations besides are any with such letters.
    Words,
    /// Only marks and line breaks are told apart: letters, digits and spaces may be any, and any number of them.
    Marks,
}

impl Loosely {
    /// From the strictest on.
    pub const ALL: [Loosely; 5] = [Loosely::Exact, Loosely::Letters, Loosely::Counts, Loosely::Words, Loosely::Marks];
}

/// A class with more ranges beyond ASCII has all characters there.
const MOST_RANGES: usize = 8;
/// What is repeated more often than this may be repeated without end.
const MOST_COUNTED: u32 = 2;
/// An alternation of more literals is one of their letters.
const MOST_WORDS: usize = 8;
/// So many bytes at the start of such a literal are kept apart.
const KEPT: usize = 2;

/// The regex that matches at least where `pattern` does. `None` where `pattern` is no regex.
pub fn loosened(pattern: &str, multi_line: bool, how: Loosely) -> Option<Hir> {
    let mut parser = regex_syntax::ParserBuilder::new().multi_line(multi_line).build();
    let hir = parser.parse(pattern).ok()?;
    Some(if how == Loosely::Exact { hir } else { loosen(&hir, how) })
}

fn loosen(hir: &Hir, how: Loosely) -> Hir {
    match hir.kind() {
        HirKind::Literal(Literal(bytes)) if how == Loosely::Marks => {
            let text = String::from_utf8_lossy(bytes);
            sequence(text.chars().map(|c| marks_of(&ClassUnicode::new([ClassUnicodeRange::new(c, c)]))).collect())
        }
        HirKind::Class(Class::Unicode(class)) if how == Loosely::Marks => marks_of(class),
        HirKind::Empty | HirKind::Literal(_) => hir.clone(),
        HirKind::Class(class) => loosen_class(class),
        // No automaton over bytes knows the words of all scripts.
        HirKind::Look(
            Look::WordUnicode
            | Look::WordUnicodeNegate
            | Look::WordStartUnicode
            | Look::WordEndUnicode
            | Look::WordStartHalfUnicode
            | Look::WordEndHalfUnicode,
        ) => Hir::empty(),
        HirKind::Look(_) => hir.clone(),
        HirKind::Repetition(repetition) => {
            let Repetition { min, max, greedy, sub } = repetition;
            let counts = how >= Loosely::Counts;
            let most = max.filter(|&most| !counts || most <= MOST_COUNTED);
            let least = if counts { (*min).min(MOST_COUNTED) } else { *min };
            let sub = loosen(sub, how);
            if how == Loosely::Marks && sub == any_plain() {
                return sub;
            }
            Hir::repetition(Repetition { min: least, max: most, greedy: *greedy, sub: Box::new(sub) })
        }
        HirKind::Capture(Capture { sub, .. }) => loosen(sub, how),
        HirKind::Concat(parts) => sequence(parts.iter().map(|part| loosen(part, how)).collect()),
        HirKind::Alternation(branches) => {
            if how == Loosely::Words
                && let Some(words) = words_like(branches, how)
            {
                return words;
            }
            let mut loose: Vec<Hir> = Vec::new();
            for branch in branches.iter().map(|branch| loosen(branch, how)) {
                if !loose.contains(&branch) {
                    loose.push(branch);
                }
            }
            Hir::alternation(loose)
        }
    }
}

/// The class itself, or its ASCII characters and one or more bytes of others.
fn loosen_class(class: &Class) -> Hir {
    let Class::Unicode(unicode) = class else { return Hir::class(class.clone()) };
    let beyond = unicode.ranges().iter().filter(|range| !range.end().is_ascii()).count();
    if beyond <= MOST_RANGES {
        return Hir::class(class.clone());
    }
    let mut ascii = ClassBytes::empty();
    for range in unicode.ranges().iter().filter(|range| range.start().is_ascii()) {
        let end = if range.end().is_ascii() { range.end() as u8 } else { 0x7f };
        ascii.push(ClassBytesRange::new(range.start() as u8, end));
    }
    Hir::alternation(vec![Hir::class(Class::Bytes(ascii)), some(&ClassBytes::new([ClassBytesRange::new(0x80, 0xff)]))])
}

/// Letters, digits, the space and most that is beyond Latin-1, but not the marks of Unicode's General Punctuation.
fn plain() -> ClassUnicode {
    let ranges = [(' ', ' '), ('0', '9'), ('A', 'Z'), ('a', 'z'), ('À', '\u{1fff}'), ('\u{2070}', char::MAX)];
    ClassUnicode::new(ranges.map(|(start, end)| ClassUnicodeRange::new(start, end)))
}

/// The marks of a class, and any number of plain characters if it has one.
fn marks_of(class: &ClassUnicode) -> Hir {
    let (mut marks, mut plain_of) = (class.clone(), class.clone());
    marks.difference(&plain());
    plain_of.intersect(&plain());
    let mut either = Vec::new();
    if !marks.ranges().is_empty() {
        either.push(loosen_class(&Class::Unicode(marks)));
    }
    if !plain_of.ranges().is_empty() {
        either.push(any_plain());
    }
    Hir::alternation(either)
}

/// Any number of plain characters, and of bytes behind which only such can stand. The marks begin with `C2` and with
/// `E2 80` or `E2 81`.
fn any_plain() -> Hir {
    let class = |ranges: &[(u8, u8)]| {
        let ranges = ranges.iter().map(|&(start, end)| ClassBytesRange::new(start, end));
        Hir::class(Class::Bytes(ClassBytes::new(ranges)))
    };
    let one_byte = [(b' ', b' '), (b'0', b'9'), (b'A', b'Z'), (b'a', b'z'), (0x80, 0xc1), (0xc3, 0xe1), (0xe3, 0xff)];
    let two_bytes = Hir::concat(vec![class(&[(0xe2, 0xe2)]), class(&[(0x82, 0xbf)])]);
    let sub = Box::new(Hir::alternation(vec![class(&one_byte), two_bytes]));
    Hir::repetition(Repetition { min: 0, max: None, greedy: true, sub })
}

/// One part after another; any number of plain characters twice is any number of them.
fn sequence(parts: Vec<Hir>) -> Hir {
    let any_plain = any_plain();
    let mut kept: Vec<Hir> = Vec::new();
    for part in parts {
        if part != any_plain || kept.last() != Some(&any_plain) {
            kept.push(part);
        }
    }
    Hir::concat(kept)
}

/// One or more bytes of a class.
fn some(class: &ClassBytes) -> Hir {
    let sub = Box::new(Hir::class(Class::Bytes(class.clone())));
    Hir::repetition(Repetition { min: 1, max: None, greedy: true, sub })
}

/// For the words of an alternation, if they are many: any word of their letters, and what else it has.
fn words_like(branches: &[Hir], how: Loosely) -> Option<Hir> {
    let mut first: [ClassBytes; KEPT] = [ClassBytes::empty(), ClassBytes::empty()];
    let mut rest = ClassBytes::empty();
    let mut others: Vec<Hir> = Vec::new();
    let mut shortest = usize::MAX;
    for branch in branches {
        let mut letters: Vec<ClassBytes> = Vec::new();
        if !add_letters(branch, &mut letters) {
            others.push(loosen(branch, how));
            continue;
        }
        shortest = shortest.min(letters.len());
        for (place, class) in letters.iter().enumerate() {
            first.get_mut(place).unwrap_or(&mut rest).union(class);
        }
    }
    if branches.len() - others.len() <= MOST_WORDS {
        return None;
    }
    let mut parts: Vec<Hir> = Vec::new();
    for (place, class) in first.into_iter().enumerate() {
        let least = u32::from(place < shortest);
        let sub = Box::new(Hir::class(Class::Bytes(class)));
        parts.push(Hir::repetition(Repetition { min: least, max: Some(1), greedy: true, sub }));
    }
    let sub = Box::new(Hir::class(Class::Bytes(rest)));
    parts.push(Hir::repetition(Repetition { min: 0, max: None, greedy: true, sub }));
    others.push(Hir::concat(parts));
    Some(Hir::alternation(others))
}

/// Adds the bytes of a word, each as a class. `false` where it is no plain word.
fn add_letters(hir: &Hir, letters: &mut Vec<ClassBytes>) -> bool {
    match hir.kind() {
        HirKind::Literal(Literal(bytes)) => {
            let of_byte = |&byte: &u8| ClassBytes::new([ClassBytesRange::new(byte, byte)]);
            letters.extend(bytes.iter().map(of_byte));
            true
        }
        HirKind::Class(class) => match class {
            Class::Bytes(bytes) => {
                letters.push(bytes.clone());
                true
            }
            Class::Unicode(unicode) if unicode.is_ascii() => {
                letters.extend(unicode.to_byte_class());
                true
            }
            Class::Unicode(_) => false,
        },
        HirKind::Concat(parts) => parts.iter().all(|part| add_letters(part, letters)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;
    use regex_automata::meta::Regex;

    use super::*;

    /// With verbs, letters of all scripts, counts and borders of words.
    const PATTERNS: [&str; 4] = [
        r"\p{Lu}[\p{L}é]*(?P<bad>,) (?:(?:said|asked|cried|told|spoke|sang|went|came|saw) (?:he|she)|\p{Lu}\p{Ll}+ (?:said|ran))\b",
        r"(?i:said|asked|cried|told|spoke|sang|went|came|saw|\p{L}{3,4}x)[a-z]{2,5}$",
        r"^[^“”\n]{3,9}”(?-u:\b)[\p{L}’']{1,3}",
        r"(?:a|be|sea|tree|house|window|carpet|elephant|caterpillar|é)\.",
    ];

    /// The regexes of each pattern, the exact one first.
    static REGEXES: LazyLock<Vec<Vec<Regex>>> = LazyLock::new(|| {
        let build = |pattern, how| {
            let regex = Regex::builder().build_from_hir(&loosened(pattern, true, how).expect("a regex"));
            regex.expect("it is not too large")
        };
        PATTERNS.iter().map(|pattern| Loosely::ALL.iter().map(|&how| build(pattern, how)).collect()).collect()
    });

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]
        #[test]
        fn what_the_regex_matches_the_loosened_one_matches(
            pieces in prop::collection::vec("(said|asked|Ann|Éva|he|she| |, |”|“|\n|sea|be|é|’|x|ran|[a-zé]{1,4}|\\.)", 1..12),
        ) {
            let text = pieces.concat();
            for (pattern, regexes) in PATTERNS.iter().zip(REGEXES.iter()) {
                let exact = regexes[0].is_match(&text);
                for (how, regex) in Loosely::ALL.iter().zip(regexes) {
                    prop_assert!(regex.is_match(&text) || !exact, "{pattern} {how:?}");
                }
            }
        }
    }
}
