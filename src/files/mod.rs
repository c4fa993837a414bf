//! Files: written whole or not at all, and found from where the texts lie.

pub(crate) mod nearest;
pub(crate) mod write;
