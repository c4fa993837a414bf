//! Whether the conditions of a rule hold at a place.

use std::ops::Range;

use descan_lang::entry::{Entry, Trust};
use descan_lang::terms::{context, term};
use descan_rules::{Conditions, LazyRegex, WordTest, Words};
use descan_text::token::{Token, floor, without_blanks, words};

use super::places::Match;
use crate::evidence::vocabulary::fold;
use crate::pass::View;
use crate::pass::core_of;

/// A replacement in its place.
pub(super) struct Reading<'r> {
    /// Where the pattern matches.
    pub place: &'r Match<'r>,
    /// The replacement.
    pub text: &'r str,
    /// The text with what is known about it.
    pub view: &'r View<'r>,
}

/// A usual word stands in print at least once in a million words.
const USUAL: u8 = 6;

/// How far before and after a place conditions look, in bytes.
const REACH: usize = 200;

/// Whether what is asked of the whole document holds.
pub(super) fn document_allows(conditions: &Conditions, view: &View<'_>) -> bool {
    conditions.curly.is_none_or(|curly| view.evidence().style().is_curly() == curly)
        && document_has(conditions, view)
        && !conditions.document_lacks.iter().any(|regex| view.has(regex))
}

/// Whether the document has what a rule asks for.
pub(super) fn document_has(conditions: &Conditions, view: &View<'_>) -> bool {
    conditions.document_has.iter().all(|regex| view.has(regex))
}

/// Whether what is asked of the words that a match touches holds. Of a match inside a token
/// this is true or false wherever the token stands.
pub(super) fn holds_of_words(conditions: &Conditions, reading: &Reading<'_>) -> bool {
    let fold_of = |words: &Words| reading.words(words).iter().map(|word| fold(word)).collect::<Vec<_>>();
    if conditions.same.iter().any(|[one, two]| fold_of(one) != fold_of(two)) {
        return false;
    }
    conditions.words.iter().all(|(test, words)| match test {
        WordTest::Written => reading.is_written(words),
        test => passes(*test, &reading.words(words), reading),
    })
}

/// Whether what is asked of the part of the text holds in which a match begins, in bytes.
pub(super) fn holds_at(conditions: &Conditions, start: usize, view: &View<'_>) -> bool {
    conditions.regions.have(view.layout().region_at(start))
        && (!conditions.misread || view.evidence().is_misread_at(start))
}

/// Whether what is asked of the text around a match holds. This costs most.
pub(super) fn holds_around(conditions: &Conditions, reading: &Reading<'_>) -> bool {
    let (text, span) = (reading.view.text(), &reading.place.span);
    let from = floor(text, span.start.saturating_sub(REACH));
    let to = floor(text, span.end + REACH);
    let stands = |regex: &Option<LazyRegex>, part: &str| regex.as_ref().is_none_or(|regex| regex.is_match(part));
    // Right text that a regex describes, across the match.
    let whole = reading.place.whole.start.saturating_sub(from)..reading.place.whole.end.min(to) - from;
    let is_right = |regex: &LazyRegex| regex.lies_across(&text[from..to], &whole);
    stands(&conditions.before, &text[from..span.start])
        && stands(&conditions.after, &text[span.end..to])
        && conditions.gain.is_none_or(|least| gain(reading) >= least)
        && !conditions.not.iter().any(is_right)
}

/// Whether words pass a test. No words pass none but `known` and `seen`.
fn passes(test: WordTest, words: &[String], reading: &Reading<'_>) -> bool {
    let vocabulary = reading.view.evidence().vocabulary();
    let entry = |word: &String| vocabulary.entry(word).filter(|entry| !entry.usually_misread());
    let is_usual = |entry: Entry| entry.trust() == Trust::Trusted && entry.log2_frequency() >= USUAL;
    let is_elsewhere = |word: &String| {
        let count = vocabulary.count(word) as usize;
        if count == 0 {
            return false;
        }
        let here = reading.words(&Words::Old);
        count > here.iter().filter(|other| fold(other) == fold(word)).count()
    };
    match test {
        WordTest::Known => words.iter().all(|word| entry(word).is_some()),
        WordTest::Unknown => words.iter().any(|word| entry(word).is_none()),
        WordTest::Common => !words.is_empty() && words.iter().all(|word| entry(word).is_some_and(is_usual)),
        WordTest::Rare => words.iter().any(|word| !entry(word).is_some_and(is_usual)),
        WordTest::Seen => words.iter().all(is_elsewhere),
        WordTest::Unseen => words.iter().any(|word| !is_elsewhere(word)),
        // Asked of the letters, not of the words.
        WordTest::Written => true,
    }
}

impl Reading<'_> {
    /// Whether the document has what a group or the replacement makes between two
    /// spaces, at another place.
    fn is_written(&self, which: &Words) -> bool {
        let (text, span) = (self.view.text(), &self.place.span);
        let old = &text[without_blanks(text, span)];
        let all = match which {
            Words::Old => old.to_owned(),
            Words::New => with_surroundings(text, span, self.text).0,
            Words::Group(name) => self.place.groups.text(name).to_owned(),
        };
        let core = fold(core_of(&all));
        let here = old.split_whitespace().filter(|part| fold(core_of(part)) == core).count();
        !core.is_empty() && self.view.written(&core) as usize > here
    }

    /// The words that a group touches, what is replaced, or the replacement.
    fn words(&self, which: &Words) -> Vec<String> {
        let text = self.view.text();
        match which {
            Words::Old => touched(text, &self.place.span, &text[self.place.span.clone()]),
            Words::New => touched(text, &self.place.span, self.text),
            Words::Group(name) => {
                let Some(group) = self.place.groups.span(name) else { return Vec::new() };
                let span = self.place.start + group.start..self.place.start + group.end;
                touched(text, &span, &text[span.clone()])
            }
        }
    }
}

/// The words that `reading` makes in the place of `span`, and those right beside it.
fn touched(text: &str, span: &Range<usize>, reading: &str) -> Vec<String> {
    let (text, at) = with_surroundings(text, span, reading);
    let end = at + reading.len();
    let is_touched = |token: &Token| token.span().start <= end && token.span().end >= at;
    words(&text).filter(is_touched).map(|token| token.text(&text).to_owned()).collect()
}

/// By how many nats the words with the replacement go better between their
/// neighbours than the words as they stand.
pub(super) fn gain(reading: &Reading<'_>) -> f32 {
    let (text, span) = (reading.view.text(), &reading.place.span);
    let (new, at) = with_surroundings(text, span, reading.text);
    let (old, _) = with_surroundings(text, span, &text[span.clone()]);
    let start = span.start - at;
    let here = context(text, start..start + old.len());
    let score = |words_of: &str| {
        let terms: Vec<_> = words(words_of).map(|word| term(word.text(words_of))).collect();
        reading.view.evidence().ngrams().score_sequence(&here.left, &terms, &here.right)
    };
    score(&new) - score(&old)
}

/// The replacement with the text around it, as far as the neighbouring spaces,
/// and where it starts in that.
fn with_surroundings(text: &str, span: &Range<usize>, with: &str) -> (String, usize) {
    let around = without_blanks(text, span);
    let joined = [&text[around.start..span.start], with, &text[span.end..around.end]].concat();
    (joined, span.start - around.start)
}
