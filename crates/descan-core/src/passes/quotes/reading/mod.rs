//! Decides what each mark is (an apostrophe or a quote, opening or closing, double or
//! single) with a stack for each paragraph, and repairs marks of the wrong shape.

mod after;
mod before;
mod inside;
mod shape;

use descan_lang::words::{WordList, WordLists};
use descan_rules::{Reason, RuleId};
use descan_text::level::Level;

use super::elision::{self, Elision};
use super::marks::{Group, Place, is_double, is_single};
use super::nested;
use crate::evidence::style::{HouseStyle, Marks, Outer};
use crate::pass::{Proposals, View};

/// What a group of marks is, as it will stand after this run's repairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Inside or at the edge of a word.
    Apostrophe,
    /// Opens a speech, perhaps with a single one inside.
    OpenDouble,
    /// Closes a speech.
    CloseDouble,
    /// Opens a quotation within.
    OpenSingle,
    /// Closes a quotation within.
    CloseSingle,
    /// Cannot be told.
    Other,
}

/// A group's reading.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    /// What it is.
    pub role: Role,
    /// For a closing double, the group that opened it in this paragraph.
    pub opened_by: Option<usize>,
}

/// A repair of one group.
struct Repair {
    rule: RuleId,
    level: Level,
    text: String,
    reason: &'static str,
}

/// Reads all groups in order and proposes their repairs.
pub(super) fn read(view: &View<'_>, groups: &[Group], own_style: &[bool], out: &mut Proposals<'_>) -> Vec<Reading> {
    let mut reader = Reader::new(view, groups);
    let mut readings: Vec<Reading> = Vec::with_capacity(groups.len());
    for (index, group) in groups.iter().enumerate() {
        reader.enter(index);
        let (mut role, repair) = reader.judge(index, own_style[index]);
        if let Some(repair) = repair {
            let old = group.text(view.text());
            if repair.text != old {
                // What is only offered leaves the mark what it was.
                if !view.makes(repair.rule, repair.level) {
                    role = Role::Other;
                }
                let reasons = reader.reasons(repair.reason);
                out.propose(repair.rule, repair.level, group.span.clone(), repair.text, reasons);
            }
        }
        let opened_by = reader.double_open;
        reader.push(index, role);
        readings.push(Reading { role, opened_by: opened_by.filter(|_| role == Role::CloseDouble) });
    }
    readings
}

struct Reader<'r> {
    view: &'r View<'r>,
    text: &'r str,
    style: &'r HouseStyle,
    marks: Marks,
    outer: Outer,
    groups: &'r [Group],
    /// Whether the next double quote of the paragraph, by its place, opens.
    next_double_opens: Vec<Option<bool>>,
    /// Whether a mark that may close a single quotation follows in the paragraph.
    single_close_follows: Vec<bool>,
    /// The same before the next double quote.
    single_close_follows_first: Vec<bool>,
    /// Whether a single mark that may open a quotation follows in the paragraph.
    single_open_follows: Vec<bool>,
    /// Whether the paragraph is one of a tale told in single quotes.
    nested_run: Vec<bool>,
    double_open: Option<usize>,
    single_open: Option<usize>,
    /// Quotations in single quotes that open in the document.
    nested: usize,
    /// Single marks after a stop in the document.
    single_closes: usize,
    /// Whether two straight single marks stand side by side anywhere, as closing quotes of TeX do.
    has_straight_pairs: bool,
}

impl<'r> Reader<'r> {
    fn new(view: &'r View<'_>, groups: &'r [Group]) -> Reader<'r> {
        let text = view.text();
        let style = view.evidence().style();
        let mut next_double_opens = vec![None; groups.len()];
        let mut single_close_follows = vec![false; groups.len()];
        let mut single_close_follows_first = vec![false; groups.len()];
        let mut single_open_follows = vec![false; groups.len()];
        for index in (0..groups.len().saturating_sub(1)).rev() {
            let next = &groups[index + 1];
            if next.paragraph != groups[index].paragraph {
                continue;
            }
            let marks = next.text(text);
            next_double_opens[index] = opens(next, marks).or(next_double_opens[index + 1]);
            let closes = matches!(next.place, Place::After | Place::Loose)
                && marks.contains(['’', '\''])
                && !cuts_short(view.lists(), &text[..next.span.start]);
            single_close_follows[index] = closes || single_close_follows[index + 1];
            single_close_follows_first[index] =
                closes || single_close_follows_first[index + 1] && !marks.contains(is_double);
            single_open_follows[index] =
                single_open_follows[index + 1] || (next.place == Place::Before && marks.contains(['‘', '\'']));
        }
        let lone = |group: &&Group, mark: fn(char) -> bool| group.text(text).chars().all(mark);
        let nested = groups
            .iter()
            .filter(|g| g.place == Place::Before && g.text(text).contains(['‘', '\'']) && begins_speech(text, g))
            .filter(|g| elision::judge(&text[g.span.end..], view.evidence()) == Elision::None)
            .count();
        let single_closes = groups
            .iter()
            .filter(|g| {
                g.place == Place::After && g.before.is_some_and(|c| matches!(c, '.' | ',' | '!' | '?' | '…' | '—'))
            })
            .filter(|g| lone(g, is_single))
            .count();
        Reader {
            view,
            text,
            style,
            marks: style.marks(),
            outer: style.outer(),
            groups,
            next_double_opens,
            single_close_follows,
            single_close_follows_first,
            single_open_follows,
            nested_run: nested::runs(text, groups),
            double_open: None,
            single_open: None,
            nested,
            single_closes,
            has_straight_pairs: text.contains("''"),
        }
    }

    /// Empties the stack where a paragraph begins.
    fn enter(&mut self, index: usize) {
        if index == 0 || self.groups[index].paragraph != self.groups[index - 1].paragraph {
            self.double_open = None;
            self.single_open = None;
        }
    }

    fn push(&mut self, index: usize, role: Role) {
        match role {
            Role::OpenDouble => {
                self.double_open = Some(index);
                // `“‘` opens both.
                let marks = self.groups[index].text(self.text);
                let both = marks.contains(is_double) && marks.contains(is_single);
                self.single_open = both.then_some(index);
            }
            Role::CloseDouble => {
                self.double_open = None;
                self.single_open = None;
            }
            Role::OpenSingle => self.single_open = Some(index),
            Role::CloseSingle => self.single_open = None,
            Role::Apostrophe | Role::Other => {}
        }
    }

    fn reasons(&self, what: &'static str) -> Vec<Reason> {
        let (curly, straight) = (
            self.style.curly_apostrophes + self.style.curly_doubles,
            self.style.straight_apostrophes + self.style.straight_doubles,
        );
        vec![
            Reason::new(what),
            Reason::with("curly marks in the document", f64::from(curly)),
            Reason::with("straight marks in the document", f64::from(straight)),
        ]
    }

    fn judge(&self, index: usize, own_style: bool) -> (Role, Option<Repair>) {
        let group = &self.groups[index];
        let marks = group.text(self.text);
        match group.place {
            Place::Inside => self.inside(group, marks, own_style),
            _ if own_style => (self.plain_role(group, marks), None),
            Place::Before => self.before_word(index, marks),
            Place::After => self.after_word(index, marks),
            // Straight marks need no place.
            Place::Loose if self.style.wanted.marks == Some(Marks::Straight) => {
                self.restyled(marks, self.plain_role(group, marks), '"', '\'')
            }
            Place::Loose => (self.plain_role(group, marks), None),
        }
    }

    /// The role by place and shape alone.
    fn plain_role(&self, group: &Group, marks: &str) -> Role {
        match opens(group, marks) {
            Some(true) => Role::OpenDouble,
            Some(false) => Role::CloseDouble,
            None if marks.contains('"') => {
                if self.double_open.is_some() {
                    Role::CloseDouble
                } else {
                    Role::OpenDouble
                }
            }
            None if group.place == Place::Before => Role::OpenSingle,
            None if self.single_open.is_some() => Role::CloseSingle,
            None => Role::Apostrophe,
        }
    }
}

/// Whether a group with a double quote opens a speech; `None` if it has none or
/// its place and shape do not tell.
fn opens(group: &Group, marks: &str) -> Option<bool> {
    if !marks.chars().any(is_double) {
        return None;
    }
    match group.place {
        Place::Before => Some(!marks.contains('”') || marks.contains('“')),
        Place::After => Some(false),
        _ if marks.contains('“') => Some(true),
        _ if marks.contains('”') => Some(false),
        _ => None,
    }
}

/// Whether a mark stands where a speech may begin: at a paragraph's start, or
/// after a stop.
fn begins_speech(text: &str, group: &Group) -> bool {
    let stop = |c: char| matches!(c, ',' | ':' | '.' | '!' | '?' | '—') || is_double(c) || is_single(c);
    group.before.is_none()
        || text[..group.span.start].trim_end().ends_with(stop)
        || group.text(text).contains(is_double)
}

/// Whether the text ends in a word that dialect cuts short: `runnin’`, `an’`.
fn cuts_short(lists: &WordLists, before: &str) -> bool {
    let word = &before[before.trim_end_matches(char::is_alphabetic).len()..];
    word.len() > 3 && word.ends_with("in") || lists.has(WordList::CutShort, word)
}
