//! Words and phrases that stand twice: an eye or an engine that lost its place.

use std::ops::Range;

use descan_lang::words::WordList;
use descan_rules::{Reason, RuleId};
use descan_text::level::Level;
use descan_text::token::{Token, paragraph_around};

use crate::evidence::vocabulary::{fold, is_same_folded};
use crate::guardian::are_strangers;
use crate::pass::{Proposals, View};

/// The longest phrase that is looked for, in words.
const LONGEST: usize = 5;

/// The hyphens of compounds.
const HYPHENS: [char; 2] = ['-', '\u{2011}'];

/// Proposes to remove the second of two like words or phrases.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    propose_fragments(view, out);
    let words = view.words();
    let mut doubled = Vec::new();
    let (mut all, mut at) = (0, 0);
    while at < words.len() {
        let longest = LONGEST.min((words.len() - at) / 2);
        let found = (1..=longest).find(|&length| is_repeated(view, at, length));
        let Some(length) = found else {
            at += 1;
            continue;
        };
        all += 1;
        let is_last = |next: usize| {
            next == words.len() || fold(words[next].text(view.text())) != fold(words[at].text(view.text()))
        };
        // A word that the scan read three times; more are meant, or a list.
        let is_thrice = length == 1 && at + 3 <= words.len() && is_repeated(view, at + 1, 1) && is_last(at + 3);
        let times = if is_thrice { 3 } else { 2 };
        if let Some(level) = level(view, at, length, times) {
            doubled.push((at, length, times, level));
        }
        at += times * length;
    }
    // Who speaks as people do says many things twice, of which some might be meant so.
    let of_words = doubled.iter().filter(|(_, length, ..)| *length == 1).count();
    let is_style = all >= SPOKEN && all - of_words >= MEANT && all * WORDS_TO_ONE >= words.len();
    for (at, length, times, level) in doubled {
        let rule = if length == 1 { RuleId::REPEATED_WORD } else { RuleId::REPEATED_PHRASE };
        let mut reasons = vec![Reason::new(match length {
            1 => "a word that never stands twice",
            _ => "a phrase that stands twice",
        })];
        if is_style {
            reasons.push(Reason::with("places of the text where something stands twice", all as f64));
        }
        let level = if is_style { Level::Suspect } else { level };
        if out.wants(rule) {
            out.propose(rule, level, superfluous(view, at, length, times), "", reasons);
        }
    }
}

/// Proposes to remove the first letters of a word that stand before the whole word.
fn propose_fragments(view: &View<'_>, out: &mut Proposals<'_>) {
    if !out.wants(RuleId::REPEATED_WORD) {
        return;
    }
    let (text, words) = (view.text(), view.words());
    for pair in words.windows(2) {
        let (piece, whole) = (pair[0].text(text), pair[1].text(text));
        let begins = whole.len() >= piece.len() + LEAST_REST && whole.starts_with(piece);
        if begins && is_fragment(view, pair) {
            let reasons = vec![Reason::new("the first letters of the word behind it")];
            let span = pair[0].span().start..pair[1].span().start;
            out.propose(RuleId::REPEATED_WORD, Level::Probable, span, "", reasons);
        }
    }
}

/// So many letters at least a word has more than the piece of it that stands before it.
const LEAST_REST: usize = 2;

/// Whether a word is none, stands nowhere else, and is followed by one that is, with a space between them and no
/// speaker who stammers.
fn is_fragment(view: &View<'_>, pair: &[Token]) -> bool {
    let (text, lexicon) = (view.text(), view.evidence().lexicon());
    let (piece, whole) = (pair[0].text(text), pair[1].text(text));
    let before = &text[..pair[0].span().start];
    piece.len() > 1
        && piece.bytes().all(|byte| byte.is_ascii_lowercase())
        && &text[pair[0].span().end..pair[1].span().start] == " "
        && before.ends_with([' ', '\n'])
        && !lexicon.is_word(piece)
        && lexicon.is_word(&fold(whole))
        && view.evidence().vocabulary().count(piece) <= 1
        && view.layout().region_at(pair[0].span().start).is_running()
        && !is_in_speech(before)
}

/// So many words and phrases that stand twice, some of them as they may, in so many words each, are how somebody speaks.
const SPOKEN: usize = 4;
const MEANT: usize = 2;
const WORDS_TO_ONE: usize = 40;

/// What goes of the two: the second with the space before it; over the end of a
/// line the first with its space, so that the line break stays. Of three words only the first stays.
fn superfluous(view: &View<'_>, at: usize, length: usize, times: usize) -> Range<usize> {
    let (text, words) = (view.text(), view.words());
    let (first, second) = (words[at].span().start..words[at + length - 1].span().end, words[at + length].span().start);
    if times == 2 && text[first.end..second].contains('\n') && text[..first.start].ends_with(' ') {
        return first.start - 1..first.end;
    }
    first.end..words[at + times * length - 1].span().end
}

/// Whether so many words from `at` on stand twice, with nothing but a space or a
/// line break between any two of them.
fn is_repeated(view: &View<'_>, at: usize, length: usize) -> bool {
    let (words, types) = (view.words(), view.types().of_words());
    let is_same = |one: usize, two: usize| {
        let (first, second) = (words[one], words[two]);
        let is_like = || {
            let same_length = first.end - first.start == second.end - second.start;
            one == at && same_length && is_same_folded(first.text(view.text()), second.text(view.text()))
        };
        types[one] == types[two] || is_like()
    };
    (at..at + length).all(|index| is_same(index, index + length))
        && (at..at + 2 * length - 1).all(|index| is_plain_gap(view.text(), words[index], words[index + 1]))
}

/// Whether one space, or one line break with spaces around it, stands between two words.
fn is_plain_gap(text: &str, first: Token, second: Token) -> bool {
    let gap = &text[first.span().end..second.span().start];
    gap == " " || gap.matches('\n').count() == 1 && gap.bytes().all(|byte| byte == b'\n' || byte == b' ')
}

/// A shorter word may be a sound, or one of a child's.
const LONG: usize = 5;
/// Over the end of a line a word stands twice by mistake more often.
const SHORT: usize = 3;

/// How far back a speech may begin, in bytes.
const SPEECH: usize = 2000;

/// Whether a speech in double quotes is open where a text ends.
fn is_in_speech(before: &str) -> bool {
    let end = before.len();
    let paragraph = &before[paragraph_around(before, &(end..end), SPEECH)];
    paragraph.chars().fold(false, |is_open, c| match c {
        '“' => true,
        '”' => false,
        '"' => !is_open,
        _ => is_open,
    })
}

/// How sure it is that nobody meant what stands twice; `None` where somebody may have.
fn level(view: &View<'_>, at: usize, length: usize, times: usize) -> Option<Level> {
    let (text, words, lists) = (view.text(), view.words(), view.lists());
    let word = |index: usize| words[index].text(text);
    let is_never_twice = |index: usize| lists.has_in_any_case(WordList::NeverTwice, word(index));
    let (before, after) = (&text[..words[at].span().start], &text[words[at + times * length - 1].span().end..]);
    // `to to-morrow`, `113-A a smile`: half a compound is no word of its own.
    if before.ends_with(HYPHENS) || after.starts_with(HYPHENS) {
        return None;
    }
    if !view.layout().region_at(words[at].span().start).is_running() {
        return None;
    }
    if times == 3 {
        let is_line = !text[words[at].span().start..words[at + 2].span().end].contains('\n');
        return (is_never_twice(at) && is_line && !is_in_speech(before)).then_some(Level::Certain);
    }
    // `round and round and round`: three times is meant, or talk about words.
    let goes_on = |next: usize| next < words.len() && fold(word(next)) == fold(word(next - length));
    if goes_on(at + 2 * length) || at > 0 && fold(word(at - 1)) == fold(word(at + length - 1)) {
        return None;
    }
    // Two lines of a column that hold the same word and nothing else.
    let gap = &text[words[at].span().end..words[at + 1].span().start];
    if length == 1 && gap.contains('\n') && (before.is_empty() || before.ends_with('\n')) {
        return None;
    }
    // The letter of a choice in a quiz stands on a line of its own: `A`.
    let is_letter = length == 1 && word(at).len() == 1 && word(at + 1).starts_with(char::is_uppercase);
    if is_letter {
        return None;
    }
    if length == 1 {
        // One letter may be what is left of a word, unless it is the same word in small letters; who speaks may stammer.
        let is_small = || word(at) == word(at + 1) && word(at).bytes().all(|byte| byte.is_ascii_lowercase());
        let is_doubtful = word(at).len() == 1 && !is_small() || is_in_speech(before);
        let level = if is_doubtful { Level::Probable } else { Level::Certain };
        if is_never_twice(at) {
            return Some(level);
        }
        // `commanded commanded`: nobody says it twice. `long long` and `had had` go together.
        let one = word(at);
        let is_over_end = gap.contains('\n');
        let longest = if is_over_end { SHORT } else { LONG };
        let is_plain = one.len() >= longest && one == word(at + 1) && one.bytes().all(|byte| byte.is_ascii_lowercase());
        let is_meant = || is_in_speech(before) || !are_strangers(one, one, view);
        return (is_plain && !is_meant()).then_some(if is_over_end { Level::Probable } else { Level::Suspect });
    }
    // `and so on and so on`, `more and more and more`.
    let joins = |index: usize| lists.has_in_any_case(WordList::GoingRound, word(index));
    if (at..at + length).any(joins) {
        return None;
    }
    let has_determiner = || (at..at + length).any(|index| lists.has_in_any_case(WordList::Determiners, word(index)));
    let functions = (at..at + length).filter(|&index| is_never_twice(index)).count();
    match (length, functions) {
        (_, 0) => None,
        // `To where to where the lilies grow`.
        (2, 2) => Some(if has_determiner() { Level::Probable } else { Level::Suspect }),
        (2, _) => None,
        // `If you are a guest you are a guest`.
        (3, 1) => Some(Level::Suspect),
        _ if is_in_speech(before) => Some(Level::Probable),
        // `What he has cut he has cut`: a clause may be meant, and `of the village of the village` is none.
        (3, _) if !has_determiner() => Some(Level::Probable),
        _ => Some(Level::Certain),
    }
}
