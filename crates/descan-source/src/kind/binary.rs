//! Files that are not text at all, or text in the service of a program.

use infer::MatcherType;

use super::refused::{Refused, What};

/// Control characters that texts of old programs hold: backspace to carriage return,
/// the end-of-file mark of CP/M and DOS, and the escape of terminals.
const IN_TEXTS: [u8; 8] = [0x08, b'\t', b'\n', 0x0b, 0x0c, b'\r', 0x1a, 0x1b];

/// Other control characters are as rare as this in texts. A tenth of compressed data
/// are some.
const RARE: usize = 30;

/// A NUL is as rare as this in texts: a file with a few stray ones is one.
const VERY_RARE: usize = 10;

/// So few say nothing.
const FEW: usize = 3;

/// Why a file with this head is not read.
pub(super) fn refused(head: &[u8]) -> Option<Refused> {
    let body = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let signed = [(&b"%PDF-"[..], What::Pdf), (b"{\\rtf", What::Rtf), (b"%!PS-", What::PostScript)];
    for (mark, what) in signed {
        if body.starts_with(mark) {
            return Some(Refused(what));
        }
    }
    if !is_binary(head) {
        return None;
    }
    // Signatures of two or three letters begin texts too, so they only name what is binary.
    for (signature, what) in [(&b"AT&TFORM"[..], What::DjVu), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", What::OldOffice)] {
        if head.starts_with(signature) {
            return Some(Refused(what));
        }
    }
    let kind = infer::get(head);
    Some(Refused(match kind.map(|kind| (kind.matcher_type(), kind.mime_type())) {
        Some((_, "application/vnd.oasis.opendocument.text")) => What::Office,
        Some((MatcherType::Image, _)) => What::Image,
        Some((MatcherType::Audio | MatcherType::Video, _)) => What::Sound,
        Some((MatcherType::Archive, _)) => What::Compressed,
        Some((MatcherType::Book, _)) => What::Ebook,
        Some((MatcherType::Doc, _)) => What::Office,
        Some((MatcherType::App, _)) => What::Program,
        _ => What::Binary,
    }))
}

fn is_binary(head: &[u8]) -> bool {
    if crate::guess::is_utf16(head) {
        let text = crate::Document::decode(head);
        let strange = text.text().chars().filter(|c| is_strange(*c)).count();
        return strange > FEW && strange * RARE > text.text().chars().count();
    }
    let controls = head.iter().filter(|&&b| b != 0 && b < 0x20 && !IN_TEXTS.contains(&b)).count();
    let nuls = head.iter().filter(|&&b| b == 0).count();
    nuls * VERY_RARE > head.len() || controls > FEW && controls * RARE > head.len()
}

/// Whether a character of UTF-16 is one that no text has: bytes that are no text give many.
fn is_strange(c: char) -> bool {
    let control = c.is_control() && u8::try_from(c).is_ok_and(|b| !IN_TEXTS.contains(&b));
    control || c == '\u{fffd}' || matches!(u32::from(c), 0xe000..=0xf8ff | 0xfff0..=0xffff)
}
