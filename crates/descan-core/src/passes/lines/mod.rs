//! Pass `lines`: words broken at line ends, stray indents, scene breaks, blank lines
//! lost between paragraphs or left over at the end. On request it also unwraps
//! paragraphs or re-wraps them to another width.

mod blanks;
mod breaks;
mod hyphen;
mod paragraph;
mod scene;
mod unwrap;
mod wrap;

pub(crate) use wrap::run as wrap;

use crate::pass::{Proposals, Reflow, View};

/// Runs the pass.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    hyphen::run(view, out);
    blanks::indents(view, out);
    blanks::end(view, out);
    scene::run(view, out);
    if view.options().reflow == Reflow::Unwrapped {
        unwrap::run(view, out);
    } else {
        breaks::run(view, out);
    }
}
