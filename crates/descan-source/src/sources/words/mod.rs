//! How the formats write elements of words.

mod alto;
mod hocr;
mod page;
#[cfg(test)]
mod tests;

pub(super) use alto::AltoWords;
pub(super) use hocr::HocrWords;
pub(super) use page::PageWords;

/// The prefix of an element's name with its colon, or nothing: `alto:` of `<alto:String`.
fn prefix(element: &str) -> &str {
    let name = element[1..].split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default();
    name.find(':').map_or("", |colon| &name[..=colon])
}
