//! Where findings are on the images of their pages.

use std::ops::Range;

use descan_source::{Document, LineHint};
use serde::Serialize;

use crate::ReportedFinding;

/// The image of a page of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageImage {
    /// The number of the page, from 1.
    pub number: usize,
    /// The text of the page, in bytes of the document's text.
    pub span: Range<usize>,
    /// The address of the image, relative to that of the report.
    pub url: String,
}

/// The place of a finding on an image.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct OnImage {
    /// The index of the image.
    page: usize,
    /// The edges of the line, left, top, right and bottom, and where in it the finding is,
    /// from the left: in shares of the width and height of the image.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<[f64; 5]>,
}

/// For each finding its place, where its page has an image. Images are in the order of the
/// text.
pub(super) fn on_images(
    document: &Document<'_>,
    images: &[PageImage],
    reported: &[ReportedFinding<'_>],
) -> Vec<Option<OnImage>> {
    if images.is_empty() {
        return vec![None; reported.len()];
    }
    let lines: Vec<&LineHint> = document.lines().collect();
    let mut places = Vec::with_capacity(reported.len());
    for one in reported {
        let span = &one.finding.span;
        let page = last_from(images, |image| &image.span, span.start);
        let line = last_from(&lines, |line| &line.span, span.start);
        places.push(page.map(|page| OnImage { page, line: line.map(|index| edges(lines[index], span)) }));
    }
    places
}

/// The last of several things, in order, that holds a place of the text or ends there.
fn last_from<T>(all: &[T], span: impl Fn(&T) -> &Range<usize>, at: usize) -> Option<usize> {
    let last = all.partition_point(|one| span(one).start <= at).checked_sub(1)?;
    (at <= span(&all[last]).end).then_some(last)
}

fn edges(line: &LineHint, finding: &Range<usize>) -> [f64; 5] {
    let LineHint { span, area } = line;
    let middle = (finding.start + finding.end.min(span.end)) as f64 / 2.0 - span.start as f64;
    let across = area.left + (area.right - area.left) * middle / span.len() as f64;
    [area.left, area.top, area.right, area.bottom, across].map(|share| (share * 1e4).round() / 1e4)
}
