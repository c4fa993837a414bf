//! The tasks, one module each. `measure` is what they share.

pub mod accuracy;
pub mod harm;
pub mod leftovers;
mod measure;
pub mod mojibake;
pub mod pages;
pub mod rules_in_use;
pub mod same;
pub mod speed;

use std::path::PathBuf;

/// The folder of the project.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}
