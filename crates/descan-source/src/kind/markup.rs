//! Mark-up that no source knows: its names and attributes would be taken for words.

use super::refused::{HEAD, Refused, What};
use crate::Document;
use crate::markup::root;
use crate::sources::{FileFormat, recognised};

/// Why a file with this beginning is not read.
pub(super) fn refused(bytes: &[u8], is_whole: bool) -> Option<Refused> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let document = Document::decode(head);
    let text = document.file_text().trim_start();
    if !text.starts_with('<') || recognised(text) != FileFormat::Plain {
        return None;
    }
    let root = root(text);
    let declared = text.starts_with("<?xml") || text.get(..9).is_some_and(|s| s.eq_ignore_ascii_case("<!doctype"));
    if declared && root.is_none() && !is_whole {
        // The first element comes late; the whole file tells.
        return None;
    }
    // An inline element at both ends of a text, as in `<i>…</i>`, is not a document.
    let is_inline = root.as_ref().is_some_and(|name| name.len() <= 2);
    let is_closed = root.is_some_and(|name| is_whole && ends_with_tag(bytes, &name));
    (declared || (!is_inline && is_closed)).then_some(Refused(What::Markup))
}

/// Whether a file ends with the end tag of an element with this name, whatever its prefix.
fn ends_with_tag(bytes: &[u8], name: &str) -> bool {
    // An even place, so that UTF-16 is read rightly.
    let end = Document::decode(&bytes[(bytes.len().saturating_sub(HEAD) + 1) & !1..]);
    let end = end.file_text().trim_end();
    let tag = end.rfind("</").map(|at| &end[at + 2..]);
    tag.is_some_and(|tag| tag.trim_end_matches('>').rsplit(':').next() == Some(name) && tag.ends_with('>'))
}
