//! Why a file is not read, in words.

use std::borrow::Cow;

/// So many bytes of a file tell whether it is text.
pub const HEAD: usize = 8192;

/// A file that is not read, and what to do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused(pub(super) What);

/// Kinds of files that are not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Pdf,
    Rtf,
    PostScript,
    DjVu,
    Image,
    Sound,
    Compressed,
    OldOffice,
    Office,
    Ebook,
    Program,
    Binary,
    Markup,
}

impl Refused {
    /// What the file is, with its article: `a PDF`.
    pub fn what(self) -> &'static str {
        match self.0 {
            What::Pdf => "a PDF",
            What::Rtf => "RTF",
            What::PostScript => "PostScript",
            What::DjVu => "a DjVu file",
            What::Image => "an image",
            What::Sound => "a recording",
            What::Compressed => "compressed",
            What::OldOffice => "an old Office document",
            What::Office => "an Office document",
            What::Ebook => "an e-book",
            What::Program => "a program",
            What::Binary => "binary data",
            What::Markup => "unknown mark-up",
        }
    }

    /// What to do with the file at `path` (`-` for the standard input), as part of a sentence.
    pub fn to_do(self, path: &str) -> String {
        let other = |suffix: &str| quoted(&with_suffix(path, suffix)).into_owned();
        let file = quoted(path);
        match self.0 {
            What::Pdf => format!("extract its text with `pdftotext -layout {file} {}`", other(".txt")),
            What::PostScript => format!("extract its text with `ps2ascii {file} {}`", other(".txt")),
            What::DjVu => format!("extract its text with `djvutxt {file} {}`", other(".txt")),
            What::Rtf | What::OldOffice => format!("save it as DOCX with `soffice --convert-to docx {file}`"),
            What::Office => format!("save its text with `soffice --convert-to txt:Text {file}`"),
            What::Ebook => format!("save it as EPUB with `ebook-convert {file} {}`", other(".epub")),
            What::Image => format!("read its text with an OCR engine, such as `tesseract {file} {} hocr`", other("")),
            What::Compressed => "unpack it and name what is inside".to_owned(),
            What::Sound | What::Program | What::Binary => "name a text instead".to_owned(),
            What::Markup => "convert it to plain text, or to one of the formats in docs/formats.md".to_owned(),
        }
    }
}

/// The path with another suffix, `-` where the output is to be the standard output.
fn with_suffix(path: &str, suffix: &str) -> String {
    if path == "-" {
        return path.to_owned();
    }
    let name = path.rfind(['/', '\\']).map_or(0, |i| i + 1);
    let stem = path[name..].rfind('.').filter(|&i| i > 0).map_or(path, |i| &path[..name + i]);
    format!("{stem}{suffix}")
}

/// The path as a shell takes it.
fn quoted(path: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_alphanumeric() || "-_./+,:@%".contains(c);
    if !path.is_empty() && path.chars().all(plain) {
        return Cow::Borrowed(path);
    }
    Cow::Owned(format!("'{}'", path.replace('\'', r"'\''")))
}
