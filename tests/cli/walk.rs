//! Which files in named folders are read, and which are skipped.

use crate::support::{Folder, SCAN};

fn archive() -> Folder {
    Folder::with(&[
        ("in/a.txt", SCAN),
        ("in/b.bak", SCAN),
        ("in/drafts/c.txt", SCAN),
        ("in/drafts/old/d.txt", SCAN),
        ("in/e.txt", SCAN),
    ])
}

/// The files that a check reported.
fn read(folder: &Folder, args: &[&str]) -> (Vec<String>, String) {
    let run = folder.run([&["check", "--progress", "none"], args].concat());
    let out = run.out();
    let headers = out.lines().filter(|l| l.contains(": certain ligature"));
    let mut files: Vec<String> = headers.filter_map(|l| Some(l.split_once(":1:")?.0.to_owned())).collect();
    files.dedup();
    (files, run.err())
}

#[test]
fn globs_exclude_found_and_named_files() {
    let folder = archive();
    for (globs, left) in [
        (vec!["--exclude", "*.bak"], vec!["in/a.txt", "in/drafts/c.txt", "in/drafts/old/d.txt", "in/e.txt"]),
        (vec!["--exclude", "drafts/"], vec!["in/a.txt", "in/b.bak", "in/e.txt"]),
        (vec!["--exclude", "/in/drafts/old", "--exclude", "e.*"], vec!["in/a.txt", "in/b.bak", "in/drafts/c.txt"]),
        (
            vec!["--exclude", "old/*.txt"],
            vec!["in/a.txt", "in/b.bak", "in/drafts/c.txt", "in/drafts/old/d.txt", "in/e.txt"],
        ),
        (vec!["--exclude", "**/old/*.txt"], vec!["in/a.txt", "in/b.bak", "in/drafts/c.txt", "in/e.txt"]),
    ] {
        let (files, err) = read(&folder, &[&globs[..], &["in"]].concat());
        assert_eq!(files, left, "{globs:?}");
        assert_eq!(err.contains("excluded"), left.len() < 5, "{globs:?}: {err}");
    }
    // Named by any form of path, and by a parent folder.
    let whole = folder.path("in/drafts/c.txt").to_string_lossy().into_owned();
    for path in ["in/drafts/c.txt", "./in/drafts/c.txt", &whole, "in/drafts/old"] {
        let (files, err) = read(&folder, &["--exclude", "/in/drafts", path, "in/a.txt", "in/e.txt"]);
        assert_eq!((files.len(), err.contains("1 excluded")), (2, true), "{path}: {err}");
    }
}

#[test]
fn a_hook_that_names_only_excluded_files_succeeds() {
    let folder = archive();
    folder.run(["check", "--exclude", "*.txt", "in/a.txt"]).exits(0);
    folder.run(["check", "--exclude", "*.txt", "gone.txt"]).exits(2);
}

#[test]
fn an_invalid_glob_is_refused() {
    archive()
        .run(["check", "--exclude", "a{b", "in"])
        .refuses(&["--exclude: \"a{b\" is not a valid glob", "write one like"]);
}

#[test]
fn excludes_in_settings_are_relative_to_their_folder() {
    let folder = archive();
    folder.write("in/descan.toml", "exclude = [\"/drafts/old\", \"*.bak\"]\n");
    let (files, err) = read(&folder, &["in", "--exclude", "/in/e.txt"]);
    assert_eq!(files, ["in/a.txt", "in/drafts/c.txt"], "{err}");
    assert!(read(&folder, &["in/drafts/old/d.txt"]).0.is_empty());
}

#[test]
fn an_archive_can_list_what_to_skip() {
    let folder = archive();
    folder.write("in/.descanignore", "drafts/\n*.bak\n");
    let (files, err) = read(&folder, &["in"]);
    assert_eq!(files, ["in/a.txt", "in/e.txt"]);
    assert!(err.contains("2 ignored") && err.contains("1 hidden"), "{err}");
}

#[test]
fn pipes_in_folders_are_not_read() {
    let folder = archive();
    let made = std::process::Command::new("mkfifo").arg(folder.path("in/pipe")).status().expect("it runs");
    assert!(made.success());
    assert!(read(&folder, &["in"]).1.contains("1 skipped as pipe or device"));
}
