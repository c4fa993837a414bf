//! Stops inside a sentence: a full stop for a comma, a comma for a full stop,
//! and a full stop where nothing belongs.

use rustc_hash::FxHashMap;

use crate::evidence::lexicon::Entry;
use crate::evidence::terms::{Gap, context};
use crate::finding::Reason;
use crate::level::Level;
use crate::passes::grammar;
use crate::pipeline::{Proposals, View};
use crate::text::layout::Region;
use crate::text::token::Token;

/// So many places show that the scan mixes up stops, if there is one at least
/// to so many words.
const HABIT: usize = 3;
const WORDS_TO_A_PLACE: usize = 3000;

/// Differences of n-gram scores, in nats. On scans of known text the comma was
/// right in 98 of 99 places where it scored above the full stop and less than 3
/// below no mark at all; nothing was right in all 21 places where no mark
/// scored 6 above the comma; the full stop was right in 51 of 53 places before
/// a capital that only a sentence gives.
const COMMA_OVER_STOP: f32 = 0.0;
const COMMA_OVER_STOP_BEFORE_JOINER: f32 = -1.5;
const COMMA_OVER_NOTHING: f32 = -3.0;
const NOTHING_OVER_COMMA: f32 = 6.0;
const STOP_OVER_COMMA: f32 = -2.0;

/// The lines of a letter's head and close are shorter than this, in bytes.
const LETTER_LINE: usize = 40;

/// A stop that may be another.
struct Place {
    rule: &'static str,
    /// The stop's place in bytes.
    at: usize,
    with: &'static str,
    /// How much better the new reading scores, in nats.
    margin: f32,
    /// Whether the words and the model agree.
    clear: bool,
}

/// Proposes the stops that the words on both sides ask for.
pub fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let words = view.words();
    let mut places = Vec::new();
    let mut dotted: FxHashMap<&str, u32> = FxHashMap::default();
    for (index, left, right) in view.marked_pairs() {
        let gap = &text[left.span().end..right.span().start];
        let pair = Pair { view, left, right, next: words.get(index + 2).copied() };
        if gap.starts_with(",\n\n") {
            places.extend(pair.comma_at_end());
            continue;
        }
        let Some(mark) = gap.chars().next().filter(|&c| matches!(c, '.' | ',') && is_blank(&gap[1..])) else {
            continue;
        };
        let place = if mark == '.' {
            *dotted.entry(pair.before()).or_default() += 1;
            pair.full_stop()
        } else {
            pair.comma()
        };
        places.extend(place);
    }
    // Before a word that has its full stop throughout the document stands an
    // abbreviation.
    places.retain(|place| {
        let word = last_word(text, place.at);
        let count = dotted.get(word).copied().unwrap_or(0);
        place.rule == "comma-at-sentence-end"
            || place.rule == "comma-at-end"
            || count < 2
            || count * 5 < view.evidence().vocabulary().count(word) * 4
            || view.evidence().vocabulary().facts(word).capital > 0
    });
    let at_line_end = |place: &Place| text[place.at + 1..].starts_with('\n') && place.with == ".";
    let count = places.iter().filter(|place| place.clear && !at_line_end(place)).count();
    let habit = count >= HABIT && count * WORDS_TO_A_PLACE >= words.len();
    for place in &places {
        let level = match place.clear {
            true if habit || place.with.is_empty() => Level::Certain,
            true => Level::Probable,
            false if habit => Level::Probable,
            false => Level::Suspect,
        };
        let confidence = if level == Level::Certain { 0.985 } else { 0.9 };
        let reasons = vec![
            Reason::new("the words on both sides ask for another stop, or none"),
            Reason::with("nats by which it reads better", f64::from(place.margin)),
            Reason::with("such places in the document", count as f64),
        ];
        out.propose(place.rule, level, confidence, place.at..place.at + 1, place.with, reasons);
    }
}

/// Two words with a stop and a blank between them.
struct Pair<'p, 'v> {
    view: &'p View<'v>,
    left: Token,
    right: Token,
    next: Option<Token>,
}

impl<'v> Pair<'_, 'v> {
    fn before(&self) -> &'v str {
        self.left.text(self.view.text())
    }

    fn after(&self) -> &'v str {
        self.right.text(self.view.text())
    }

    fn entry(&self, word: &str) -> Option<Entry> {
        self.view.evidence().lexicon().lookup(word).filter(|entry| !entry.suspect())
    }

    fn is_prose(&self) -> bool {
        self.view.layout().region_at(self.left.span().end).is_running()
    }

    /// Whether the line that holds the first word begins with a capital.
    fn line_begins_large(&self) -> bool {
        let layout = self.view.layout();
        let line = layout.lines()[layout.line_at(self.left.span().start)];
        self.view.text()[line.text_start..line.end].starts_with(char::is_uppercase)
    }

    /// How a full stop, a comma and no mark read here, in nats.
    fn scores(&self) -> [f32; 3] {
        let around = context(self.view.text(), self.left.span().end..self.right.span().start);
        let place = self.view.evidence().ngrams().place(&around);
        let score = |gap: Gap| place.score(gap.term().as_slice());
        [score(Gap::Stop), score(Gap::Comma), score(Gap::Space)]
    }

    /// A full stop before a word in lower case: what precedes is no
    /// abbreviation, and both words are well known.
    fn full_stop(&self) -> Option<Place> {
        let (before, after) = (self.before(), self.after());
        let common = |word: &str, least: u8| self.entry(word).is_some_and(|e| e.commonness() >= least);
        if !is_lower(after)
            || !is_name_or_lower(before)
            || matches!(after, "i" | "ft")
            || grammar::is_abbreviation(before)
            || !common(before, 4)
            || !common(after, 6)
            || !self.is_prose()
        {
            return None;
        }
        let at = self.left.span().end;
        let [stop, comma, nothing] = self.scores();
        if nothing - comma > NOTHING_OVER_COMMA && nothing > stop && is_lower(before) {
            let margin = nothing - stop;
            return Some(Place { rule: "stop-inside-phrase", at, with: "", margin, clear: !is_subject(after) });
        }
        let over = if is_joiner(after) { COMMA_OVER_STOP_BEFORE_JOINER } else { COMMA_OVER_STOP };
        // A pronoun in lower case more often begins a sentence whose capital is lost.
        let clear = comma - stop > over
            && comma - nothing > COMMA_OVER_NOTHING
            && !grammar::is_never_last(before)
            && !is_subject(after);
        Some(Place { rule: "stop-in-sentence", at, with: ",", margin: comma - stop, clear })
            .filter(|_| clear || !grammar::is_never_last(before))
    }

    /// A comma before a capital that the word behind it has only at the start
    /// of a sentence; what follows goes on in lower case, as titles do not.
    fn comma(&self) -> Option<Place> {
        let (before, after) = (self.before(), self.after());
        let next = self.next?;
        let between = &self.view.text()[self.right.span().end..next.span().start];
        let begins = after == "A" || after.starts_with(char::is_uppercase) && is_name_or_lower(after);
        if !begins || !is_lower(before) || grammar::leads_to_speech(before) || !self.is_prose() {
            return None;
        }
        let entry = self.entry(after)?;
        let known = entry.lower_share() >= 1.0 && entry.commonness() >= 8 && self.entry(before)?.commonness() >= 5;
        if !known || !is_blank(between) || !is_lower(next.text(self.view.text())) {
            return None;
        }
        let [stop, comma, _] = self.scores();
        let at = self.left.span().end;
        let margin = stop - comma;
        let clear = margin > STOP_OVER_COMMA;
        // The lines of a verse begin with capitals.
        if self.view.text()[at..self.right.span().start].contains('\n') && (!clear || self.line_begins_large()) {
            return None;
        }
        Some(Place { rule: "comma-at-sentence-end", at, with: ".", margin, clear })
    }

    /// A comma that ends a paragraph of narrative, before one that begins with a
    /// speech nothing leads to, or with a capital that only a sentence gives.
    fn comma_at_end(&self) -> Option<Place> {
        let (text, layout) = (self.view.text(), self.view.layout());
        let at = self.left.span().end;
        let lines = layout.lines();
        let block = |at: usize| {
            let block = layout.block_at(layout.line_at(at));
            text.get(lines.get(block.start)?.start..lines.get(block.end.checked_sub(1)?)?.end)
        };
        let (paragraph, next) = (block(at)?, block(self.right.span().start)?);
        let prose = |at: usize| layout.region_at(at) == Region::Prose;
        // The head of a letter is short, and its close ends in no full stop.
        let closes = next.starts_with("Your") || !next.trim_end().ends_with(['.', '!', '?', '”', '"', '—', '…']);
        let sentence = paragraph.rsplit(['.', '!', '?', '”', '"']).next().unwrap_or(paragraph);
        if !is_lower(self.before())
            || !prose(at)
            || !prose(self.right.span().start)
            || closes
            || paragraph.len() < LETTER_LINE
        {
            return None;
        }
        let begins = |word: &str| word.starts_with(char::is_uppercase);
        let clear = if next.starts_with(['“', '"']) {
            begins(self.after()) && !says(sentence)
        } else {
            begins(self.after()) && self.entry(self.after()).is_some_and(|e| e.lower_share() >= 1.0)
        };
        let [stop, comma, _] = self.scores();
        begins(self.after()).then_some(Place { rule: "comma-at-end", at, with: ".", margin: stop - comma, clear })
    }
}

/// Whether a sentence says, asks or thinks something.
fn says(sentence: &str) -> bool {
    let mut words = sentence.split(|c: char| !c.is_alphabetic());
    words.any(|word| grammar::leads_to_speech(word) || matches!(word, "whisper" | "voice" | "words" | "thus"))
}

/// Blanks, and one line break at most.
fn is_blank(gap: &str) -> bool {
    !gap.is_empty() && gap.bytes().all(|b| matches!(b, b' ' | b'\n')) && gap.matches('\n').count() <= 1
}

/// Letters in lower case, with apostrophes.
fn is_lower(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_lowercase() || matches!(c, '’' | '\''))
}

/// Two letters or more, all but the first in lower case.
fn is_name_or_lower(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_alphabetic) && is_lower(chars.as_str())
}

/// A pronoun that begins a clause.
fn is_subject(word: &str) -> bool {
    let folded = word.replace('’', "'");
    matches!(folded.split('\'').next().unwrap_or_default(), "he" | "she" | "it" | "we" | "they")
}

/// A word that carries a sentence on more often than it begins one.
fn is_joiner(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "but"
            | "or"
            | "who"
            | "which"
            | "for"
            | "the"
            | "a"
            | "his"
            | "their"
            | "with"
            | "to"
            | "as"
            | "until"
            | "when"
            | "after"
            | "an"
            | "in"
            | "on"
            | "at"
            | "from"
            | "by"
            | "into"
            | "while"
            | "where"
            | "because"
            | "like"
            | "though"
            | "although"
            | "than"
    )
}

/// The word that ends at `at`.
fn last_word(text: &str, at: usize) -> &str {
    let before = &text[..at];
    &before[before.trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, '’' | '\'')).len()..]
}
