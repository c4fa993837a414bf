//! What the user sees: output, summaries, progress, and text laid out in columns.

pub(crate) mod layout;
pub(crate) mod output;
pub(crate) mod progress;
