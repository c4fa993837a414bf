//! What must hold for any file and any edits.

mod decisions;
mod files;
mod ledger;
mod patches;
mod pipeline;
mod promises;
mod reports;
mod scans;
