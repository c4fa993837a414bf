//! Files: atomic writing, and finding the ones that apply to a text.

pub(crate) mod nearest;
pub(crate) mod write;
