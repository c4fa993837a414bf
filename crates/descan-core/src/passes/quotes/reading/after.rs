//! Marks after a word or after punctuation: closing quotes, and apostrophes at the end
//! of a word.

use std::ops::Range;

use descan_rules::RuleId;
use descan_text::level::Level;

use super::shape::{CLOSING, restyle};
use super::{Reader, Repair, Role};
use crate::evidence::style::{Marks, Outer};
use crate::passes::grammar::{self, Tag};
use crate::passes::quotes::marks::{Group, Place, is_double, is_single};

impl Reader<'_> {
    /// Judges the marks after a word or a stop.
    pub(super) fn after_word(&self, index: usize, marks: &str) -> (Role, Option<Repair>) {
        let group = &self.groups[index];
        let mut chars = marks.chars();
        let (first, second) = (chars.next().unwrap_or(' '), chars.next());
        let more = chars.next().is_some();
        match (first, second) {
            (c, None) if is_double(c) => self.closing_double(group, c),
            (c, None) => self.closing_single(index, c),
            _ if more => (self.plain_role(group, marks), None),
            (a, Some(b)) if is_single(a) && is_double(b) => self.restyled(marks, Role::CloseDouble, '”', '’'),
            (a, Some(b)) if is_double(a) && is_double(b) => self.merged(marks, Role::CloseDouble, "”", "\""),
            (a, Some(b)) if is_double(a) && is_single(b) => {
                let stray = self.outer == Outer::Double && self.double_open.is_some() && self.single_open.is_none();
                if stray { self.merged(marks, Role::CloseDouble, "”", "\"") } else { (Role::CloseDouble, None) }
            }
            (a, Some(b))
                if is_single(a) && is_single(b) && self.double_open.is_some() && self.single_open.is_none() =>
            {
                self.merged(marks, Role::CloseDouble, "”", "\"")
            }
            _ => (self.plain_role(group, marks), None),
        }
    }

    fn closing_double(&self, group: &Group, mark: char) -> (Role, Option<Repair>) {
        // Inches: `a 19" wheel`.
        if mark == '"' && group.before.is_some_and(|c| c.is_ascii_digit()) {
            let role = if self.double_open.is_some() { Role::CloseDouble } else { Role::Other };
            return (role, None);
        }
        self.double(&CLOSING, mark, self.double_open.is_some())
    }

    fn closing_single(&self, index: usize, mark: char) -> (Role, Option<Repair>) {
        let group = &self.groups[index];
        let before = group.before.unwrap_or(' ');
        if before.is_ascii_digit() {
            return (Role::Other, None);
        }
        if self.single_open.is_none() && !before.is_alphanumeric() && self.is_misread_close(index) {
            let text = if self.marks == Marks::Straight || (self.marks == Marks::Unclear && mark == '\'') {
                "\""
            } else {
                "”"
            };
            let clear = self.marks != Marks::Unclear && self.nested * 4 <= self.single_closes;
            let clear = clear && (self.single_closes >= 2 || (self.nested == 0 && group.before == Some(',')));
            // The speech that the paragraph goes on with was closed before.
            // No narrative in single quotes stands here, and the speaker follows.
            let clear = clear
                || self.marks != Marks::Unclear
                    && group.before == Some(',')
                    && !self.single_open_follows[index]
                    && grammar::tag(self.view.lists(), self.text[group.span.end..].trim_start()) == Tag::Sure;
            let clear = clear
                || self.marks != Marks::Unclear
                    && self.next_double_opens[index] == Some(true)
                    && self.speaker_follows(group);
            let level = match clear {
                true => Level::Certain,
                false if self.nested * 4 <= self.single_closes => Level::Probable,
                false => Level::Suspect,
            };
            let repair = Repair {
                rule: RuleId::SINGLE_FOR_DOUBLE,
                level,
                text: text.into(),
                reason: "the speech opened with a double quote and nothing else closes it",
            };
            return (Role::CloseDouble, Some(repair));
        }
        let role = if self.single_open.is_some() { Role::CloseSingle } else { Role::Apostrophe };
        match (self.marks, mark) {
            (Marks::Curly, '\'') if before.is_alphabetic() || self.single_open.is_some() => {
                let rule = if role == Role::Apostrophe { RuleId::STRAIGHT_APOSTROPHE } else { RuleId::STRAIGHT_SINGLE };
                (role, Some(restyle(rule, "’", "a mark at a word's end; the document writes curly ones")))
            }
            (Marks::Curly, '‘') if before.is_alphabetic() => {
                (role, Some(restyle(RuleId::TURNED_APOSTROPHE, "’", "an opening single quote at a word's end")))
            }
            // On straight pages apostrophes hold; a curly one inside a speech may
            // be what is left of its closing quote.
            (Marks::Straight, '’' | '‘')
                if self.double_open.is_some() && role == Role::Apostrophe && !matches!(before, 's' | 'n') =>
            {
                (Role::Other, None)
            }
            // It opens, and nothing is open that it may close: a speck or a sign.
            (Marks::Straight, '‘') if role != Role::CloseSingle => (Role::Other, None),
            (Marks::Straight, '’' | '‘') => (
                role,
                Some(restyle(
                    RuleId::CURLY_AMONG_STRAIGHT,
                    "'",
                    "a mark at a word's end; the document writes straight ones",
                )),
            ),
            _ => (role, None),
        }
    }

    /// Whether a single mark after a stop stands where the open speech must
    /// close: the next double quote opens another, or there is none.
    fn is_misread_close(&self, index: usize) -> bool {
        let group = &self.groups[index];
        let Some(opener) = self.double_open else {
            return false;
        };
        self.outer == Outer::Double
            && !self.nested_run[index]
            && group.after.is_none_or(|c| c.is_whitespace() || c == '—')
            && group.before.is_some_and(|c| matches!(c, '.' | ',' | '!' | '?' | '…' | '—'))
            && self.next_double_opens[index] != Some(false)
            && !self.groups[opener].text(self.text).chars().any(is_single)
            && !self.has_loose_single(opener + 1..index)
            && (self.next_double_opens[index] == Some(true)
                || !self.single_close_follows[index]
                || self.speaker_follows(group))
    }

    /// Whether one of some groups is a single mark between spaces, which may open a quotation
    /// within the speech where marks are set apart from the words.
    fn has_loose_single(&self, groups: Range<usize>) -> bool {
        self.groups[groups]
            .iter()
            .any(|group| group.place == Place::Loose && group.text(self.text).chars().any(is_single))
    }

    /// Whether a word in lower case, as of a speaker's tag, follows.
    fn speaker_follows(&self, group: &Group) -> bool {
        group.before == Some(',') || self.text[group.span.end..].trim_start().starts_with(char::is_lowercase)
    }
}
