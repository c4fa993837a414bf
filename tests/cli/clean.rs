//! `descan clean`: streams, the output folder, collisions.

use crate::support::{CLEAN, Folder, SCAN};

#[test]
fn one_input_goes_to_standard_output() {
    let folder = Folder::with(&[("a.txt", SCAN)]);
    let run = folder.run(["clean", "a.txt"]).exits(0);
    assert_eq!((run.out().as_str(), run.err().as_str()), (CLEAN, ""));
    assert_eq!(folder.text("a.txt"), SCAN);
    assert_eq!(folder.run_with(["clean", "-"], SCAN).exits(0).out(), CLEAN);
    assert_eq!(folder.run(["clean", "-o", "-", "a.txt"]).exits(0).out(), CLEAN);
    assert_eq!(folder.files(), ["a.txt"]);
}

#[test]
fn correct_text_is_not_changed() {
    let folder = Folder::with(&[("a.txt", CLEAN)]);
    assert_eq!(folder.run(["clean", "a.txt"]).exits(0).out(), CLEAN);
}

#[test]
fn several_inputs_need_an_output_folder() {
    let folder = Folder::with(&[("a.txt", SCAN), ("b.txt", SCAN)]);
    folder.run(["clean", "a.txt", "b.txt"]).refuses(&["2 inputs", "--out-dir", "--write"]);
    folder.run(["clean"]).refuses(&["no input", "- for"]);
}

#[test]
fn wrong_usage_is_reported_in_one_sentence() {
    let folder = Folder::with(&[("a.txt", SCAN)]);
    folder.run(["clean", "--level", "sure", "a.txt"]).refuses(&["--level", "certain, probable, suspect"]);
    folder.run(["clean", "--select", "ligatur", "a.txt"]).refuses(&["ligatur", "did you mean \"ligature\"?"]);
    folder.run(["clean", "--out-dir", "o", "--write", "a.txt"]).refuses(&["--out-dir", "--write"]);
    folder.run(["clean", "--frobnicate", "a.txt"]).refuses(&["--frobnicate"]);
    folder.run(["clean", "--threads", "0", "a.txt"]).refuses(&["--threads"]);
    folder.run(["frobnicate"]).refuses(&["frobnicate"]);
    folder.run(["check", "--ledger", "x", "a.txt"]).refuses(&["--ledger"]);
    folder.run(["clean", "--write", "-"]).refuses(&["standard input"]);
    assert_eq!(folder.files(), ["a.txt"]);
}

#[test]
fn rules_and_passes_are_switched_by_name() {
    let folder = Folder::with(&[("a.txt", SCAN)]);
    for (flag, name, out) in [
        ("--ignore", "ligature", SCAN),
        ("--ignore", "characters,letters", SCAN),
        ("--select", "characters", CLEAN),
        ("--select", "quotes", SCAN),
    ] {
        assert_eq!(folder.run(["clean", flag, name, "a.txt"]).exits(0).out(), out, "{flag} {name}");
    }
}

#[test]
fn an_output_folder_gets_text_diff_and_ledger() {
    let folder = Folder::with(&[("in/a.txt", SCAN), ("in/deep/b.txt", CLEAN), ("c.txt", SCAN)]);
    let run = folder.run(["clean", "--out-dir", "out", "in", "c.txt"]).exits(0);
    assert_eq!(run.out(), "");
    assert!(run.err().contains("3 files, 2 changed"), "{}", run.err());
    let written: Vec<String> = folder.files().into_iter().filter(|f| f.starts_with("out/")).collect();
    assert_eq!(
        written,
        [
            "out/a.txt",
            "out/a.txt.diff",
            "out/c.txt",
            "out/c.txt.diff",
            "out/deep/b.txt",
            "out/deep/b.txt.diff",
            "out/ledger.jsonl"
        ]
    );
    assert_eq!(folder.text("out/a.txt"), CLEAN);
    assert_eq!(folder.text("out/deep/b.txt"), CLEAN);
    assert_eq!(folder.text("out/deep/b.txt.diff"), "");
    assert!(folder.text("out/a.txt.diff").starts_with("--- a/a.txt\n+++ b/a.txt\n"));
    let types: Vec<String> = folder
        .text("out/ledger.jsonl")
        .lines()
        .map(|l| serde_json::from_str::<serde_json::Value>(l).expect("JSON")["type"].to_string())
        .collect();
    let expected = ["run", "file", "edit", "edit", "file", "edit", "edit", "file", "summary"].map(|t| format!("{t:?}"));
    // Sorted by path: c.txt, in/a.txt, in/deep/b.txt.
    assert_eq!(types, expected);
}

#[test]
fn the_ledger_records_the_requested_style() {
    let folder = Folder::with(&[("a.txt", CLEAN)]);
    let options = |out: &str| {
        let ledger = folder.text(format!("{out}/ledger.jsonl"));
        let run = ledger.lines().next().expect("a run").to_owned();
        serde_json::from_str::<serde_json::Value>(&run).expect("JSON")["options"].clone()
    };
    folder.run(["clean", "--style", "straight,ellipsis", "--out-dir", "styled", "a.txt"]).exits(0);
    assert_eq!(options("styled")["style"], serde_json::json!(["straight", "ellipsis"]));
    folder.run(["clean", "--out-dir", "plain", "a.txt"]).exits(0);
    assert!(options("plain").get("style").is_none());
}

#[test]
fn the_result_is_the_same_for_any_number_of_threads() {
    let folder = Folder::new();
    for number in 0..60 {
        let damage = if number % 3 == 0 { CLEAN } else { SCAN };
        folder.write(format!("in/{number}.txt"), damage.repeat(number + 1));
    }
    let all = |threads: &str| {
        let out = format!("out{threads}");
        folder.run(["clean", "--threads", threads, "--out-dir", &out, "in"]).exits(0);
        let check = folder.run(["check", "--threads", threads, "--format", "jsonl", "in"]).exits(1).out();
        let diff = folder.run(["diff", "--threads", threads, "in"]).exits(1).out();
        (folder.text(format!("{out}/ledger.jsonl")), check, diff)
    };
    let one = all("1");
    assert_eq!(all("2"), one);
    assert_eq!(all("8"), one);
}

#[test]
fn two_inputs_with_the_same_output_are_refused_before_anything_is_written() {
    let folder =
        Folder::with(&[("x/a.txt", SCAN), ("y/a.txt", SCAN), ("z/a.txt.diff", SCAN), ("w/ledger.jsonl", SCAN)]);
    for inputs in [["x/a.txt", "y/a.txt"], ["x", "y"], ["x", "z"], ["x", "w"]] {
        folder
            .run(["clean", "--out-dir", "out", inputs[0], inputs[1]])
            .refuses(&["would both be written to", "--out-dir"]);
        assert!(!folder.path("out").exists());
    }
    folder.write("u/a.txt/b", SCAN);
    folder.run(["clean", "--out-dir", "out", "x", "u"]).refuses(&["to be a folder"]);
    // A file named twice is one input.
    folder.run(["clean", "--out-dir", "out", "x/a.txt", "./x/a.txt"]).exits(0);
}

#[test]
fn an_output_folder_never_overwrites_an_input() {
    let folder = Folder::with(&[("a.txt", SCAN), ("d/b.txt", SCAN)]);
    folder.run(["clean", "--out-dir", ".", "a.txt"]).refuses(&["overwrite", "--write"]);
    folder.run(["clean", "--out-dir", "d", "d"]).refuses(&["overwrite"]);
    assert_eq!((folder.text("a.txt").as_str(), folder.files().len()), (SCAN, 2));
}

#[test]
fn an_output_folder_inside_the_input_is_not_read_again() {
    let folder = Folder::with(&[("a.txt", SCAN)]);
    for _ in 0..2 {
        folder.run(["clean", "--out-dir", "out", "."]).exits(0);
        assert_eq!(folder.files(), ["a.txt", "out/a.txt", "out/a.txt.diff", "out/ledger.jsonl"]);
    }
}

#[test]
fn standard_input_is_written_as_stdin() {
    let folder = Folder::new();
    folder.run_with(["clean", "--out-dir", "out", "-"], SCAN).exits(0);
    assert_eq!(folder.text("out/stdin"), CLEAN);
}

#[test]
fn ignored_hidden_and_non_text_files_in_folders_are_skipped() {
    let folder = Folder::with(&[
        ("in/a.txt", SCAN),
        ("in/.hidden", SCAN),
        ("in/skip.txt", SCAN),
        ("in/.gitignore", "skip.txt\n"),
        ("in/picture", "GIF\0\u{1}"),
        ("in/paper", "%PDF-1.4 and so on"),
    ]);
    let wide: Vec<u8> = SCAN.encode_utf16().flat_map(u16::to_le_bytes).collect();
    folder.write("in/wide.txt", wide);
    let run = folder.run(["check", "in"]).exits(1);
    assert!(run.out().contains("in/a.txt:1:5") && run.out().contains("in/wide.txt:1:5"), "{}", run.out());
    assert!(!run.out().contains("skip") && !run.out().contains("hidden"), "{}", run.out());
    for part in ["2 files", "2 skipped as non-text", "1 ignored", "2 hidden"] {
        assert!(run.err().contains(part), "{part}: {}", run.err());
    }
    // A named file is always read.
    assert!(folder.run(["check", "in/skip.txt"]).exits(1).out().contains("skip.txt:1:5"));
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_in_folders() {
    use std::os::unix::fs::symlink;
    let folder = Folder::with(&[("in/a.txt", SCAN), ("in/c.txt", SCAN), ("outside/b.txt", SCAN)]);
    symlink(folder.path("outside"), folder.path("in/out")).expect("linked");
    symlink(folder.path("in"), folder.path("in/circle")).expect("linked");
    symlink(folder.path("outside/b.txt"), folder.path("in/b.txt")).expect("linked");
    let run = folder.run(["clean", "--out-dir", "out", "in"]).exits(0);
    assert!(run.err().contains("3 links not followed"), "{}", run.err());
    assert!(folder.path("out/a.txt").exists() && !folder.path("out/b.txt").exists());
}

#[test]
fn a_file_that_cannot_be_read_does_not_stop_the_others() {
    let folder = Folder::with(&[("a.txt", SCAN)]);
    let run = folder.run(["clean", "--out-dir", "out", "gone.txt", "a.txt"]).exits(3);
    assert!(run.err().contains("cannot read gone.txt: no such file or directory"), "{}", run.err());
    assert_eq!(folder.text("out/a.txt"), CLEAN);
    assert!(folder.text("out/ledger.jsonl").contains(r#""type":"failure""#));
    folder.run(["clean", "gone.txt"]).exits(2);
    folder.write("empty/.keep", "");
    folder.run(["clean", "empty"]).refuses(&["nothing to do"]);
}

#[test]
fn a_file_whose_encoding_lacks_a_character_becomes_utf_8_with_a_note() {
    // All repairs by descan itself fit Windows-1252; the library's tests cover conversion.
    let folder = Folder::new();
    folder.write("a.txt", b"It\x92s a caf\xe9 \x97 and no \x93UTF-8\x94.\r\n");
    let run = folder.run(["clean", "a.txt"]).exits(0);
    assert_eq!(run.0.stdout, folder.read("a.txt"));
}
