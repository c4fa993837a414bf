//! `descan undo LEDGER`: restores the originals, byte for byte.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::{Component, Path, PathBuf};

use descan_report::FindingRecord;
use descan_report::ledger::{FileLine, Line, PathRecord, SCHEMA, restore};
use descan_text::hash::sha256;

use crate::args::UndoArgs;
use crate::display::{plain, shown};
use crate::error::{CliError, Done, Result, failed, usage};
use crate::files::write::{folder_of, replace};
use crate::say::say;
use crate::terminal::output::counted;

/// Runs the command. Everything is checked before anything is written.
pub(crate) fn run(args: &UndoArgs) -> Result {
    let ledger = Ledger { path: &args.ledger, partial: args.partial };
    let skip = ledger.left_alone()?;
    let root = match folder_of(&args.ledger).canonicalize() {
        Ok(root) => root,
        Err(e) => {
            return failed(format!("cannot read {}: {}", shown(&args.ledger), plain(&e)));
        }
    };
    let mut restored = 0;
    for writing in [false, true] {
        ledger.each_file(|file, edits| {
            let same = file.sha256_before == file.sha256_after;
            if same || skip.contains(&file.path.path) {
                return Ok(());
            }
            let path = inside(&root, &file.path)?;
            let Some(original) = original(&path, file, edits)? else {
                return Ok(());
            };
            if writing {
                replace(&path, &original)
                    .map_err(|e| CliError::Io(format!("cannot restore {}: {}", shown(&path), plain(&e))))?;
                restored += 1;
            }
            Ok(())
        })?;
    }
    say(format_args!("restored {}", counted(restored, "file")));
    Ok(Done::Clean)
}

/// The original of a file; `None` if the file is already the original.
fn original(path: &Path, file: &FileLine, edits: &[FindingRecord]) -> Result<Option<Vec<u8>>> {
    let cleaned = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(e) => {
            return failed(format!("cannot read {}: {}; nothing was restored", shown(path), plain(&e)));
        }
    };
    if sha256(&cleaned) == file.sha256_before {
        return Ok(None);
    }
    match restore(&cleaned, file, edits) {
        Ok(original) => Ok(Some(original)),
        Err(why) => usage(format!("{}: {why}; nothing was restored", shown(path))),
    }
}

/// The full path for a path in a ledger. It must lie below the ledger's folder and
/// contain no symbolic links.
fn inside(root: &Path, name: &PathRecord) -> Result<PathBuf> {
    let relative = name.to_path().unwrap_or_default();
    let plain_path = relative.components().all(|c| matches!(c, Component::Normal(_)));
    let path = root.join(&relative);
    let outside = || usage(format!("{} is outside the ledger's folder; nothing was restored", shown(&relative)));
    if relative.as_os_str().is_empty() || !plain_path {
        return outside();
    }
    match path.canonicalize() {
        Ok(real) if real != path => outside(),
        // A missing file is reported when it is read.
        _ => Ok(path),
    }
}

struct Ledger<'p> {
    path: &'p Path,
    partial: bool,
}

impl Ledger<'_> {
    /// Reads the ledger once to check that it is complete. Returns the files that
    /// the run did not replace because another program had changed them.
    fn left_alone(&self) -> Result<HashSet<String>> {
        let mut left = HashSet::new();
        let mut recorded = HashSet::new();
        let (mut ended, mut in_place) = (false, false);
        self.each_line(|line, _| {
            ended = matches!(line, Line::Summary(_));
            match line {
                Line::Run(run) => in_place = run.options.write,
                Line::File(file) if in_place => {
                    recorded.insert(file.path.path);
                }
                // A failure after the file's own line: the file was not replaced.
                Line::Failure(failure) if recorded.contains(&failure.path.path) => {
                    left.insert(failure.path.path);
                }
                _ => {}
            }
            Ok(())
        })?;
        if !ended && !self.partial {
            return usage(format!(
                "{} is incomplete: the run was killed, or the ledger was cut off; use --partial to restore what it records",
                shown(self.path)
            ));
        }
        Ok(left)
    }

    fn each_file(&self, mut take: impl FnMut(&FileLine, &[FindingRecord]) -> Result<()>) -> Result<()> {
        let mut current: Option<(FileLine, Vec<FindingRecord>)> = None;
        self.each_line(|line, number| {
            match line {
                Line::Edit(edit) => match &mut current {
                    Some((_, edits)) => edits.push(edit),
                    None => return self.refuse(number, "there is no file line before this edit"),
                },
                line => {
                    if let Some((file, edits)) = current.take() {
                        if edits.len() != file.edits {
                            return self.refuse(number, "lines are missing before this one");
                        }
                        take(&file, &edits)?;
                    }
                    if let Line::File(file) = line {
                        current = Some((file, Vec::new()));
                    }
                }
            }
            Ok(())
        })?;
        // If the ledger is incomplete, the last file's lines may be cut off. Then
        // it was not replaced, since its lines were not all written.
        match current {
            Some((file, edits)) if edits.len() == file.edits => take(&file, &edits),
            _ => Ok(()),
        }
    }

    fn each_line(&self, mut take: impl FnMut(Line, usize) -> Result<()>) -> Result<()> {
        let broken = |e: std::io::Error| CliError::Io(format!("cannot read {}: {}", shown(self.path), plain(&e)));
        let mut reader = BufReader::new(File::open(self.path).map_err(broken)?);
        let mut text = Vec::new();
        let mut number = 0;
        loop {
            text.clear();
            if reader.read_until(b'\n', &mut text).map_err(broken)? == 0 {
                return if number == 0 { self.refuse(1, "the file is empty") } else { Ok(()) };
            }
            number += 1;
            let line = match serde_json::from_slice(&text) {
                Ok(line) => line,
                Err(_) if self.partial && number > 1 && !text.ends_with(b"\n") => return Ok(()),
                Err(_) => {
                    return self.refuse(number, "not a ledger line; was the file cut off or edited?");
                }
            };
            match (&line, number) {
                (Line::Run(run), 1) if run.schema == SCHEMA => {}
                (Line::Run(run), 1) => {
                    return self.refuse(
                        1,
                        &format!("schema {} is not supported; this descan reads schema {SCHEMA}", run.schema),
                    );
                }
                (_, 1) => return self.refuse(1, "not a ledger: the first line must be a run line"),
                _ => {}
            }
            take(line, number)?;
        }
    }

    fn refuse<T>(&self, number: usize, what: &str) -> Result<T> {
        usage(format!("{}:{number}: {what}; nothing was restored", shown(self.path)))
    }
}
