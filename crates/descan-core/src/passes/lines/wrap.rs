//! Re-wraps paragraphs to a given width, on request.

use std::ops::Range;

use descan_rules::{Reason, RuleId};
use descan_text::flow::is_hyphen;
use descan_text::layout::{Line, Region};
use descan_text::level::Level;
use descan_text::measure::Measure;
use unicode_width::UnicodeWidthStr;

use super::paragraph::{Judgement, judge};
use crate::pass::{Proposals, View};

/// Proposes to fill the lines of each paragraph up to `width` columns, and a
/// blank line between paragraphs that only their line breaks part.
///
/// What is no running text keeps its lines. A block that is filled already is
/// one paragraph, whatever it looks like: lines wrapped once stay.
pub(crate) fn run(view: &View<'_>, width: usize, out: &mut Proposals<'_>) {
    let text = view.text();
    let lines = view.layout().lines();
    let measure = view.measure();
    let wrap = Wrap { text, lines, width };
    let blocks = wrap.blocks();
    let done = wrap.is_done(&blocks);
    for block in blocks {
        // In a text that is wrapped already, a block that is not keeps its lines
        // on purpose: what told it from prose was the width the page had.
        if !done || lines[block.clone()].iter().any(|l| text[l.span()].trim_end().width() > width) {
            wrap.block(block, measure, out);
        }
    }
}

struct Wrap<'t> {
    text: &'t str,
    lines: &'t [Line],
    width: usize,
}

/// A space or line break between two words, and what should stand there.
struct Gap {
    span: Range<usize>,
    with: String,
}

impl Wrap<'_> {
    /// The blocks of lines between blank lines.
    fn blocks(&self) -> Vec<Range<usize>> {
        let mut blocks: Vec<Range<usize>> = Vec::new();
        for index in (0..self.lines.len()).filter(|&i| !self.lines[i].is_blank()) {
            match blocks.last_mut().filter(|b| b.end == index) {
                Some(block) => block.end += 1,
                None => blocks.push(index..index + 1),
            }
        }
        blocks
    }

    /// Whether the text is wrapped to this width already: of its lines of running
    /// text in blocks of several, half are filled.
    fn is_done(&self, blocks: &[Range<usize>]) -> bool {
        let (mut filled, mut all) = (0, 0);
        for block in blocks.iter().filter(|b| b.len() > 1 && self.is_running(b)) {
            all += block.len();
            filled += if self.fill((*block).clone()).is_empty() { block.len() } else { 0 };
        }
        all > 0 && filled * 2 >= all
    }

    fn is_running(&self, block: &Range<usize>) -> bool {
        self.lines[block.clone()].iter().all(|l| l.region.is_running())
    }

    /// The lines of a block between blank lines.
    fn block(&self, block: Range<usize>, measure: &Measure, out: &mut Proposals<'_>) {
        if self.is_running(&block) && self.fill(block.clone()).is_empty() {
            return;
        }
        let mut start = block.start;
        for next in block.start + 1..=block.end {
            let judgement = if next == block.end { Some(Judgement::Line) } else { self.judge(next, measure) };
            let Some(judgement) = judgement else { continue };
            if self.lines[start].region.is_running() {
                for gap in self.fill(start..next) {
                    let reasons = vec![Reason::new(format!("you asked for lines of {} columns", self.width))];
                    out.propose(RuleId::FILLED_LINE, Level::Certain, gap.span, gap.with, reasons);
                }
            }
            if let Judgement::Paragraph(reason) = judgement {
                let at = self.lines[next].start;
                out.propose(RuleId::LOST_PARAGRAPH_BREAK, Level::Certain, at..at, "\n", vec![Reason::new(reason)]);
            }
            start = next;
        }
    }

    /// What the line break before the line `next` is; `None` where only the
    /// margin made it.
    fn judge(&self, next: usize, measure: &Measure) -> Option<Judgement> {
        let (a, b) = (&self.lines[next - 1], &self.lines[next]);
        let (left, right) = (&self.text[a.text_start..a.end], &self.text[b.text_start..b.end]);
        if measure.is_wrapped() {
            return judge(a, b, left, right, measure);
        }
        // Each paragraph stands on a line of its own, where it was longer than a
        // line of print.
        let long = left.width().max(right.width()) > self.width && a.region.is_running() && b.region.is_running();
        Some(if long { Judgement::Paragraph("each line is a paragraph") } else { Judgement::Line })
    }

    /// The gaps between the words of a paragraph that must change.
    fn fill(&self, paragraph: Range<usize>) -> Vec<Gap> {
        let lines = &self.lines[paragraph];
        let Some(first) = lines.first() else { return Vec::new() };
        let indent = |l: &Line| self.text[l.start..l.text_start].rsplit('\u{c}').next().unwrap_or_default();
        // Lines after the first stand in as the second does.
        let inner = match lines.get(1) {
            Some(second) => indent(second),
            None if first.region == Region::Quotation => indent(first),
            None => "",
        };
        let mut gaps = Vec::new();
        let mut column = indent(first).width();
        let mut before: Option<Range<usize>> = None;
        for line in lines {
            for word in words(self.text, line) {
                let wide = self.text[word.clone()].width();
                if let Some(last) = before {
                    let gap = &self.text[last.end..word.start];
                    let broken = gap.contains('\n');
                    let blank = if broken { 1 } else { gap.width() };
                    let held = broken && self.text[..last.end].ends_with(is_hyphen);
                    let fits = !held && column + blank + wide <= self.width;
                    let with = match (fits, broken) {
                        (true, true) => " ".to_owned(),
                        (true, false) => gap.to_owned(),
                        (false, _) => ["\n", inner].concat(),
                    };
                    column = if fits { column + blank } else { inner.width() };
                    if with != gap {
                        gaps.push(Gap { span: last.end..word.start, with });
                    }
                }
                column += wide;
                before = Some(word);
            }
        }
        gaps
    }
}

/// The words of a line: what stands between spaces and tabs. A line is not
/// broken at a no-break space.
fn words(text: &str, line: &Line) -> impl Iterator<Item = Range<usize>> {
    let body = &text[line.text_start..line.end];
    let start = line.text_start;
    body.split([' ', '\t']).filter(|w| !w.is_empty()).map(move |w| {
        let at = start + (w.as_ptr() as usize - body.as_ptr() as usize);
        at..at + w.len()
    })
}
