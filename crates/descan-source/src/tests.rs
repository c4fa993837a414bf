//! What reading and writing a document must preserve.

use descan_text::edit::Edit;
use proptest::prelude::*;

use super::*;

fn replace(bytes: &[u8], from: &str, to: &str) -> Written {
    let document = Document::decode(bytes);
    let start = document.text().find(from).expect("the text holds it");
    let edits = EditList::new(vec![Edit::new(start..start + from.len(), to)]);
    document.write(&edits)
}

#[test]
fn bytes_outside_the_edits_stay() {
    let bytes = b"\xef\xbb\xbfone\r\ntwo\rthree\n\xff four\r\n";
    let document = Document::decode(&bytes[..]);
    assert_eq!(document.text(), "one\ntwo\nthree\n\u{fffd} four\n");
    assert_eq!(document.newline(), Newline::CrLf);
    assert_eq!(replace(bytes, "three", "3\n3").bytes, b"\xef\xbb\xbfone\r\ntwo\r3\r\n3\n\xff four\r\n");
    assert_eq!(document.write(&EditList::default()).bytes, bytes);
}

#[test]
fn a_windows_1252_file_keeps_its_encoding() {
    let bytes = b"It\x92s caf\xe9 \x97 tlie sea.\r\n";
    let document = Document::decode(&bytes[..]);
    assert_eq!(document.text(), "It’s café — tlie sea.\n");
    assert_eq!(document.encoding().name(), "windows-1252");
    assert_eq!(replace(bytes, "tlie", "the’").bytes, b"It\x92s caf\xe9 \x97 the\x92 sea.\r\n");
}

#[test]
fn what_the_encoding_cannot_hold_makes_the_file_utf8_and_is_named() {
    let written = replace(b"It\x92s caf\xe9 tlie sea.\r\n", "tlie", "ﬁ");
    assert_eq!(written.reencoded_for, Some('ﬁ'));
    assert_eq!(written.bytes, "It’s café ﬁ sea.\r\n".as_bytes());
}

#[test]
fn utf_16_both_ways_round() {
    for big in [false, true] {
        let encode = |s: &str| -> Vec<u8> {
            s.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
        };
        let bytes = encode("\u{feff}A “cat”\r\n𝄞 tlie end");
        let document = Document::decode(bytes.clone());
        assert_eq!(document.text(), "A “cat”\n𝄞 tlie end");
        assert_eq!(replace(&bytes, "tlie", "the").bytes, encode("\u{feff}A “cat”\r\n𝄞 the end"));
        let span = document.text().find("cat").map(|a| document.file_span(a..a + 3));
        assert_eq!(span, Some(8..14));
    }
}

#[test]
fn an_odd_byte_after_utf_16_is_kept() {
    let bytes = b"\xff\xfea\0b\0c";
    let document = Document::decode(&bytes[..]);
    assert_eq!(document.undecodable(), 1);
    assert_eq!(replace(bytes, "a", "x").bytes, b"\xff\xfex\0b\0c");
}

#[test]
fn utf_16_without_a_mark_is_told_by_its_zeros() {
    let bytes: Vec<u8> = "The “old” mill.\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let document = Document::decode(&bytes[..]);
    assert_eq!((document.text(), document.has_bom()), ("The “old” mill.\n", false));
    assert_eq!(Document::decode(&b"a\0b and a long line of words"[..]).encoding(), UTF_8);
}

#[test]
fn an_empty_text_behind_a_mark_takes_text_behind_it() {
    let document = Document::decode(&b"\xef\xbb\xbf"[..]);
    assert_eq!(document.write(&EditList::new(vec![Edit::new(0..0, "a")])).bytes, b"\xef\xbb\xbfa");
}

#[test]
fn bytes_that_are_no_text_keep_a_file_from_becoming_utf_8() {
    let mut document = Document::decode(&b"It\x92s caf\xe9 tlie sea."[..]);
    assert!(document.can_take("ﬁ"));
    document.undecodable = 1;
    assert!(document.can_take("“the”") && !document.can_take("ﬁ"));
}

/// Writing a file as UTF-8 loses nothing because no two bytes of an encoding
/// stand for one character.
#[test]
fn every_encoding_of_one_byte_leads_back() {
    for encoding in [
        encoding_rs::IBM866,
        encoding_rs::ISO_8859_2,
        encoding_rs::ISO_8859_3,
        encoding_rs::ISO_8859_4,
        encoding_rs::ISO_8859_5,
        encoding_rs::ISO_8859_6,
        encoding_rs::ISO_8859_7,
        encoding_rs::ISO_8859_8,
        encoding_rs::ISO_8859_10,
        encoding_rs::ISO_8859_13,
        encoding_rs::ISO_8859_14,
        encoding_rs::ISO_8859_15,
        encoding_rs::ISO_8859_16,
        encoding_rs::KOI8_R,
        encoding_rs::KOI8_U,
        encoding_rs::MACINTOSH,
        encoding_rs::WINDOWS_874,
        encoding_rs::WINDOWS_1250,
        encoding_rs::WINDOWS_1251,
        encoding_rs::WINDOWS_1252,
        encoding_rs::WINDOWS_1253,
        encoding_rs::WINDOWS_1254,
        encoding_rs::WINDOWS_1255,
        encoding_rs::WINDOWS_1256,
        encoding_rs::WINDOWS_1257,
        encoding_rs::WINDOWS_1258,
        encoding_rs::X_MAC_CYRILLIC,
    ] {
        for byte in 0..=255u8 {
            let c = reader::decode_byte(byte, encoding);
            if c != '\u{fffd}' {
                assert_eq!(encode(&c.to_string(), encoding), [byte], "{}", encoding.name());
            }
        }
    }
}

/// Bytes as files have them: text of several encodings, line ends, and noise.
fn any_file() -> impl Strategy<Value = Vec<u8>> {
    let text = "[a-zA-Zéñ“”’ﬁ ,.\r\n\u{0}\u{1b}\u{10348}]{0,40}";
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..60),
        text.prop_map(String::into_bytes),
        text.prop_map(|s| format!("\u{feff}{s}").encode_utf16().flat_map(u16::to_le_bytes).collect()),
        text.prop_map(|s| format!("\u{feff}{s}").encode_utf16().flat_map(u16::to_be_bytes).collect()),
        text.prop_map(|s| WINDOWS_1252_TEXT
            .iter()
            .copied()
            .chain(encoding_rs::WINDOWS_1252.encode(&s).0.into_owned())
            .collect()),
    ]
}

const WINDOWS_1252_TEXT: &[u8] = b"It\x92s a caf\xe9 \x97 and no \x93UTF-8\x94. ";

proptest! {
    #[test]
    fn any_bytes_are_a_document_and_come_back(bytes in any_file()) {
        let document = Document::decode(&bytes[..]);
        prop_assert!(!document.text().contains('\r'));
        prop_assert_eq!(document.write(&EditList::default()).bytes, bytes.clone());
        let length = document.text().len();
        let whole = document.file_span(0..length);
        prop_assert!(length == 0 || whole.end == bytes.len());
    }

    #[test]
    fn an_edit_changes_its_own_bytes_only(bytes in any_file(), at in 0usize..60, n in 0usize..5, new in "[a-zé’\n]{0,4}") {
        let document = Document::decode(&bytes[..]);
        let text = document.text();
        let border = |i: usize| (i.min(text.len())..=text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len());
        let span = border(at)..border(at + n);
        let edits = EditList::new(vec![Edit::new(span.clone(), new.clone())]);
        let file = document.file_span(span);
        let written = document.write(&edits);
        if written.reencoded_for.is_none() {
            prop_assert!(written.bytes.starts_with(&bytes[..file.start]));
            prop_assert!(written.bytes.ends_with(&bytes[file.end..]));
            let middle = &written.bytes[file.start..written.bytes.len() - (bytes.len() - file.end)];
            prop_assert_eq!(middle, encode(&document.in_own_newlines(&new), document.encoding()));
        } else {
            let text = String::from_utf8(written.bytes);
            prop_assert!(text.is_ok());
        }
    }
}
