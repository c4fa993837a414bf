//! The pages and lines of a scan: which image shows a page, and where on it a line is.

use std::ops::Range;

/// By how much of the page a line may reach out of it and still be shown, as engines round.
const SLACK: f64 = 0.02;

/// A page of a text, as far as it has text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageHint<'d> {
    /// From 1; pages without text are counted too.
    pub number: usize,
    /// In bytes of the text.
    pub span: Range<usize>,
    /// The name of its image as the mark-up has it, without folders; `None` if it names
    /// none, or the same for several pages.
    pub image: Option<&'d str>,
}

/// Where a line of a scan is.
#[derive(Clone, Debug, PartialEq)]
pub struct LineHint {
    /// In bytes of the text.
    pub span: Range<usize>,
    /// On the image of its page.
    pub area: BoundingBox,
}

/// A rectangle on a page: its edges as shares of the page's width and height, from 0 at the
/// left and the top to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoundingBox {
    /// The left edge.
    pub left: f64,
    /// The upper edge.
    pub top: f64,
    /// The right edge, right of the left one.
    pub right: f64,
    /// The lower edge, below the upper one.
    pub bottom: f64,
}

/// What mark-up says of the pages and lines of a scan.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scan {
    pages: Vec<Page>,
    lines: Vec<LineHint>,
    /// The page that is being read, in the file's own unit.
    page: Option<Rectangle>,
    /// Whether text belongs to the last line.
    is_in_line: bool,
}

#[derive(Clone, Debug, Default)]
struct Page {
    flat: Range<usize>,
    image: Option<String>,
}

/// A rectangle in the unit of the file; all numbers are finite.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rectangle {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Scan {
    /// A page begins behind `flat` bytes of text; `path` is that of its image.
    pub(crate) fn begin_page(&mut self, flat: usize, path: Option<&str>, area: Option<Rectangle>) {
        self.end_line();
        self.page = area;
        self.pages.push(Page { flat: flat..flat, image: path.and_then(file_name).map(str::to_owned) });
    }

    /// A line begins behind `flat` bytes of text.
    pub(crate) fn begin_line(&mut self, flat: usize, area: Option<Rectangle>) {
        self.end_line();
        if let (Some(area), Some(page)) = (area, &self.page)
            && let Some(area) = area.on(page)
        {
            self.lines.push(LineHint { span: flat..flat, area });
            self.is_in_line = true;
        }
    }

    /// The text to come is not that of the line before.
    pub(crate) fn end_line(&mut self) {
        self.is_in_line = false;
    }

    /// This text belongs to the page and the line that are being read.
    pub(crate) fn take(&mut self, flat: Range<usize>) {
        if let Some(page) = self.pages.last_mut() {
            extend(&mut page.flat, &flat);
        }
        if self.is_in_line
            && let Some(line) = self.lines.last_mut()
        {
            extend(&mut line.span, &flat);
        }
    }

    /// The pages with text, in order.
    pub(crate) fn pages(&self) -> Vec<PageHint<'_>> {
        let mut names: Vec<&str> = self.pages.iter().filter_map(|page| page.image.as_deref()).collect();
        names.sort_unstable();
        let is_one = |name: &&str| {
            let first = names.partition_point(|other| other < name);
            names.get(first + 1) != Some(name)
        };
        let mut pages = Vec::with_capacity(self.pages.len());
        for (index, page) in self.pages.iter().enumerate() {
            if !page.flat.is_empty() {
                // A file of many pages is the image of none of them.
                let image = page.image.as_deref().filter(is_one);
                pages.push(PageHint { number: index + 1, span: page.flat.clone(), image });
            }
        }
        pages
    }

    /// The lines with text whose place is known, in order.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &LineHint> {
        self.lines.iter().filter(|line| !line.span.is_empty())
    }
}

fn extend(span: &mut Range<usize>, by: &Range<usize>) {
    if span.start == span.end {
        span.start = by.start;
    }
    span.end = by.end;
}

/// The pages of a text in which form feeds part them.
pub(crate) fn parted_by_form_feeds(text: &str) -> Vec<PageHint<'_>> {
    let mut pages = Vec::new();
    let mut start = 0;
    for (index, page) in text.split('\u{c}').enumerate() {
        let span = start..start + page.len();
        start = span.end + 1;
        if !page.trim().is_empty() {
            pages.push(PageHint { number: index + 1, span, image: None });
        }
    }
    pages
}

/// The last part of a path of any system; `None` if that names no file.
fn file_name(path: &str) -> Option<&str> {
    let name = path.trim().rsplit(['/', '\\']).next()?;
    (!matches!(name, "" | "." | "..")).then_some(name)
}

impl Rectangle {
    /// The rectangle between two corners.
    pub(crate) fn new([left, top, right, bottom]: [f64; 4]) -> Option<Rectangle> {
        let is_finite = [left, top, right, bottom].iter().all(|edge| edge.is_finite());
        (is_finite && left < right && top < bottom).then_some(Rectangle { left, top, right, bottom })
    }

    /// The rectangle with this corner and size: left, top, width and height as they are
    /// written.
    pub(crate) fn sized([left, top, width, height]: [&str; 4]) -> Option<Rectangle> {
        let [left, top]: [f64; 2] = [left.trim().parse().ok()?, top.trim().parse().ok()?];
        let [width, height]: [f64; 2] = [width.trim().parse().ok()?, height.trim().parse().ok()?];
        Rectangle::new([left, top, left + width, top + height])
    }

    /// The rectangle around the points of a polygon: `1,2 3,2 3,4`.
    pub(crate) fn around(points: &str) -> Option<Rectangle> {
        let [mut left, mut top] = [f64::INFINITY; 2];
        let [mut right, mut bottom] = [f64::NEG_INFINITY; 2];
        for point in points.split_ascii_whitespace() {
            let (x, y) = point.split_once(',')?;
            let (x, y): (f64, f64) = (x.parse().ok()?, y.parse().ok()?);
            (left, right) = (left.min(x), right.max(x));
            (top, bottom) = (top.min(y), bottom.max(y));
        }
        Rectangle::new([left, top, right, bottom])
    }

    /// Where it is on a page; `None` if it is not on it.
    fn on(&self, page: &Rectangle) -> Option<BoundingBox> {
        let (width, height) = (page.right - page.left, page.bottom - page.top);
        let across = [self.left, self.right].map(|x| (x - page.left) / width);
        let down = [self.top, self.bottom].map(|y| (y - page.top) / height);
        let is_on_page = across.iter().chain(&down).all(|share| (-SLACK..=1.0 + SLACK).contains(share));
        let [left, right] = across.map(|share| share.clamp(0.0, 1.0));
        let [top, bottom] = down.map(|share| share.clamp(0.0, 1.0));
        (is_on_page && left < right && top < bottom).then_some(BoundingBox { left, top, right, bottom })
    }
}
