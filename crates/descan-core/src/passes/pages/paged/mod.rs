//! Page furniture of a text whose pages are separated by form feeds.

mod numbers;
mod titles;

use descan_rules::Reason;
use descan_text::layout::Line;
use descan_text::measure::Measure;
use rustc_hash::FxHashMap;

use super::catchword;
use super::furniture::{Furniture, Kind, page_of};
use super::heads::Kinds;
use super::number::{self, Number};
use super::sheet::Sheet;
use super::signature;

/// Everything known of the pages' edges.
pub(super) struct Paged<'t> {
    text: &'t str,
    lines: &'t [Line],
    measure: &'t Measure,
    sheets: &'t [Sheet],
    /// The pages on which a number says page plus offset, by offset.
    offsets: FxHashMap<(i64, bool), Vec<usize>>,
    /// For every page its number, where it is believed.
    believed: Vec<Option<Number>>,
    tops: Kinds,
    feet: Kinds,
    /// How many believed numbers stand alone on the first and on the last line.
    alone: [usize; 2],
}
impl<'t> Paged<'t> {
    /// Reads the edges of all pages.
    pub(super) fn of(text: &'t str, lines: &'t [Line], measure: &'t Measure, sheets: &'t [Sheet]) -> Paged<'t> {
        let mut paged = Paged {
            text,
            lines,
            measure,
            sheets,
            offsets: FxHashMap::default(),
            believed: vec![None; sheets.len()],
            tops: Kinds::default(),
            feet: Kinds::default(),
            alone: [0; 2],
        };
        paged.count_numbers();
        paged.believe_numbers();
        paged.sort_heads();
        paged
    }

    /// The furniture of all pages, in the order of the lines.
    pub(super) fn furniture(&self) -> Vec<Furniture> {
        let mut found = Vec::new();
        for page in 0..self.sheets.len() {
            let before = found.len();
            self.edge(page, true, &mut found);
            let numbered = found[before..].iter().any(|f| f.kind == Kind::Number || f.has_number());
            if !numbered || self.sheets[page].foot.is_empty() {
                self.edge(page, false, &mut found);
            } else {
                self.running_foot(page, &mut found);
            }
        }
        if self.believed.iter().all(Option::is_none) {
            self.scraps(&mut found);
        }
        signature::find(self.text, self.lines, self.sheets, &mut found);
        catchword::find(self.text, self.lines, self.sheets, &mut found);
        found.sort_by_key(|f| f.line);
        found.dedup_by_key(|f| f.line);
        found
    }

    fn line(&self, index: usize) -> &'t str {
        self.text[self.lines[index].text_start..self.lines[index].end].trim_end()
    }

    /// Furniture at one edge: lines from the edge inwards, as long as each is some.
    fn edge(&self, page: usize, top: bool, found: &mut Vec<Furniture>) {
        let sheet = &self.sheets[page];
        let edge = if top { &sheet.top } else { &sheet.foot };
        let (mut heads, mut numbers) = (0, 0);
        for (depth, &index) in edge.iter().enumerate() {
            if let Some(f) = self.as_number(page, index, top, depth).filter(|_| numbers == 0) {
                numbers += 1;
                found.push(f);
            } else if let Some(f) = self.as_head(page, index, top).filter(|_| heads == 0) {
                heads += 1;
                numbers += usize::from(f.has_number());
                found.push(f);
            } else {
                break;
            }
        }
    }

    /// A foot below which no number is looked for: only what repeats.
    fn running_foot(&self, page: usize, found: &mut Vec<Furniture>) {
        if let Some(&index) = self.sheets[page].foot.first()
            && number::exact(self.line(index)).is_none()
            && let Some(f) = self.as_head(page, index, false)
        {
            found.push(f);
        }
    }

    /// Whether a blank line or the page's edge stands on the inner side of the line.
    fn stands_apart(&self, index: usize, top: bool) -> bool {
        let inner = if top { index + 1 } else { index.wrapping_sub(1) };
        self.lines.get(inner).is_none_or(Line::is_blank)
    }

    fn page_of(&self, page: usize) -> Reason {
        page_of(page, self.sheets.len())
    }
}

impl Furniture {
    /// Whether a page number is part of it.
    fn has_number(&self) -> bool {
        self.reasons.iter().any(|r| r.what.starts_with("number "))
    }
}
