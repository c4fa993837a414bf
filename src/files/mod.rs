//! Files: written whole or not at all, and found from where the texts lie.

pub mod nearest;
pub mod write;
