//! Marks before a word: opening quotes, and apostrophes for omitted letters.

use descan_lang::words::WordList;
use descan_rules::RuleId;
use descan_text::level::Level;

use super::inside::is_contraction;
use super::shape::{OPENING, restyle};
use super::{Reader, Repair, Role, begins_speech};
use crate::evidence::style::{Marks, Outer};
use crate::passes::quotes::elision::{self, Elision};
use crate::passes::quotes::marks::{is_double, is_single};

impl Reader<'_> {
    /// Judges the marks before a word.
    pub(super) fn before_word(&self, index: usize, marks: &str) -> (Role, Option<Repair>) {
        let group = &self.groups[index];
        let rest = &self.text[group.span.end..];
        let elision = elision::judge(rest, self.view.evidence());
        let mut chars = marks.chars();
        let (first, second) = (chars.next().unwrap_or(' '), chars.next());
        if second.is_some() && is_contraction(self.view.lists(), self.text, group) {
            // `’'d`: the pronoun is lost, not a quote doubled.
            return (Role::Other, None);
        }
        match (first, second) {
            (c, None) if is_double(c) => {
                let turns = self.double_open.is_none() && group.before.is_none_or(char::is_whitespace);
                self.double(&OPENING, c, turns)
            }
            (c, None) => self.opening_single(index, c, elision),
            (a, Some(b)) if is_double(a) && is_single(b) && self.is_stray_inner(index, b, rest) => {
                self.merged(marks, Role::OpenDouble, "“", "\"")
            }
            (a, Some(b)) if is_double(a) && is_single(b) && chars.next().is_none() => {
                let single = if elision == Elision::Sure { '’' } else { '‘' };
                self.restyled(marks, Role::OpenDouble, '“', single)
            }
            (a, Some(b)) if is_double(a) && is_double(b) && chars.next().is_none() => {
                self.merged(marks, Role::OpenDouble, "“", "\"")
            }
            (a, Some(b))
                if a != ',' && is_single(a) && is_single(b) && chars.next().is_none() && elision == Elision::None =>
            {
                self.merged(marks, Role::OpenDouble, "“", "\"")
            }
            (',', Some(',')) if chars.next().is_none() => self.merged(marks, Role::OpenDouble, "“", "\""),
            _ => (self.plain_role(group, marks), None),
        }
    }

    fn opening_single(&self, index: usize, mark: char, elision: Elision) -> (Role, Option<Repair>) {
        let group = &self.groups[index];
        let closes_later = self.single_close_follows[index];
        // In speech within single quotes an opening mark may stand before an
        // elision whose own apostrophe is lost.
        let speech = self.outer == Outer::Single && begins_speech(self.text, group);
        let apostrophe = match elision {
            Elision::Sure => !speech,
            Elision::Possible => !closes_later && !speech,
            Elision::None => false,
        };
        if apostrophe {
            return match (self.marks, mark) {
                (_, '’') => (Role::Apostrophe, None),
                (Marks::Curly, '‘' | '\'') => (
                    Role::Apostrophe,
                    Some(restyle(
                        RuleId::ELISION,
                        "’",
                        "letters are left out here; the document writes curly apostrophes",
                    )),
                ),
                (Marks::Straight, '‘') => (
                    Role::Apostrophe,
                    Some(restyle(
                        RuleId::CURLY_AMONG_STRAIGHT,
                        "'",
                        "letters are left out here; the document writes straight apostrophes",
                    )),
                ),
                _ => (Role::Apostrophe, None),
            };
        }
        if mark == '’' {
            return (Role::Other, None);
        }
        if self.is_misread_open(index) {
            let text = if self.marks == Marks::Straight { "\"" } else { "“" };
            let repair = Repair {
                rule: RuleId::SINGLE_FOR_DOUBLE,
                level: Level::Certain,
                text: text.into(),
                reason: "a speech closes that nothing else opened",
            };
            return (Role::OpenDouble, Some(repair));
        }
        match (self.marks, mark) {
            (Marks::Curly, '\'') => {
                let level = if closes_later { Level::Certain } else { Level::Probable };
                let repair = Repair {
                    rule: RuleId::STRAIGHT_SINGLE,
                    level,
                    text: "‘".into(),
                    reason: "an opening single quote; the document writes curly ones",
                };
                (Role::OpenSingle, Some(repair))
            }
            // One that nothing closes is a speck, a sign or a letter as often as a quote.
            (Marks::Straight, '‘') if closes_later => (
                Role::OpenSingle,
                Some(restyle(RuleId::CURLY_AMONG_STRAIGHT, "'", "a single quote; the document writes straight ones")),
            ),
            _ => (Role::OpenSingle, None),
        }
    }

    /// Whether a single mark opens the speech that the next double mark closes:
    /// at a paragraph's start, or after a dash (`“… she”—‘and …”`).
    fn is_misread_open(&self, index: usize) -> bool {
        let group = &self.groups[index];
        self.outer == Outer::Double
            && self.double_open.is_none()
            && matches!(group.before, None | Some('—'))
            && self.marks != Marks::Unclear
            && self.next_double_opens[index] == Some(false)
            && !self.single_close_follows_first[index]
    }

    /// Whether the single mark of `“‘` is a speck: the speech closes, nothing
    /// inside it does, and no word after it has lost its beginning.
    fn is_stray_inner(&self, index: usize, single: char, rest: &str) -> bool {
        let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
        single == '‘'
            && self.groups[index].text(self.text).chars().count() == 2
            && self.outer == Outer::Double
            && self.double_open.is_none()
            && self.next_double_opens[index] == Some(false)
            && !self.single_close_follows[index]
            && self.view.lists().has(WordList::SpeechOpeners, word)
    }
}
