//! Finds which settings or decisions are used in texts, for `--unused`.

use std::collections::BTreeSet;

use descan_core::pipeline::{Outcome, clean};

use crate::args::Inputs;
use crate::batch::{Batch, in_order};
use crate::display::shown;
use crate::error::Result;
use crate::inputs::discover::discover;
use crate::say::say;
use crate::setup::session::Session;

/// The indices of the entries that `of` finds used in any text's outcome; and whether
/// any text could not be read.
///
/// # Errors
/// There are no texts, and Ctrl-C.
pub(super) fn used(
    session: &Session,
    inputs: &Inputs,
    of: impl Fn(Outcome) -> BTreeSet<usize> + Sync,
) -> Result<(BTreeSet<usize>, bool)> {
    let found = discover(session, inputs, None)?;
    let mut used = BTreeSet::new();
    let mut failed = !found.failed.is_empty();
    in_order(
        Batch::new(session, &found, inputs, false),
        |_, input, bytes| Ok(of(clean(&session.open(input.path(), bytes)?, &session.rules, &session.options))),
        |input, result| {
            match result {
                Ok(here) => used.extend(here),
                Err(why) => {
                    say(format_args!("{} {why}", shown(input.path())));
                    failed = true;
                }
            }
            Ok(())
        },
    )?;
    Ok((used, failed))
}
