//! The passes, in the order in which they run.

mod characters;
mod context;
pub mod encoding;
mod grammar;
pub mod judged;
mod letters;
mod lines;
mod pages;
pub mod patterns;
mod quotes;
mod spacing;
pub(crate) mod words;

pub(crate) use lines::wrap;

use descan_rules::PassName;

use crate::pass::{Proposals, View};

/// A pass: looks at the text as the passes before left it, and proposes edits.
pub type Pass = fn(&View<'_>, &mut Proposals<'_>);

/// Every pass with its name, in order.
pub const PASSES: [(PassName, Pass); 9] = [
    (PassName::Encoding, encoding::run),
    (PassName::Characters, characters::run),
    (PassName::Pages, pages::run),
    (PassName::Lines, lines::run),
    (PassName::Quotes, quotes::run),
    (PassName::Letters, letters::run),
    (PassName::Words, words::run),
    (PassName::Context, context::run),
    (PassName::Spacing, spacing::run),
];
