//! Single-byte code pages in reverse: from a character to its byte.

use std::sync::OnceLock;

use encoding_rs::Encoding;

/// A code page in which UTF-8 gets misread.
#[derive(Debug)]
pub struct CodePage {
    /// The name for reasons.
    pub name: &'static str,
    /// Whether its upper half is mostly letters of another script, so that real
    /// text of that script must be told from mojibake.
    pub other_script: bool,
    /// The character of each byte from 0x80.
    upper: [char; 128],
    /// The same by character.
    bytes: Vec<(char, u8)>,
}

/// The upper half of the IBM PC's code page 437 (Unicode's CP437.TXT).
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■";
/// The upper half of code page 850 (Unicode's CP850.TXT), with the soft hyphen
/// of 0xF0 and the no-break space of 0xFF put in by code.
const CP850: &str =
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´";
const CP850_END: &str = "±‗¾¶§÷¸°¨·¹³²■";

impl CodePage {
    /// All code pages looked for, the usual ones first.
    pub fn all() -> &'static [CodePage] {
        static ALL: OnceLock<Vec<CodePage>> = OnceLock::new();
        ALL.get_or_init(|| {
            let dos = |letters: &str, end: &str, extra: &[char]| -> Vec<char> {
                letters.chars().chain(extra.iter().copied()).chain(end.chars()).chain(['\u{a0}']).collect()
            };
            vec![
                CodePage::of("Windows-1252", encoding_rs::WINDOWS_1252, false),
                CodePage::new("Latin-1", (0x80..=0xff_u8).map(char::from).collect(), false),
                CodePage::new("Mac Roman", encoding_chars(encoding_rs::MACINTOSH), false),
                CodePage::new("code page 437", dos(CP437, "", &[]), false),
                CodePage::new("code page 850", dos(CP850, CP850_END, &['\u{ad}']), false),
                CodePage::of("Windows-1250", encoding_rs::WINDOWS_1250, false),
                CodePage::of("Windows-1254", encoding_rs::WINDOWS_1254, false),
                CodePage::of("Windows-1257", encoding_rs::WINDOWS_1257, false),
                CodePage::of("ISO 8859-2", encoding_rs::ISO_8859_2, false),
                CodePage::of("ISO 8859-15", encoding_rs::ISO_8859_15, false),
                CodePage::of("Windows-1251", encoding_rs::WINDOWS_1251, true),
                CodePage::of("Windows-1253", encoding_rs::WINDOWS_1253, true),
                CodePage::of("KOI8-R", encoding_rs::KOI8_R, true),
                CodePage::of("code page 866", encoding_rs::IBM866, true),
            ]
        })
    }

    /// Windows-1252.
    pub fn windows_1252() -> &'static CodePage {
        &CodePage::all()[0]
    }

    /// The character of a byte from 0x80.
    pub fn decode(&self, byte: u8) -> Option<char> {
        self.upper.get(usize::from(byte).checked_sub(0x80)?).copied()
    }

    /// The byte of a character outside ASCII.
    pub fn byte(&self, c: char) -> Option<u8> {
        let index = self.bytes.binary_search_by_key(&c, |&(c, _)| c).ok()?;
        Some(self.bytes[index].1)
    }

    fn of(name: &'static str, encoding: &'static Encoding, other_script: bool) -> CodePage {
        CodePage::new(name, encoding_chars(encoding), other_script)
    }

    fn new(name: &'static str, chars: Vec<char>, other_script: bool) -> CodePage {
        let mut upper = ['\u{fffd}'; 128];
        for ((slot, c), byte) in upper.iter_mut().zip(chars).zip(0x80_u8..=0xff) {
            // What a code page leaves undefined comes through as in Latin-1.
            *slot = if c == '\u{fffd}' { char::from(byte) } else { c };
        }
        let mut bytes: Vec<(char, u8)> = upper.iter().copied().zip(0x80..=0xff).collect();
        bytes.sort_unstable();
        CodePage { name, other_script, upper, bytes }
    }
}

fn encoding_chars(encoding: &'static Encoding) -> Vec<char> {
    (0x80..=0xff_u8)
        .map(|byte| {
            let bytes = [byte];
            let text = encoding.decode_without_bom_handling(&bytes).0;
            text.chars().next().unwrap_or('\u{fffd}')
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_full_length() {
        assert_eq!(CP437.chars().count(), 127);
        assert_eq!(CP850.chars().count() + 1 + CP850_END.chars().count(), 127);
        for page in CodePage::all() {
            assert!(page.bytes.len() >= 96, "{} has {} characters", page.name, page.bytes.len());
        }
    }
}
