//! How descan decides: the evidence in a document, the passes that propose edits,
//! and the pipeline that chooses among them.

mod apart;
pub mod archive;
pub mod decisions;
mod difference;
mod engines_word;
pub mod evidence;
pub mod finding;
pub mod guardian;
pub mod learn;
pub mod pass;
pub mod passes;
pub mod pipeline;
pub mod protect;
mod shares;
pub mod style_or_damage;
mod typed;
#[cfg(feature = "english")]
pub mod verify;
pub mod weighed;
