//! Pages as a scanner leaves them: words, right and misread, with the marks,
//! hyphens, line ends, form feeds and stray bytes that passes look at.

use encoding_rs::WINDOWS_1252;
use proptest::prelude::*;
use proptest::sample::select;

/// Words as they are read: half of them right.
const WORDS: &[&str] = &[
    "the",
    "and",
    "of",
    "a",
    "harbour",
    "she",
    "he",
    "was",
    "said",
    "lantern",
    "not",
    "I",
    "it",
    "had",
    "window",
    "sister",
    "door",
    "down",
    "where",
    "Margaret",
    "Tor-Vall",
    "twenty-five",
    "1871",
    "12",
    "St.",
    "Mr.",
    "p.",
    "don’t",
    "I’m",
    "won't",
    "o’clock",
    "tbe",
    "aud",
    "arid",
    "hlm",
    "wor1d",
    "of\u{fb01}ce",
    "Letme",
    "ofthe",
    "ques tion",
    "I’'m",
    "I\"d",
    "don,t",
    "“Tt",
    "‘‘yes",
    "’tis",
    ",,so",
    "[",
    "haven’t",
    "1?",
    "|’ll",
    "muftled",
    "rnany",
    "Thad",
    "work,’",
    "”",
    "“",
    "\"",
    "'",
    "‘",
    "’",
    "''",
    "—",
    "--",
    "- ",
    "-",
    "_",
    "...",
    ". . .",
    "…",
    "*",
    "* * *",
    "•",
    "caf\u{e9}",
    "cafe\u{301}",
    "na\u{ef}ve",
    "b\u{43e}\u{43e}t",
    "un\u{ad}til",
    "a\u{200b}b",
    "\u{a0}",
    "Ã©",
    "â€™",
    "[sic]",
    "|",
    "||",
    "\\",
    "/",
    "}",
    "{",
    "^",
    "~",
    "§ 4",
    "l23",
    "(see",
    "below)",
    "iv",
    "XIV",
    "£5",
    "1s.",
    "6d.",
    "http://a.b/c",
];

/// What stands between words.
const BETWEEN: &[&str] = &[
    " ",
    " ",
    " ",
    " ",
    " ",
    " ",
    "  ",
    " ,",
    ", ",
    ". ",
    ".",
    " .",
    "; ",
    " !",
    "! ",
    "?",
    "-",
    "-\n",
    "¬\n",
    "\u{2010}\n",
    "\n",
    "\n",
    "\n",
    " \n",
    "\n    ",
    "\n\n",
    "\n\n",
    "\n\n\n\n",
    "\n\u{c}",
    "\n\n\u{c}\n",
    "\u{c}",
    "\t",
    "",
];

/// Whole lines that pages have besides their prose.
const LINES: &[&str] = &[
    "THE KEEPER’S DAUGHTER",
    "CHAPTER II",
    "- 14 -",
    "14",
    "l5",
    "16 THE KEEPER’S DAUGHTER",
    "* * *",
    "    The tide is out,",
    "    the boats are in,",
    "Oats ....... 12   14",
    "Rye  ....... 11   13",
    "$ make install",
    "§",
    "—",
    "1. Of the lamp",
    "* See p. 9.",
];

/// A page or some pages of it.
pub(crate) fn scan() -> impl Strategy<Value = String> {
    let words = prop::collection::vec((select(WORDS), select(BETWEEN)), 1..30);
    let prose = words.prop_map(|words| words.into_iter().flat_map(|(word, between)| [word, between]).collect());
    let line = select(LINES).prop_map(|line| format!("\n{line}\n"));
    let parts = prop_oneof![4 => prose, 1 => line];
    prop::collection::vec(parts, 1..8).prop_map(|parts: Vec<String>| parts.concat())
}

/// The same as a file: in several encodings, with several line ends, and with
/// bytes in it that are no text.
pub(crate) fn scan_file() -> impl Strategy<Value = Vec<u8>> {
    let stray = prop_oneof![3 => Just(None), 1 => (any::<prop::sample::Index>(), any::<[u8; 2]>()).prop_map(Some)];
    (scan(), select(vec!["\n", "\n", "\r\n", "\r"]), 0..6usize, stray).prop_map(|(text, end, kind, stray)| {
        let text = text.replace('\n', end);
        let mut bytes = match kind {
            0 => format!("\u{feff}{text}").into_bytes(),
            1 => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
            2 => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
            3 => WINDOWS_1252.encode(&text).0.into_owned(),
            _ => text.into_bytes(),
        };
        if let Some((at, noise)) = stray {
            let at = at.index(bytes.len() + 1);
            bytes.splice(at..at, noise);
        }
        bytes
    })
}
