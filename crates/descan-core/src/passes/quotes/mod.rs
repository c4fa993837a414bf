//! Pass `quotes`: apostrophes first, then quotation marks, with a stack for each
//! paragraph. Punctuation lost or misread together with a quote is left to the pass
//! `spacing`, which runs once the words around it are right.

mod elision;
mod marks;
mod nested;
mod reading;
mod region;
mod specks;
mod speech_punctuation;
mod tags;
mod unclosed;
mod words;

use descan_rules::PassName;

use crate::pass::{Proposals, View};

/// Runs the pass.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    words::run(view, out);
    let groups = marks::find(view);
    if groups.is_empty() {
        return;
    }
    let own_style = region::of_own_style(&groups, view.evidence().style(), view.text());
    let readings = reading::read(view, &groups, &own_style, out);
    nested::run(view, &groups, out);
    specks::run(view, &groups, &readings, out);
}

/// Proposes the stops beside closing quotes and the closing quotes that are
/// lost, for the pass `spacing`.
pub(super) fn stops(view: &View<'_>, out: &mut Proposals<'_>) {
    let groups = marks::find(view);
    if groups.is_empty() {
        return;
    }
    let own_style = region::of_own_style(&groups, view.evidence().style(), view.text());
    let mut repairs = Proposals::new(PassName::Quotes, view.rules(), view.options());
    let readings = reading::read(view, &groups, &own_style, &mut repairs);
    speech_punctuation::run(view, &groups, &readings, out);
    nested::stops(view, &groups, out);
    let closed = tags::run(view, &groups, &readings, out);
    unclosed::run(view, &groups, &readings, &closed, out);
}
