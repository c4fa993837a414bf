//! From the paths of the command line to the texts to read.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use ignore::WalkBuilder;

use super::exit::{Result, say, usage};

/// Where a text comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

/// A text to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    pub source: Source,
    /// The path below an output folder: a file's own name, or its path below
    /// the folder that was named.
    pub landing: PathBuf,
}

/// All texts to read, sorted by path.
#[derive(Debug, Default)]
pub struct Found {
    pub inputs: Vec<Input>,
    /// Paths that were named or met and cannot be read; each was reported.
    pub failed: Vec<(PathBuf, String)>,
    pub skipped: Skipped,
}

/// What a walk through folders left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Skipped {
    /// Files that are no text.
    pub binary: usize,
    /// Symbolic links.
    pub links: usize,
}

impl Input {
    /// The path for messages and reports.
    pub fn path(&self) -> &Path {
        match &self.source {
            Source::Stdin => Path::new("-"),
            Source::File(path) => path,
        }
    }

    /// Reads the bytes.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        match &self.source {
            Source::Stdin => {
                let mut bytes = Vec::new();
                io::stdin().lock().read_to_end(&mut bytes)?;
                Ok(bytes)
            }
            Source::File(path) => std::fs::read(path),
        }
    }
}

/// Finds the texts that the paths name. Folders are walked: what `.gitignore`
/// and `.ignore` exclude, hidden files, links, and files that are no text are
/// left out, and so is `output`, the folder that a run writes to.
///
/// # Errors
/// No path was named, or nothing is there to read.
pub fn discover(paths: &[PathBuf], output: Option<&Path>) -> Result<Found> {
    if paths.is_empty() {
        return usage("no input: name files or folders, or - for the standard input");
    }
    let output = output.and_then(|dir| dir.canonicalize().ok());
    let mut found = Found::default();
    let mut stdin = false;
    for path in paths {
        if path.as_os_str() == "-" {
            if !std::mem::replace(&mut stdin, true) {
                found.inputs.push(Input { source: Source::Stdin, landing: PathBuf::from("stdin") });
            }
            continue;
        }
        match path.metadata() {
            Ok(data) if data.is_dir() => walk(path, output.as_deref(), &mut found),
            Ok(_) => match path.file_name() {
                Some(name) => {
                    found.inputs.push(Input { landing: PathBuf::from(name), source: Source::File(path.clone()) });
                }
                None => found.fail(path, "it has no file name"),
            },
            Err(error) => found.fail(path, plain(&error)),
        }
    }
    found.inputs.sort_by(|a, b| a.path().as_os_str().cmp(b.path().as_os_str()));
    let mut seen = HashSet::new();
    found.inputs.retain(|input| seen.insert(without_dots(input.path())));
    if found.inputs.is_empty() {
        return usage(if found.failed.is_empty() {
            "nothing to do: no text file in the folders named"
        } else {
            "nothing to do: no input could be read"
        });
    }
    Ok(found)
}

/// An input/output error as the end of a sentence.
pub fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// A path for a message: safe to print.
pub fn shown(path: &Path) -> String {
    descan::report::escape::visible(&path.to_string_lossy())
}

impl Found {
    fn fail(&mut self, path: &Path, why: impl Into<String>) {
        let why = why.into();
        say(format_args!("cannot read {}: {why}", shown(path)));
        self.failed.push((path.to_owned(), why));
    }
}

fn walk(root: &Path, output: Option<&Path>, found: &mut Found) {
    let output = output.map(Path::to_owned);
    let walker = WalkBuilder::new(root)
        .require_git(false)
        .git_global(false)
        .follow_links(false)
        .sort_by_file_path(Path::cmp)
        .filter_entry(move |entry| {
            let is_output = |dir: &PathBuf| entry.path().canonicalize().is_ok_and(|path| path == *dir);
            let is_dir = entry.file_type().is_some_and(|kind| kind.is_dir());
            !(is_dir && entry.depth() > 0 && output.as_ref().is_some_and(is_output))
        })
        .build();
    for entry in walker {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let why = error.io_error().map_or_else(|| error.to_string(), plain);
                found.fail(&path_of(&error).unwrap_or_else(|| root.to_owned()), why);
                continue;
            }
        };
        let path = entry.path();
        let Some(kind) = entry.file_type() else {
            continue;
        };
        if kind.is_symlink() && entry.depth() > 0 {
            found.skipped.links += 1;
        } else if kind.is_file() && !is_ledger(path) {
            match is_text(path) {
                Ok(true) => {
                    let landing = path.strip_prefix(root).unwrap_or(path).to_owned();
                    found.inputs.push(Input { source: Source::File(path.to_owned()), landing });
                }
                Ok(false) => found.skipped.binary += 1,
                Err(error) => found.fail(path, plain(&error)),
            }
        }
    }
}

fn path_of(error: &ignore::Error) -> Option<PathBuf> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.clone()),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

/// A ledger that `--write` left.
fn is_ledger(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with("descan.ledger") && name.ends_with(".jsonl")
}

/// Whether a file is text, by its first 8 kB: no NUL, unless it is UTF-16, and
/// no PDF.
fn is_text(path: &Path) -> io::Result<bool> {
    let mut head = Vec::with_capacity(8192);
    File::open(path)?.take(8192).read_to_end(&mut head)?;
    if head.starts_with(b"%PDF-") {
        return Ok(false);
    }
    Ok(!head.contains(&0) || descan::document::is_utf16(&head))
}

/// The path without `.` in it, so that one file named twice is read once.
fn without_dots(path: &Path) -> PathBuf {
    path.components().filter(|c| *c != Component::CurDir).collect()
}
