//! Folders of a user's own rules.

use std::fs;
use std::path::{Path, PathBuf};

use descan_rules::PassName;
use descan_rules::{RuleId, RuleSet};
use descan_text::hash::sha256;

use crate::display::{plain, shown};
use crate::error::{Result, failed, usage};
use crate::files::nearest::read_text;
use crate::say::say;

/// The most rules that a run takes: each costs time on every text.
const MOST: usize = 2000;

/// A rule of the user's own.
#[derive(Debug)]
pub(crate) struct UserRule {
    pub id: RuleId,
    /// Its file, for messages.
    pub file: String,
    /// The file's text.
    pub source: String,
}

impl UserRule {
    /// The hash that tells one state of the rule from another.
    pub(crate) fn sha256(&self) -> String {
        sha256(self.source.as_bytes())
    }
}

/// Loads `dir/<pass>/*.toml`. Every refusal is told before the command stops.
/// `from` is where the folder was named, for messages.
///
/// # Errors
/// The folder cannot be read or has no rule; a rule is refused.
pub(crate) fn load(dir: &Path, from: &str, rules: &mut RuleSet) -> Result<Vec<UserRule>> {
    let mut own = Vec::new();
    let mut refused = Vec::new();
    for folder in entries(dir, from)?.into_iter().filter(|path| path.is_dir()) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let files: Vec<PathBuf> =
            entries(&folder, from)?.into_iter().filter(|path| path.extension().is_some_and(|e| e == "toml")).collect();
        let Some(pass) = PassName::parse(&name) else {
            if !files.is_empty() {
                let passes = PassName::ALL.map(PassName::as_str).join(", ");
                refused.push(format!("{}: there is no pass {name:?}; the passes are {passes}", shown(&folder)));
            }
            continue;
        };
        for path in files {
            if own.len() + refused.len() >= MOST {
                return usage(format!("{from}{} holds more than {MOST} rules; take some out", shown(dir)));
            }
            let file = shown(&path);
            let loaded = read_text(&path)
                .and_then(|source| Ok((rules.add(pass, &file, &source).map_err(|e| e.to_string())?, source)));
            match loaded {
                Ok((id, source)) => own.push(UserRule { id, file, source }),
                Err(why) => refused.push(why),
            }
        }
    }
    if let Some((last, others)) = refused.split_last() {
        others.iter().for_each(say);
        return usage(last.clone());
    }
    if own.is_empty() {
        return usage(format!("{from}no rule in {}; put rules into FOLDER/<pass>/<name>.toml", shown(dir)));
    }
    Ok(own)
}

fn entries(dir: &Path, from: &str) -> Result<Vec<PathBuf>> {
    let read =
        fs::read_dir(dir).and_then(|entries| entries.map(|e| Ok(e?.path())).collect::<std::io::Result<Vec<_>>>());
    match read {
        Ok(mut paths) => {
            paths.sort();
            Ok(paths)
        }
        Err(error) => failed(format!("{from}cannot read {}: {}", shown(dir), plain(&error))),
    }
}
