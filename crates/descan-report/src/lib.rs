//! Findings as people and programs read them. Every report is fed by the same
//! findings; none works out its own.

pub mod baseline;
mod checked;
mod damage;
pub mod diff;
pub mod fingerprint;
mod format;
pub mod github;
pub mod html;
pub mod human;
pub mod jsonl;
pub mod junit;
pub mod ledger;
pub mod names;
mod place;
mod record;
pub mod sarif;

pub use checked::{Checked, Run, Standing, Told, Totals};
pub use damage::{Damage, PER};
pub use format::Format;
pub use place::{LineColumn, Places};
pub use record::{FindingRecord, ReasonRecord, records};
