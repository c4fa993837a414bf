//! Reports of findings for people and programs. All formats render the same
//! findings.

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
