//! Pass `quotes`: apostrophes first, then quotation marks as a stack by
//! paragraph, then the stops that a lost or misread quote took along.

mod elision;
mod marks;
mod reading;
mod region;
mod sentence;
mod specks;
mod stops;
mod unclosed;
mod words;

use crate::pipeline::{Proposals, View};

/// Runs the pass.
pub fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    words::run(view, out);
    sentence::run(view, out);
    let groups = marks::find(view);
    if groups.is_empty() {
        return;
    }
    let own_style = region::of_own_style(&groups, view.evidence().style(), view.text());
    let readings = reading::read(view, &groups, &own_style, out);
    stops::run(view, &groups, &readings, out);
    unclosed::run(view, &groups, &readings, out);
    specks::run(view, &groups, &readings, out);
}
