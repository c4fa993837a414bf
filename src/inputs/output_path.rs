//! Where each input's output goes in an output folder.

use std::ffi::OsStr;
use std::hash::BuildHasher as _;
use std::path::{Path, PathBuf};

use rustc_hash::FxBuildHasher;

use crate::display::shown;
use crate::error::{Result, usage};
use crate::inputs::list::{Input, Inputs, Source};

/// The ledger's name in an output folder.
pub(crate) const LEDGER: &str = "ledger.jsonl";
/// The folder in an output folder for unfinished files.
pub(crate) const WORK: &str = ".descan";

const DIFF: &str = ".diff";

/// The path of a text's diff: the text's path with `.diff` appended.
pub(crate) fn diff_path(output_path: &Path) -> PathBuf {
    let mut name = output_path.as_os_str().to_owned();
    name.push(DIFF);
    PathBuf::from(name)
}

/// Checks that no two outputs have the same path, that none would overwrite an
/// input, and that none would be written through a symbolic link.
///
/// # Errors
/// One sentence that names both paths.
pub(crate) fn check(dir: &Path, inputs: &Inputs) -> Result<()> {
    let outputs = OutputPaths::new(dir, inputs);
    let mut last_folder = None;
    for index in 0..inputs.len() {
        outputs.check_name(index)?;
        // Most files share their folder with the one before.
        let folder = inputs.get(index).output_path.parent().map(Path::to_owned);
        if folder != last_folder {
            outputs.check_folders(index)?;
            last_folder = folder;
        }
    }
    let Ok(real) = dir.canonicalize() else { return Ok(()) };
    let mut last_parent: Option<(PathBuf, PathBuf)> = None;
    for input in inputs.iter() {
        if let Some(path) = real_path(&input, &mut last_parent) {
            outputs.check_source(&real, &path)?;
        }
    }
    Ok(())
}

/// The output paths of all inputs, sorted by hash: 16 bytes for each.
struct OutputPaths<'i> {
    dir: &'i Path,
    inputs: &'i Inputs,
    order: Vec<(u64, usize)>,
}

impl<'i> OutputPaths<'i> {
    fn new(dir: &'i Path, inputs: &'i Inputs) -> OutputPaths<'i> {
        let mut order: Vec<_> = (0..inputs.len()).map(|i| (FxBuildHasher.hash_one(inputs.output_path(i)), i)).collect();
        order.sort_unstable();
        OutputPaths { dir, inputs, order }
    }

    /// The first input that writes to this path, either its text or its diff.
    fn writer(&self, path: &[u8]) -> Option<usize> {
        self.text(path).or_else(|| self.text(path.strip_suffix(DIFF.as_bytes())?))
    }

    fn text(&self, path: &[u8]) -> Option<usize> {
        let hash = FxBuildHasher.hash_one(path);
        let alike = &self.order[self.order.partition_point(|&(h, _)| h < hash)..];
        alike.iter().take_while(|&&(h, _)| h == hash).map(|&(_, i)| i).find(|&i| *self.inputs.output_path(i) == *path)
    }

    /// Checks that no other output has the same path.
    fn check_name(&self, index: usize) -> Result<()> {
        let output_path = self.inputs.output_path(index);
        let owner = if *output_path == *LEDGER.as_bytes() {
            "the run's ledger".to_owned()
        } else if *output_path == *WORK.as_bytes() {
            "the run itself".to_owned()
        } else {
            let diff = output_path.strip_suffix(DIFF.as_bytes()).and_then(|text| self.text(text));
            match diff.or_else(|| self.text(&output_path).filter(|&first| first != index)) {
                Some(other) => shown(self.inputs.get(other).path()),
                None => return Ok(()),
            }
        };
        let input = self.inputs.get(index);
        usage(format!(
            "{owner} and {} would both be written to {}; clean them in two runs with different --out-dir",
            shown(input.path()),
            shown(&self.dir.join(&input.output_path)),
        ))
    }

    /// Checks that no output file is also needed as a folder, and that no folder is
    /// a symbolic link: the output would be written elsewhere, perhaps over an input.
    fn check_folders(&self, index: usize) -> Result<()> {
        let input = self.inputs.get(index);
        for above in input.output_path.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty()) {
            let path = self.dir.join(above);
            let bytes = above.as_os_str().as_encoded_bytes();
            let owner = match self.writer(bytes) {
                Some(other) => shown(self.inputs.get(other).path()),
                None if bytes == LEDGER.as_bytes() => "the run's ledger".to_owned(),
                None if path.is_symlink() => {
                    return usage(format!(
                        "{} is a symbolic link, and the output would be written elsewhere; choose another --out-dir",
                        shown(&path)
                    ));
                }
                None => continue,
            };
            return usage(format!(
                "{} needs {} to be a folder, but {owner} needs it to be a file; clean them in two runs with different --out-dir",
                shown(input.path()),
                shown(&path),
            ));
        }
        Ok(())
    }

    /// Checks that an input, by its real path, is not an output.
    fn check_source(&self, real: &Path, path: &Path) -> Result<()> {
        let Ok(below) = path.strip_prefix(real) else { return Ok(()) };
        let bytes = below.as_os_str().as_encoded_bytes();
        if self.writer(bytes).is_some() || bytes == LEDGER.as_bytes() || below.starts_with(WORK) {
            return usage(format!(
                "--out-dir would overwrite the input {}; choose another folder, or replace inputs with --write",
                shown(path)
            ));
        }
        Ok(())
    }
}

/// The real path of an input. `last` caches that of the previous folder.
fn real_path(input: &Input, last: &mut Option<(PathBuf, PathBuf)>) -> Option<PathBuf> {
    let Source::File(path) = &input.source else { return None };
    // Only a named file can be a symbolic link; its output has the link's own name.
    if input.output_path.parent().is_some_and(|p| p.as_os_str().is_empty()) && path.is_symlink() {
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
