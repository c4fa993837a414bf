//! The commands, one module each.

pub(crate) mod baseline;
pub(crate) mod check;
pub(crate) mod clean;
pub(crate) mod completions;
pub(crate) mod config;
pub(crate) mod decisions;
mod describe;
pub(crate) mod diff;
pub(crate) mod explain;
pub(crate) mod learn;
pub(crate) mod man;
pub(crate) mod model;
pub(crate) mod report;
pub(crate) mod review;
pub(crate) mod rules;
pub(crate) mod schema;
pub(crate) mod serve;
pub(crate) mod stats;
pub(crate) mod test;
pub(crate) mod undo;
mod unused;
