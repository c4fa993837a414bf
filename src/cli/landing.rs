//! Where each input's output lands below an output folder.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::discover::{Input, Source, shown};
use super::exit::{Result, usage};

/// The ledger's name in an output folder.
pub const LEDGER: &str = "ledger.jsonl";

/// The diff's path for a text's path: the name with `.diff` behind it.
pub fn diff_path(landing: &Path) -> PathBuf {
    let mut name = landing.as_os_str().to_owned();
    name.push(".diff");
    PathBuf::from(name)
}

/// Makes sure that no two outputs land on one path, and none on an input.
///
/// # Errors
/// One sentence that names both.
pub fn check(dir: &Path, inputs: &[Input]) -> Result<()> {
    let mut taken: HashMap<PathBuf, &Path> = HashMap::with_capacity(inputs.len() * 2 + 1);
    taken.insert(PathBuf::from(LEDGER), Path::new("the run's ledger"));
    for input in inputs {
        for path in [input.landing.clone(), diff_path(&input.landing)] {
            let shown_path = shown(&dir.join(&path));
            if let Some(other) = taken.insert(path, input.path()) {
                return usage(format!(
                    "{} and {} would both write {shown_path}; clean them in two runs with different --out-dir",
                    shown(other),
                    shown(input.path()),
                ));
            }
        }
    }
    // A file where another output needs a folder.
    for (path, owner) in &taken {
        let above = path.ancestors().skip(1).find(|above| taken.contains_key(*above));
        if let Some(above) = above {
            return usage(format!(
                "{} needs {} as a folder, and {} as a file; clean them in two runs with different --out-dir",
                shown(owner),
                shown(&dir.join(above)),
                shown(taken[above]),
            ));
        }
    }
    let existing: Vec<&PathBuf> = taken.keys().filter(|path| dir.join(path).exists()).collect();
    if existing.is_empty() {
        return Ok(());
    }
    let sources: HashSet<PathBuf> = inputs.iter().filter_map(canonical).collect();
    for path in existing {
        let full = dir.join(path);
        if full.canonicalize().is_ok_and(|path| sources.contains(&path)) {
            return usage(format!(
                "--out-dir would overwrite the input {}; name another folder, or replace inputs with --write",
                shown(&full)
            ));
        }
    }
    Ok(())
}

fn canonical(input: &Input) -> Option<PathBuf> {
    match &input.source {
        Source::Stdin => None,
        Source::File(path) => path.canonicalize().ok(),
    }
}
