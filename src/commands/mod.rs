//! The commands, one module each.

pub mod baseline;
pub mod check;
pub mod clean;
pub mod completions;
pub mod config;
pub mod decisions;
pub mod diff;
pub mod explain;
pub mod man;
pub mod model;
pub mod report;
pub mod review;
pub mod rules;
pub mod schema;
pub mod stats;
pub mod test;
pub mod undo;
mod unused;
