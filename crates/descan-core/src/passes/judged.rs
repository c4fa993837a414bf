//! Turns a judgement on a word into a proposal, for the passes `letters`, `words` and
//! `context`.

use std::ops::Range;

use descan_lang::words::WordList;
use descan_rules::{Reason, RuleId};
use descan_text::layout::Region;
use descan_text::level::Level;
use descan_text::token::Token;
use descan_text::token::{floor, paragraph_around, words};

use crate::evidence::decide::{Judge, Judgement, Kind};
use crate::evidence::noise::Habit;
use crate::evidence::passages::{MOSTLY, unknown_share};
use crate::pass::{LARGE, Proposals, View};
use crate::shares::{map_chunks, threads};

/// Proposes the best reading of every word that is open to all, by the rule that
/// `rule_of` names for its kind of damage, if it names one.
pub fn open_words(view: &View<'_>, rule_of: impl Fn(Kind) -> Option<RuleId>, out: &mut Proposals<'_>) {
    runs_of_marks(view, &rule_of, out);
    for (index, judgement) in view.judged_or(|| judge_open(view)) {
        let Some(rule) = rule_of(judgement.kind) else { continue };
        if judgement.habit > Habit::None && out.wants(RuleId::MISREAD_THROUGHOUT) {
            propose_habit(view, judgement, out);
        } else {
            propose(view, rule, view.words()[*index].text(view.text()), judgement.clone(), out);
        }
    }
}

/// Proposes a reading that the other unknown words of the document show to be right.
fn propose_habit(view: &View<'_>, judgement: &Judgement, out: &mut Proposals<'_>) {
    let word = &view.text()[judgement.span.clone()];
    let reading = view.evidence().style().apostrophes_of(&judgement.text, word);
    let mut reasons = vec![Reason::new(match judgement.habit {
        Habit::OfMost => "most unknown words of the document are common ones so misread",
        _ => "other words of the document are misread so, and nobody writes such",
    })];
    reasons.extend(judgement.reasons(word));
    out.propose(RuleId::MISREAD_THROUGHOUT, Level::Certain, judgement.span.clone(), reading, reasons);
}

/// Judges runs of letters and marks, each as one word.
fn runs_of_marks(view: &View<'_>, rule_of: impl Fn(Kind) -> Option<RuleId>, out: &mut Proposals<'_>) {
    let Some(rule) = rule_of(Kind::Letters) else { return };
    let (text, judge) = (view.text(), Judge::new(view.analysis(), view.evidence()));
    for &run in view.runs().iter().filter(|run| may_judge(view, run.span())) {
        if let Some(judgement) = judge.run(run) {
            propose(view, rule, run.text(text), judgement, out);
        }
    }
}

/// Whether a word is part of one of the runs, which are in order.
pub fn is_within(runs: &[Token], word: Token) -> bool {
    let after = runs.partition_point(|run| run.start <= word.start);
    after > 0 && word.end <= runs[after - 1].end
}

/// Judges every word that is open to all readings and no part of a run.
pub fn judge_open(view: &View<'_>) -> Vec<(usize, Judgement)> {
    let (open, types, runs) = (view.open_types(), view.types().of_words(), view.runs());
    let wanted = |index: usize| open[types[index] as usize] && !is_within(runs, view.words()[index]);
    judge_all(view, wanted, |judge, index| judge.unknown(index))
}

/// So many places at least are one thread's work at a time.
const SHARE: usize = 512;
/// The work is cut into so many shares for each thread, as some take longer.
const SHARES: usize = 4;

/// Judges every word of those `wanted` that may be judged, as `judge` does, in
/// the order of the text. The result does not depend on the number of threads.
pub fn judge_all(
    view: &View<'_>,
    wanted: impl Fn(usize) -> bool,
    judge: impl Fn(&Judge<'_>, usize) -> Option<Judgement> + Sync,
) -> Vec<(usize, Judgement)> {
    let words = view.words();
    let places: Vec<usize> =
        (0..words.len()).filter(|&index| wanted(index) && may_judge(view, words[index].span())).collect();
    let share = |places: &[usize]| -> Vec<(usize, Judgement)> {
        let judges = Judge::new(view.analysis(), view.evidence());
        places.iter().filter_map(|&index| Some((index, judge(&judges, index)?))).collect()
    };
    if view.text().len() < LARGE {
        return share(&places);
    }
    // What is worked out of a word serves the other places of the same share.
    let length = places.len().div_ceil(SHARES * threads()).max(SHARE);
    map_chunks(&places, length, share).into_iter().flatten().collect()
}

/// Proposes what was judged, if it reaches a level, with the apostrophes of
/// `word` or else of the document.
pub fn propose(view: &View<'_>, rule: RuleId, word: &str, judgement: Judgement, out: &mut Proposals<'_>) {
    let Some(level) = judgement.level else { return };
    let level = run_of_many(view, &judgement).map_or(level, |of_many| level.min(of_many));
    let reading = view.evidence().style().apostrophes_of(&judgement.text, word);
    let mut reasons = judgement.reasons(&view.text()[judgement.span.clone()]);
    let strange = strange_share(view, judgement.span.clone());
    if strange >= MOSTLY {
        reasons.push(Reason::new("most words around it are unknown: the passage may be foreign or ruined"));
        reasons.push(Reason::with("share of unknown words around it", strange.into()));
    }
    let level = if strange >= MOSTLY { level.max(Level::Probable) } else { level };
    out.propose_judged(rule, level, judgement.probability, judgement.span, reading, reasons);
}

/// So many words run together, and so many letters, are a passage without spaces; so many more leave no doubt.
const MANY: usize = 4;
const SURELY_MANY: usize = 5;
const MANY_LETTERS: usize = 14;

/// The level at least of a word that is taken apart into a passage of common words, some of them small ones: no
/// name and no other word is made so.
fn run_of_many(view: &View<'_>, judgement: &Judgement) -> Option<Level> {
    let parts: Vec<&str> = judgement.text.split(' ').collect();
    let is_small = |part: &&&str| view.lists().has_in_any_case(WordList::NeverTwice, part);
    let small = parts.iter().filter(is_small).count();
    let is_passage = judgement.kind == Kind::RunOn
        && judgement.features.foreign == 0.0
        && parts.len() >= MANY
        && judgement.text.len() >= MANY_LETTERS + parts.len()
        && small >= 2;
    let level = if parts.len() >= SURELY_MANY && small >= 3 { Level::Certain } else { Level::Probable };
    is_passage.then_some(level)
}

/// Of so many words at least a passage is foreign: a line of a scan may be ruined.
const PASSAGE_WORDS: usize = 20;

/// Whether a place is in a passage most of whose words no lexicon has.
pub(super) fn is_foreign(view: &View<'_>, span: Range<usize>) -> bool {
    let text = view.text();
    let near = floor(text, span.start.saturating_sub(PASSAGE))..floor(text, span.end + PASSAGE);
    strange_share(view, span) >= MOSTLY && words(&text[near]).count() >= PASSAGE_WORDS
}

/// How far around a place the words of its passage are looked at, in bytes.
const PASSAGE: usize = 300;
/// The share of words that no lexicon has, of those around a place up to the paragraph's ends.
fn strange_share(view: &View<'_>, span: Range<usize>) -> f32 {
    let (text, lexicon) = (view.text(), view.evidence().lexicon());
    unknown_share(&text[paragraph_around(text, &span, PASSAGE)], lexicon)
}

/// Whether a word stands where words may be repaired: not in a table or in
/// code, not in an address, not as one half of a word cut by a line's end or
/// parted by a hyphen, and not beside a byte or control character that may hide
/// the rest of the word.
pub fn may_judge(view: &View<'_>, span: Range<usize>) -> bool {
    around_word(view, &span).is_some_and(|around| memchr::memchr3(b'@', b'\\', b'_', around).is_none())
        && !is_half(view, &span)
}

/// Whether a hyphen stands between a word and letters that make another word with it: `Sep-tember`.
fn is_half(view: &View<'_>, span: &Range<usize>) -> bool {
    let (text, lexicon) = (view.text(), view.evidence().lexicon());
    let word = &text[span.clone()];
    let letters_before = |before: &str| {
        let rest = before.trim_end_matches(char::is_alphabetic);
        before[rest.len()..].to_owned()
    };
    let letters_behind = |behind: &str| {
        let rest = behind.trim_start_matches(char::is_alphabetic);
        behind[..behind.len() - rest.len()].to_owned()
    };
    let before = text[floor(text, span.start.saturating_sub(REACH))..span.start].strip_suffix('-').map(letters_before);
    let behind = text[span.end..floor(text, span.end + REACH)].strip_prefix('-').map(letters_behind);
    before.is_some_and(|half| !half.is_empty() && lexicon.is_word(&format!("{half}{word}")))
        || behind.is_some_and(|half| !half.is_empty() && lexicon.is_word(&format!("{word}{half}")))
}

/// The same of a run of letters and signs, of which addresses and programs have some too.
pub fn may_be_word(view: &View<'_>, span: Range<usize>) -> bool {
    around_word(view, &span).is_some()
}

/// The characters around a place up to the spaces, if a word may stand there.
fn around_word<'v>(view: &'v View<'_>, span: &Range<usize>) -> Option<&'v [u8]> {
    let text = view.text();
    if matches!(view.layout().region_at(span.start), Region::Table | Region::Code) {
        return None;
    }
    let before = text[..span.start].trim_end_matches([' ', '\n']);
    if before.len() < span.start && before.ends_with(['-', '\u{ad}', '¬']) || text[span.end..].starts_with("-\n") {
        return None;
    }
    // A hyphen at a line's end may be misread itself.
    if text[before.len()..span.start].contains('\n') && before.ends_with(['«', '»', '~', '^', '_', '=']) {
        return None;
    }
    let beside = [text[..span.start].chars().next_back(), text[span.end..].chars().next()];
    let is_whole = !beside.into_iter().flatten().any(hides_letters);
    let around = chunk_around(text, span);
    (is_whole && !is_address(text, span, &around)).then(|| &text.as_bytes()[around])
}

/// Whether a character is no text: a byte that cannot be decoded, a control
/// character, or one that turns the direction of writing.
fn hides_letters(c: char) -> bool {
    c == '\u{fffd}'
        || c.is_control() && !matches!(c, '\n' | '\t' | '\u{c}')
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// How far around a word its address is looked for, in bytes.
const REACH: usize = 80;

/// The characters around a word, up to the spaces, in bytes of the text.
fn chunk_around(text: &str, span: &Range<usize>) -> Range<usize> {
    let bytes = text.as_bytes();
    let from = (span.start.saturating_sub(REACH)..span.start).rev().find(|&i| bytes[i].is_ascii_whitespace());
    let to = (span.end..(span.end + REACH).min(bytes.len())).find(|&i| bytes[i].is_ascii_whitespace());
    let from = from.map_or(span.start.saturating_sub(REACH), |i| i + 1);
    from..to.unwrap_or((span.end + REACH).min(bytes.len()))
}

/// Whether the characters around a word, up to the spaces, look like a web or mail address or a path.
fn is_address(text: &str, span: &Range<usize>, around: &Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let (around, behind) = (&bytes[around.clone()], &bytes[span.end..around.end]);
    around.windows(3).any(|w| w == b"://")
        || around.windows(4).any(|w| w == b"www.")
        || behind.first() == Some(&b'.')
            && bytes.get(span.end + 1).is_some_and(u8::is_ascii_lowercase)
            && behind[1..].iter().take_while(|b| b.is_ascii_lowercase()).count() <= 4
            && bytes[span.start].is_ascii_lowercase()
            && (around.ends_with(b"/") || around.ends_with(b".com") || around.ends_with(b".org"))
}
