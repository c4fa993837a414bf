//! Page furniture: running heads, page numbers, signatures and catchwords.

use descan_rules::{Reason, RuleId};
use descan_text::level::Level;

/// The kinds of furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A running head or foot.
    Head,
    /// The same with a number that is in the order of the pages.
    NumberedHead,
    /// A page number alone.
    Number,
    /// The number or letter by which the binder ordered the sheets.
    Signature,
    /// The first word of the next page.
    Catchword,
}

impl Kind {
    /// The rule that removes it.
    pub(super) fn rule(self) -> RuleId {
        match self {
            Kind::Head | Kind::NumberedHead => RuleId::RUNNING_HEAD,
            Kind::Number => RuleId::PAGE_NUMBER,
            Kind::Signature => RuleId::SHEET_SIGNATURE,
            Kind::Catchword => RuleId::CATCHWORD,
        }
    }
}

/// The reason that says which page, from 0, of how many.
pub(super) fn page_of(page: usize, pages: usize) -> Reason {
    Reason::new(format!("page {} of {pages}", page + 1))
}

/// A line that is no part of the text.
#[derive(Clone, Debug)]
pub(super) struct Furniture {
    /// The line's index.
    pub line: usize,
    /// What it is.
    pub kind: Kind,
    /// How sure that is.
    pub level: Level,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// Pages as a reader counts them: `pages 1, 5, 7`, with no more than three
/// named, those nearest to `page`.
pub(super) fn name_pages(pages: &[usize], page: usize) -> String {
    let at = pages.partition_point(|&p| p < page);
    let others: Vec<usize> = pages[at.saturating_sub(2)..].iter().copied().filter(|&p| p != page).take(3).collect();
    let names: Vec<String> = others.iter().map(|p| (p + 1).to_string()).collect();
    format!("{} {}", if names.len() == 1 { "page" } else { "pages" }, names.join(", "))
}
