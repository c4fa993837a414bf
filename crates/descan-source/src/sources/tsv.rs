//! The tables of Tesseract: a word is the last field of a line of level 5.

use super::source::Source;
use crate::markup::Broken;
use crate::markup::flow::{Flow, Quote, Separator};
use crate::markup::scan::Rectangle;

/// The first line of every table.
pub(super) const HEAD: &str =
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n";

/// The fields before the text.
const FIELDS: usize = 11;

pub(super) struct Tsv;

impl Source for Tsv {
    fn read(&self, file: &str) -> Result<Option<Flow>, Broken> {
        let mut flow = Flow::default();
        let mut start = 0;
        for line in file.split_inclusive('\n') {
            let mut fields = line.trim_end_matches('\n').splitn(FIELDS + 1, '\t');
            let level = fields.next().unwrap_or_default();
            match level {
                "1" => flow.begin_page(None, area(fields)),
                "2" | "3" => flow.separate(Separator::Block),
                "4" => {
                    flow.separate(Separator::Line);
                    flow.begin_line(area(fields));
                }
                "5" => {
                    let confidence = fields.nth(FIELDS - 2).and_then(|field| field.parse().ok());
                    if let Some(text) = fields.next().filter(|text| !text.trim().is_empty()) {
                        let at = start + line.trim_end_matches('\n').len() - text.len();
                        flow.separate(Separator::Space);
                        flow.begin_word(confidence, at);
                        flow.exact(text, at, Quote::Raw);
                        flow.end_word();
                    }
                }
                _ => {}
            }
            start += line.len();
        }
        Ok(Some(flow))
    }
}

/// The place of a page or a line on the image, from the fields behind its level.
fn area<'t>(fields: impl Iterator<Item = &'t str>) -> Option<Rectangle> {
    const NUMBERS: usize = 5;
    let mut place = fields.skip(NUMBERS);
    Rectangle::sized([place.next()?, place.next()?, place.next()?, place.next()?])
}
