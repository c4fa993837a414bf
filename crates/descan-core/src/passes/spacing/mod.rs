//! Pass `spacing`: what is between words, once the words are right: misread
//! punctuation, specks, and spaces around words and punctuation.

mod after;
mod before;
mod blanks;
mod dashes;
mod edges;
mod hyphens;
mod inside;
mod letters;
mod lone;
mod restyle;
mod sentence_punctuation;
mod spaced_out;
mod specks;

use crate::pass::{Proposals, View};
use crate::passes::quotes;
use lone::Tokens;

/// Runs the pass.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    blanks::run(view, out);
    after::run(view, out);
    sentence_punctuation::run(view, out);
    quotes::stops(view, out);
    hyphens::run(view, out);
    dashes::run(view, out);
    edges::run(view, out);
    letters::run(view, out);
    spaced_out::run(view, out);
    inside::run(view, out);
    restyle::run(view, out);
    let tokens = Tokens::of(view);
    specks::run(view, &tokens, out);
    before::run(view, &tokens, out);
}
