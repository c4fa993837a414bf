//! A small chart of where the damage is in a text.

use descan_text::level::Level;

use super::markup::letter;
use crate::ReportedFinding;

/// Bars: each is an equal share of the text's bytes.
const BARS: usize = 120;
/// The height of the chart in its own units.
const HEIGHT: usize = 32;

/// The chart as SVG, its bars stacked by level; empty without findings.
pub(super) fn chart(text: &str, reported: &[ReportedFinding<'_>]) -> String {
    let mut bars = [[0usize; 3]; BARS];
    for reported in reported {
        let bar = reported.finding.span.start * BARS / (text.len() + 1);
        bars[bar][reported.finding.level as usize] += 1;
    }
    let highest = bars.iter().map(|bar| bar.iter().sum::<usize>()).max().unwrap_or(0);
    if highest == 0 {
        return String::new();
    }
    let densest = bars.iter().position(|bar| bar.iter().sum::<usize>() == highest).unwrap_or(0);
    let mut out = format!(
        "<figure class=chart><svg viewBox=\"0 0 {} {HEIGHT}\" preserveAspectRatio=none role=img \
         aria-label=\"Findings along the text; most at {} % of it\">",
        BARS * 4,
        densest * 100 / BARS
    );
    for (index, bar) in bars.iter().enumerate() {
        let mut top = HEIGHT as f64;
        for (level, &count) in Level::ALL.iter().zip(bar).filter(|(_, count)| **count > 0) {
            let height = count as f64 * HEIGHT as f64 / highest as f64;
            top -= height;
            out.push_str(&format!(
                "<rect class={} x={} y={top:.1} width=3 height={height:.1} />",
                letter(*level),
                index * 4
            ));
        }
    }
    out.push_str(&format!(
        "</svg><figcaption><span>start</span><span>at most {highest} in a bar</span><span>end</span>\
         </figcaption></figure>\n"
    ));
    out
}
