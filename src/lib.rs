//! descan takes the scan out of scanned text.
//!
//! The library reads what an OCR engine wrote and says what the scan broke, how
//! it should read and why. It does no I/O, prints nothing, and does not fail on
//! any input: a [`document::Document`] decodes any bytes, [`pipeline::clean`]
//! runs the passes over it, and every edit comes back as a [`finding::Finding`]
//! with its place in the original.

pub mod baseline;
pub mod decisions;
pub mod diff;
pub mod document;
pub mod edit;
pub mod evidence;
pub mod finding;
pub mod fingerprint;
pub mod ledger;
pub mod level;
pub mod model;
pub mod passes;
pub mod pipeline;
pub mod report;
pub mod rule;
pub mod schema;
pub mod settings;
pub mod text;
