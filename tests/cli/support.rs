//! A temporary folder, and running the program in it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

/// Damage that every test can rely on, and its cleaned form.
pub(crate) const SCAN: &str = "The \u{fb01}rst o\u{fb03}cer smiled.\n";
pub(crate) const CLEAN: &str = "The first officer smiled.\n";

/// A temporary folder for one test.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Folder {
        Folder(TempDir::new().expect("a temporary folder"))
    }

    /// A folder with these files.
    pub(crate) fn with(files: &[(&str, &str)]) -> Folder {
        let folder = Folder::new();
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    pub(crate) fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.0.path().join(path)
    }

    pub(crate) fn write(&self, path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("created");
        fs::write(path, bytes).expect("written");
    }

    pub(crate) fn read(&self, path: impl AsRef<Path>) -> Vec<u8> {
        let path = self.path(path);
        fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    }

    pub(crate) fn text(&self, path: impl AsRef<Path>) -> String {
        String::from_utf8(self.read(path)).expect("UTF-8")
    }

    /// All files, sorted.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![self.0.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("readable") {
                let path = entry.expect("readable").path();
                if path.is_dir() && !path.is_symlink() {
                    folders.push(path);
                } else {
                    let below = path.strip_prefix(self.0.path()).expect("below");
                    found.push(below.to_string_lossy().into_owned());
                }
            }
        }
        found.sort();
        found
    }

    pub(crate) fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Run {
        self.run_with(args, "")
    }

    pub(crate) fn run_with<S: AsRef<OsStr>>(
        &self,
        args: impl IntoIterator<Item = S>,
        stdin: impl Into<Vec<u8>>,
    ) -> Run {
        let mut command = Command::cargo_bin("descan").expect("built");
        let output = command.args(args).current_dir(self.0.path()).write_stdin(stdin).output().expect("it runs");
        Run(output)
    }
}

/// The result of a run.
pub(crate) struct Run(pub Output);

impl Run {
    /// Checks the exit code.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Run {
        assert_eq!(self.0.status.code(), Some(code), "stdout: {}\nstderr: {}", self.out(), self.err());
        self
    }

    pub(crate) fn out(&self) -> String {
        String::from_utf8_lossy(&self.0.stdout).into_owned()
    }

    pub(crate) fn err(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }

    /// Checks that it was refused in one sentence that contains all of `parts`.
    #[track_caller]
    pub(crate) fn refuses(self, parts: &[&str]) {
        let run = self.exits(2);
        let err = run.err();
        assert_eq!(err.lines().count(), 1, "{err}");
        assert!(err.starts_with("descan: "), "{err}");
        assert!(run.0.stdout.is_empty(), "{}", run.out());
        for part in parts {
            assert!(err.contains(part), "{part:?} is not in {err:?}");
        }
    }
}
