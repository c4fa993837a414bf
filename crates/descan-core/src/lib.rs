//! How descan decides: what a document tells, the passes that propose edits, and
//! the pipeline that settles which of them stand.

pub mod decisions;
mod difference;
pub mod evidence;
pub mod finding;
pub mod guardian;
pub mod pass;
pub mod passes;
pub mod pipeline;
pub mod protect;
mod shares;
pub mod style_or_damage;
#[cfg(feature = "english")]
pub mod verify;
pub mod weighed;
