//! Pass `lines`: words broken at line ends, stray indents, blank lines at the
//! end, and, on request, paragraphs on one line.

mod blanks;
mod hyphen;
mod unwrap;

use crate::pipeline::{Proposals, View};

/// Runs the pass.
pub fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    hyphen::run(view, out);
    blanks::indents(view, out);
    blanks::end(view, out);
    if view.options().unwrap {
        unwrap::run(view, out);
    }
}
