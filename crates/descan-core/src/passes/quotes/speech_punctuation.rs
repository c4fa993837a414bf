//! Punctuation beside a closing quote: lost together with it, or misread.

use descan_lang::words::{WordList, WordLists};
use descan_rules::{Reason, RuleId};
use descan_text::layout::Region;
use descan_text::level::Level;
use descan_text::token::words;

use super::marks::{Group, is_double, is_single};
use super::reading::{Reading, Role};
use crate::pass::{Proposals, View};
use crate::passes::grammar::{self, Tag};

/// So many speeches that end their paragraph with a comma are no song.
const COMMAS_AT_END: usize = 2;

/// Proposes the punctuation that is missing before a closing quote, or that the
/// text after the quote requires.
pub(super) fn run(view: &View<'_>, groups: &[Group], readings: &[Reading], out: &mut Proposals<'_>) {
    let text = view.text();
    let closing = |i: &usize| readings[*i].role == Role::CloseDouble;
    let stopped =
        (0..groups.len()).filter(closing).filter(|&i| groups[i].before.is_some_and(|c| !c.is_alphanumeric())).count();
    let bare = (0..groups.len()).filter(closing).count() - stopped;
    let commas_at_end = (0..groups.len()).filter(closing).filter(|&i| is_comma_at_end(text, &groups[i])).count();
    // A document that puts its punctuation after the quotes is not damaged.
    if stopped < 4 || stopped < bare {
        return;
    }
    for index in (0..groups.len()).filter(closing) {
        let group = &groups[index];
        let Some(opener) = readings[index].opened_by else {
            continue;
        };
        if !is_speech(text, &groups[opener]) || view.layout().region_at(group.span.start) == Region::Heading {
            continue;
        }
        let quoted = &text[groups[opener].span.end..group.span.start];
        let place = Place { view, group, quoted, stopped, bare, commas_at_end };
        match group.before {
            Some(c) if c.is_alphabetic() => place.lost_stop(out),
            Some('.') => place.stop_before_tag(out),
            Some(',') => place.comma_at_end(out),
            Some(':' | ';') => place.colon_before_tag(out),
            _ => {}
        }
    }
}

/// Whether an opening quote begins a speech and not a name or a quoted word: at
/// a paragraph's start, or after punctuation.
fn is_speech(text: &str, opener: &Group) -> bool {
    opener.before.is_none()
        || text[..opener.span.start]
            .trim_end()
            .ends_with(|c: char| matches!(c, ',' | '.' | ':' | '!' | '?' | ';' | '—') || is_double(c))
}

struct Place<'p, 'v> {
    view: &'p View<'v>,
    group: &'p Group,
    quoted: &'p str,
    stopped: usize,
    bare: usize,
    commas_at_end: usize,
}

impl Place<'_, '_> {
    fn reasons(&self, what: &str) -> Vec<Reason> {
        vec![
            Reason::new(what),
            Reason::with("speeches in the document that end in a stop", self.stopped as f64),
            Reason::with("speeches that do not", self.bare as f64),
        ]
    }

    /// What follows the closing quote in its paragraph; a speck is nothing.
    fn rest(&self) -> &str {
        let rest = self.view.text()[self.group.span.end..self.group.paragraph_end].trim();
        if matches!(rest, "." | ":" | ";" | "_" | "-" | "~") { "" } else { rest }
    }

    fn lost_stop(&self, out: &mut Proposals<'_>) {
        if self.quoted.contains(is_double)
            || is_title(self.quoted)
            || self.group.after.is_some_and(|c| !c.is_whitespace())
        {
            return;
        }
        let (rest, lists) = (self.rest(), self.view.lists());
        if !is_english(self.quoted, self.view) {
            return;
        }
        // A letter by itself is an end mark that was read so: `so there I"`.
        if words(self.quoted).last().is_some_and(|word| word.text(self.quoted).chars().count() == 1) {
            return;
        }
        let one_word = !self.quoted.trim().contains(char::is_whitespace);
        let sentence_follows = rest.is_empty()
            || rest.starts_with(['“', '"'])
            || grammar::starts_sentence(lists, rest)
            || begins_with_doer(lists, rest);
        let (stop, level, reason) = match grammar::tag(lists, rest) {
            Tag::Sure | Tag::Named => (",", Level::Certain, "a speech that goes on to its speaker without a comma"),
            _ if !sentence_follows => return,
            _ if is_question(lists, self.quoted) => ("?", Level::Suspect, "a question that ends without its mark"),
            // A line of verse or a motto may stand alone without a stop.
            _ if rest.is_empty() && !self.in_dialogue() => {
                (".", Level::Probable, "a quotation that ends without a stop")
            }
            _ if one_word && !(rest.is_empty() && self.is_between_speeches()) => {
                (".", Level::Probable, "a speech of one word that ends without a stop")
            }
            _ => (".", Level::Certain, "a speech that ends without a stop"),
        };
        // Where the mark has left its space, it may have been a dash as well.
        let may_be_dash = stop == "." && self.quoted.ends_with(char::is_whitespace);
        let level = if may_be_dash { level.max(Level::Probable) } else { level };
        // The letter before comes along, so that the mark itself is free for a
        // repair of its own.
        let at = self.group.span.start;
        let last = self.quoted.chars().next_back().map_or(0, char::len_utf8);
        let text = format!("{}{stop}", &self.view.text()[at - last..at]);
        out.propose(RuleId::LOST_END_MARK, level, at - last..at, text, self.reasons(reason));
    }

    /// Whether the speech has a stop of its own, stands beside other text in its
    /// paragraph, or has a speech beside it.
    fn in_dialogue(&self) -> bool {
        let (before, next) = self.neighbours();
        // A speech may go on after its speaker at a line's start.
        let alone = before.is_empty() || before.ends_with('\n') && !before.trim_end().ends_with(',');
        let closes = before.trim_end().ends_with(is_double);
        !alone || closes || self.quoted.contains(['.', ',', '!', '?', '—', '…']) || next.starts_with(is_double)
    }

    /// Whether the paragraphs before and after are speeches too.
    fn is_between_speeches(&self) -> bool {
        let (before, next) = self.neighbours();
        before.trim_end().ends_with(is_double) && next.starts_with(is_double)
    }

    /// The text before the speech, and the next paragraph.
    fn neighbours(&self) -> (&str, &str) {
        let text = self.view.text();
        let opener = self.group.span.start - self.quoted.len();
        let before = text[..opener].trim_end_matches(is_double);
        (before, text[self.group.paragraph_end.max(self.group.span.end)..].trim_start())
    }

    fn stop_before_tag(&self, out: &mut Proposals<'_>) {
        let at = self.group.span.start - 1;
        let before = &self.view.text()[..at];
        let word = &before[before.trim_end_matches(|c: char| c.is_alphabetic() || is_single(c)).len()..];
        // An ellipsis, an initial or an abbreviation keeps its full stop.
        if word.chars().count() < 2 || grammar::is_abbreviation(self.view.lists(), word) {
            return;
        }
        let level = match grammar::tag(self.view.lists(), self.rest()) {
            Tag::Sure => Level::Certain,
            Tag::Named => Level::Suspect,
            Tag::None if self.rest().starts_with(char::is_lowercase) => Level::Probable,
            Tag::None => return,
        };
        let reasons = self.reasons("a full stop where the sentence goes on to the speaker");
        out.propose(RuleId::FULL_STOP_BEFORE_TAG, level, at..at + 1, ",", reasons);
    }

    fn colon_before_tag(&self, out: &mut Proposals<'_>) {
        if grammar::tag(self.view.lists(), self.rest()) == Tag::Sure {
            let at = self.group.span.start - 1;
            let reasons = self.reasons("a colon or semicolon where a comma leads to the speaker");
            out.propose(RuleId::FULL_STOP_BEFORE_TAG, Level::Probable, at..at + 1, ",", reasons);
        }
    }

    fn comma_at_end(&self, out: &mut Proposals<'_>) {
        if self.rest().is_empty() {
            let at = self.group.span.start - 1;
            let text = self.view.text();
            let next = text[self.group.paragraph_end.max(self.group.span.end)..].trim_start();
            // Between speeches in turn; the lines of a song are many.
            let turns = next.starts_with(is_double) && is_english(self.quoted, self.view);
            let few = self.commas_at_end <= COMMAS_AT_END.max(self.stopped / 20);
            let level = if turns && few && !is_title(self.quoted) { Level::Certain } else { Level::Probable };
            let reasons = self.reasons("a comma at the end of a paragraph");
            out.propose(RuleId::COMMA_AT_END, level, at..at + 1, ".", reasons);
        }
    }
}

/// Whether the rest begins with a name and a verb of which no speech is the
/// object: a sentence of its own.
fn begins_with_doer(lists: &WordLists, rest: &str) -> bool {
    let mut words = rest.split(' ');
    let name = words.next().is_some_and(|w| w.starts_with(char::is_uppercase) && w.chars().all(char::is_alphabetic));
    name && words.next().is_some_and(|verb| lists.has(WordList::DoingVerbs, verb))
}

/// Whether a closing quote ends its paragraph after a comma.
fn is_comma_at_end(text: &str, group: &Group) -> bool {
    group.before == Some(',') && text[group.span.end..group.paragraph_end.max(group.span.end)].trim().is_empty()
}

/// Whether nearly all words of a speech are English or the document's own.
pub(super) fn is_english(quoted: &str, view: &View<'_>) -> bool {
    let (mut known, mut all) = (0, 0);
    for token in words(quoted) {
        all += 1;
        known += usize::from(view.evidence().lexicon().is_word(token.text(quoted)));
    }
    known * 5 >= all * 4
}

/// Whether most longer words have capitals, as in a title.
fn is_title(quoted: &str) -> bool {
    let long: Vec<&str> = quoted.split_whitespace().skip(1).filter(|w| w.trim_matches(is_single).len() >= 4).collect();
    let capital = long.iter().filter(|w| w.starts_with(char::is_uppercase)).count();
    !long.is_empty() && capital * 2 > long.len() || !quoted.contains(char::is_lowercase)
}

/// Whether the last sentence of a speech begins as a question does.
pub(super) fn is_question(lists: &WordLists, quoted: &str) -> bool {
    let last = quoted.rsplit(['.', '!', '?', ',', ';', '—']).next().unwrap_or(quoted);
    let mut words = last
        .split_whitespace()
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'"));
    let first = words.next().unwrap_or_default();
    let first = if lists.has(WordList::QuestionOpeners, &first) { words.next().unwrap_or_default() } else { first };
    lists.has(WordList::QuestionStarters, &first)
}
