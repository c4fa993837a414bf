//! Guesses the encoding of a file without a byte order mark.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// UTF-8 where the bytes are, or nearly are; UTF-16 where every second byte is
/// zero; else what `chardetng` makes of them, as long as that is an encoding of
/// one byte a character: nothing else can be told from noise in a short English
/// text.
pub(crate) fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    if let Some(utf16) = utf16_of(bytes) {
        return utf16;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut good = 0usize;
    let mut bad = 0usize;
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good >= bad {
        return UTF_8;
    }
    if bytes.iter().all(|&byte| byte.is_ascii() || is_sign(byte)) {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    if guess.is_single_byte() { guess } else { WINDOWS_1252 }
}

/// Whether a byte that is no ASCII is a mark, a sign or a space in Windows-1252:
/// quotes, dashes, `£`. No alphabet of another encoding has its letters in these
/// places alone, so that a text with no others is English with curly quotes,
/// however few they are for `chardetng` to go by.
fn is_sign(byte: u8) -> bool {
    !super::reader::decode_byte(byte, WINDOWS_1252).is_alphabetic()
}

/// Whether the first bytes of a file are those of UTF-16, with or without a
/// byte order mark.
pub fn is_utf16(head: &[u8]) -> bool {
    let utf16 = |e: &Encoding| e == UTF_16LE || e == UTF_16BE;
    Encoding::for_bom(head).map(|(e, _)| e).or_else(|| utf16_of(head)).is_some_and(utf16)
}

/// UTF-16 without a mark, told by its zeros: in English nearly every unit has
/// one, and always on the same side.
fn utf16_of(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024) & !1];
    if !head.contains(&0) || head.len() < 8 {
        return None;
    }
    let zeros = |side: usize| head.iter().skip(side).step_by(2).filter(|&&b| b == 0).count();
    let most = head.len() / 2 * 4 / 5;
    match (zeros(0), zeros(1)) {
        (0, low) if low >= most => Some(UTF_16LE),
        (high, 0) if high >= most => Some(UTF_16BE),
        _ => None,
    }
}
