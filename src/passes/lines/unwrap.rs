//! Each paragraph on one line, where asked for.

use crate::finding::Reason;
use crate::level::Level;
use crate::pipeline::{Proposals, View};
use crate::text::flow::{End, Start, is_hyphen};
use crate::text::layout::{Line, Mark, Region};
use crate::text::measure::Measure;

/// Proposes a blank for every line break inside a paragraph, and a blank line
/// between paragraphs where the document parts them so and the scan lost it.
pub fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let lines = view.layout().lines();
    let measure = view.measure();
    if !measure.is_wrapped() {
        return;
    }
    let gaps = lines.windows(2).filter(|w| w[0].is_blank() && !w[1].is_blank()).count();
    for pair in lines.windows(2) {
        let (a, b) = (&pair[0], &pair[1]);
        if a.is_blank() || b.is_blank() {
            continue;
        }
        let (left, right) = (&text[a.text_start..a.end], &text[b.text_start..b.end]);
        match judge(a, b, left, right, measure) {
            Some(Judgement::Paragraph(reason)) if gaps > 0 => {
                out.propose(
                    "lost-paragraph-break",
                    Level::Certain,
                    0.95,
                    a.end + 1..a.end + 1,
                    "\n",
                    vec![Reason::new(reason)],
                );
            }
            None => {
                let after = left.len() - left.trim_end().len();
                let reasons = vec![Reason::new("asked for: each paragraph on one line")];
                // A hyphen that stays at the line's end takes no blank.
                let blank = if left.trim_end().ends_with(is_hyphen) { "" } else { " " };
                if blank.is_empty() {
                    continue;
                }
                out.propose("wrapped-line", Level::Certain, 0.99, a.end - after..b.text_start, blank, reasons);
            }
            _ => {}
        }
    }
}

enum Judgement {
    /// A paragraph ends here.
    Paragraph(&'static str),
    /// The line break stays as it is.
    Line,
}

/// What the line break between two lines is; `None` where only the margin made it.
fn judge(a: &Line, b: &Line, left: &str, right: &str, measure: &Measure) -> Option<Judgement> {
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
