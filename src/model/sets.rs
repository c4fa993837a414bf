//! Folders of scans with their truth, and of right texts.

use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use descan_source::Document;

use super::{cannot, folder};
use crate::exit::{Result, Stop};

/// A folder, how many times its texts count, and how many of them are read:
/// `DIR`, `DIR=WEIGHT` or `DIR=WEIGHT/EVERY`.
#[derive(Clone, Debug, PartialEq)]
pub struct SetArg {
    pub dir: PathBuf,
    pub weight: f64,
    pub every: usize,
}

impl FromStr for SetArg {
    type Err = Infallible;

    /// What is behind the last `=` is the folder's name if it is no number.
    fn from_str(text: &str) -> std::result::Result<SetArg, Infallible> {
        let numbers = |text: &str| {
            let (weight, every) = text.split_once('/').unwrap_or((text, "1"));
            let weight = weight.parse().ok().filter(|w: &f64| w.is_finite() && *w > 0.0)?;
            let every = every.parse().ok().filter(|every| *every > 0)?;
            Some((weight, every))
        };
        let parts = text.rsplit_once('=').and_then(|(dir, behind)| Some((dir, numbers(behind)?)));
        let (dir, (weight, every)) = parts.unwrap_or((text, (1.0, 1)));
        Ok(SetArg { dir: dir.into(), weight, every })
    }
}

/// The bytes of a scan and the text of its truth.
pub struct Scan {
    pub read: Vec<u8>,
    pub printed: String,
}

impl SetArg {
    /// What reports call the set.
    pub fn name(&self) -> String {
        self.dir.file_name().unwrap_or(self.dir.as_os_str()).to_string_lossy().into_owned()
    }

    /// The scans: every NAME.ocr.txt with its NAME.gt.txt.
    pub fn scans(&self) -> Result<Vec<Scan>> {
        let mut scans = Vec::new();
        for path in self.files(".ocr.txt")? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let truth = path.with_file_name(name.replace(".ocr.txt", ".gt.txt"));
            scans.push(Scan { read: read(&path)?, printed: text(&truth)? });
        }
        Ok(scans)
    }

    /// The right texts: every .txt.
    pub fn texts(&self) -> Result<Vec<String>> {
        self.files(".txt")?.iter().map(|path| text(path)).collect()
    }

    /// Every so many-th file of that ending, by name.
    fn files(&self, ending: &str) -> Result<Vec<PathBuf>> {
        let wanted = |path: &PathBuf| path.to_string_lossy().ends_with(ending);
        let files: Vec<PathBuf> =
            folder(&self.dir)?.into_iter().filter(wanted).skip(self.every - 1).step_by(self.every).collect();
        if files.is_empty() {
            return Err(Stop::Usage(format!("{} has no files ending in {ending}", self.dir.display())));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_and_samples() {
        let set = |text: &str| text.parse::<SetArg>().map(|s| (s.dir.display().to_string(), s.weight, s.every));
        assert_eq!(set("news"), Ok(("news".into(), 1.0, 1)));
        assert_eq!(set("a/news=4"), Ok(("a/news".into(), 4.0, 1)));
        assert_eq!(set("news=0.5/4"), Ok(("news".into(), 0.5, 4)));
        assert_eq!(set("year=old"), Ok(("year=old".into(), 1.0, 1)));
        assert_eq!(set("year=1/0"), Ok(("year=1/0".into(), 1.0, 1)));
    }
}
