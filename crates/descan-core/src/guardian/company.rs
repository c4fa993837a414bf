//! The company that a place keeps: codes, short forms and marks that a writer has there by choice, and in which
//! what looks misread is one of them.

use std::ops::Range;

use descan_lang::words::WordList;
use descan_rules::{PassName, RuleId};
use descan_text::token::{Token, floor, is_apostrophe, paragraph_around, without_blanks, words};
use rustc_hash::FxHashSet;

use super::scan::is_scan_at;
use super::spoken::{SMALL_WORD, Spoken, is_lone_letter, word_made};
use crate::evidence::vocabulary::{fold, is_same_folded};
use crate::pass::{Proposal, View, core_of};

/// How far from a place its paragraph is looked for, in bytes.
const PARAGRAPH: usize = 600;

/// Why what stands around a place speaks for it: the first reason that holds. A user's own rule knows its texts.
pub(super) fn doubt(proposal: &Proposal, spoken: &Spoken, view: &View<'_>) -> Option<&'static str> {
    if view.rules().get(proposal.rule).is_own() {
        return None;
    }
    if is_among_stammers(proposal, view.text()) {
        return Some("other words near it are repeated: it may be a song, or one who stammers");
    }
    if is_scan_at(proposal.span.start, view) || view.is_printed() {
        return None;
    }
    if is_one_of_rhymes(proposal, view.text()) || is_mark_of_each_line(proposal, view.text()) {
        return Some("other lines near it have such a mark: it may belong to them");
    }
    if is_glossed(proposal, view) {
        return Some("brackets behind it say what it is");
    }
    if is_returning(proposal, view) {
        return Some("the same signs stand elsewhere, and the reading nowhere: it may be a name");
    }
    if is_among_short_forms(proposal, spoken, view) {
        return Some("short forms stand near it: it may be another");
    }
    if is_before_small_letter(proposal, view.text()) {
        return Some("sentences begin with small letters here: it may end one");
    }
    if is_among_letters(proposal, spoken, view) {
        return Some("the paragraph has letters that stand by themselves: it may speak of such signs");
    }
    if is_among_namesakes(proposal, spoken, view) {
        return Some("other names near it begin with the same letter: it may be one");
    }
    if is_among_strangers(proposal, spoken, view) {
        return Some("the words near it are of another language: it may be one");
    }
    is_among_codes(proposal, spoken, view).then_some("codes and names of programs stand near it: it may be one")
}

/// The pieces of the paragraph around a place, from blank to blank, without that of the place; with each whether
/// anything is proposed for it.
fn others<'v>(
    proposal: &Proposal,
    spoken: &'v Spoken,
    view: &'v View<'_>,
) -> (usize, impl Iterator<Item = (&'v str, bool)> + 'v) {
    let text = view.text();
    let paragraph = paragraph_around(text, &proposal.span, PARAGRAPH);
    let (chunks, _) = view.analysis().chunks();
    let from = chunks.partition_point(|chunk| chunk.span().start < paragraph.start);
    let to = chunks.partition_point(|chunk| chunk.span().end <= paragraph.end);
    let near = &chunks[from..to.max(from)];
    let own = proposal.span.clone();
    let is_other = move |chunk: &&Token| chunk.span().end <= own.start || chunk.span().start >= own.end;
    (near.len(), near.iter().filter(is_other).map(|chunk| (chunk.text(text), spoken.has_proposal_at(&chunk.span()))))
}

/// The different pieces near a place that are of a kind and that nothing is proposed for; with how many pieces there are.
fn different<'v>(
    proposal: &Proposal,
    spoken: &'v Spoken,
    view: &'v View<'_>,
    is_of_kind: impl Fn(&str) -> bool,
) -> (usize, FxHashSet<&'v str>) {
    let (all, others) = others(proposal, spoken, view);
    let is_one = |(chunk, is_doubted): &(&str, bool)| !is_doubted && is_of_kind(chunk);
    (all, others.filter(is_one).map(|(chunk, _)| chunk).collect())
}

/// Whether a full stop would go.
fn takes_stop(proposal: &Proposal, text: &str) -> bool {
    let old = &text[proposal.span.clone()];
    proposal.pass == PassName::Spacing && old.contains('.') && !proposal.text.contains('.')
}

/// Whether a few letters with a full stop behind them would be the end of the word before: `a dd.`
fn makes_word_of_short_form(proposal: &Proposal, text: &str) -> bool {
    let is_joined = text[proposal.span.clone()].trim().is_empty() && proposal.text.is_empty();
    let behind = &text[proposal.span.end..];
    let rest = behind.trim_start_matches(char::is_alphabetic);
    proposal.is_of_words() && is_joined && behind.len() - rest.len() <= SHORT_FORM && rest.starts_with('.')
}

/// Whether several different words near a place are written for a machine, or as makers of programs write names.
fn is_among_codes(proposal: &Proposal, spoken: &Spoken, view: &View<'_>) -> bool {
    if !proposal.is_of_words() && proposal.pass != PassName::Spacing {
        return false;
    }
    let (all, others) = others(proposal, spoken, view);
    let mut codes: FxHashSet<&str> = FxHashSet::default();
    for (chunk, is_doubted) in others {
        // Nearly all words are plain ones.
        if is_plain(name_of(chunk)) && !chunk.starts_with(['#', '@', '$']) {
            continue;
        }
        if is_for_machine(chunk, view) || !is_doubted && is_code(chunk, view) {
            codes.insert(chunk);
        }
    }
    codes.len() >= CODES && codes.len() * ONE_CODE_IN >= all
}

/// Whether a word has small letters and apostrophes only, behind its first letter.
fn is_plain(word: &str) -> bool {
    let is_inside = |c: char| c.is_lowercase() || is_apostrophe(c);
    word.chars().next().is_none_or(char::is_alphabetic) && word.chars().skip(1).all(is_inside)
}

/// So many codes at least, and one in so many words, show what is written near a place.
const CODES: usize = 2;
const ONE_CODE_IN: usize = 12;

/// Whether a piece of text has signs that no misreading puts there: `#mill`, `run_all`, `a/c`.
fn is_for_machine(chunk: &str, view: &View<'_>) -> bool {
    let core = name_of(chunk);
    let is_sigil = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_short = |part: &str| matches!(part.len(), 1 | 2) && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_sum = |rest: &str| rest.chars().all(|c| "lIOo.,".contains(c) || c.is_ascii_digit());
    chunk.starts_with(['#', '@', '$']) && is_sigil(&chunk[1..]) && !is_sum(&chunk[1..])
        || core.contains('/') && core.split('/').all(is_short)
        || core.len() > 2 && view.rules().machine_word().is_match(core)
}

/// A word without the marks around it and the ending of a genitive.
fn name_of(chunk: &str) -> &str {
    let core = core_of(chunk);
    core.strip_suffix("'s").or(core.strip_suffix("’s")).unwrap_or(core)
}

/// Whether a piece of text is written as makers write names of things, and as few words are misread: `iFixit`, `mp3`.
fn is_code(chunk: &str, view: &View<'_>) -> bool {
    let core = name_of(chunk);
    let is_call = || core.contains('(') && !core.ends_with("(s");
    if core.len() > 2 && (core.contains(['_', '=', '@', '{', '\\', '<']) || is_call()) {
        return true;
    }
    if core.len() < 2 || !core.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return false;
    }
    let unit = core.trim_start_matches(|c: char| c.is_ascii_digit());
    if unit.len() < core.len() {
        // `3rd`, `12mo` and `1890s` are numbers.
        return unit.len() > LONGEST_UNIT || unit.contains(|c: char| !c.is_ascii_lowercase());
    }
    if core.contains(|c: char| c.is_ascii_digit()) {
        return true;
    }
    let rise = core.as_bytes().windows(2).position(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    if let Some(rise) = rise {
        return !view.lists().has_in_any_case(WordList::SurnamePrefixes, &core[..=rise]);
    }
    let capitals = core.bytes().take_while(u8::is_ascii_uppercase).count();
    let is_numeral = || core.bytes().all(|byte| b"IVXLCDM".contains(&byte));
    let is_known = || view.evidence().lexicon().lookup(&fold(core)).is_some();
    capitals >= 2 && core.len() <= LONGEST_ACRONYM && !core.ends_with('s') && !is_numeral() && !is_known()
}

/// The longest unit behind a figure, and the longest short form in capitals, in bytes.
const LONGEST_UNIT: usize = 3;
const LONGEST_ACRONYM: usize = 6;

/// Whether brackets behind a word say what it is: `tbe (the band)`, `see Tlie (fish)`.
fn is_glossed(proposal: &Proposal, view: &View<'_>) -> bool {
    let text = view.text();
    let is_of_word = |c: char| c.is_alphanumeric() || "”’\"'".contains(c);
    let behind = text[proposal.span.end..].trim_start_matches(is_of_word);
    let Some(gloss) = behind.strip_prefix(" (").filter(|_| proposal.is_of_words()) else { return false };
    let gloss = &gloss[..floor(gloss, GLOSS)];
    let first = words(gloss).next().map(|word| word.text(gloss)).filter(|word| gloss.starts_with(word));
    let new = word_made(proposal, &without_blanks(text, &proposal.span), text);
    let is_small_word = || view.evidence().lexicon().lookup(&new).is_some_and(|e| e.log2_frequency() >= SMALL_WORD);
    first.is_some_and(|word| view.lists().has(WordList::Determiners, word))
        || first.is_some() && gloss.contains(')') && !is_small_word()
}

/// So long is what brackets say, in bytes.
const GLOSS: usize = 25;

/// Whether a word with a sign or a figure among its letters stands elsewhere too, sign and all, and nowhere without.
fn is_returning(proposal: &Proposal, view: &View<'_>) -> bool {
    let text = view.text();
    let around = without_blanks(text, &proposal.span);
    let core = text[around.clone()].trim_matches(|c: char| !c.is_alphanumeric());
    let is_odd = |c: char| !c.is_alphabetic() && !is_apostrophe(c) && !matches!(c, '-' | '—' | '–' | '\n' | ' ');
    let is_inside = core.starts_with(char::is_alphabetic) && core.ends_with(char::is_alphabetic);
    let new = word_made(proposal, &around, text);
    let is_word = new.chars().all(|c| c.is_alphabetic() || is_apostrophe(c));
    if proposal.pass == PassName::Spacing || !is_word || !is_inside || !core.contains(is_odd) {
        return false;
    }
    let (near, core) = (fold(&text[paragraph_around(text, &proposal.span, PARAGRAPH)]), fold(core));
    let is_whole = |at: &usize| {
        let is_end = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        is_end(near[..*at].chars().next_back()) && is_end(near[at + core.len()..].chars().next())
    };
    let places = memchr::memmem::find_iter(near.as_bytes(), core.as_bytes()).filter(is_whole).take(RETURNS).count();
    places >= RETURNS && view.evidence().vocabulary().count(&new) == 0
}

/// So many places have what returns.
const RETURNS: usize = 2;

/// Whether several other words near a full stop that would go are short forms with theirs.
fn is_among_short_forms(proposal: &Proposal, spoken: &Spoken, view: &View<'_>) -> bool {
    if !takes_stop(proposal, view.text()) && !makes_word_of_short_form(proposal, view.text()) {
        return false;
    }
    let chunks: Vec<&str> = others(proposal, spoken, view).1.map(|(chunk, _)| chunk).collect();
    let is_written_out = |pair: &&[&str]| {
        let short = pair[0].strip_suffix('.').filter(|short| short.len() > 1 && short.len() < name_of(pair[1]).len());
        short.is_some_and(|short| name_of(pair[1]).starts_with(short))
    };
    if chunks.windows(2).filter(is_written_out).count() >= WRITTEN_OUT {
        return true;
    }
    let (lists, lexicon) = (view.lists(), view.evidence().lexicon());
    let is_short_form = |chunk: &str| {
        let Some(word) = chunk.trim_end_matches([',', ';', ':', ')']).strip_suffix('.') else { return false };
        let word = word.trim_start_matches('(');
        let is_short = !word.is_empty() && word.len() <= SHORT_FORM && word.chars().all(char::is_alphabetic);
        let is_rare = || lexicon.lookup(&fold(word)).is_none_or(|entry| entry.log2_frequency() < COMMON);
        is_short && (lists.has_in_any_case(WordList::Abbreviations, word) || is_rare())
    };
    let (all, forms) = different(proposal, spoken, view, is_short_form);
    forms.len() >= SHORT_FORMS && forms.len() * ONE_FORM_IN >= all
}

/// The longest short form, in bytes; the log2 frequency of a word that is none; and so many, one in so many words, make
/// a text of short forms.
const SHORT_FORM: usize = 5;
const COMMON: u8 = 9;
const SHORT_FORMS: usize = 3;
const ONE_FORM_IN: usize = 8;
/// So many that stand before the words they are short for, `riv. river`, show the same.
const WRITTEN_OUT: usize = 2;

/// Whether a full stop that would go stands where others do: before small letters, and never before a capital.
fn is_before_small_letter(proposal: &Proposal, text: &str) -> bool {
    if !takes_stop(proposal, text) {
        return false;
    }
    let paragraph = paragraph_around(text, &proposal.span, PARAGRAPH);
    // One that is too long is cut anywhere.
    let is_whole = paragraph.start == 0 || text[paragraph.start..].starts_with("\n\n");
    let paragraph = &text[paragraph];
    if !is_whole || !paragraph.trim_start().starts_with(char::is_lowercase) {
        return false;
    }
    let (mut small, mut large) = (0, 0);
    for four in paragraph.as_bytes().windows(4) {
        if four[0].is_ascii_lowercase() && four[1] == b'.' && four[2] == b' ' {
            small += usize::from(four[3].is_ascii_lowercase());
            large += usize::from(four[3].is_ascii_uppercase());
        }
    }
    small > 0 && large == 0
}

/// Whether several different letters stand by themselves in the paragraph, as where a text speaks of quantities.
fn is_among_letters(proposal: &Proposal, spoken: &Spoken, view: &View<'_>) -> bool {
    if !proposal.is_of_words() || proposal.text.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let is_letter = |chunk: &str| is_lone_letter(chunk.trim_end_matches([',', ';']));
    let (all, letters) = different(proposal, spoken, view, is_letter);
    letters.len() >= LETTERS && letters.len() * ONE_LETTER_IN >= all
}

/// So many different letters that stand by themselves, one in so many words, are meant so.
const LETTERS: usize = 3;
const ONE_LETTER_IN: usize = 12;

/// Whether a word that would get another capital has others near it with the same that no lexicon knows: `Xot`, `Xiaomi`.
fn is_among_namesakes(proposal: &Proposal, spoken: &Spoken, view: &View<'_>) -> bool {
    let text = view.text();
    if !proposal.is_of_words() {
        return false;
    }
    let firsts = text[proposal.span.start..].chars().next().zip(proposal.text.chars().next());
    let Some((old, new)) = firsts.filter(|(old, new)| old.is_ascii_uppercase() && old != new) else { return false };
    let is_namesake = |chunk: &str| {
        let core = name_of(chunk);
        core.len() > 2
            && core.starts_with(old)
            && core.chars().all(char::is_alphabetic)
            && !view.evidence().lexicon().is_word(&fold(core))
            && !view.evidence().lexicon().is_word(&fold(&format!("{new}{}", &core[1..])))
    };
    let (_, chunks) = different(proposal, spoken, view, is_namesake);
    let namesakes: FxHashSet<&str> = chunks.into_iter().map(name_of).collect();
    namesakes.len() >= NAMESAKES
}

/// So many other names with the same capital.
const NAMESAKES: usize = 2;

/// Whether most words around one are in no lexicon.
fn is_among_strangers(proposal: &Proposal, spoken: &Spoken, view: &View<'_>) -> bool {
    let (text, tokens) = (view.text(), view.words());
    if !proposal.is_of_words() {
        return false;
    }
    let before = tokens.partition_point(|token| token.span().end <= proposal.span.start);
    let behind = tokens.partition_point(|token| token.span().start < proposal.span.end);
    let near =
        tokens[before.saturating_sub(SIDE)..before].iter().chain(&tokens[behind..tokens.len().min(behind + SIDE)]);
    let is_stranger = |token: &&Token| {
        let word = token.text(text);
        let is_plain = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
        is_plain && !spoken.has_proposal_at(&token.span()) && view.evidence().lexicon().lookup(word).is_none()
    };
    near.filter(is_stranger).count() > SIDE
}

/// So many words to either side are looked at.
const SIDE: usize = 3;

/// Whether a letter that would go from the end of a line names its rhyme, as letters at the ends of other lines do.
fn is_one_of_rhymes(proposal: &Proposal, text: &str) -> bool {
    let Range { start, end } = proposal.span;
    let is_letter = |part: &str| part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !proposal.text.trim().is_empty() || !is_letter(text[start..end].trim()) {
        return false;
    }
    let paragraph = paragraph_around(text, &proposal.span, PARAGRAPH);
    let ends_so = |line: &&str| line.rsplit_once(' ').is_some_and(|(line, last)| !line.is_empty() && is_letter(last));
    text[paragraph].lines().filter(ends_so).count() > LINES
}

/// Whether a mark that would go stands in several lines of the paragraph, once in each: `My soul * doth wait`.
fn is_mark_of_each_line(proposal: &Proposal, text: &str) -> bool {
    let old = text[proposal.span.clone()].trim();
    if !proposal.text.trim().is_empty() || !matches!(old, "*" | "+" | "|" | "^" | "†" | "/" | "~") {
        return false;
    }
    let paragraph = paragraph_around(text, &proposal.span, PARAGRAPH);
    let has_one = |line: &&str| line.split(' ').skip(1).filter(|chunk| *chunk == old).count() == 1;
    let is_lone =
        |last: &str| last.chars().count() == 1 && !last.contains(|c: char| c.is_alphanumeric() || USUAL.contains(c));
    let ends_so = |line: &&str| line.rsplit_once(' ').is_some_and(|(line, last)| !line.is_empty() && is_lone(last));
    let lines = || text[paragraph.clone()].lines();
    let is_at_end = text[proposal.span.end..].trim_start_matches(' ').starts_with('\n');
    lines().filter(has_one).count() > LINES || is_at_end && lines().filter(ends_so).count() > LINES
}

/// Marks that end lines of any text.
const USUAL: &str = ".,;:!?-–—'\"’”»";

/// So many other lines have the same.
const LINES: usize = 2;

/// Whether words stand twice at several places of the paragraph, with a mark between them.
fn is_among_stammers(proposal: &Proposal, text: &str) -> bool {
    if proposal.rule != RuleId::REPEATED_WORD {
        return false;
    }
    let paragraph = &text[paragraph_around(text, &proposal.span, PARAGRAPH)];
    let words: Vec<_> = words(paragraph).collect();
    let is_meant = |pair: &&[Token]| {
        let is_parted = !paragraph[pair[0].span().end..pair[1].span().start].trim().is_empty();
        is_parted && is_same_folded(pair[0].text(paragraph), pair[1].text(paragraph))
    };
    words.windows(2).filter(is_meant).count() >= STAMMERS
}

/// So many repeated words show that they are meant.
const STAMMERS: usize = 2;
