//! Mark-up that no source knows: its names and attributes would be taken for words.

use quick_xml::events::Event;

use super::refused::{Refused, What};
use crate::Document;

/// Why a file with this beginning is not read.
pub(super) fn refused(bytes: &[u8], is_whole: bool) -> Option<Refused> {
    let head = &bytes[..bytes.len().min(super::HEAD)];
    let document = Document::decode(head);
    let text = document.text().trim_start();
    if !text.starts_with('<') {
        return None;
    }
    let declared = text.starts_with("<?xml") || text.get(..9).is_some_and(|s| s.eq_ignore_ascii_case("<!doctype"));
    let root = root(text);
    let is_closed = || {
        let end = Document::decode(&bytes[(bytes.len().saturating_sub(super::HEAD) + 1) & !1..]);
        let close = root.as_ref().map(|name| format!("</{name}>"));
        close.is_some_and(|close| end.text().trim_end().ends_with(&close)) && is_whole
    };
    // An inline element at both ends of a text, as in `<i>…</i>`, is not a document.
    let is_inline = root.as_ref().is_some_and(|name| name.len() <= 2);
    (declared || (!is_inline && is_closed())).then_some(Refused(What::Markup))
}

/// The name of the first element.
pub(crate) fn root(text: &str) -> Option<String> {
    let mut reader = crate::markup::reader(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                return Some(tag.name().as_ref().to_owned());
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}
