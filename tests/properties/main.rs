//! What must hold for any file and any edits.

mod files;
mod ledger;
mod patches;
mod pipeline;
