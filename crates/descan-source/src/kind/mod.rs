//! What a file is, told by its bytes before anything is read from it.

mod binary;
mod markup;
mod refused;

pub use refused::{HEAD, Refused};

/// Why a file is not read, by its first [`HEAD`] bytes; `None` if it may be text or a
/// known format. A shorter slice must be the whole file.
pub fn refused_by_head(head: &[u8]) -> Option<Refused> {
    if is_container(head) {
        return None;
    }
    if let Some(refused) = binary::refused(head) {
        return Some(refused);
    }
    markup::refused(head, head.len() < HEAD)
}

/// Why a whole file is not read; `None` if it is text or a known format.
pub fn refused(bytes: &[u8]) -> Option<Refused> {
    if is_container(bytes) {
        return None;
    }
    binary::refused(&bytes[..bytes.len().min(HEAD)]).or_else(|| markup::refused(bytes, true))
}

/// Whether an archive may be an e-book or a document: the names of its first files, which
/// are not compressed, say so. Reading it tells.
pub(crate) fn is_container(head: &[u8]) -> bool {
    let has = |name: &[u8]| memchr::memmem::find(&head[..head.len().min(HEAD)], name).is_some();
    head.starts_with(b"PK\x03\x04")
        && (has(b"application/epub+zip") || has(b"META-INF/") || has(b"word/") || has(b"[Content_Types].xml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(bytes: &[u8]) -> Option<&'static str> {
        assert_eq!(refused_by_head(bytes).is_some(), refused(bytes).is_some());
        refused(bytes).map(|refused| refused.what())
    }

    #[test]
    fn text_in_any_encoding_is_text() {
        let utf16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        let texts: [Vec<u8>; 12] = [
            b"".to_vec(),
            b"BMW and MZ are names.".to_vec(),
            b"It\x92s caf\xe9 \x97 the sea.\r\n".to_vec(),
            b"page one\x0cpage two\x0c\t \x1b[1mbold\x1b[0m".to_vec(),
            "Москва была тиха.".as_bytes().to_vec(),
            encoding_rs::KOI8_R.encode("Москва была тиха.").0.to_vec(),
            encoding_rs::SHIFT_JIS.encode("吾輩は猫である。名前はまだ無い。").0.to_vec(),
            utf16("\u{feff}Plain."),
            utf16("The mill is still."),
            b"<i>Chapter one.</i> The mill stood still.\n".to_vec(),
            b"< a lone sign, and <illegible> more".to_vec(),
            b"a\x01b".to_vec(),
        ];
        for text in texts {
            assert_eq!(what(&text), None, "{:?}", String::from_utf8_lossy(&text));
        }
    }

    #[test]
    fn other_files_are_named() {
        let cases: [(&[u8], &str); 14] = [
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF"),
            (b"{\\rtf1\\ansi The mill.}", "RTF"),
            (b"%!PS-Adobe-3.0\n%%Pages: 1\n", "PostScript"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01", "an image"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "an image"),
            (b"II*\0\x08\0\0\0\x0e\0\xfe\0\x04\0", "an image"),
            (b"AT&TFORM\0\0\x01\x02DJVU", "a DjVu file"),
            (b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x01\x02", "compressed"),
            (b"PK\x03\x04\x14\0\0\0\x08\0", "compressed"),
            (b"\x7fELF\x02\x01\x01\0\0\0\0\0", "a program"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0", "an old Office document"),
            (b"\0\x01\x02\x03 nothing known", "binary data"),
            (b"<?xml version='1.0'?>\n<rss><channel/></rss>", "unknown mark-up"),
            (b"<svg:svg xmlns:svg=\"x\"><svg:text>A</svg:text></svg:svg>\n", "unknown mark-up"),
        ];
        for (bytes, expected) in cases {
            // Some signatures are looked for in files of some length only.
            let bytes = if bytes.contains(&0) { [bytes, &[0; 600]].concat() } else { bytes.to_vec() };
            assert_eq!(what(&bytes), Some(expected), "{:?}", String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn the_message_says_what_to_do_with_this_file() {
        let refused = refused(b"%PDF-1.4").expect("a PDF");
        assert_eq!(
            refused.to_do("old scans/a.pdf"),
            "extract its text with `pdftotext -layout 'old scans/a.pdf' 'old scans/a.txt'`"
        );
        assert_eq!(refused.to_do("-"), "extract its text with `pdftotext -layout - -`");
    }
}
