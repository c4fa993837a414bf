//! Malicious file names.

use crate::support::{CLEAN, Folder, SCAN};

#[test]
fn names_with_spaces_newlines_and_escapes() {
    let folder = Folder::new();
    let names = ["a b.txt", "line\nbreak.txt", "\u{1b}[31mred.txt", "q\"uote'.txt", "é.txt"];
    for name in names {
        folder.write(format!("in/{name}"), SCAN);
    }
    let run = folder.run(["check", "in"]).exits(1);
    assert!(!run.out().contains('\u{1b}') && run.out().contains("line⏎break.txt:1:5"), "{}", run.out());
    folder.run(["clean", "--out-dir", "out", "in"]).exits(0);
    folder.run(["undo", "out/ledger.jsonl"]).exits(0);
    for name in names {
        assert_eq!(folder.text(format!("out/{name}")), SCAN);
    }
}

#[test]
fn a_name_that_begins_with_a_hyphen() {
    let folder = Folder::with(&[("-x.txt", SCAN)]);
    assert_eq!(folder.run(["clean", "--", "-x.txt"]).exits(0).out(), CLEAN);
    folder.run(["clean", "-x.txt"]).refuses(&["-x"]);
}

#[cfg(unix)]
#[test]
fn a_name_that_is_not_utf_8() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new();
    let name = OsStr::from_bytes(b"caf\xe9.txt");
    folder.write(std::path::Path::new(name), SCAN);
    let diff = folder.run([OsStr::new("diff"), name]).exits(1).out();
    assert!(diff.starts_with("--- \"a/caf\\351.txt\"\n"), "{diff}");
    folder.run([OsStr::new("clean"), OsStr::new("--write"), name]).exits(0);
    assert_eq!(folder.text(std::path::Path::new(name)), CLEAN);
    folder.run(["undo", "descan.ledger.jsonl"]).exits(0);
    assert_eq!(folder.text(std::path::Path::new(name)), SCAN);
}
