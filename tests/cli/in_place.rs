//! `descan clean --write`.

use std::fs;

use crate::support::{CLEAN, Folder, SCAN};

#[test]
fn inputs_are_replaced_and_can_be_restored() {
    let folder = Folder::with(&[("a.txt", SCAN), ("d/b.txt", SCAN), ("c.txt", CLEAN)]);
    let run = folder.run(["clean", "--write", "a.txt", "d", "c.txt"]).exits(0);
    assert!(run.err().contains("undo") && run.err().contains("descan.ledger.jsonl"), "{}", run.err());
    assert_eq!((folder.text("a.txt").as_str(), folder.text("d/b.txt").as_str()), (CLEAN, CLEAN));
    assert_eq!(folder.files(), ["a.txt", "c.txt", "d/b.txt", "descan.ledger.jsonl"]);
    folder.run(["undo", "descan.ledger.jsonl"]).exits(0);
    assert_eq!((folder.text("a.txt").as_str(), folder.text("d/b.txt").as_str()), (SCAN, SCAN));
}

#[test]
fn a_run_that_changes_nothing_leaves_nothing() {
    let folder = Folder::with(&[("a.txt", CLEAN)]);
    folder.run(["clean", "--write", "a.txt"]).exits(0);
    assert_eq!(folder.files(), ["a.txt"]);
}

#[test]
fn earlier_ledgers_are_kept_and_not_read_as_texts() {
    let folder = Folder::with(&[("a.txt", SCAN)]);
    folder.run(["clean", "--write", "."]).exits(0);
    folder.write("b.txt", SCAN);
    folder.run(["clean", "--write", "."]).exits(0);
    assert_eq!(folder.files(), ["a.txt", "b.txt", "descan.ledger-2.jsonl", "descan.ledger.jsonl"]);
    folder.run(["undo", "descan.ledger-2.jsonl"]).exits(0);
    folder.run(["undo", "descan.ledger.jsonl"]).exits(0);
    assert_eq!((folder.text("a.txt").as_str(), folder.text("b.txt").as_str()), (SCAN, SCAN));
}

#[test]
fn a_ledger_is_never_overwritten_and_its_folder_contains_all_inputs() {
    let folder = Folder::with(&[("a.txt", SCAN), ("d/x.jsonl", "mine\n")]);
    folder.run(["clean", "--write", "--ledger", "d/x.jsonl", "a.txt"]).refuses(&["is outside", "contains all inputs"]);
    folder.run(["clean", "--write", "--ledger", "a.txt", "a.txt"]).refuses(&["exists"]);
    folder.run(["clean", "--write", "--ledger", "gone/x.jsonl", "a.txt"]).refuses(&["cannot write the ledger"]);
    assert_eq!(folder.text("a.txt"), SCAN);
    // Inputs outside the current folder: the ledger goes to their folder.
    let run = folder.run(["clean", "--write", &folder.path("a.txt").to_string_lossy()]).exits(0);
    assert!(run.err().contains("descan.ledger.jsonl"), "{}", run.err());
}

#[test]
fn inputs_elsewhere_get_their_ledger_next_to_them() {
    let here = Folder::new();
    let there = Folder::with(&[("one/a.txt", SCAN), ("two/b.txt", SCAN)]);
    let paths = [there.path("one/a.txt"), there.path("two")].map(|p| p.to_string_lossy().into_owned());
    here.run(["clean", "--write", &paths[0], &paths[1]]).exits(0);
    assert!(here.files().is_empty());
    assert_eq!(there.files(), ["descan.ledger.jsonl", "one/a.txt", "two/b.txt"]);
    here.run(["undo", &there.path("descan.ledger.jsonl").to_string_lossy()]).exits(0);
    assert_eq!(there.text("two/b.txt"), SCAN);
}

#[cfg(unix)]
#[test]
fn permissions_are_kept_and_write_protected_files_are_not_replaced() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(&[("a.txt", SCAN), ("b.txt", SCAN)]);
    let set = |name: &str, mode| fs::set_permissions(folder.path(name), fs::Permissions::from_mode(mode)).expect("set");
    set("a.txt", 0o640);
    set("b.txt", 0o444);
    let run = folder.run(["clean", "--write", "a.txt", "b.txt"]).exits(3);
    assert!(run.err().contains("b.txt cannot be replaced: it is write-protected"), "{}", run.err());
    assert_eq!(fs::metadata(folder.path("a.txt")).expect("there").permissions().mode() & 0o777, 0o640);
    assert_eq!((folder.text("a.txt").as_str(), folder.text("b.txt").as_str()), (CLEAN, SCAN));
    folder.run(["undo", "descan.ledger.jsonl"]).exits(0);
    assert_eq!(folder.text("a.txt"), SCAN);
    assert_eq!(fs::metadata(folder.path("a.txt")).expect("there").permissions().mode() & 0o777, 0o640);
}

#[cfg(unix)]
#[test]
fn a_link_is_refused() {
    let folder = Folder::with(&[("a.txt", SCAN)]);
    std::os::unix::fs::symlink(folder.path("a.txt"), folder.path("link.txt")).expect("linked");
    folder.run(["clean", "--write", "link.txt"]).refuses(&["link.txt is a symbolic link"]);
    assert_eq!(folder.text("a.txt"), SCAN);
}

#[test]
fn many_files_at_once() {
    let folder = Folder::new();
    for number in 0..200 {
        folder.write(format!("in/{number}.txt"), SCAN);
    }
    folder.run(["clean", "--write", "--threads", "4", "in"]).exits(0);
    assert!((0..200).all(|n| folder.text(format!("in/{n}.txt")) == CLEAN));
    assert_eq!(folder.files().len(), 201);
    folder.run(["undo", "descan.ledger.jsonl"]).exits(0);
    assert!((0..200).all(|n| folder.text(format!("in/{n}.txt")) == SCAN));
}
