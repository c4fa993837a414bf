//! Pass `quotes`.

use crate::pipeline::{Proposals, View};

/// Runs the pass.
pub fn run(_view: &View<'_>, _out: &mut Proposals<'_>) {}
