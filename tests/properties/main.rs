//! What must hold for any file and any edits.

mod archive;
mod decisions;
mod files;
mod ledger;
mod patches;
mod pipeline;
mod promises;
mod reports;
mod scans;
