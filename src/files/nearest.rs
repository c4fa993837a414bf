//! Finds the nearest settings file and reads it.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::display::{plain, shown};
use crate::error::{Result, usage};
use crate::files::write::folder_of;

/// The maximum size of a settings or rule file, in bytes.
const LIMIT: u64 = 1 << 20;

/// Reads a settings or rule file.
///
/// # Errors
/// One sentence with the path: the file cannot be read, is not a regular file, is
/// too big or is not UTF-8.
pub(crate) fn read_text(path: &Path) -> std::result::Result<String, String> {
    let broken = |why: &str| format!("cannot read {}: {why}", shown(path));
    let data = path.metadata().map_err(|e| broken(&plain(&e)))?;
    // Reading a pipe or a device could block, or never end.
    if !data.is_file() {
        return Err(broken("it is not a regular file"));
    }
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes));
    read.map_err(|e| broken(&plain(&e)))?;
    if bytes.len() as u64 > LIMIT {
        return Err(broken("it is larger than 1 MiB; split it"));
    }
    String::from_utf8(bytes).map_err(|e| {
        let line = e.as_bytes()[..e.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
        format!("{}:{line}: not valid UTF-8; save the file as UTF-8", shown(path))
    })
}

/// A kind of file that applies to the texts in its folder and below.
pub(crate) struct Nearest {
    /// The file name.
    pub name: &'static str,
    /// The options that choose such a file, for messages.
    pub options: &'static str,
}

/// The nearest file of its kind for all paths. The nearest file of a path is in its
/// folder or the nearest folder above. Without a path, and for standard input, the
/// search starts in the current folder.
///
/// # Errors
/// Different files apply to different paths.
pub(crate) fn nearest_of_all(paths: &[PathBuf], kind: &Nearest) -> Result<Option<PathBuf>> {
    let here = || PathBuf::from(".");
    let mut seen: HashMap<PathBuf, Option<PathBuf>> = HashMap::new();
    let mut first: Option<(PathBuf, Option<PathBuf>)> = None;
    let named = paths.iter().cloned();
    for path in named.chain(paths.is_empty().then(|| PathBuf::from("-"))) {
        let folder = if path.as_os_str() == "-" {
            here()
        } else if path.is_dir() {
            path.clone()
        } else {
            folder_of(&path).to_owned()
        };
        let found = seen.entry(folder).or_insert_with_key(|folder| nearest(folder, kind.name)).clone();
        match &first {
            None => first = Some((path, found)),
            Some((_, same)) if *same == found => {}
            Some((other, by)) => {
                let name =
                    |by: &Option<PathBuf>| by.as_ref().map_or_else(|| format!("no {}", kind.name), |by| shown(by));
                return usage(format!(
                    "{} uses {}, but {} uses {}, and a run can use only one; clean them in two runs, \
                     or choose with {}",
                    shown(other),
                    name(by),
                    shown(&path),
                    name(&found),
                    kind.options
                ));
            }
        }
    }
    Ok(first.and_then(|(_, found)| found))
}

/// The file with this name in the folder or the nearest folder above it; its path is
/// relative to the current folder if it lies below.
fn nearest(folder: &Path, name: &str) -> Option<PathBuf> {
    // A missing folder is reported when its texts are read.
    let folder = folder.canonicalize().ok()?;
    let place = folder.ancestors().map(|above| above.join(name)).find(|file| {
        // A broken symbolic link must be reported, not skipped.
        file.symlink_metadata().is_ok_and(|data| !data.is_dir())
    })?;
    let here = std::env::current_dir().and_then(|dir| dir.canonicalize()).ok();
    let below = here.and_then(|here| place.strip_prefix(here).map(Path::to_owned).ok());
    Some(below.unwrap_or(place))
}
