//! Finds where paragraphs end inside a block of lines.

use descan_text::flow::{End, Start};
use descan_text::layout::{Line, Mark, Region};
use descan_text::measure::Measure;

/// What the line break between two lines is besides one that the margin made.
pub(super) enum Judgement {
    /// A paragraph ends here.
    Paragraph(&'static str),
    /// The line break stays as it is.
    Line,
}

/// What the line break between two lines is; `None` where only the margin made it.
pub(super) fn judge(a: &Line, b: &Line, left: &str, right: &str, measure: &Measure) -> Option<Judgement> {
    if !a.region.is_running() || !b.region.is_running() {
        return Some(if a.region == b.region || [a.region, b.region].contains(&Region::Code) {
            Judgement::Line
        } else {
            Judgement::Paragraph("another kind of text begins")
        });
    }
    let (end, start) = (End::of(left), Start::of(right));
    let early = measure.ends_early(left, right);
    let room = measure.room(left, right);
    let indent = b.text_start - b.start >= 2 && a.text_start - a.start < b.text_start - b.start;
    if indent && end != End::Hyphen && start != Start::Small {
        return Some(Judgement::Paragraph("the next line is indented"));
    }
    let item = |line: &str| Mark::of(line).is_some();
    if item(right) && (early || item(left) || b.region == Region::List) {
        return Some(Judgement::Line);
    }
    // Lines of a title page or an imprint end where they please.
    if early && matches!(b.region, Region::FrontMatter | Region::BackMatter) {
        return Some(Judgement::Line);
    }
    match (end, start) {
        (End::Sentence | End::Open, Start::Quote) if left.trim_end().ends_with(['”', '"', '’', '\'']) => {
            Some(Judgement::Paragraph("one speaker ends and another begins"))
        }
        (End::Sentence | End::Open | End::Comma | End::Other, Start::Quote) if early && end != End::Comma => {
            Some(Judgement::Paragraph("the line had room for more, and speech begins"))
        }
        (End::Sentence | End::Open | End::Other, Start::Capital | Start::Digit | Start::Other) if early => {
            Some(Judgement::Paragraph("the line had room for more, and a sentence begins"))
        }
        (End::Word | End::Comma, Start::Capital | Start::Quote | Start::Digit) if room > 0.15 => Some(Judgement::Line),
        _ => None,
    }
}
