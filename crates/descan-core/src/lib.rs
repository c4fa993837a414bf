//! How descan decides: the evidence in a document, the passes that propose edits,
//! and the pipeline that chooses among them.

pub mod decisions;
pub mod evidence;
pub mod finding;
pub mod pass;
pub mod passes;
pub mod pipeline;
pub mod protect;
mod shares;
#[cfg(feature = "english")]
pub mod verify;
