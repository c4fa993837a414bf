//! The formats that descan reads: where their text stands.

mod alto;
mod choices;
mod docx;
mod html;
mod page;
mod plain;
#[cfg(test)]
mod scans;
mod source;
mod tei;
#[cfg(test)]
mod tests;
mod title;
mod tsv;
mod words;

pub use crate::markup::Broken;
pub(crate) use source::Source;

/// A format of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// Text and nothing else.
    Plain,
    /// ALTO, the format of libraries.
    Alto,
    /// hOCR, the format of Tesseract and OCRmyPDF.
    Hocr,
    /// PAGE, the format of OCR-D and Transkribus.
    Page,
    /// HTML and XHTML.
    Html,
    /// TEI, the format of editions.
    Tei,
    /// The tables of Tesseract.
    Tsv,
    /// E-books.
    Epub,
    /// The documents of Word.
    Docx,
}

impl FileFormat {
    /// The name used in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            FileFormat::Plain => "text",
            FileFormat::Alto => "alto",
            FileFormat::Hocr => "hocr",
            FileFormat::Page => "page",
            FileFormat::Html => "html",
            FileFormat::Tei => "tei",
            FileFormat::Tsv => "tsv",
            FileFormat::Epub => "epub",
            FileFormat::Docx => "docx",
        }
    }

    /// Whether it is an archive of several files.
    pub fn is_archive(self) -> bool {
        matches!(self, FileFormat::Epub | FileFormat::Docx)
    }

    /// Whether its mark-up can keep the old reading of a place beside the new one.
    pub fn can_keep_originals(self) -> bool {
        matches!(self, FileFormat::Alto | FileFormat::Hocr | FileFormat::Page | FileFormat::Tei)
    }

    /// Whether elements of words can be split and joined.
    pub fn has_word_elements(self) -> bool {
        matches!(self, FileFormat::Alto | FileFormat::Hocr | FileFormat::Page)
    }

    /// Whether the lines are those of a scanned page, each with its place on it.
    pub fn is_page_image(self) -> bool {
        matches!(self, FileFormat::Alto | FileFormat::Hocr | FileFormat::Page | FileFormat::Tsv)
    }
}

/// The source of a format, or of the parts of an archive in it.
pub(crate) fn source(format: FileFormat) -> &'static dyn Source {
    match format {
        FileFormat::Plain => &plain::Plain,
        FileFormat::Alto => &alto::Alto,
        FileFormat::Hocr => &html::Html { is_hocr: true },
        FileFormat::Page => &page::Page,
        FileFormat::Html | FileFormat::Epub => &html::Html { is_hocr: false },
        FileFormat::Docx => &docx::Docx,
        FileFormat::Tei => &tei::Tei,
        FileFormat::Tsv => &tsv::Tsv,
    }
}

/// The format of a decoded file, told by its root element or its first line; plain text
/// if by neither.
pub(crate) fn recognised(file: &str) -> FileFormat {
    if file.starts_with(tsv::HEAD) {
        return FileFormat::Tsv;
    }
    let start = file.trim_start();
    if !start.starts_with('<') {
        return FileFormat::Plain;
    }
    let root = crate::markup::root(start).unwrap_or_default();
    match &*root.to_ascii_lowercase() {
        "alto" => FileFormat::Alto,
        "pcgts" => FileFormat::Page,
        "tei" | "tei.2" => FileFormat::Tei,
        "html" if html::is_hocr(file) => FileFormat::Hocr,
        "html" => FileFormat::Html,
        _ => FileFormat::Plain,
    }
}
