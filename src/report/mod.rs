//! Findings as people and programs read them. Every report is fed by the same
//! findings; none works out its own.

pub mod escape;
pub mod human;
pub mod jsonl;
mod place;
mod record;

pub use place::{Place, Places};
pub(crate) use record::hex;
pub use record::{FindingRecord, ReasonRecord, records};
