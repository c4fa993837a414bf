//! What several tasks share: aligning texts, scoring, tables, marks in documents.

pub mod align;
pub mod harm;
pub mod marks;
pub mod program;
pub mod score;
pub mod table;
pub mod verdict;
