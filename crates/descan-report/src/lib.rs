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
pub mod keys;
pub mod ledger;
mod line_column;
pub mod names;
mod record;
pub mod sarif;
pub mod series;
pub mod stats_page;
mod uri;

pub use checked::{BaselineStatus, Checked, ReportedFinding, Run, Totals};
pub use damage::{DAMAGE_UNIT, Damage, is_layout, words};
pub use format::Format;
pub use line_column::{LineColumn, LineIndex};
pub use record::{FindingRecord, ReasonRecord, records};
pub use uri::uri;
