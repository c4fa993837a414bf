//! descan takes the scan out of scanned text.

pub mod evidence;
pub mod model;
pub mod text;
