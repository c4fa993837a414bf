//! `--wrap N`: rewraps lines, and everything else still works.

use crate::support::Folder;

const TEXT: &str = "The o\u{fb03}cer of the watch left the quay an hour late, and nobody on the upper deck\n\
    seemed to mind it but the man who had a train to catch. He said so to the mate,\n\
    who was asleep.\n\n\
    \x20 The wind is in the west, my love,\n\
    \x20   The tide is on the turn,\n\
    \x20 And there is fire on the shore\n\
    \x20   Wherever lanterns burn.\n\n\
    * * *\n\n\
    He said so to the cook, who was peeling potatoes, and at last he said so to the gulls.\n";

const WRAPPED: &str = "The officer of the watch left the quay\n\
    an hour late, and nobody on the upper\n\
    deck seemed to mind it but the man who\n\
    had a train to catch. He said so to the\n\
    mate, who was asleep.\n\n\
    \x20 The wind is in the west, my love,\n\
    \x20   The tide is on the turn,\n\
    \x20 And there is fire on the shore\n\
    \x20   Wherever lanterns burn.\n\n\
    * * *\n\n\
    He said so to the cook, who was peeling\n\
    potatoes, and at last he said so to the\n\
    gulls.\n";

#[test]
fn lines_are_filled_and_verse_is_kept() {
    let folder = Folder::with(&[("a.txt", TEXT), ("wrapped.txt", WRAPPED)]);
    assert_eq!(folder.run(["clean", "--wrap", "40", "a.txt"]).exits(0).out(), WRAPPED);
    // Wrapped text is stable and has no findings.
    assert_eq!(folder.run(["clean", "--wrap", "40", "wrapped.txt"]).exits(0).out(), WRAPPED);
    assert_eq!(folder.run(["diff", "--wrap", "40", "wrapped.txt"]).exits(0).out(), "");
    folder.run(["check", "--wrap", "40", "wrapped.txt"]).exits(0);
}

#[test]
fn check_finds_what_diff_shows() {
    let folder = Folder::with(&[("a.txt", &TEXT.replace('\u{fb03}', "ffi"))]);
    assert!(folder.run(["diff", "--wrap", "40", "a.txt"]).exits(1).out().contains("+an hour late, and nobody"));
    assert!(folder.run(["check", "--wrap", "40", "a.txt"]).exits(1).out().contains("filled-line"));
    folder.run(["check", "a.txt"]).exits(0);
}

#[test]
fn the_ledger_records_it_and_can_be_undone() {
    let folder = Folder::with(&[("a.txt", &TEXT.replace('\n', "\r\n"))]);
    let before = folder.read("a.txt");
    folder.run(["clean", "--wrap", "40", "--write", "a.txt"]).exits(0);
    assert_eq!(folder.text("a.txt"), WRAPPED.replace('\n', "\r\n"));
    let ledger = folder.files().into_iter().find(|f| f.ends_with(".jsonl")).expect("a ledger");
    assert!(folder.text(&ledger).lines().next().is_some_and(|run| run.contains(r#""wrap":40"#)));
    folder.run(["undo", &ledger]).exits(0);
    assert_eq!(folder.read("a.txt"), before);
}

#[test]
fn a_settings_file_can_set_it() {
    let folder = Folder::with(&[("a.txt", TEXT), ("descan.toml", "wrap = 40\n")]);
    assert_eq!(folder.run(["clean", "a.txt"]).exits(0).out(), WRAPPED);
    assert!(
        folder
            .run(["clean", "--no-unwrap", "a.txt"])
            .exits(0)
            .out()
            .contains("The officer of the watch left the quay an")
    );
}

#[test]
fn it_conflicts_with_other_line_options() {
    let folder = Folder::with(&[("a.txt", TEXT)]);
    folder.run(["clean", "--wrap", "40", "--unwrap", "a.txt"]).refuses(&["--wrap", "--unwrap"]);
    folder.run(["clean", "--wrap", "3", "a.txt"]).refuses(&["--wrap", "20..=1000"]);
}
