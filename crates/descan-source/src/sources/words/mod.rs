//! How the formats write elements of words.

mod alto;
mod hocr;
mod page;
mod prefix;
#[cfg(test)]
mod tests;

pub(super) use alto::{AltoWords, KEPT};
pub(super) use hocr::HocrWords;
pub(super) use page::PageWords;
