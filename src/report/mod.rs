//! Findings as people and programs read them. Every report is fed by the same
//! findings; none works out its own.

mod checked;
mod damage;
pub mod escape;
mod format;
pub mod github;
pub mod html;
pub mod human;
pub mod jsonl;
pub mod junit;
pub mod names;
mod place;
mod record;
pub mod sarif;
mod unlike;

pub use checked::{Checked, Run, Standing, Told, Totals};
pub use damage::{Damage, PER};
pub use format::Format;
pub use place::{Place, Places};
pub(crate) use record::hex;
pub use record::{FindingRecord, ReasonRecord, records};
