//! Loads folders of user rules.

use std::fs;
use std::path::{Path, PathBuf};

use descan_rules::PassName;
use descan_rules::{RuleId, RuleSet};
use descan_text::hash::sha256;

use crate::display::{plain, shown};
use crate::error::{CliError, Result, failed, usage};
use crate::files::nearest::read_text;
use crate::say::say;

/// The maximum number of user rules in a folder: each costs time on every text.
const MOST: usize = 2000;

/// A user rule.
#[derive(Debug)]
pub(crate) struct UserRule {
    pub id: RuleId,
    /// The path of its file, for messages.
    pub file: String,
    /// The text of its file.
    pub source: String,
}

impl UserRule {
    /// The hash that identifies this version of the rule.
    pub(crate) fn sha256(&self) -> String {
        sha256(self.source.as_bytes())
    }
}

/// Loads `dir/<pass>/*.toml`. Every invalid rule is reported before the command
/// stops. `from` is the place where the folder was named, for messages.
///
/// # Errors
/// The folder cannot be read or contains no rules, or a rule is invalid.
pub(crate) fn load(dir: &Path, from: &str, rules: &mut RuleSet) -> Result<Vec<UserRule>> {
    let mut loaded_rules = Vec::new();
    let mut refused = Vec::new();
    load_lists(dir, from, rules)?;
    let mut unreadable = false;
    for folder in entries(dir, from)?.into_iter().filter(|path| path.is_dir()) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let files: Vec<PathBuf> =
            entries(&folder, from)?.into_iter().filter(|path| path.extension().is_some_and(|e| e == "toml")).collect();
        let Some(pass) = PassName::parse(&name) else {
            if !files.is_empty() && name != WORDS && name != MAPS {
                let passes = PassName::ALL.map(PassName::as_str).join(", ");
                refused.push(format!("{}: there is no pass {name:?}; the passes are {passes}", shown(&folder)));
            }
            continue;
        };
        for path in files {
            if loaded_rules.len() + refused.len() >= MOST {
                return usage(format!("{from}{} contains more than {MOST} rules; remove some", shown(dir)));
            }
            let file = shown(&path);
            let source = match read_text(&path) {
                Ok(source) => source,
                Err(why) => {
                    refused.push(why);
                    unreadable = true;
                    continue;
                }
            };
            match rules.add(pass, &file, &source) {
                Ok(id) => loaded_rules.push(UserRule { id, file, source }),
                Err(error) => refused.push(error.to_string()),
            }
        }
    }
    if let Some((last, others)) = refused.split_last() {
        others.iter().for_each(say);
        return if unreadable { failed(last.clone()) } else { usage(last.clone()) };
    }
    if loaded_rules.is_empty() {
        return usage(format!("{from}there are no rules in {}; put them in FOLDER/<pass>/<name>.toml", shown(dir)));
    }
    Ok(loaded_rules)
}

/// The folders of a user's word lists and tables, beside those of the passes.
const WORDS: &str = "words";
const MAPS: &str = "maps";

/// Loads `dir/words/*.txt` and `dir/maps/*.tsv`, by which rules can go.
fn load_lists(dir: &Path, from: &str, rules: &mut RuleSet) -> Result<()> {
    for (folder, extension) in [(WORDS, "txt"), (MAPS, "tsv")] {
        let folder = dir.join(folder);
        if !folder.is_dir() {
            continue;
        }
        for path in entries(&folder, from)?.into_iter().filter(|path| path.extension().is_some_and(|e| e == extension))
        {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let text = read_text(&path).map_err(CliError::Io)?;
            if extension == "txt" {
                rules.add_words(&name, &text);
            } else if let Err(line) = rules.add_map(&name, &text) {
                return usage(format!("{}:{line}: write a text, a tab, and what it becomes", shown(&path)));
            }
        }
    }
    Ok(())
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
