//! Misread punctuation inside a sentence: a full stop for a comma, a comma for a full
//! stop, and a full stop where there should be none.

use descan_lang::entry::Entry;
use descan_lang::terms::{Gap, context};
use descan_lang::words::{WordList, WordLists};
use descan_rules::{Reason, RuleId};
use descan_text::layout::Region;
use descan_text::level::Level;
use descan_text::token::{Token, floor};
use rustc_hash::FxHashMap;

use crate::pass::{Proposals, View};
use crate::passes::grammar;

/// Differences of n-gram scores, in nats. On scans and books of known text the
/// comma was right in 28 of 29 places that these bounds let through, and nothing
/// in all 11; of 690 full stops before small letters in right texts three pass.
const COMMA_OVER_STOP: f32 = 0.0;
const COMMA_OVER_STOP_BEFORE_JOINER: f32 = -1.5;
/// The same where the letter after the stop can be no capital read as a small
/// one, so that no sentence begins there.
const COMMA_OVER_STOP_WHERE_CAPITALS_HOLD: f32 = -4.0;
const COMMA_OVER_NOTHING: f32 = -3.5;
/// The same where the comma reads better than the stop by this much.
const COMMA_OVER_NOTHING_IF_CLEAR: f32 = -4.3;
const CLEARLY_OVER_STOP: f32 = 1.0;
const NOTHING_OVER_COMMA: f32 = 5.5;
/// The same after a word that ends no clause, and before a pronoun, whose
/// capital may be lost.
const NOTHING_OVER_COMMA_INSIDE_PHRASE: f32 = 4.0;
const NOTHING_OVER_COMMA_BEFORE_SUBJECT: f32 = 8.0;
/// So much more where the letter after the stop may be a capital read as a small one.
const WHERE_CAPITALS_ARE_LOST: f32 = 1.5;
/// A full stop before a capital that only a sentence gives was right in 51 of
/// 53 places.
const STOP_OVER_COMMA: f32 = -2.0;
/// A word this common may have lost a T that stood before it: `he` for `The`.
const COMMON_WITH_T: u8 = 10;
/// So often a name stands in the document that it is no abbreviation of its own.
const NAMED: u32 = 3;

/// A line of verse has about so many words.
const LINE_WORDS: usize = 12;

/// The log2 frequency from which a word is usual.
const USUAL: u8 = 9;
/// A sentence of so few words behind a full stop, in small letters, is torn off.
const TORN_WORDS: usize = 2;
/// So many full stops between words that are not parted otherwise are specks, so near a place, in bytes.
const SCATTERED: usize = 2;
const SCATTERED_NEAR: usize = 500;

/// So near, in bytes, the next of several short lines begins.
const LINE_NEAR: usize = 14;
/// The lines of a letter's head and close are shorter than this, in bytes.
const LETTER_LINE: usize = 40;
/// A line of verse is hardly longer than this, in bytes.
const VERSE_LINE: usize = 60;

/// A stop that may be another.
struct Place {
    rule: RuleId,
    /// The stop's place in bytes.
    at: usize,
    with: &'static str,
    /// How much better the new reading scores, in nats.
    margin: f32,
    /// Whether the words and the model agree.
    clear: bool,
    /// Whether one such place is enough, without others in the document.
    alone: bool,
}

/// So many places show that a scan confuses these marks, where one alone may be meant.
const SEVERAL: usize = 3;
/// And where one stands in so many words: a long text has some by chance.
const WORDS_TO_ONE: usize = 3000;

/// Whether a word is written with the signs of Roman numerals alone: `viii`.
fn is_numeral(word: &str) -> bool {
    word.bytes().all(|byte| b"ivxlcdm".contains(&byte.to_ascii_lowercase()))
}

/// Whether a word is a Roman numeral of the small signs, and none of the language: `xii`.
fn is_numeral_of_strokes(word: &str) -> bool {
    word.bytes().all(|byte| b"ivxl".contains(&byte)) && (word.contains(['v', 'x']) || word.starts_with("ii"))
}

/// Proposes the stops that the words on both sides ask for.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let words = view.words();
    let mut places = Vec::new();
    let mut dotted: FxHashMap<&str, u32> = FxHashMap::default();
    // How many sentences begin with a capital, and how many words with a small letter behind a full stop.
    let (mut large, mut small) = (0, 0);
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
            match is_lower(pair.after()) {
                true => small += 1,
                false => large += 1,
            }
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
        place.rule == RuleId::COMMA_AT_SENTENCE_END
            || place.rule == RuleId::COMMA_AT_END
            || count < 2
            || count * 5 < view.evidence().vocabulary().count(word) * 4
            || view.evidence().vocabulary().facts(word).capital > 0
    });
    places.retain(|place| place.rule == RuleId::COMMA_AT_END || !is_abbreviated(view, place.at));
    // Where small letters were read as a capital I inside sentences, as bad scans do, that letter begins none.
    let begins_with_i = |place: &Place| {
        place.rule == RuleId::COMMA_AT_SENTENCE_END && text[place.at + 1..].trim_start().starts_with('I')
    };
    if places.iter().any(begins_with_i) && (has_capital_i_inside(view) || view.evidence().vocabulary().is_garbled()) {
        places.iter_mut().filter(|place| begins_with_i(place)).for_each(|place| place.clear = false);
    }
    let before_line_end = |place: &Place| text[place.at + 1..].starts_with('\n') && place.rule != RuleId::COMMA_AT_END;
    // In a badly damaged text the word after a stop may be anything.
    let surest = if view.evidence().vocabulary().is_garbled() { Level::Probable } else { Level::Certain };
    let clear = places.iter().filter(|place| place.clear && !before_line_end(place)).count();
    let several = clear >= SEVERAL && clear * WORDS_TO_ONE >= view.evidence().vocabulary().total() as usize;
    for place in &places {
        let level = match place.clear {
            // Who writes without capitals begins sentences without them.
            _ if place.rule == RuleId::FULL_STOP_IN_SENTENCE && large == 0 && small > 1 => Level::Suspect,
            // At a line's end what follows may be lost, an `I` above all.
            true if (place.alone || several) && place.margin > 0.0 && !before_line_end(place) => Level::Certain,
            true => Level::Probable,
            false => Level::Suspect,
        }
        .max(surest);
        let reasons = vec![
            Reason::new("the words on both sides ask for another stop, or none"),
            Reason::with("log-odds of the new text against the old", f64::from(place.margin)),
        ];
        out.propose(place.rule, level, place.at..place.at + 1, place.with, reasons);
    }
}

/// Whether words that no names are stand several times with a capital I behind a small word and a space.
fn has_capital_i_inside(view: &View<'_>) -> bool {
    let (text, lexicon) = (view.text(), view.evidence().lexicon());
    let is_misread = |pair: &&[Token]| {
        let [before, word] = [pair[0], pair[1]].map(|token| token.text(text));
        word.starts_with('I')
            && is_name_or_lower(word)
            && word.len() > 1
            && is_lower(before)
            && &text[pair[0].span().end..pair[1].span().start] == " "
            && lexicon.lookup(word).is_some_and(|entry| entry.lower_share() >= 1.0)
    };
    view.words().windows(2).filter(is_misread).nth(SEVERAL - 1).is_some()
}

/// Two words with a stop and a space between them.
struct Pair<'p> {
    view: &'p View<'p>,
    left: Token,
    right: Token,
    next: Option<Token>,
}

impl<'p> Pair<'p> {
    fn before(&self) -> &'p str {
        self.left.text(self.view.text())
    }

    fn after(&self) -> &'p str {
        self.right.text(self.view.text())
    }

    fn entry(&self, word: &str) -> Option<Entry> {
        self.view.evidence().lexicon().lookup(word).filter(|entry| !entry.usually_misread())
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
        let place = self.view.evidence().ngrams().slot(&around);
        let score = |gap: Gap| place.score(gap.term().as_slice());
        [score(Gap::SentenceEnd), score(Gap::Comma), score(Gap::Space)]
    }

    /// A full stop before a word in lower case: what precedes is no
    /// abbreviation, and both words are well known.
    fn full_stop(&self) -> Option<Place> {
        let (before, after) = (self.before(), self.after());
        let common = |word: &str, least: u8| self.entry(word).is_some_and(|e| e.log2_frequency() >= least);
        let name = || before.len() >= 4 && self.view.evidence().vocabulary().facts(before).capital >= NAMED;
        if !is_lower(after)
            || !is_name_or_lower(before)
            || matches!(after, "i" | "ft")
            || grammar::is_abbreviation(self.view.lists(), before)
            || self.follows_number()
            || is_numeral(before)
            || is_numeral_of_strokes(after)
            || !(common(before, 4) || !is_lower(before) && name())
            || !common(after, 6)
            || self.entry(after).is_some_and(|entry| !entry.fits_case(after))
            || !self.is_prose()
        {
            return None;
        }
        let at = self.left.span().end;
        let [stop, comma, nothing] = self.scores();
        let never_last = grammar::is_never_last(self.view.lists(), before);
        let lead = match (never_last, is_subject(self.view.lists(), after)) {
            (true, _) => NOTHING_OVER_COMMA_INSIDE_PHRASE,
            (false, true) => NOTHING_OVER_COMMA_BEFORE_SUBJECT,
            (false, false) => NOTHING_OVER_COMMA,
        };
        let capital_lost = self.may_have_lost_capital();
        let lead = if capital_lost { lead + WHERE_CAPITALS_ARE_LOST } else { lead };
        if nothing - comma > lead && nothing > stop && is_lower(before) {
            let is_torn = !never_last && !common(after, USUAL) && self.is_torn(1);
            return (!is_torn).then_some(Place {
                rule: RuleId::FULL_STOP_INSIDE_PHRASE,
                at,
                with: "",
                margin: nothing - stop,
                clear: true,
                alone: true,
            });
        }
        if never_last {
            return None;
        }
        let over_stop = match (capital_lost, is_joiner(self.view.lists(), after)) {
            (false, _) => COMMA_OVER_STOP_WHERE_CAPITALS_HOLD,
            (true, true) => COMMA_OVER_STOP_BEFORE_JOINER,
            (true, false) => COMMA_OVER_STOP,
        };
        let over_nothing =
            if comma - stop > CLEARLY_OVER_STOP { COMMA_OVER_NOTHING_IF_CLEAR } else { COMMA_OVER_NOTHING };
        let clear = comma - stop > over_stop
            && comma - nothing > over_nothing
            && !(capital_lost && is_subject(self.view.lists(), after))
            && !self.begins_with_noise()
            && !(comma < stop && self.view.evidence().is_damaged() && self.is_torn(TORN_WORDS))
            && !self.is_among_scattered();
        Some(Place {
            rule: RuleId::FULL_STOP_IN_SENTENCE,
            at,
            with: ",",
            margin: comma - stop,
            clear,
            // Of a name it may be a short form: `Fred.`
            alone: !capital_lost && is_lower(before),
        })
    }

    /// Whether the second word begins a line that goes on with a capital or an unknown word: it may be a
    /// speck in the margin, and the sentence begins behind it.
    fn begins_with_noise(&self) -> bool {
        let text = self.view.text();
        let Some(next) = self.next.filter(|_| text[self.left.span().end..self.right.span().start].contains('\n'))
        else {
            return false;
        };
        let word = next.text(text);
        !text[self.right.span().end..next.span().start].chars().all(|c| matches!(c, ' ' | ','))
            || word != "I" && (!is_lower(word) || self.entry(word).is_none())
    }

    /// Whether no more than so many words follow up to the end of the sentence, and none of them leads on: what stands
    /// there is a heading or a piece of another column.
    fn is_torn(&self, most: usize) -> bool {
        let rest = &self.view.text()[self.right.span().start..];
        let Some(end) = rest.find(['.', '!', '?', ',', ';', ':', '"', '”']) else { return false };
        let ends = rest[end..].starts_with(". ") && rest[end + 2..].starts_with(char::is_uppercase);
        ends && !is_joiner(self.view.lists(), self.after()) && rest[..end].split_whitespace().count() <= most
    }

    /// Whether full stops stand between words without a space near the place, again and again: they are specks.
    fn is_among_scattered(&self) -> bool {
        let (text, lexicon) = (self.view.text(), self.view.evidence().lexicon());
        let at = self.left.span().end;
        let near = &text[floor(text, at.saturating_sub(SCATTERED_NEAR))..floor(text, at + SCATTERED_NEAR)];
        let is_speck = |stop: &usize| {
            let before = last_word(near, *stop);
            let behind = &near[stop + 1..];
            let after = &behind[..behind.len() - behind.trim_start_matches(|c: char| c.is_ascii_lowercase()).len()];
            let is_known = |word: &str| word.len() > 1 && is_lower(word) && lexicon.is_word(word);
            is_known(before) && is_known(after)
        };
        memchr::memchr_iter(b'.', near.as_bytes()).filter(is_speck).count() >= SCATTERED
    }

    /// Whether a number stands before the first word, which then may be a unit.
    fn follows_number(&self) -> bool {
        self.view.text()[..self.left.span().start].trim_end().ends_with(|c: char| c.is_numeric())
    }

    /// Whether the second word may have begun with a capital: its first letter
    /// looks like one, or a `T` before it was not read.
    fn may_have_lost_capital(&self) -> bool {
        let after = self.after();
        let alike = after.starts_with(['c', 'i', 'j', 'k', 'l', 'o', 'p', 's', 'u', 'v', 'w', 'x', 'z']);
        let with_t = |word: &str| self.entry(&format!("t{word}")).is_some_and(|e| e.log2_frequency() >= COMMON_WITH_T);
        alike || with_t(after)
    }

    /// Whether speech or thought may begin behind the pair: `he asked himself, Where is she now?` In a text
    /// that has quotation marks only a question is taken for it.
    fn is_speech_without_quotes(&self) -> bool {
        let text = self.view.text();
        let earlier = text[..self.left.span().start].trim_end_matches(' ');
        let earlier = &earlier[earlier.trim_end_matches(char::is_alphabetic).len()..];
        let style = self.view.evidence().style();
        let has_quotes =
            style.curly_doubles + style.straight_doubles + style.curly_singles + style.straight_singles > 0;
        let behind = &text[self.right.span().end..];
        let asks = behind.find(['.', '!', '?']).is_some_and(|end| behind[end..].starts_with('?'));
        (asks || !has_quotes) && grammar::leads_to_speech(self.view.lists(), earlier)
    }

    /// A comma before a capital that the word after it has only at the start
    /// of a sentence; what follows goes on in lower case, as titles do not.
    fn comma(&self) -> Option<Place> {
        let (before, after) = (self.before(), self.after());
        let next = self.next?;
        let between = &self.view.text()[self.right.span().end..next.span().start];
        let begins = after == "A" || after.starts_with(char::is_uppercase) && is_name_or_lower(after);
        if !begins || !is_lower(before) || grammar::leads_to_speech(self.view.lists(), before) || !self.is_prose() {
            return None;
        }
        let entry = self.entry(after)?;
        let known =
            entry.lower_share() >= 1.0 && entry.log2_frequency() >= 8 && self.entry(before)?.log2_frequency() >= 5;
        if !known || !is_blank(between) || !is_lower(next.text(self.view.text())) {
            return None;
        }
        if self.is_speech_without_quotes() {
            return None;
        }
        let [stop, comma, _] = self.scores();
        let at = self.left.span().end;
        let margin = stop - comma;
        let clear = margin > STOP_OVER_COMMA && !self.is_one_of_lines();
        // The lines of a verse begin with capitals.
        if self.view.text()[at..self.right.span().start].contains('\n') && (!clear || self.line_begins_large()) {
            return None;
        }
        Some(Place { rule: RuleId::COMMA_AT_SENTENCE_END, at, with: ".", margin, clear, alone: false })
    }

    /// Whether another comma before a capital stands on either side, a few words off: the lines of an address or of the
    /// close of a letter, run together.
    fn is_one_of_lines(&self) -> bool {
        let (text, at) = (self.view.text(), self.left.span().end);
        let near = floor(text, at.saturating_sub(LINE_NEAR))..floor(text, at + LINE_NEAR);
        let begins_line = |place: usize| {
            let behind = &text[near.start + place + 2..];
            let word = &behind[..behind.len() - behind.trim_start_matches(char::is_alphabetic).len()];
            let is_no_name = || self.entry(word).is_some_and(|entry| entry.lower_share() >= 1.0);
            place != at - near.start && word.starts_with(char::is_uppercase) && is_no_name()
        };
        memchr::memmem::find_iter(text[near.clone()].as_bytes(), ", ").any(begins_line)
    }

    /// A comma that ends a paragraph of narrative, before one that begins with a
    /// speech nothing leads to, or with a capital that only a sentence gives.
    fn comma_at_end(&self) -> Option<Place> {
        let (text, layout) = (self.view.text(), self.view.layout());
        let at = self.left.span().end;
        let lines = layout.lines();
        let block = |at: usize| {
            let block = layout.block_at(layout.line_at(at));
            Some(lines.get(block.start)?.start..lines.get(block.end.checked_sub(1)?)?.end)
        };
        let (paragraph, next) = (block(at)?, block(self.right.span().start)?);
        // Behind words that are set off the sentence goes on.
        let goes_on = text[next.end..].trim_start().starts_with(char::is_lowercase);
        let (paragraph, next) = (text.get(paragraph)?, text.get(next)?.trim_start());
        let prose = |at: usize| layout.region_at(at) == Region::Prose;
        // The head of a letter is short, and its close ends in no full stop.
        let closes = next.trim_start_matches(['“', '"']).starts_with("Your")
            || !next.trim_end().ends_with(['.', '!', '?', '”', '"', '—', '…']);
        if !is_lower(self.before())
            || !prose(at)
            || !prose(self.right.span().start)
            || closes
            || is_verse(paragraph)
            || paragraph.len() < LETTER_LINE
        {
            return None;
        }
        let begins = |word: &str| word.starts_with(char::is_uppercase);
        let only_in_sentence = |word: &str| self.entry(word).is_some_and(|e| e.lower_share() >= 1.0);
        let name = |word: &str| self.view.evidence().vocabulary().facts(word).capital >= NAMED;
        // Before a speech a comma leads to it: `and he answered with a smile,`; its quote may be misread.
        let clear = !goes_on
            && next.starts_with(char::is_alphabetic)
            && paragraph.len() >= VERSE_LINE
            && (only_in_sentence(self.after()) || name(self.after()));
        let [stop, comma, _] = self.scores();
        begins(self.after()).then_some(Place {
            rule: RuleId::COMMA_AT_END,
            at,
            with: ".",
            margin: stop - comma,
            clear,
            alone: true,
        })
    }
}

/// Whether a paragraph is verse: each line of several begins with a capital, or
/// in one line many words do after a comma or none.
fn is_verse(paragraph: &str) -> bool {
    let large = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c == '“');
    let mut lines = paragraph.lines().map(str::trim_start);
    let words = paragraph.split_whitespace();
    let inside = words.clone().zip(words.clone().skip(1)).filter(|(before, word)| {
        large(word) && word.len() > 1 && before.ends_with(|c: char| c.is_alphanumeric() || c == ',')
    });
    lines.clone().count() > 1 && lines.all(large) || inside.count() * LINE_WORDS >= words.count()
}

/// Blanks, and one line break at most.
fn is_blank(gap: &str) -> bool {
    !gap.is_empty() && gap.bytes().all(|b| matches!(b, b' ' | b'\n')) && gap.matches('\n').count() <= 1
}

/// So many short words with a full stop so near one another, in bytes, are abbreviations.
const ABBREVIATIONS: usize = 3;
const NEAR: usize = 120;
/// The log2 frequency below which a word of so few letters may be an abbreviation.
const RARE: u8 = 9;
const SHORT: usize = 5;

/// Whether a passage is full of abbreviations, as a blazon or a catalogue is: full stops inside sentences behind short
/// words that are none or rare.
fn is_abbreviated(view: &View<'_>, at: usize) -> bool {
    let text = view.text();
    let near = floor(text, at.saturating_sub(NEAR))..floor(text, at + NEAR);
    let is_abbreviation = |at: usize| {
        let behind = &text[at + 1..];
        let goes_on = behind.starts_with([',', ';', ':'])
            || behind.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_lowercase));
        let word = last_word(text, at);
        let entry = || view.evidence().lexicon().lookup(word).filter(|entry| !entry.usually_misread());
        goes_on
            && (1..=SHORT).contains(&word.len())
            && word.bytes().all(|b| b.is_ascii_lowercase())
            && (word.len() == 1 || entry().is_none_or(|entry| entry.log2_frequency() < RARE))
    };
    let stops = memchr::memchr_iter(b'.', text[near.clone()].as_bytes()).map(|place| near.start + place);
    stops.filter(|&at| is_abbreviation(at)).count() >= ABBREVIATIONS
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
fn is_subject(lists: &WordLists, word: &str) -> bool {
    let folded = word.replace('’', "'");
    lists.has(WordList::ClausePronouns, folded.split('\'').next().unwrap_or_default())
}

/// A word that carries a sentence on more often than it begins one.
fn is_joiner(lists: &WordLists, word: &str) -> bool {
    lists.has(WordList::Joiners, word)
}

/// The word that ends at `at`.
fn last_word(text: &str, at: usize) -> &str {
    let before = &text[..at];
    &before[before.trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, '’' | '\'')).len()..]
}
