//! Files of all formats.

use std::borrow::Cow;

use descan_source::Document;
use descan_source::kind::refused;

/// Why a file cannot be read, as one sentence that begins with its name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
#[non_exhaustive]
pub struct NotText(String);

/// The document in the bytes of a file: a text in whatever encoding, or a format with
/// mark-up, told by its content. `name` is for messages.
///
/// ```
/// use descan::Cleaner;
///
/// let cleaner = Cleaner::builder().build()?;
/// let page = "<alto><String CONTENT='oﬃcer'/></alto>";
/// let document = descan::open("page.xml", page.as_bytes())?;
/// let outcome = cleaner.clean_document(&document);
/// assert_eq!(document.write(&outcome.edits).bytes, b"<alto><String CONTENT='officer'/></alto>");
///
/// let error = descan::open("page.pdf", &b"%PDF-1.7"[..]).unwrap_err();
/// assert!(error.to_string().starts_with("page.pdf is a PDF, not text: extract its text with `pdftotext"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The file is not text, or its mark-up is broken.
pub fn open<'b>(name: &str, bytes: impl Into<Cow<'b, [u8]>>) -> Result<Document<'b>, NotText> {
    let bytes = bytes.into();
    if let Some(refused) = refused(&bytes) {
        return Err(NotText(format!("{name} is {}, not text: {}", refused.what(), refused.to_do(name))));
    }
    Document::open(bytes).map_err(|broken| NotText(format!("{name} {broken}")))
}
