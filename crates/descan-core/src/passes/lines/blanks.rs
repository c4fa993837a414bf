//! Stray indents, and blank lines at the end of a text.

use descan_rules::{Reason, RuleId};
use descan_text::flow::End;
use descan_text::level::Level;

use crate::pass::{Proposals, View};

/// Proposes to drop single spaces before a line of prose where the document's
/// prose indents nothing.
///
/// A document that begins its paragraphs with an indent has many such lines;
/// where only one line in twenty has one, it is a speck that the engine took
/// for a space. Titles, verse and tables say nothing about that.
pub(super) fn indents(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let lines = view.layout().lines();
    let prose = || lines.iter().filter(|l| !l.is_blank() && l.region.is_running());
    let full = prose().count();
    let indented = prose().filter(|l| l.text_start > l.start).count();
    let measure = view.measure();
    if indented == 0 || indented * 20 > full || !measure.is_wrapped() {
        return;
    }
    for (index, line) in lines.iter().enumerate() {
        if line.is_blank() || !line.region.is_running() || &text[line.start..line.text_start] != " " {
            continue;
        }
        // A word broken before it is mended with its space.
        let broken = index > 0 && End::of(&text[lines[index - 1].span()]) == End::Hyphen;
        let beside =
            |i: Option<usize>| i.and_then(|i| lines.get(i)).is_some_and(|l| !l.is_blank() && l.text_start > l.start);
        if broken || beside(index.checked_sub(1)) || beside(Some(index + 1)) {
            continue;
        }
        let reasons = vec![
            Reason::new("the lines above and below are not indented, and few lines of the document are"),
            Reason::with("indented lines of prose in 100", 100.0 * indented as f64 / full as f64),
        ];
        out.propose(RuleId::STRAY_INDENT, Level::Certain, line.start..line.text_start, "", reasons);
    }
}

/// Proposes to end the text with one line break where it ends with several.
pub(super) fn end(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let body = text.trim_end().len();
    let rest = &text[body..];
    if body == 0 || rest.matches('\n').count() < 2 {
        return;
    }
    let blank = rest.matches('\n').count() as f64 - 1.0;
    let first = rest.find('\n').map_or(body, |i| body + i + 1);
    let reasons = vec![
        Reason::new("nothing follows the blank lines at the end"),
        Reason::with("blank lines after the last line of text", blank),
    ];
    out.propose(RuleId::BLANK_LINES_AT_END, Level::Certain, first..text.len(), "", reasons);
}
