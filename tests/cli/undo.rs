//! `descan undo`: restores everything or refuses.

use crate::support::{CLEAN, Folder, SCAN};

fn cleaned() -> Folder {
    let folder = Folder::with(&[("in/a.txt", SCAN), ("in/b.txt", SCAN)]);
    folder.write("in/c.txt", b"The o\xef\xac\x83cer\r\n\xff\xfe of the \xef\xac\x82eet\r".as_slice());
    folder.run(["clean", "--out-dir", "out", "in"]).exits(0);
    folder
}

#[test]
fn an_output_folder_gets_the_original_bytes() {
    let folder = cleaned();
    assert_ne!(folder.read("out/c.txt"), folder.read("in/c.txt"));
    let run = folder.run(["undo", "out/ledger.jsonl"]).exits(0);
    assert!(run.err().contains("restored 3 files"), "{}", run.err());
    for name in ["a.txt", "b.txt", "c.txt"] {
        assert_eq!(folder.read(format!("out/{name}")), folder.read(format!("in/{name}")));
    }
    // Undoing twice changes nothing more.
    assert!(folder.run(["undo", "out/ledger.jsonl"]).exits(0).err().contains("restored 0 files"));
}

#[test]
fn one_changed_file_stops_the_undo() {
    let folder = cleaned();
    folder.write("out/b.txt", format!("{CLEAN}A line of my own.\n"));
    folder.run(["undo", "out/ledger.jsonl"]).refuses(&["b.txt", "has changed", "nothing was restored"]);
    assert_eq!(folder.text("out/a.txt"), CLEAN);
    std::fs::remove_file(folder.path("out/b.txt")).expect("removed");
    folder.run(["undo", "out/ledger.jsonl"]).refuses(&["b.txt", "cannot read"]);
}

#[test]
fn a_ledger_that_was_cut_off_is_refused() {
    let folder = cleaned();
    let whole = folder.text("out/ledger.jsonl");
    for length in [0, 10, whole.len() / 2, whole.len() - 2] {
        folder.write("out/ledger.jsonl", &whole[..(length..).find(|&i| whole.is_char_boundary(i)).unwrap_or(0)]);
        folder.run(["undo", "out/ledger.jsonl"]).refuses(&["ledger.jsonl"]);
        assert_eq!(folder.text("out/a.txt"), CLEAN);
    }
    let lines: Vec<&str> = whole.lines().collect();
    let without_end = lines[..lines.len() - 1].join("\n") + "\n";
    folder.write("out/ledger.jsonl", &without_end);
    folder.run(["undo", "out/ledger.jsonl"]).refuses(&["is incomplete", "--partial"]);
    let missing = [&lines[..2], &lines[3..]].concat().join("\n") + "\n";
    folder.write("out/ledger.jsonl", missing);
    folder.run(["undo", "out/ledger.jsonl"]).refuses(&["missing"]);
}

#[test]
fn a_killed_run_is_undone_as_far_as_it_got() {
    let folder = cleaned();
    let whole = folder.text("out/ledger.jsonl");
    // Killed while the second file's lines were written: the file itself was not replaced yet.
    let second = whole.match_indices(r#"{"type":"file""#).nth(1).expect("two files").0;
    folder.write("out/ledger.jsonl", &whole[..second + 300]);
    folder.run(["undo", "--partial", "out/ledger.jsonl"]).exits(0);
    assert_eq!((folder.text("out/a.txt").as_str(), folder.text("out/b.txt").as_str()), (SCAN, CLEAN));
}

#[test]
fn paths_that_lead_outside_are_refused() {
    let folder = cleaned();
    folder.write("b.txt", CLEAN);
    let whole = folder.text("out/ledger.jsonl");
    let absolute = folder.path("b.txt").to_string_lossy().into_owned();
    for path in ["../b.txt", "x/../../b.txt", ".", "", &absolute] {
        folder.write("out/ledger.jsonl", whole.replace(r#""path":"b.txt""#, &format!(r#""path":{path:?}"#)));
        folder.run(["undo", "out/ledger.jsonl"]).refuses(&["is outside the ledger"]);
        assert_eq!((folder.text("out/a.txt").as_str(), folder.text("b.txt").as_str()), (CLEAN, CLEAN));
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_outside_are_refused() {
    let folder = cleaned();
    folder.write("b.txt", CLEAN);
    std::fs::remove_file(folder.path("out/b.txt")).expect("removed");
    std::os::unix::fs::symlink(folder.path("b.txt"), folder.path("out/b.txt")).expect("linked");
    folder.run(["undo", "out/ledger.jsonl"]).refuses(&["is outside the ledger"]);
    assert_eq!((folder.text("out/a.txt").as_str(), folder.text("b.txt").as_str()), (CLEAN, CLEAN));
}

#[test]
fn wrong_hashes_and_schemas_are_refused() {
    let folder = cleaned();
    let whole = folder.text("out/ledger.jsonl");
    let hash_at = whole.find(r#""sha256_before":""#).expect("a hash") + 17;
    let mut wrong = whole.clone();
    wrong.replace_range(hash_at..hash_at + 4, "0000");
    let mended = whole.replacen(r#""before":"ﬁ""#, r#""before":"fl""#, 1);
    for (ledger, part) in [
        (wrong, "does not reproduce"),
        (mended, "does not reproduce"),
        (whole.replacen(r#""schema":1"#, r#""schema":9"#, 1), "schema 9"),
        (whole.replacen(r#""type":"run""#, r#""type":"summary""#, 1), "ledger.jsonl:1"),
        (format!("{SCAN}{whole}"), "ledger.jsonl:1"),
    ] {
        folder.write("out/ledger.jsonl", ledger);
        folder.run(["undo", "out/ledger.jsonl"]).refuses(&[part]);
        assert_eq!(folder.text("out/a.txt"), CLEAN);
    }
    folder.run(["undo", "gone.jsonl"]).refuses(&["cannot read gone.jsonl"]);
}
