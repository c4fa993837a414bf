//! Decodes right text wrongly, in the usual ways, and remembers what it was.

use std::ops::Range;

use descan_core::passes::encoding::code_page::CodePage;

/// A wrong way to decode a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// UTF-8 read as a code page, this many times in a row.
    Utf8(&'static str, usize),
    /// UTF-8 read as Windows-1252, but only in every nth line.
    SomeLines(usize),
    /// UTF-8 read as Windows-1252, without the bytes that it does not define.
    LostBytes,
    /// UTF-8 read as Windows-1252, with a plain space for each no-break space.
    SwallowedSpace,
    /// A text in the first code page, read as the second.
    Legacy(&'static str, &'static str),
}

/// All ways, with their names in the table.
pub const WAYS: [(&str, Way); 15] = [
    ("UTF-8 as Windows-1252", Way::Utf8("Windows-1252", 1)),
    ("UTF-8 as Latin-1", Way::Utf8("Latin-1", 1)),
    ("UTF-8 as code page 850", Way::Utf8("code page 850", 1)),
    ("UTF-8 as code page 437", Way::Utf8("code page 437", 1)),
    ("UTF-8 as Mac Roman", Way::Utf8("Mac Roman", 1)),
    ("UTF-8 as Windows-1250", Way::Utf8("Windows-1250", 1)),
    ("UTF-8 as Windows-1252, twice", Way::Utf8("Windows-1252", 2)),
    ("UTF-8 as Windows-1252, three times", Way::Utf8("Windows-1252", 3)),
    ("the same in every third line only", Way::SomeLines(3)),
    ("the same, undefined bytes lost", Way::LostBytes),
    ("the same, no-break space swallowed", Way::SwallowedSpace),
    ("Windows-1252 as Latin-1", Way::Legacy("Windows-1252", "Latin-1")),
    ("Windows-1252 as Mac Roman", Way::Legacy("Windows-1252", "Mac Roman")),
    ("Mac Roman as Windows-1252", Way::Legacy("Mac Roman", "Windows-1252")),
    ("Windows-1252 as code page 850", Way::Legacy("Windows-1252", "code page 850")),
];

/// A wrongly decoded text.
pub struct Misread {
    /// The text as it was decoded.
    pub text: String,
    /// The bytes of `text` that each misread character became, and that
    /// character. The range is empty if the character is lost.
    pub was: Vec<(Range<usize>, char)>,
    /// Whether anything is lost, so that no program can restore the whole text.
    pub lossy: bool,
}

impl Misread {
    /// Decodes `text` wrongly.
    pub fn of(text: &str, way: Way) -> Misread {
        let mut misread = Misread { text: String::with_capacity(text.len() * 2), was: Vec::new(), lossy: false };
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let sound = matches!(way, Way::SomeLines(every) if index % every != 0);
            for c in line.chars() {
                let read = if c.is_ascii() || sound { None } else { misread.read(c, way) };
                let start = misread.text.len();
                match read {
                    Some(read) => {
                        misread.text.push_str(&read);
                        misread.was.push((start..misread.text.len(), c));
                    }
                    None => misread.text.push(c),
                }
            }
        }
        misread
    }

    /// The misreading of a character outside ASCII; none if it stays as it is.
    fn read(&mut self, c: char, way: Way) -> Option<String> {
        let utf8 = |c: char, page: &str| -> String {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes).bytes().map(|byte| decode(byte, page)).collect()
        };
        match way {
            Way::Utf8(page, times) => {
                let mut read = c.to_string();
                for _ in 0..times {
                    read = read.chars().map(|c| if c.is_ascii() { c.to_string() } else { utf8(c, page) }).collect();
                }
                Some(read)
            }
            Way::SomeLines(_) => Some(utf8(c, "Windows-1252")),
            Way::LostBytes => {
                let whole = utf8(c, "Windows-1252");
                let kept: String = whole.chars().filter(|c| !('\u{80}'..='\u{9f}').contains(c)).collect();
                self.lossy |= kept != whole;
                Some(kept)
            }
            Way::SwallowedSpace => {
                let whole = utf8(c, "Windows-1252");
                self.lossy |= whole.contains('\u{a0}');
                Some(whole.replace('\u{a0}', " "))
            }
            Way::Legacy(meant, read) => {
                // Such a text cannot contain what the first code page lacks.
                Some(decode(page(meant).byte(c)?, read).to_string())
            }
        }
    }
}

/// `text` without the characters that the code page of the text lacks.
pub fn within(text: &str, way: Way) -> String {
    match way {
        Way::Legacy(meant, _) => text.chars().filter(|c| c.is_ascii() || page(meant).byte(*c).is_some()).collect(),
        _ => text.to_owned(),
    }
}

fn page(name: &str) -> &'static CodePage {
    CodePage::all().iter().find(|page| page.name == name).expect("the code page exists")
}

fn decode(byte: u8, name: &str) -> char {
    if byte.is_ascii() { char::from(byte) } else { page(name).decode(byte).unwrap_or(char::from(byte)) }
}
