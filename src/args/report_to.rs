//! The value of `--report`: a format and where the report goes.

use std::path::PathBuf;

use descan_report::Format;

/// A report and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReportTo {
    pub format: Format,
    /// `None` is standard output.
    pub file: Option<PathBuf>,
}

impl ReportTo {
    /// Reads `FORMAT` or `FORMAT=FILE`; a FILE of `-` is standard output.
    pub(crate) fn parse(text: &str) -> Result<ReportTo, String> {
        let (name, file) = text.split_once('=').map_or((text, None), |(name, file)| (name, Some(file)));
        let Some(format) = Format::parse(name) else {
            return Err(format!("unknown format {name:?}; use {}", Format::ALL.map(Format::name).join(", ")));
        };
        match file {
            Some("") => Err("the file name after = is missing".to_owned()),
            Some("-") | None => Ok(ReportTo { format, file: None }),
            Some(file) => Ok(ReportTo { format, file: Some(PathBuf::from(file)) }),
        }
    }
}
