//! The `title` of an element of hOCR: `bbox 1 2 3 4; image "page 7.png"; x_wconf 93`.

use crate::markup::scan::Rectangle;

/// A number, by one of its names.
pub(super) fn number(title: &str, names: &[&str]) -> Option<f32> {
    title.split(';').find_map(|property| {
        let (name, value) = property.trim().split_once(' ')?;
        if names.contains(&name) { value.split_whitespace().next()?.parse().ok() } else { None }
    })
}

/// The `bbox`.
pub(super) fn bounding_box(title: &str) -> Option<Rectangle> {
    let value = value(title, "bbox")?;
    let mut numbers = value.split_ascii_whitespace().map(|number| number.parse().ok());
    Rectangle::new([numbers.next()??, numbers.next()??, numbers.next()??, numbers.next()??])
}

/// The path of the image, with or without quotes in the title.
pub(super) fn image(title: &str) -> Option<&str> {
    let value = value(title, "image")?;
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            return rest.split(quote).next();
        }
    }
    Some(value)
}

/// The value of a property. A semicolon inside quotes is part of it.
fn value<'t>(title: &'t str, wanted: &str) -> Option<&'t str> {
    let (mut quote, mut last) = (None, ' ');
    let is_end = |c: char| {
        match quote {
            Some(open) if c == open => quote = None,
            None if matches!(c, '"' | '\'') && last.is_whitespace() => quote = Some(c),
            _ => {}
        }
        last = c;
        c == ';' && quote.is_none()
    };
    for property in title.split(is_end) {
        let (name, value) = property.trim().split_once(char::is_whitespace).unwrap_or_default();
        if name == wanted {
            return Some(value.trim());
        }
    }
    None
}
