//! One module for each task; `measure` holds what several tasks need.

pub mod accuracy;
pub mod broad;
pub mod coverage;
pub mod earlier_print;
pub mod fit_style;
pub mod formats;
pub mod harm;
pub mod judged;
pub mod leftovers;
mod measure;
pub mod measure_rules;
pub mod mojibake;
pub mod pages;
pub mod picture;
pub mod reach;
pub mod rules_in_use;
pub mod same;
pub mod speed;
