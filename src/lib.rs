//! descan takes the scan out of scanned text.

pub mod document;
pub mod edit;
pub mod text;
