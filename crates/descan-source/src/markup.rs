//! Mark-up as it is: read with its places, never written anew.

use quick_xml::Reader;

/// A reader that takes mark-up as libraries serve it: broken nesting, end tags without a
/// start, `&` that begins no reference.
pub(crate) fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}
