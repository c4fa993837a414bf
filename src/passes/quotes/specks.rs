//! Specks beside a word that read as opening single quotes.

use super::elision::{self, Elision};
use super::marks::{Group, Place, is_double, is_single};
use super::reading::{Reading, Role};
use crate::evidence::style::Outer;
use crate::finding::Reason;
use crate::level::Level;
use crate::pipeline::{Proposals, View};

/// Proposes to take out a single quote that opens what nothing closes.
///
/// It stands before a word in lower case inside a sentence, in a document that
/// quotes with double marks, and no mark of its paragraph could close it.
pub fn run(view: &View<'_>, groups: &[Group], readings: &[Reading], out: &mut Proposals<'_>) {
    let text = view.text();
    if view.evidence().style().outer() != Outer::Double {
        return;
    }
    let mut paragraph = 0;
    let mut closer_follows = false;
    let mut double_closes = None;
    for index in (0..groups.len()).rev() {
        let group = &groups[index];
        if group.paragraph != paragraph {
            paragraph = group.paragraph;
            closer_follows = false;
            double_closes = None;
        }
        let marks = group.text(text);
        let single = marks.chars().count() == 1 && marks.chars().all(is_single);
        if single && readings[index].role == Role::OpenSingle && group.place == Place::Before && !closer_follows {
            judge(view, group, double_closes, out);
        }
        closer_follows |= matches!(group.place, Place::After | Place::Loose) && marks.contains(is_single);
        if marks.contains(is_double) {
            double_closes = Some(readings[index]);
        }
    }
}

fn judge(view: &View<'_>, group: &Group, next_double: Option<Reading>, out: &mut Proposals<'_>) {
    let text = view.text();
    let rest = &text[group.span.end..];
    let word = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
    let before = text[..group.span.start].trim_end();
    let inside = before.ends_with(char::is_lowercase) && group.before.is_some_and(char::is_whitespace);
    // A closing double quote that nothing opens: this may be its other half.
    let half = next_double.is_some_and(|r| r.role == Role::CloseDouble && r.opened_by.is_none());
    let whole = word.len() >= 2 && rest[word.len()..].starts_with(char::is_whitespace);
    let known = view.evidence().lexicon().is_word(word);
    let prose = view.layout().region_at(group.span.start).is_running();
    if half || !inside || !whole || !known || !prose || elision::judge(rest, view.evidence()) != Elision::None {
        return;
    }
    // Dialect drops an h, and a straight mark is an apostrophe as often as a quote.
    let dropped = view.evidence().lexicon().is_word(&["h", word].concat()) || group.text(text) != "‘";
    let level = if word.starts_with(char::is_lowercase) && !dropped { Level::Certain } else { Level::Suspect };
    let reasons = vec![
        Reason::new("a single quote that opens what nothing closes"),
        Reason::with("double quotes that open a speech", f64::from(view.evidence().style().double_openings)),
    ];
    out.propose("speck-quote", level, 0.99, group.span.clone(), "", reasons);
}
