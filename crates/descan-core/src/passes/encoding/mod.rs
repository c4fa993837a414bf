//! Pass `encoding`: text decoded with the wrong code page, and control characters.

pub mod code_page;
mod controls;
mod legacy;
mod mojibake;

use crate::pass::{Proposals, View};

/// Runs the pass.
pub fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    controls::run(view.text(), out);
    if !view.text().is_ascii() {
        mojibake::run(view.text(), out);
        legacy::run(view.text(), out);
    }
}
