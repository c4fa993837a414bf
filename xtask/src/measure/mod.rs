//! What several tasks need: alignment, scores, tables, and their places in documents.

pub(crate) mod align;
pub(crate) mod harm;
pub(crate) mod marks;
pub(crate) mod pages;
pub(crate) mod project;
pub(crate) mod score;
pub(crate) mod split;
pub(crate) mod table;
pub(crate) mod verdict;
