//! descan takes the scan out of scanned text.

pub mod text;
