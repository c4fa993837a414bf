//! What changed since a revision, according to `git`.
//!
//! The base is the merge base of the revision and HEAD, as in a pull request.
//! Uncommitted changes count as changes, and an untracked file counts as new.

use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use descan_core::finding::Finding;
use descan_source::Document;
use descan_text::escape::visible;

use crate::error::{CliError, Result, usage};

/// The changes of the working tree since a revision.
#[derive(Debug)]
pub(super) struct Changes {
    /// The revision as the user named it.
    revision: String,
    /// The commit to compare with.
    base: String,
    /// The top folder of the working tree, with symbolic links resolved.
    top: PathBuf,
    tracked: HashSet<PathBuf>,
    /// The changed files, each with its earlier name if it was renamed.
    changed: HashMap<PathBuf, Option<PathBuf>>,
}

/// A range of lines, from 1.
type Lines = RangeInclusive<usize>;

impl Changes {
    /// Asks `git` what changed since `revision`.
    pub(super) fn since(revision: &str) -> Result<Changes> {
        if revision.is_empty() || revision.starts_with('-') {
            return usage(format!(
                "{revision:?} is not a revision; use a branch, a tag or a commit with --changed-since"
            ));
        }
        let here = Path::new(".");
        let Ok(top) = git(here, &["rev-parse", "--show-toplevel"]) else {
            return usage("--changed-since needs a git repository; run descan inside one");
        };
        let top = path_of(top.strip_suffix(b"\n").unwrap_or(&top));
        let top = top.canonicalize().unwrap_or(top);
        let commit = format!("{revision}^{{commit}}");
        let Ok(commit) = git(&top, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]) else {
            return usage(format!(
                "git does not know the revision {revision:?}; fetch it, or use another with --changed-since"
            ));
        };
        let Ok(base) = git(&top, &["merge-base", &line(&commit), "HEAD"]) else {
            return usage(format!(
                "{revision:?} and HEAD have no common ancestor in this clone; fetch the whole history \
                 (actions/checkout: fetch-depth: 0)"
            ));
        };
        let base = line(&base);
        let cannot_list = |what: &str| CliError::Io(format!("git cannot list the changes: {what}"));
        let tracked = git(&top, &["ls-files", "-z"]).map_err(|e| cannot_list(&e))?;
        let changed = git(&top, &["diff", "--name-status", "-z", "-M", "--diff-filter=AMRT", &base, "--"])
            .map_err(|e| cannot_list(&e))?;
        Ok(Changes {
            revision: revision.to_owned(),
            base,
            top,
            tracked: fields(&tracked).map(path_of).collect(),
            changed: renamed(&changed),
        })
    }

    /// The revision as the user named it, safe to print.
    pub(super) fn revision(&self) -> String {
        visible(&self.revision)
    }

    /// Whether a file changed.
    ///
    /// # Errors
    /// The file is not in the repository. The message is the end of a sentence
    /// that begins with the file's name.
    pub(super) fn touch(&self, path: &Path) -> std::result::Result<bool, String> {
        let path = self.below(path)?;
        Ok(self.changed.contains_key(&path) || !self.tracked.contains(&path))
    }

    /// For each finding, whether any of its lines changed.
    ///
    /// # Errors
    /// `git` fails. The message is the end of a sentence that begins with the
    /// file's name.
    pub(super) fn in_sight(
        &self,
        path: &Path,
        document: &Document<'_>,
        findings: &[Finding],
    ) -> std::result::Result<Vec<bool>, String> {
        let Some(lines) = self.lines(path)? else { return Ok(vec![true; findings.len()]) };
        // The lines of an archive are not those of its parts.
        if document.format().is_archive() {
            return Ok(vec![true; findings.len()]);
        }
        // Count lines as git does: only LF ends one.
        let ends: Vec<usize> = memchr::memchr_iter(b'\n', document.bytes()).collect();
        let in_sight = |finding: &Finding| {
            let span = document.file_span(finding.span.clone());
            let line = |at: usize| ends.partition_point(|&end| end < at) + 1;
            let (first, last) = (line(span.start), line(span.end.saturating_sub(1).max(span.start)));
            let at = lines.partition_point(|changed| *changed.end() < first);
            lines.get(at).is_some_and(|changed| *changed.start() <= last)
        };
        Ok(findings.iter().map(in_sight).collect())
    }

    /// The changed lines, in order; `None` if all are new.
    fn lines(&self, path: &Path) -> std::result::Result<Option<Vec<Lines>>, String> {
        let path = self.below(path)?;
        let Some(before) = self.changed.get(&path) else { return Ok(None) };
        let mut command = command(&self.top);
        command.args(["diff", "-U0", "-M", "--text", "--no-color", "--no-ext-diff", "--no-textconv"]);
        command.args([&*self.base, "--"]).args(before).arg(&path);
        let diff = answer(command).map_err(|error| format!("cannot be compared with {}: {error}", self.revision()))?;
        Ok(Some(diff.split(|&b| b == b'\n').filter_map(hunk).collect()))
    }

    fn below(&self, path: &Path) -> std::result::Result<PathBuf, String> {
        let full = path.canonicalize().ok();
        let below = full.as_deref().and_then(|full| full.strip_prefix(&self.top).ok());
        let lies_outside = "is not in this git repository; --changed-since works only for files inside it";
        below.map(Path::to_owned).ok_or_else(|| lies_outside.to_owned())
    }
}

/// The new lines according to a hunk header: `@@ -4 +4,2 @@`.
fn hunk(line: &[u8]) -> Option<Lines> {
    let head = std::str::from_utf8(line.strip_prefix(b"@@ -")?.split(|&b| b == b'@').next()?).ok()?;
    let new = head.split_once('+')?.1.trim();
    let (start, count) = new.split_once(',').unwrap_or((new, "1"));
    let (start, count): (usize, usize) = (start.parse().ok()?, count.parse().ok()?);
    (count > 0).then(|| start..=start + count - 1)
}

/// The paths in the output of `git diff --name-status -z`, with their earlier names.
fn renamed(list: &[u8]) -> HashMap<PathBuf, Option<PathBuf>> {
    let mut changed = HashMap::new();
    let mut fields = fields(list);
    while let (Some(status), Some(path)) = (fields.next(), fields.next()) {
        if status.starts_with(b"R") {
            if let Some(new) = fields.next() {
                changed.insert(path_of(new), Some(path_of(path)));
            }
        } else {
            changed.insert(path_of(path), None);
        }
    }
    changed
}

fn fields(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    list.split(|&b| b == 0).filter(|field| !field.is_empty())
}

fn git(folder: &Path, args: &[&str]) -> std::result::Result<Vec<u8>, String> {
    let mut command = command(folder);
    command.args(args);
    answer(command)
}

/// `git` in a folder, set up to start no other program and to take paths literally.
fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.args(["--no-optional-locks", "-c", "core.fsmonitor=false", "-C"]).arg(folder);
    command.env("GIT_LITERAL_PATHSPECS", "1").env("LC_ALL", "C").stdin(Stdio::null());
    command
}

fn answer(mut command: Command) -> std::result::Result<Vec<u8>, String> {
    let output = command.output().map_err(|error| format!("git cannot be run: {error}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let error = String::from_utf8_lossy(&output.stderr);
    Err(visible(error.lines().next().unwrap_or("it gave no reason")))
}

fn line(output: &[u8]) -> String {
    String::from_utf8_lossy(output).trim_end().to_owned()
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hunk_headers_give_the_new_lines() {
        assert_eq!(hunk(b"@@ -3,2 +5,4 @@ She said @@ -1 +1 @@"), Some(5..=8));
        assert_eq!(hunk(b"@@ -3 +3 @@"), Some(3..=3));
        assert_eq!(hunk(b"@@ -3,2 +2,0 @@"), None);
        assert_eq!(hunk(b"+@@ -3 +3 @@"), None);
    }
}
