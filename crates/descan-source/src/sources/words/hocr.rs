//! hOCR: `<span class='ocrx_word' title='bbox 10 20 100 50'>lantern</span>`.

use std::ops::Range;

use crate::markup::element::{Area, Element, Gap, Side, WordElements};
use crate::markup::parts::{Part, elements};

pub(crate) struct HocrWords;

impl WordElements for HocrWords {
    fn element(&self, element: &str) -> Option<Element> {
        let parts = elements(element)?;
        let has_classes = parts[1..].iter().any(|part| part.attribute("class").is_some());
        let word = parts.first()?;
        // The boxes of letters are those of the word as it was read.
        if has_classes || word.attribute("title").is_some_and(|(title, _)| title.contains("x_bboxes")) {
            return None;
        }
        let id = word.attribute("id").map(|(_, span)| span);
        Some(Element { id, area: area(word), of_whole: Vec::new() })
    }

    fn space(&self, _name: &str, _between: Option<&Gap>, _is_element: bool) -> String {
        " ".to_owned()
    }

    fn kept(&self, element: &str, _text: Range<usize>, old: &str) -> Option<Vec<(Range<usize>, String)>> {
        let parts = elements(element)?;
        let old = format!("<del class=\"alt\">{old}</del>");
        if let Some(first) = parts.iter().find(|part| part.name == "ins") {
            return Some(vec![(first.span.end..first.span.end, old)]);
        }
        let (start, end) = (parts.first()?.tag.end, element.rfind("</")?);
        Some(vec![
            (start..start, "<span class=\"alternatives\"><ins class=\"alt\">".to_owned()),
            (end..end, format!("</ins>{old}</span>")),
        ])
    }
}

fn area(word: &Part) -> Option<Area> {
    let (title, place) = word.attribute("title")?;
    let mut at = title.find("bbox ")? + "bbox ".len();
    let mut numbers = Vec::with_capacity(4);
    for _ in 0..4 {
        at += title[at..].len() - title[at..].trim_start().len();
        let length = title[at..].find(|c: char| c.is_whitespace() || c == ';').unwrap_or(title.len() - at);
        let value = &title[at..at + length];
        numbers.push((value.parse::<f64>().ok()?, place.start + at..place.start + at + length, !value.contains('.')));
        at += length;
    }
    let sides = [Side::Left, Side::Top, Side::Right, Side::Bottom];
    Some(Area {
        left: numbers[0].0,
        top: numbers[1].0,
        right: numbers[2].0,
        bottom: numbers[3].0,
        is_whole: numbers.iter().all(|(.., is_whole)| *is_whole),
        written: numbers.into_iter().map(|(_, span, _)| span).zip(sides).collect(),
    })
}
