//! Specks beside a word that read as quotes.

use super::marks::Group;
use super::reading::Reading;
use crate::pipeline::{Proposals, View};

/// Runs the part.
pub fn run(_view: &View<'_>, _groups: &[Group], _readings: &[Reading], _out: &mut Proposals<'_>) {}
