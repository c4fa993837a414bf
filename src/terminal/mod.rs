//! What people see: output, summaries, progress, and text laid out in columns.

pub mod layout;
pub mod output;
pub mod progress;
