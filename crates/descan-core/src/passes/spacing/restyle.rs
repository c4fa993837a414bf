//! Ellipses and dashes that do not follow the house style.

use descan_rules::{Reason, RuleId};
use descan_text::layout::Region;
use descan_text::level::Level;

use crate::evidence::style::{Dash, Ellipsis};
use crate::pass::{Proposals, View};

/// Proposes the house style's ellipsis for the other, and its dash likewise.
///
/// A clear majority makes a style probable; one that was asked for is certain.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let style = view.evidence().style();
    let wanted = view.options().style;
    let level = |asked: bool| if asked { Level::Certain } else { Level::Probable };
    if let Some(ellipsis) = style.ellipsis() {
        let (old, new) = match ellipsis {
            Ellipsis::Character => ("...", "…"),
            Ellipsis::Dots => ("…", "..."),
        };
        let counts = [style.ellipses, style.dotted_ellipses];
        replace(view, (RuleId::ELLIPSIS_STYLE, level(wanted.ellipsis.is_some())), old, new, counts, out);
    }
    if let Some(dash) = style.dash() {
        let (old, new) = match dash {
            Dash::Em => ("--", "—"),
            Dash::DoubleHyphen => ("—", "--"),
        };
        let counts = [style.em_dashes, style.double_hyphens];
        replace(view, (RuleId::DASH_STYLE, level(wanted.dash.is_some())), old, new, counts, out);
    }
}

/// Proposes `new` for each `old` that stands by itself in running text.
fn replace(
    view: &View<'_>,
    (rule, level): (RuleId, Level),
    old: &str,
    new: &str,
    counts: [u32; 2],
    out: &mut Proposals<'_>,
) {
    let text = view.text();
    for at in memchr::memmem::find_iter(text.as_bytes(), old.as_bytes()) {
        let end = at + old.len();
        let before = text[..at].chars().next_back();
        let after = text[end..].chars().next();
        let mark = old.chars().next();
        let other = new.chars().next();
        let joined = before == mark || after == mark || before == other || after == other;
        // A row of dashes is a rule, two hyphens before a word an option.
        let alone = before.is_none_or(char::is_whitespace) && (old == "--" || after.is_none_or(char::is_whitespace));
        let path = matches!(before, Some('/' | '\\')) || matches!(after, Some('/' | '\\'));
        if joined || path || alone && old != "…" || view.layout().region_at(at) != Region::Prose {
            continue;
        }
        let reasons = vec![
            Reason::new("the other shape is the style of the document, or asked for"),
            Reason::with("places in the document that have one character", f64::from(counts[0])),
            Reason::with("places that have several", f64::from(counts[1])),
        ];
        out.propose(rule, level, at..end, new, reasons);
    }
}
