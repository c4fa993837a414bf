//! The command line, as users see it.

mod attacks;
mod bad_input;
mod baseline;
#[cfg(unix)]
mod changed;
mod check;
mod clean;
mod config;
mod config_refusals;
mod decisions;
mod diff;
mod help;
mod images;
mod in_place;
#[cfg(unix)]
mod inkblot;
mod interrupt;
mod kinds;
mod learn;
mod markup;
mod model;
mod names;
mod options;

mod progress;
#[cfg(unix)]
mod pty;
mod reports;
mod resume;
#[cfg(unix)]
mod review;
#[cfg(unix)]
mod review_series;
mod schema;
mod serve;
mod stats;
mod support;
mod trouble;
mod undo;
mod user_rules;
mod walk;
mod wrap;
