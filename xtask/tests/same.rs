//! `cargo xtask same` tells programs that print the same from others.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A script in place of descan: `check` prints a finding of `rule`, and the
/// other commands print the text.
fn script(folder: &Path, name: &str, rule: &str) -> PathBuf {
    let path = folder.join(name);
    let script = format!(
        "#!/bin/sh\nfor file; do :; done\n\
         if [ \"$1\" = check ]; then echo '{{\"rule\":\"{rule}\",\"before\":\"a\"}}'; exit 1; fi\ncat \"$file\"\n"
    );
    fs::write(&path, script).expect("a new file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("the file is ours");
    path
}

fn same(arguments: &[&str], paths: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).arg("same").args(arguments).args(paths).output().expect("xtask runs")
}

#[test]
fn a_renamed_rule_is_a_difference_unless_it_is_accepted() {
    let folder = tempfile::tempdir().expect("a new folder");
    let texts = folder.path().join("texts");
    fs::create_dir(&texts).expect("a new folder");
    fs::write(texts.join("one.txt"), "one\n").expect("a new file");
    fs::write(texts.join("two.txt"), b"two \xff\n").expect("a new file");
    let old = script(folder.path(), "old", "dots").display().to_string();
    let new = script(folder.path(), "new", "stops").display().to_string();

    let out = same(&["--before", &old, "--after", &old], &[&texts]);
    let printed = String::from_utf8_lossy(&out.stdout).into_owned();
    assert_eq!(out.status.code(), Some(0), "{printed}");
    assert!(printed.contains("2 texts, 6 outputs, 0 of the texts differ"), "{printed}");

    let out = same(&["--before", &old, "--after", &new], &[&texts]);
    let printed = String::from_utf8_lossy(&out.stdout).into_owned();
    assert_eq!(out.status.code(), Some(1), "{printed}");
    assert!(printed.contains("2 of 2 texts differ") && printed.contains("check: line 1 was"), "{printed}");

    let out = same(&["--before", &old, "--after", &new, "--rename", "dots=stops"], &[&texts]);
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stdout));
}

#[test]
fn kept_hashes_stand_in_for_a_program() {
    let folder = tempfile::tempdir().expect("a new folder");
    let text = folder.path().join("one.txt");
    fs::write(&text, "one\n").expect("a new file");
    let program = script(folder.path(), "program", "dots").display().to_string();
    let kept = folder.path().join("hashes.tsv").display().to_string();
    assert_eq!(same(&["--after", &program, "--write", &kept], &[&text]).status.code(), Some(0));
    assert_eq!(same(&["--before", &kept, "--after", &program], &[&text]).status.code(), Some(0));
    fs::write(&text, "two\n").expect("the file is ours");
    let out = same(&["--before", &kept, "--after", &program], &[&text]);
    assert_eq!(out.status.code(), Some(1));
    let printed = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(printed.contains("clean: another hash") && !printed.contains("check: another hash"), "{printed}");
}
