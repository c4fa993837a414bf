//! `descan check --changed-since REV`, in real repositories.

use std::process::Command;

use crate::support::{CLEAN, Folder, SCAN};

/// Runs `git` in the folder, isolated from the user's settings.
fn git(folder: &Folder, args: &[&str]) {
    let output = Command::new("git")
        .args(["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgSign=false"])
        .args(args)
        .current_dir(folder.path(""))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .expect("git runs");
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn commit(folder: &Folder) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", "texts"]);
}

fn repository(files: &[(&str, &str)]) -> Folder {
    let folder = Folder::with(files);
    git(&folder, &["init", "-q", "-b", "main"]);
    commit(&folder);
    folder
}

const NEW: &str = "The \u{fb02}eet sailed at dawn.\n";

#[test]
fn only_changed_lines_of_changed_files_count() {
    let odd = "with \"quotes\"\nand a line.txt";
    let folder = repository(&[("a.txt", SCAN), ("old.txt", SCAN), (odd, SCAN), ("moved.txt", &SCAN.repeat(9))]);
    let check = ["check", "--changed-since", "HEAD", "--format", "jsonl", "."];
    assert_eq!(folder.run(check).exits(0).out(), "", "nothing changed");
    folder.write("a.txt", format!("{SCAN}{NEW}"));
    folder.write(odd, format!("{NEW}{SCAN}"));
    folder.write("new.txt", SCAN);
    git(&folder, &["mv", "moved.txt", "elsewhere.txt"]);
    let run = folder.run(check).exits(1);
    let found: Vec<serde_json::Value> =
        run.out().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let places: Vec<(&str, u64)> =
        found.iter().map(|f| (f["path"].as_str().expect("text"), f["line"].as_u64().expect("a number"))).collect();
    let odd = format!("./{odd}");
    assert_eq!(places, [("./a.txt", 2), ("./new.txt", 1), ("./new.txt", 1), (&odd, 1)]);
    assert!(run.err().contains("unchanged since HEAD"), "{}", run.err());
    // The result is the same from a subfolder, and after a commit.
    commit(&folder);
    assert_eq!(folder.run(check).exits(0).out(), "");
    let since = ["check", "--changed-since", "HEAD~1", "--format", "jsonl", "."];
    assert_eq!(folder.run(since).exits(1).out().lines().count(), 4);
}

#[test]
fn the_base_is_where_the_branch_started() {
    let folder = repository(&[("a.txt", CLEAN)]);
    git(&folder, &["switch", "-q", "-c", "work"]);
    folder.write("mine.txt", NEW);
    commit(&folder);
    git(&folder, &["switch", "-q", "main"]);
    folder.write("a.txt", format!("{CLEAN}{NEW}"));
    commit(&folder);
    git(&folder, &["switch", "-q", "work"]);
    let out = folder.run(["check", "--changed-since", "main", "--format", "jsonl", "."]).exits(1).out();
    assert!(out.lines().count() == 1 && out.contains("mine.txt"), "{out}");
}

#[test]
fn invalid_revisions_are_refused() {
    let folder = repository(&[("a.txt", SCAN)]);
    for (revision, expected) in [
        ("--output=x", "\"--output=x\" is not a revision"),
        ("", "is not a revision"),
        ("nowhere", "git does not know the revision \"nowhere\""),
        ("HEAD..HEAD", "git does not know the revision"),
    ] {
        let err = folder.run(["check", &format!("--changed-since={revision}"), "a.txt"]).exits(2).err();
        assert!(err.contains(expected), "{err}");
    }
    assert!(!folder.path("x").exists());
    folder.run(["check", "--changed-since", "HEAD", "-"]).exits(2);
    git(&folder, &["switch", "-q", "--orphan", "other"]);
    folder.write("b.txt", SCAN);
    commit(&folder);
    let err = folder.run(["check", "--changed-since", "main", "."]).exits(2).err();
    assert!(err.contains("no common ancestor") && err.contains("fetch-depth: 0"), "{err}");
    let outside = Folder::with(&[("a.txt", SCAN)]);
    let err = outside.run(["check", "--changed-since", "main", "a.txt"]).exits(2).err();
    assert!(err.contains("needs a git repository"), "{err}");
}
