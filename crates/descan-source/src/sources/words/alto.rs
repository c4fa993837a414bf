//! ALTO: `<String HPOS="10" WIDTH="90" CONTENT="lantern"/>`.

use std::ops::Range;

use super::prefix::prefix;
use crate::markup::element::{Area, Element, Gap, Side, WordElements};
use crate::markup::parts::{Part, elements};

pub(crate) struct AltoWords;

/// The purpose of alternatives that are old readings.
pub(crate) const KEPT: &str = "ocr";

impl WordElements for AltoWords {
    fn element(&self, element: &str) -> Option<Element> {
        let parts = elements(element)?;
        let string = parts.first()?;
        // The halves of a word that is broken at a line's end belong together.
        if string.attribute("SUBS_TYPE").is_some() || string.attribute("SUBS_CONTENT").is_some() {
            return None;
        }
        let mut of_whole = Vec::new();
        if let Some((_, letters)) = string.attribute("CC") {
            of_whole.push(string.whole_attribute(element, &letters));
        }
        for part in parts.iter().filter(|part| part.depth == 1) {
            match &*part.name {
                "ALTERNATIVE" | "Shape" => of_whole.push(part.span.clone()),
                _ => return None,
            }
        }
        let id = string.attribute("ID").map(|(_, span)| span);
        Some(Element { id, area: area(string), of_whole })
    }

    fn space(&self, name: &str, between: Option<&Gap>, is_element: bool) -> String {
        if !is_element {
            return String::new();
        }
        let prefix = name.find(':').map_or("", |colon| &name[..=colon]);
        match between {
            Some(Gap { left, top, width }) => {
                format!("<{prefix}SP WIDTH=\"{width}\" HPOS=\"{left}\" VPOS=\"{top}\"/>")
            }
            None => format!("<{prefix}SP/>"),
        }
    }

    fn kept(&self, element: &str, _text: Range<usize>, old: &str) -> Option<Vec<(Range<usize>, String)>> {
        let parts = elements(element)?;
        let prefix = prefix(element);
        let alternative = format!("<{prefix}ALTERNATIVE PURPOSE=\"{KEPT}\">{old}</{prefix}ALTERNATIVE>");
        if let Some(start) = element.strip_suffix("/>") {
            let end = format!(">{alternative}</{prefix}String>");
            return Some(vec![(start.trim_end().len()..element.len(), end)]);
        }
        let shape = parts.iter().find(|part| part.depth == 1 && part.name == "Shape");
        let at = shape.map_or(parts.first()?.tag.end, |shape| shape.span.end);
        Some(vec![(at..at, alternative)])
    }
}

fn area(string: &Part) -> Option<Area> {
    let number = |name: &str| {
        let (value, span) = string.attribute(name)?;
        Some((value.parse::<f64>().ok()?, span, !value.contains('.')))
    };
    let [left, top, width, height] = ["HPOS", "VPOS", "WIDTH", "HEIGHT"].map(number);
    let ((left, at_left, a), (top, at_top, b), (width, at_width, c), (height, at_height, d)) =
        (left?, top?, width?, height?);
    Some(Area {
        left,
        top,
        right: left + width,
        bottom: top + height,
        is_whole: a && b && c && d,
        written: vec![(at_left, Side::Left), (at_top, Side::Top), (at_width, Side::Width), (at_height, Side::Height)],
    })
}
