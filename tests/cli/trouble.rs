//! Disks, folders and pipes that fail.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::{CLEAN, Folder, SCAN};

fn program() -> &'static Path {
    assert_cmd::cargo::cargo_bin!("descan")
}

fn shell(folder: &Folder, script: &str) -> Output {
    let mut command = Command::new("bash");
    command.args(["-c", script]).env("DESCAN", program()).current_dir(folder.path(""));
    command.output().expect("bash runs")
}

/// Runs the program as a user subject to permissions; `None`, with a notice, if that
/// is not possible.
fn as_nobody(folder: &Folder, args: &str) -> Option<Output> {
    // The program may be in a folder that only root can enter.
    fs::copy(program(), folder.path("descan")).expect("a copy");
    let script = format!(
        "if [ $(id -u) = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups ./descan {args}; \
         else ./descan {args}; fi"
    );
    fs::set_permissions(folder.path(""), fs::Permissions::from_mode(0o755)).expect("set");
    let output = shell(folder, &script);
    if matches!(output.status.code(), Some(126 | 127)) {
        eprintln!("no setpriv here: permissions are not tested");
        return None;
    }
    Some(output)
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_reader_that_goes_away_is_not_an_error() {
    let scan = "The man at the o\u{fb01}ce said that the \u{fb01}rst of them came home.\n";
    let folder = Folder::with(&[("a.txt", &scan.repeat(20_000))]);
    for command in ["clean --select characters", "diff --select characters", "check --select characters --format jsonl"]
    {
        let output = shell(&folder, &format!("\"$DESCAN\" {command} a.txt | head -c 10; echo ${{PIPESTATUS[0]}} >&2"));
        let err = err(&output);
        assert!(["0\n", "1\n"].contains(&err.as_str()), "{command}: {err}");
    }
}

#[test]
fn an_output_that_cannot_be_written_is_reported() {
    let folder = Folder::with(&[("a.txt", SCAN)]);
    for command in ["clean a.txt", "diff a.txt", "check a.txt", "stats a.txt"] {
        let output = shell(&folder, &format!("\"$DESCAN\" {command} >/dev/full"));
        assert_eq!(output.status.code(), Some(2), "{command}");
        assert!(err(&output).contains("cannot write the output: No space left"), "{}", err(&output));
    }
}

#[test]
fn a_full_disk_fails_the_files_and_leaves_no_partial_ones() {
    let folder = Folder::with(&[("in/a.txt", SCAN), ("in/b.txt", &SCAN.repeat(6000)), ("in/c.txt", SCAN)]);
    fs::create_dir(folder.path("disk")).expect("made");
    let mounted = shell(&folder, "mount -t tmpfs -o size=160k descan-test disk").status.success();
    if !mounted {
        eprintln!("no mount here: a full disk is not tested");
        return;
    }
    let run = folder.run(["clean", "--select", "characters", "--out-dir", "disk/out", "in"]);
    let half = folder.files().into_iter().any(|f| f == "disk/out/b.txt" || f.contains(".tmp"));
    let good = fs::read(folder.path("disk/out/a.txt"));
    shell(&folder, "umount disk");
    assert!(matches!(run.0.status.code(), Some(2 | 3)), "{}", run.err());
    assert!(run.err().contains("no space left on device"), "{}", run.err());
    assert!(!half, "a half file is left");
    assert_eq!(good.expect("the first file was written"), CLEAN.as_bytes());
}

#[test]
fn a_run_killed_by_a_file_size_limit_can_be_resumed() {
    let folder = Folder::with(&[("in/a.txt", SCAN), ("in/b.txt", &SCAN.repeat(3000)), ("in/c.txt", SCAN)]);
    let clean = |before: &str, out: &str| {
        shell(&folder, &format!("{before} exec \"$DESCAN\" clean --threads 1 --select characters --out-dir {out} in"))
    };
    assert!(!clean("ulimit -f 16;", "out").status.success());
    assert_eq!(clean("", "out").status.code(), Some(0));
    assert_eq!(clean("", "whole").status.code(), Some(0));
    for file in ["a.txt", "b.txt", "c.txt", "b.txt.diff", "ledger.jsonl"] {
        assert!(folder.read(format!("out/{file}")) == folder.read(format!("whole/{file}")), "{file}");
    }
    assert!(!folder.path("out/.descan").exists());
}

#[test]
fn folders_that_cannot_be_written_are_reported() {
    let folder = Folder::with(&[("a.txt", SCAN), ("file", SCAN)]);
    folder.run(["clean", "--out-dir", "file", "a.txt"]).refuses(&["cannot write to file"]);
    folder.run(["clean", "--out-dir", "file/out", "a.txt"]).refuses(&["cannot write to file/out"]);
    fs::create_dir(folder.path("closed")).expect("made");
    fs::set_permissions(folder.path("closed"), fs::Permissions::from_mode(0o555)).expect("set");
    let Some(output) = as_nobody(&folder, "clean --out-dir closed/out a.txt") else { return };
    assert_eq!(output.status.code(), Some(2), "{}", err(&output));
    assert_eq!(err(&output), "descan: cannot write to closed/out: permission denied\n");
    folder.write("closed/b.txt", SCAN);
    fs::set_permissions(folder.path("closed/b.txt"), fs::Permissions::from_mode(0o666)).expect("set");
    let Some(output) = as_nobody(&folder, "clean --write closed/b.txt") else { return };
    assert!(!output.status.success() && err(&output).contains("permission denied"), "{}", err(&output));
    assert_eq!(folder.text("closed/b.txt"), SCAN);
}

#[test]
fn a_file_in_the_way_fails_one_output_only() {
    let folder = Folder::with(&[("in/a.txt", SCAN), ("in/d/b.txt", SCAN), ("out/d", "in the way")]);
    let run = folder.run(["clean", "--out-dir", "out", "in"]).exits(3);
    assert!(run.err().contains("in/d/b.txt cannot be written to out/d/b.txt: "), "{}", run.err());
    assert_eq!((folder.text("out/a.txt").as_str(), folder.text("out/d").as_str()), (CLEAN, "in the way"));
}

#[test]
fn files_that_cannot_be_read_do_not_stop_the_others() {
    let folder = Folder::with(&[("in/a.txt", SCAN), ("in/b.txt", SCAN), ("in/shut/c.txt", SCAN)]);
    std::os::unix::fs::symlink("nowhere", folder.path("dangling.txt")).expect("linked");
    let run = folder.run(["check", "dangling.txt", "in/a.txt"]).exits(3);
    assert!(run.err().contains("cannot read dangling.txt: no such file or directory"), "{}", run.err());
    if cfg!(target_os = "linux") {
        let run = folder.run(["check", "/proc/self/mem", "in/a.txt"]).exits(3);
        assert!(run.err().contains("/proc/self/mem cannot be read: input/output error"), "{}", run.err());
    }
    fs::set_permissions(folder.path("in/b.txt"), fs::Permissions::from_mode(0o000)).expect("set");
    fs::set_permissions(folder.path("in/shut"), fs::Permissions::from_mode(0o000)).expect("set");
    let output = as_nobody(&folder, "check in");
    fs::set_permissions(folder.path("in/shut"), fs::Permissions::from_mode(0o755)).expect("set");
    let Some(output) = output else { return };
    assert_eq!(output.status.code(), Some(3), "{}", err(&output));
    for name in ["in/b.txt", "in/shut"] {
        assert!(err(&output).contains(&format!("cannot read {name}: permission denied")), "{}", err(&output));
    }
    assert!(String::from_utf8_lossy(&output.stdout).contains("in/a.txt:1:5"));
}

#[test]
fn an_output_folder_with_a_link_in_it_is_refused() {
    let folder = Folder::with(&[("in/d/a.txt", SCAN), ("elsewhere/a.txt", "mine"), ("out/x", "")]);
    std::os::unix::fs::symlink(folder.path("elsewhere"), folder.path("out/d")).expect("linked");
    folder.run(["clean", "--out-dir", "out", "in"]).refuses(&["out/d is a symbolic link"]);
    assert_eq!(folder.text("elsewhere/a.txt"), "mine");
    // The link leads to the source itself.
    fs::remove_file(folder.path("out/d")).expect("removed");
    std::os::unix::fs::symlink(folder.path("in/d"), folder.path("out/d")).expect("linked");
    folder.run(["clean", "--out-dir", "out", "in"]).refuses(&["out/d is a symbolic link"]);
    assert_eq!(folder.text("in/d/a.txt"), SCAN);
}
