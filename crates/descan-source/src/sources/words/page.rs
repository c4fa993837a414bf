//! PAGE: `<Word><Coords points=".."/><TextEquiv><Unicode>lantern</Unicode></TextEquiv></Word>`.

use std::ops::Range;

use super::prefix::prefix;
use crate::markup::element::{Area, Element, Side, WordElements};
use crate::markup::parts::{Part, elements};

pub(crate) struct PageWords;

impl WordElements for PageWords {
    fn element(&self, element: &str) -> Option<Element> {
        let parts = elements(element)?;
        let word = parts.first()?;
        let inside = || parts.iter().filter(|part| part.depth == 1);
        let is_plain = |part: &Part| matches!(&*part.name, "Coords" | "TextEquiv" | "TextStyle");
        let has_one_text = parts.iter().all(|part| part.name != "PlainText");
        if !inside().all(is_plain) || !has_one_text {
            return None;
        }
        let readings = inside().filter(|part| part.name == "TextEquiv");
        let coords = inside().find(|part| part.name == "Coords");
        let id = word.attribute("id").map(|(_, span)| span);
        let of_whole = readings.skip(1).map(|part| part.span.clone()).collect();
        Some(Element { id, area: coords.and_then(area), of_whole })
    }

    fn kept(&self, element: &str, _text: Range<usize>, old: &str) -> Option<Vec<(Range<usize>, String)>> {
        let parts = elements(element)?;
        let readings = || parts.iter().filter(|part| part.depth == 1 && part.name == "TextEquiv");
        let at = readings().next_back()?.span.end;
        let index = |part: &Part| part.attribute("index").and_then(|(index, _)| index.parse::<u32>().ok());
        let next = readings().filter_map(index).max().unwrap_or(0).saturating_add(1);
        let p = prefix(element);
        let reading = format!("<{p}TextEquiv index=\"{next}\"><{p}Unicode>{old}</{p}Unicode></{p}TextEquiv>");
        Some(vec![(at..at, reading)])
    }
}

fn area(coords: &Part) -> Option<Area> {
    let (points, span) = coords.attribute("points")?;
    let mut area: Option<Area> = None;
    for point in points.split_ascii_whitespace() {
        let (x, y) = point.split_once(',')?;
        let (x, y): (f64, f64) = (x.parse().ok()?, y.parse().ok()?);
        let here = Area { left: x, top: y, right: x, bottom: y, is_whole: true, written: Vec::new() };
        area = Some(area.map_or(here.clone(), |area| area.with(&here)));
    }
    area.map(|area| Area { written: vec![(span, Side::Corners)], ..area })
}
