//! Where each input's output lands below an output folder.

use std::ffi::OsStr;
use std::hash::BuildHasher as _;
use std::path::{Path, PathBuf};

use rustc_hash::FxBuildHasher;

use crate::display::shown;
use crate::error::{Result, usage};
use crate::inputs::list::{Input, Inputs, Source};

/// The ledger's name in an output folder.
pub(crate) const LEDGER: &str = "ledger.jsonl";
/// The folder in an output folder for what a run has not finished.
pub(crate) const WORK: &str = ".descan";

const DIFF: &str = ".diff";

/// The diff's path for a text's path: the name with `.diff` behind it.
pub(crate) fn diff_path(landing: &Path) -> PathBuf {
    let mut name = landing.as_os_str().to_owned();
    name.push(DIFF);
    PathBuf::from(name)
}

/// Makes sure that no two outputs land on one path, none on an input, and none
/// behind a link.
///
/// # Errors
/// One sentence that names the two.
pub(crate) fn check(dir: &Path, inputs: &Inputs) -> Result<()> {
    let landings = Landings::new(dir, inputs);
    let mut last_folder = None;
    for index in 0..inputs.len() {
        landings.check_name(index)?;
        // Most files share their folder with the one before.
        let folder = inputs.get(index).landing.parent().map(Path::to_owned);
        if folder != last_folder {
            landings.check_folders(index)?;
            last_folder = folder;
        }
    }
    let Ok(real) = dir.canonicalize() else { return Ok(()) };
    let mut last_parent: Option<(PathBuf, PathBuf)> = None;
    for input in inputs.iter() {
        if let Some(path) = real_path(&input, &mut last_parent) {
            landings.check_source(&real, &path)?;
        }
    }
    Ok(())
}

/// The landings of all inputs, sorted by their hashes: 16 bytes for each.
struct Landings<'i> {
    dir: &'i Path,
    inputs: &'i Inputs,
    order: Vec<(u64, usize)>,
}

impl<'i> Landings<'i> {
    fn new(dir: &'i Path, inputs: &'i Inputs) -> Landings<'i> {
        let mut order: Vec<_> = (0..inputs.len()).map(|i| (FxBuildHasher.hash_one(inputs.landing(i)), i)).collect();
        order.sort_unstable();
        Landings { dir, inputs, order }
    }

    /// The first input that writes this path: its text, or the diff beside it.
    fn writer(&self, path: &[u8]) -> Option<usize> {
        self.text(path).or_else(|| self.text(path.strip_suffix(DIFF.as_bytes())?))
    }

    fn text(&self, path: &[u8]) -> Option<usize> {
        let hash = FxBuildHasher.hash_one(path);
        let alike = &self.order[self.order.partition_point(|&(h, _)| h < hash)..];
        alike.iter().take_while(|&&(h, _)| h == hash).map(|&(_, i)| i).find(|&i| self.inputs.landing(i) == path)
    }

    /// No other output has this one's name.
    fn check_name(&self, index: usize) -> Result<()> {
        let landing = self.inputs.landing(index);
        let owner = if landing == LEDGER.as_bytes() {
            "the run's ledger".to_owned()
        } else if landing == WORK.as_bytes() {
            "the run itself".to_owned()
        } else {
            let diff = landing.strip_suffix(DIFF.as_bytes()).and_then(|text| self.text(text));
            match diff.or_else(|| self.text(landing).filter(|&first| first != index)) {
                Some(other) => shown(self.inputs.get(other).path()),
                None => return Ok(()),
            }
        };
        let input = self.inputs.get(index);
        usage(format!(
            "{owner} and {} would both write {}; clean them in two runs with different --out-dir",
            shown(input.path()),
            shown(&self.dir.join(&input.landing)),
        ))
    }

    /// No file is needed as a folder, and no folder is a link: through one the
    /// output would land elsewhere, on an input perhaps.
    fn check_folders(&self, index: usize) -> Result<()> {
        let input = self.inputs.get(index);
        for above in input.landing.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty()) {
            let path = self.dir.join(above);
            let bytes = above.as_os_str().as_encoded_bytes();
            let owner = match self.writer(bytes) {
                Some(other) => shown(self.inputs.get(other).path()),
                None if bytes == LEDGER.as_bytes() => "the run's ledger".to_owned(),
                None if path.is_symlink() => {
                    return usage(format!(
                        "{} is a link, and an output folder must hold its own folders; name another --out-dir",
                        shown(&path)
                    ));
                }
                None => continue,
            };
            return usage(format!(
                "{} needs {} as a folder, and {owner} as a file; clean them in two runs with different --out-dir",
                shown(input.path()),
                shown(&path),
            ));
        }
        Ok(())
    }

    /// An input, by its real path, is no output.
    fn check_source(&self, real: &Path, path: &Path) -> Result<()> {
        let Ok(below) = path.strip_prefix(real) else { return Ok(()) };
        let bytes = below.as_os_str().as_encoded_bytes();
        if self.writer(bytes).is_some() || bytes == LEDGER.as_bytes() || below.starts_with(WORK) {
            return usage(format!(
                "--out-dir would overwrite the input {}; name another folder, or replace inputs with --write",
                shown(path)
            ));
        }
        Ok(())
    }
}

/// The real path of an input. `last` remembers that of the folder before.
fn real_path(input: &Input, last: &mut Option<(PathBuf, PathBuf)>) -> Option<PathBuf> {
    let Source::File(path) = &input.source else { return None };
    // Only what was named may be a link, and lands by its own name.
    if input.landing.parent().is_some_and(|p| p.as_os_str().is_empty()) && path.is_symlink() {
        return path.canonicalize().ok();
    }
    let parent = path.parent().filter(|p| *p != OsStr::new("")).unwrap_or(Path::new("."));
    let real = match last {
        Some((known, real)) if known == parent => real.clone(),
        _ => {
            let real = parent.canonicalize().ok()?;
            *last = Some((parent.to_owned(), real.clone()));
            real
        }
    };
    Some(real.join(path.file_name()?))
}
