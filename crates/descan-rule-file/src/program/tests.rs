//! Programs find what the library's regexes find.

use proptest::prelude::*;
use regex_automata::meta::Regex;
use regex_automata::{Anchored, Input};

use super::{NOWHERE, Program, TooLong};

/// The groups that the library finds.
fn by_library(regex: &Regex, text: &str, from: usize, last: usize) -> Option<Box<[usize]>> {
    let anchored = if last == from { Anchored::Yes } else { Anchored::No };
    let mut captures = regex.create_captures();
    regex.search_captures(&Input::new(text).range(from..).anchored(anchored), &mut captures);
    captures.get_match().filter(|found| found.start() <= last)?;
    Some(captures.iter().flat_map(|span| span.map_or([NOWHERE; 2], |s| [s.start, s.end])).collect())
}

/// Whether both find the same everywhere in a text. Regexes that are none, or have no program, are passed over.
fn agree(source: &str, text: &str) {
    let Ok(regex) = Regex::new(source) else { return };
    let Some(program) = Program::of(source, false) else { return };
    let read = Program::from_bytes(&program.to_bytes());
    assert_eq!(read.as_ref(), Some(&program), "{source:?} is read as it was written");
    for from in (0..=text.len()).filter(|&at| text.is_char_boundary(at)) {
        for last in [from, from + 1, text.len()] {
            if let Ok(found) = program.find(text, from, last) {
                let wanted = by_library(&regex, text, from, last);
                assert_eq!(found, wanted, "{source:?} in {text:?} from {from} to {last}");
            }
        }
    }
}

#[test]
fn programs_find_what_the_library_finds() {
    let texts =
        ["", "aabbab", "the then there", "It is—it ’twas\nIN 1801", "xxaxxbxx", "Ärger über alles", "a b  c", "bΘ一b"];
    for source in [
        "a|ab|abc",
        "(?:the|then|there|ten|ton)e?",
        "(?P<one>a+)(?P<two>b*?)(?P<three>a|b)?",
        "(?i)(?:it|IS|in)\\b",
        "(?m)^[A-Z]+$",
        "\\b\\w+\\b",
        "(?:ab|a)(?:bab|b)",
        "[^a]*?b",
        "x{2,3}(a|b)x{1,2}",
        "(?:a|b|ä|ü|x)+?r",
        "(?:(a)|(b)|(c))+",
        "a??b|a?c",
        "(?-u:\\b)it",
        "(a|b)*(ab)",
        "[^c]b",
    ] {
        for text in texts {
            agree(source, text);
        }
    }
}

#[test]
fn a_search_that_takes_too_long_is_given_up() {
    let program = Program::of("(?:a[ab]*?){9}c", false).expect("a program");
    assert_eq!(program.find(&"a".repeat(5000), 0, 5000), Err(TooLong));
}

/// Regexes of a few characters, so that many of them match something.
fn regexes() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec!["a", "b", "ab", "é", "[ab]", "[^a]", ".", "\\b", "^", "$", "\\w", "(?i:A)"]);
    leaf.prop_map(str::to_owned).prop_recursive(5, 40, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|all| all.concat()),
            prop::collection::vec(inner.clone(), 1..5).prop_map(|all| format!("(?:{})", all.join("|"))),
            inner.clone().prop_map(|one| format!("({one})")),
            (inner, prop::sample::select(vec!["*", "+", "?", "*?", "+?", "??", "{2}", "{1,3}", "{0,2}?"]))
                .prop_map(|(one, how)| format!("(?:{one}){how}")),
        ]
    })
}

proptest! {
    #[test]
    fn any_program_finds_what_the_library_finds(source in regexes(), text in "[abé \n]{0,10}") {
        agree(&source, &text);
    }
}
