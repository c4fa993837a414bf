//! The texts of the measurements, put together for each.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempDir};

use crate::measure::project::root;

/// Texts of one kind.
pub(super) struct Texts {
    /// Their name in the table.
    pub name: &'static str,
    /// The contents of the files, sorted by name.
    pub files: Vec<Vec<u8>>,
}

/// The kinds of texts available: those of the corpus, or else the fixtures.
pub(super) fn all() -> Vec<Texts> {
    let corpus = root().join("../shared/corpus");
    if corpus.is_dir() {
        let right = |name: &str| name.ends_with(".txt") && !name.starts_with("hard-");
        let scan = |name: &str| name.ends_with(".ocr.txt");
        return vec![
            read("right text", &corpus.join("clean"), right),
            read("scans", &corpus.join("scans"), scan),
            read("news", &corpus.join("news"), scan),
        ];
    }
    fixtures()
}

/// The texts written for the project, right and as scanned.
pub(super) fn fixtures() -> Vec<Texts> {
    let folder = root().join("fixtures");
    vec![
        read("right text", &folder, |name| name.ends_with(".clean.txt")),
        read("scans", &folder, |name| name.ends_with(".scan.txt")),
    ]
}

fn read(name: &'static str, folder: &Path, wanted: impl Fn(&str) -> bool) -> Texts {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    paths.retain(|p| wanted(&p.file_name().unwrap_or_default().to_string_lossy()));
    paths.sort();
    let files: Vec<Vec<u8>> = paths.iter().filter_map(|p| fs::read(p).ok()).filter(|f| !f.is_empty()).collect();
    assert!(!files.is_empty(), "{}: no texts", folder.display());
    Texts { name, files }
}

impl Texts {
    /// The files one after the other, from the first again if needed, up to `size`
    /// bytes.
    pub(super) fn bytes(&self, size: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(size);
        for file in self.files.iter().cycle() {
            let left = size - bytes.len();
            bytes.extend(&file[..file.len().min(left)]);
            if bytes.len() == size {
                break;
            }
        }
        bytes
    }

    /// A file with these [`bytes`](Texts::bytes).
    pub(super) fn file(&self, size: usize) -> NamedTempFile {
        file(&self.bytes(size))
    }

    /// A folder of `count` files of `size` bytes each, cut from the texts.
    pub(super) fn folder(&self, count: usize, size: usize) -> TempDir {
        let folder = TempDir::new().expect("a new folder");
        let all = self.files.concat();
        for index in 0..count {
            // The step rarely shares a divisor with the length, so that the files differ.
            let start = index * 4_099 % all.len().saturating_sub(size).max(1);
            let part = &all[start..(start + size).min(all.len())];
            // A thousand files in each folder, as in an archive.
            let shelf = folder.path().join(format!("{:03}", index / 1000));
            if index % 1000 == 0 {
                fs::create_dir(&shelf).expect("the folder is new");
            }
            fs::write(shelf.join(format!("{index:06}.txt")), part).expect("the file is new");
        }
        folder
    }
}

/// A file that holds these bytes.
pub(super) fn file(bytes: &[u8]) -> NamedTempFile {
    let file = tempfile::Builder::new().suffix(".txt").tempfile().expect("a new file");
    fs::write(file.path(), bytes).expect("the file is new");
    file
}
