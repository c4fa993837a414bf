//! Files: atomic writing, finding the ones that apply to a text, images and links to them.

pub(crate) mod images;
mod natural;
pub(crate) mod nearest;
pub(crate) mod relative;
pub(crate) mod write;
