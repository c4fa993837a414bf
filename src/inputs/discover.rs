//! Finds the texts to read, given the paths on the command line.

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ignore::WalkBuilder;

use crate::args;
use crate::display::{plain, shown};
use crate::error::{Result, failed, usage};
use crate::inputs::exclude::Excludes;
use crate::inputs::list::Skipped;
use crate::inputs::list::{Input, Inputs, Source};
use crate::inputs::read;
use crate::say::say;
use crate::setup::config;
use crate::setup::session::Session;

/// All texts to read, sorted by path.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub inputs: Inputs,
    /// Total size of all inputs, as far as it is known in advance.
    pub bytes: u64,
    /// Paths that cannot be read, sorted; each has been reported.
    pub failed: Vec<(PathBuf, String)>,
    pub skipped: Skipped,
}

/// Finds the texts that the arguments name. In folders it skips whatever
/// `.gitignore`, `.ignore` and `.descanignore` exclude, hidden files, symbolic
/// links, files that are not text, settings files, statistics of archives, and
/// `output`, the folder that the run writes to. `--exclude` also skips paths that are named.
///
/// # Errors
/// No path was named, a glob is invalid, a folder has settings of its own, or
/// there is nothing to read.
pub(crate) fn discover(session: &Session, args: &args::Inputs, output: Option<&Path>) -> Result<Found> {
    if args.paths.is_empty() {
        return usage("no input; name files or folders, or use - for standard input");
    }
    let excludes = Excludes::of(&session.settings)?;
    let output = output.and_then(|dir| dir.canonicalize().ok());
    let mut found = Found::default();
    for path in &args.paths {
        if path.as_os_str() == "-" {
            found.take(&Input::stdin());
            continue;
        }
        match path.metadata() {
            Ok(data) if excludes.cover(path, data.is_dir()) => found.skipped.excluded += 1,
            Ok(data) if data.is_dir() => walk(session, path, output.as_deref(), &excludes, &mut found)?,
            Ok(data) if path.file_name().is_some() => {
                found.bytes += data.len();
                found.take(&Input::named(path.clone()));
            }
            Ok(_) => found.fail(path, "it has no file name"),
            Err(error) => found.fail(path, plain(&error)),
        }
    }
    found.inputs.sort();
    if args.paths.len() > 1 {
        found.inputs.drop_repeated();
    }
    found.failed.sort();
    // Deliberately excluded inputs are not an error: a hook names every changed file.
    if found.inputs.is_empty() && (!found.failed.is_empty() || found.skipped.excluded == 0) {
        return if found.failed.is_empty() {
            let skipped = found.skipped.counted();
            let skipped = if skipped.is_empty() { String::new() } else { format!(" ({})", skipped.join(", ")) };
            usage(format!("nothing to do: there are no text files in the named folders{skipped}"))
        } else {
            failed("nothing to do: no input could be read")
        };
    }
    Ok(found)
}

impl Found {
    fn take(&mut self, input: &Input) {
        if let Err(why) = self.inputs.push(input) {
            self.fail(input.path(), why);
        }
    }

    fn fail(&mut self, path: &Path, why: impl Into<String>) {
        let why = why.into();
        say(format_args!("cannot read {}: {why}", shown(path)));
        self.failed.push((path.to_owned(), why));
    }
}

/// The name of the files in which an archive lists what to skip.
const IGNORE_FILE: &str = ".descanignore";

fn walk(session: &Session, root: &Path, output: Option<&Path>, excludes: &Excludes, found: &mut Found) -> Result<()> {
    let skipped = Arc::new(LeftOut::default());
    let walker = WalkBuilder::new(root)
        .require_git(false)
        .git_global(false)
        .add_custom_ignore_filename(IGNORE_FILE)
        .follow_links(false)
        .sort_by_file_path(Path::cmp)
        .filter_entry({
            let (skipped, excludes) = (Arc::clone(&skipped), excludes.clone());
            let output = output.map(Path::to_owned);
            move |entry| {
                if entry.depth() == 0 {
                    return true;
                }
                skipped.met(entry.path());
                let is_dir = entry.file_type().is_some_and(|kind| kind.is_dir());
                if excludes.cover_here(entry.path(), is_dir) {
                    skipped.excluded.fetch_add(1, Ordering::Relaxed);
                    return false;
                }
                let is_output = |dir: &PathBuf| entry.path().canonicalize().is_ok_and(|path| path == *dir);
                !(is_dir && output.as_ref().is_some_and(is_output))
            }
        })
        .build();
    for entry in walker {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                // The walker's own message would repeat the path.
                let why = error.io_error().map_or_else(|| error.to_string(), |e| plain(&e.kind().into()));
                found.fail(&path_of(&error).unwrap_or_else(|| root.to_owned()), why);
                continue;
            }
        };
        let path = entry.path();
        let Some(kind) = entry.file_type() else {
            continue;
        };
        if entry.depth() == 0 || kind.is_dir() {
            skipped.expect(path);
        } else if path.file_name() == Some(OsStr::new(config::NAME)) {
            session.config_files.refuse_nested(path)?;
        } else if kind.is_symlink() {
            found.skipped.links += 1;
        } else if !kind.is_file() {
            found.skipped.special += 1;
        } else if !is_own(path) {
            match text_length(path) {
                Ok(Some(length)) => {
                    found.bytes += length;
                    let output_path = path.strip_prefix(root).unwrap_or(path).to_owned();
                    found.take(&Input { source: Source::File(path.to_owned()), output_path });
                }
                Ok(None) => found.skipped.binary += 1,
                Err(error) => found.fail(path, plain(&error)),
            }
        }
    }
    skipped.add_to(&mut found.skipped);
    Ok(())
}

/// Counts what the walker skips without reporting it: the entries of each folder
/// less those that the walker visited.
#[derive(Debug, Default)]
struct LeftOut {
    excluded: AtomicUsize,
    held: AtomicUsize,
    met: AtomicUsize,
    held_hidden: AtomicUsize,
    met_hidden: AtomicUsize,
}

impl LeftOut {
    /// Counts the entries of a folder that the walker enters.
    fn expect(&self, folder: &Path) {
        // The walker reports folders that cannot be read.
        for entry in folder.read_dir().into_iter().flatten().flatten() {
            count(&entry.file_name(), &self.held, &self.held_hidden);
        }
    }

    fn met(&self, path: &Path) {
        count(path.file_name().unwrap_or_default(), &self.met, &self.met_hidden);
    }

    fn add_to(&self, skipped: &mut Skipped) {
        let left = |held: &AtomicUsize, met: &AtomicUsize| {
            held.load(Ordering::Relaxed).saturating_sub(met.load(Ordering::Relaxed))
        };
        skipped.excluded += self.excluded.load(Ordering::Relaxed);
        skipped.ignored += left(&self.held, &self.met);
        skipped.hidden += left(&self.held_hidden, &self.met_hidden);
    }
}

fn count(name: &OsStr, others: &AtomicUsize, hidden: &AtomicUsize) {
    let is_hidden = name.as_encoded_bytes().first() == Some(&b'.');
    (if is_hidden { hidden } else { others }).fetch_add(1, Ordering::Relaxed);
}

fn path_of(error: &ignore::Error) -> Option<PathBuf> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.clone()),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

/// Whether it is one of descan's own files: a ledger, a baseline or decisions.
fn is_own(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with("descan.") && name.ends_with(".jsonl")
}

/// The length of a file if it looks like text or a known format.
fn text_length(path: &Path) -> io::Result<Option<u64>> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    Ok(read::is_text(&mut file)?.then_some(length))
}
