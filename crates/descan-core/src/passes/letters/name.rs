//! A name with a misread letter, beside places that have it right: `Tbrelkeld` where `Threlkeld` stands.

use descan_lang::confusion::Confusion;
use descan_rules::{Reason, RuleId};
use descan_text::case::Shape;
use descan_text::level::Level;
use descan_text::token::is_apostrophe;

use crate::guardian::around;
use crate::pass::{Proposals, View};
use crate::passes::judged::may_judge;

/// The shortest name, in bytes: among shorter ones two that differ in a letter are often two.
const SHORTEST: usize = 6;
/// So often at least a text has a name.
const LEAST: u32 = 3;
/// The weight from which a confusion is common.
const COMMON: f32 = -3.5;
/// The log2 frequency from which a name is so usual that rarer ones stand beside it: `Charles`, `Chasles`.
const USUAL: u8 = 8;

/// How near the name itself must not stand, in bytes.
const BESIDE: usize = 8;

/// Runs the rule.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let is_lone_name = |word: &str| {
        let stem = stem_of(word);
        stem.len() >= SHORTEST
            && stem.is_ascii()
            && Shape::of(stem) == Shape::Capital
            && view.evidence().lexicon().lookup(word).is_none()
            && view.evidence().lexicon().lookup(stem).is_none()
            && view.evidence().vocabulary().count(word) == 1
    };
    for index in view.words_that(is_lone_name) {
        let span = view.words()[index].span();
        let word = &text[span.clone()];
        let stem = stem_of(word);
        let Some((name, count)) = name_of(view, stem).filter(|_| may_judge(view, span.clone())) else { continue };
        // Who writes both side by side tells them apart.
        if around(&span, text, name.len() + BESIDE).contains(&name) {
            continue;
        }
        let reasons = vec![
            Reason::new(format!("‘{name}’ stands elsewhere, and a letter of it is often misread so")),
            Reason::with("places that have it", f64::from(count)),
        ];
        out.propose(RuleId::MISREAD_NAME, Level::Certain, span.start..span.start + stem.len(), name, reasons);
    }
}

/// A word without the ending of a possessive.
fn stem_of(word: &str) -> &str {
    word.strip_suffix('s').and_then(|stem| stem.strip_suffix(is_apostrophe)).unwrap_or(word)
}

/// The name of the text that one confusion makes of a word, if it is the only one.
fn name_of(view: &View<'_>, word: &str) -> Option<(String, u32)> {
    let table = view.evidence().language().confusions();
    let vocabulary = view.evidence().vocabulary();
    let mut found: Option<(String, u32)> = None;
    for at in 0..word.len() {
        for index in table.seen_at(&word[at..]) {
            let confusion = table.get(index);
            let is_ending = at + confusion.seen.len() == word.len();
            if is_ending || !tells_of_a_scan(confusion) {
                continue;
            }
            let name = [&word[..at], &confusion.meant, &word[at + confusion.seen.len()..]].concat();
            if Shape::of(&name) != Shape::Capital {
                continue;
            }
            let facts = vocabulary.facts(&name);
            let is_usual = facts.entry.is_some_and(|e| e.lower() || e.log2_frequency() >= USUAL);
            if facts.capital < LEAST || facts.lower > 0 || is_usual {
                continue;
            }
            match &found {
                Some((other, _)) if *other != name => return None,
                _ => found = Some((name, facts.capital)),
            }
        }
    }
    found
}

/// Whether letters are often misread so by their shape, and no two names differ so by their sound.
fn tells_of_a_scan(confusion: &Confusion) -> bool {
    let (seen, meant) = (&confusion.seen, &confusion.meant);
    confusion.weight >= COMMON
        && !seen.is_empty()
        && !meant.is_empty()
        && !confusion.sounds_alike()
        && !confusion.looks_like_accent()
        && !meant.chars().all(|c| seen.contains(c))
        && seen.chars().all(char::is_alphanumeric)
}
