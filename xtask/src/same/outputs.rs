//! Runs a program on a text and compares what it prints.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use descan_text::hash::sha256;

use super::renames::Renames;

/// The commands that are compared, with their options.
pub(super) const COMMANDS: [(&str, &[&str]); 3] =
    [("clean", &[]), ("diff", &[]), ("check", &["--level", "suspect", "--report", "jsonl"])];

/// The hash of the output of each of the [`COMMANDS`].
pub(super) type Hashes = [String; COMMANDS.len()];

/// The longest part of a line that is shown, in characters.
const SHOWN: usize = 160;
/// How much of it comes before the difference, in characters.
const BEFORE: usize = 60;

/// A descan program.
pub(super) struct Program {
    path: PathBuf,
    /// The new names of rules in its reports.
    renames: Renames,
}

/// What a program printed, and how it ended.
pub(super) struct Output {
    /// The exit code; none if a signal ended the program.
    exit: Option<i32>,
    /// The standard output.
    printed: Vec<u8>,
}

impl Program {
    /// The program at `path`.
    ///
    /// # Errors
    /// If there is no such file.
    pub(super) fn new(path: &Path, renames: Renames) -> Result<Program, String> {
        let path = fs::canonicalize(path).map_err(|e| format!("{}: {e}", path.display()))?;
        Ok(Program { path, renames })
    }

    /// Runs each of the [`COMMANDS`] on a text. It runs in the text's folder, so
    /// that no output depends on where that folder is.
    ///
    /// # Errors
    /// If the program cannot be started.
    pub(super) fn outputs(&self, text: &Path) -> Result<[Output; COMMANDS.len()], String> {
        let folder = text.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let name = text.file_name().unwrap_or_default();
        let mut outputs = Vec::with_capacity(COMMANDS.len());
        for (command, options) in COMMANDS {
            let mut run = Command::new(&self.path);
            run.arg(command).args(["--no-config", "--no-decisions", "--threads", "1"]).args(options);
            let out = run.arg("--").arg(name).current_dir(folder).output();
            let out = out.map_err(|e| format!("{}: {e}", self.path.display()))?;
            let printed = if command == "check" { self.renames.apply(out.stdout) } else { out.stdout };
            outputs.push(Output { exit: out.status.code(), printed });
        }
        outputs.try_into().map_err(|_| "a command is missing".to_owned())
    }
}

impl Output {
    /// The SHA-256 of the exit code and the standard output, in hexadecimal digits.
    pub(super) fn hash(&self) -> String {
        let exit = format!("{:?}\n", self.exit);
        sha256(&[exit.as_bytes(), &self.printed].concat())
    }

    /// How a later output differs from this one: the exit codes, or the first
    /// line that is not the same.
    pub(super) fn difference(&self, after: &Output) -> Option<String> {
        if self.exit != after.exit {
            let code = |exit: Option<i32>| exit.map_or("a signal".to_owned(), |code| code.to_string());
            return Some(format!("exit {}, now {}", code(self.exit), code(after.exit)));
        }
        if self.printed == after.printed {
            return None;
        }
        let mut old = self.printed.split_inclusive(|&byte| byte == b'\n');
        let mut new = after.printed.split_inclusive(|&byte| byte == b'\n');
        let mut number = 1;
        loop {
            let (old, new) = (old.next(), new.next());
            if old != new || old.is_none() {
                let [old, new] = shown(old, new);
                return Some(format!("line {number} was {old}, is now {new}"));
            }
            number += 1;
        }
    }
}

/// Both lines from shortly before their first difference on.
fn shown(old: Option<&[u8]>, new: Option<&[u8]>) -> [String; 2] {
    let [old, new] = [old, new].map(|line| line.map(String::from_utf8_lossy));
    let old_chars = old.iter().flat_map(|line| line.chars());
    let new_chars = new.iter().flat_map(|line| line.chars());
    let common = old_chars.zip(new_chars).take_while(|(old, new)| old == new).count();
    let start = common.saturating_sub(BEFORE);
    [old, new].map(|line| match line {
        Some(line) => part(&line, start),
        None => "missing".to_owned(),
    })
}

/// At most [`SHOWN`] characters of a line from `start` on, in angle quotes, so
/// that they can be printed within another line.
fn part(line: &str, start: usize) -> String {
    let mut part = "«".to_owned();
    if start > 0 {
        part.push('…');
    }
    let mut rest = line.chars().skip(start);
    for c in rest.by_ref().take(SHOWN) {
        if c.is_control() { part.extend(c.escape_default()) } else { part.push(c) }
    }
    if rest.next().is_some() {
        part.push('…');
    }
    part.push('»');
    part
}

#[cfg(test)]
mod tests {
    use super::Output;

    fn output(printed: &[u8]) -> Output {
        Output { exit: Some(0), printed: printed.to_vec() }
    }

    #[test]
    fn the_first_line_that_differs_is_named() {
        let before = output(b"one\ntwo\nthree\n");
        assert_eq!(before.difference(&output(b"one\ntwo\nthree\n")), None);
        let difference = before.difference(&output(b"one\nTwo\nthree\n")).expect("another line");
        assert_eq!(difference, r"line 2 was «two\n», is now «Two\n»");
        let difference = before.difference(&output(b"one\ntwo\n")).expect("a line less");
        assert_eq!(difference, r"line 3 was «three\n», is now missing");
    }

    #[test]
    fn a_long_line_is_shown_from_before_its_difference() {
        let line = |end: &str| output(["a".repeat(500).as_bytes(), end.as_bytes()].concat().as_slice());
        let difference = line("é").difference(&line("è")).expect("another end");
        let same = "a".repeat(super::BEFORE);
        assert_eq!(difference, format!("line 1 was «…{same}é», is now «…{same}è»"));
    }

    /// Bytes that are not UTF-8 differ, although both are shown as U+FFFD.
    #[test]
    fn bytes_are_compared() {
        assert!(output(b"\xff").difference(&output(b"\xfe")).is_some());
        assert_ne!(output(b"\xff").hash(), output(b"\xfe").hash());
    }

    #[test]
    fn exit_codes_are_compared() {
        let after = Output { exit: Some(1), printed: Vec::new() };
        assert_eq!(output(b"").difference(&after).as_deref(), Some("exit 0, now 1"));
        assert_ne!(output(b"").hash(), after.hash());
    }
}
