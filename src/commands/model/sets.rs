//! Folders of scans with ground truth, and of correct texts.

use std::path::{Path, PathBuf};

use descan_source::Document;

use crate::args::model::SetArg;
use crate::commands::model::files::{cannot, folder};
use crate::error::{CliError, Result};

/// The bytes of a scan and its ground truth text.
pub(crate) struct Scan {
    pub read: Vec<u8>,
    pub printed: String,
}

impl SetArg {
    /// The name of the set in reports.
    pub(crate) fn name(&self) -> String {
        self.dir.file_name().unwrap_or(self.dir.as_os_str()).to_string_lossy().into_owned()
    }

    /// The scans: every NAME.ocr.txt with its NAME.gt.txt.
    pub(crate) fn scans(&self) -> Result<Vec<Scan>> {
        let mut scans = Vec::new();
        for path in self.files(".ocr.txt")? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let truth = path.with_file_name(name.replace(".ocr.txt", ".gt.txt"));
            scans.push(Scan { read: read(&path)?, printed: text(&truth)? });
        }
        Ok(scans)
    }

    /// The correct texts: every .txt file.
    pub(crate) fn texts(&self) -> Result<Vec<String>> {
        self.files(".txt")?.iter().map(|path| text(path)).collect()
    }

    /// Every n-th file with this ending, in order of name, where n is `every`.
    fn files(&self, ending: &str) -> Result<Vec<PathBuf>> {
        let wanted = |path: &PathBuf| path.to_string_lossy().ends_with(ending);
        let files: Vec<PathBuf> =
            folder(&self.dir)?.into_iter().filter(wanted).skip(self.every - 1).step_by(self.every).collect();
        if files.is_empty() {
            return Err(CliError::Usage(format!("{} has no files ending in {ending}", self.dir.display())));
        }
        Ok(files)
    }
}

fn text(path: &Path) -> Result<String> {
    Ok(Document::decode(read(path)?).text().to_owned())
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|e| cannot("read", path, &e))
}
