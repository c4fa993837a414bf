//! Prefixes of names.

/// The prefix of an element's name with its colon, or nothing: `alto:` of `<alto:String`.
pub(super) fn prefix(element: &str) -> &str {
    let name = element[1..].split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default();
    name.find(':').map_or("", |colon| &name[..=colon])
}
