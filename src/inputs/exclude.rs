//! `--exclude` and the setting `exclude`: paths that no command reads, whether
//! they are found in a folder or named.

use std::path::{Path, absolute};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::display::plain;
use crate::error::{CliError, Result, usage};
use crate::settings::{Item, Key, Origin, Settings};

/// Globs as in a `.gitignore`: without a slash they match a name at any depth, with
/// one they match a path relative to their folder.
#[derive(Clone, Debug)]
pub(super) struct Excludes(Vec<Gitignore>);

impl Excludes {
    /// The globs in a run's settings.
    ///
    /// # Errors
    /// An invalid glob, or a current folder that no longer exists.
    pub(super) fn of(settings: &Settings) -> Result<Excludes> {
        let mut lists = Vec::new();
        for item in settings.items(Key::Exclude).unwrap_or_default() {
            if let Item::Glob(folder, glob) = &item.value {
                lists.push(one(folder, glob, &item.origin)?);
            }
        }
        Ok(Excludes(lists))
    }

    /// Whether a named path, or a folder above it, is excluded.
    pub(super) fn cover(&self, path: &Path, is_dir: bool) -> bool {
        !self.0.is_empty()
            && path.ancestors().enumerate().any(|(above, path)| self.cover_here(path, is_dir || above > 0))
    }

    /// Whether a path itself is excluded; its folder is not.
    pub(super) fn cover_here(&self, path: &Path, is_dir: bool) -> bool {
        if self.0.is_empty() || path.file_name().is_none() {
            return false;
        }
        absolute(path).is_ok_and(|path| self.0.iter().any(|globs| globs.matched(&path, is_dir).is_ignore()))
    }
}

fn one(folder: &Path, glob: &str, origin: &Origin) -> Result<Gitignore> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    // The paths below the current folder do not contain its dot.
    let folder: std::path::PathBuf = absolute(folder)
        .map_err(|e| CliError::Io(format!("cannot find the current folder: {}", plain(&e))))?
        .components()
        .collect();
    let mut builder = GitignoreBuilder::new(folder);
    // In a .gitignore, # starts a comment and ! an exception; here they are literal.
    let literal = if glob.starts_with(['#', '!']) { format!("\\{glob}") } else { glob.to_owned() };
    if has_open_bracket(&literal) {
        return usage(format!("{origin}: {glob:?} lacks a closing ]; a literal [ is written \\["));
    }
    let built = builder.add_line(None, &literal).and_then(|builder| builder.build());
    match built {
        Ok(globs) => Ok(globs),
        Err(error) => {
            usage(format!("{origin}: {glob:?} is not a valid glob ({error}); write one like *.bak or drafts/**"))
        }
    }
}

/// Whether a class of characters begins and does not end. A .gitignore takes that for a
/// literal bracket; here it is a mistake.
fn has_open_bracket(glob: &str) -> bool {
    let mut open = false;
    let mut chars = glob.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => _ = chars.next(),
            '[' => open = true,
            ']' => open = false,
            _ => {}
        }
    }
    open
}
