//! The command line: arguments in, files read and written, reports out. One
//! file a command.

pub mod args;
pub mod baseline;
pub mod batch;
pub mod check;
pub mod clean;
pub mod completions;
pub mod config;
pub mod decisions;
pub mod diff;
pub mod discover;
mod examples;
pub mod exclude;
pub mod exit;
pub mod explain;
pub mod inputs;
pub mod landing;
mod language;
pub mod layout;
pub mod man;
pub mod model;
pub mod output;
pub mod own_rules;
pub mod progress;
pub mod report;
pub mod review;
pub mod rulebook;
pub mod rules;
pub mod schema;
pub mod session;
pub mod stats;
pub mod test;
pub mod undo;
mod unused;
pub mod write;
