//! `descan diff` and the real `git apply` and `patch`.

use std::process::Command;

use crate::support::{Folder, SCAN};

/// Applies and reverts `the.diff` with both tools.
fn round_trip(folder: &Folder, path: &str, old: &[u8], new: &[u8]) {
    for (program, flags) in [("git", ["apply", "--whitespace=nowarn"]), ("patch", ["-s", "-p1"])] {
        for (back, expected) in [(false, new), (true, old)] {
            let mut command = Command::new(program);
            command.args(flags).args(back.then_some("-R"));
            if program == "patch" {
                command.arg("-i");
            }
            let out = command
                .arg("the.diff")
                .current_dir(folder.path(""))
                .env("GIT_CEILING_DIRECTORIES", folder.path(""))
                .output()
                .expect("installed");
            assert!(out.status.success(), "{program} {path}: {out:?}");
            assert_eq!(folder.read(path), expected, "{program} {path} back: {back}");
        }
    }
}

#[test]
fn git_and_patch_accept_every_diff() {
    let plain = format!("one\ntwo\nthree\nfour\n{SCAN}six\nseven\n");
    let wide = |s: &str| -> Vec<u8> { format!("\u{feff}{s}").encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let cases: [(&str, Vec<u8>); 8] = [
        ("plain.txt", plain.clone().into()),
        ("no newline.txt", plain.trim_end().replace("seven", "\u{fb01}nis").into()),
        ("crlf.txt", plain.replace('\n', "\r\n").into()),
        ("cr.txt", plain.replace('\n', "\r").into()),
        ("wide.txt", wide(&plain)),
        ("wide-crlf.txt", wide(&plain.replace('\n', "\r\n"))),
        ("mixed.txt", "one\r\ntwo\rthree\n\u{fb01}ve\rsix\r\nseven \u{fb01}".into()),
        ("sub/q\"uote é.txt", plain.clone().into()),
    ];
    for (path, old) in cases {
        let folder = Folder::new();
        folder.write(path, &old);
        let new = folder.run(["clean", path]).exits(0).0.stdout;
        assert_ne!(new, old, "{path}");
        folder.write("the.diff", folder.run(["diff", path]).exits(1).0.stdout);
        round_trip(&folder, path, &old, &new);
    }
}

#[test]
fn the_diffs_of_an_output_folder_revert_there() {
    let folder = Folder::with(&[("in/deep/a.txt", SCAN)]);
    folder.run(["clean", "--out-dir", ".", "in"]).exits(0);
    let status = Command::new("patch")
        .args(["-s", "-R", "-p1", "-i", "deep/a.txt.diff"])
        .current_dir(folder.path(""))
        .status()
        .expect("installed");
    assert!(status.success());
    assert_eq!(folder.text("deep/a.txt"), SCAN);
}

#[test]
fn diffs_of_many_files_are_in_path_order() {
    let folder = Folder::with(&[("b.txt", SCAN), ("a/z.txt", SCAN), ("c.txt", SCAN)]);
    let out = folder.run(["diff", "c.txt", "b.txt", "a"]).exits(1).out();
    let names: Vec<&str> = out.lines().filter_map(|l| l.strip_prefix("--- a/")).collect();
    assert_eq!(names, ["a/z.txt", "b.txt", "c.txt"]);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = Folder::with(&[(
        "a.txt",
        &"The man at the o\u{fb01}ce said that the \u{fb01}rst of them came home.\n".repeat(20_000),
    )]);
    let program = assert_cmd::cargo::cargo_bin!("descan");
    for command in ["clean", "diff", "check"] {
        let out = Command::new("sh")
            .args(["-c", r#""$0" "$1" a.txt | head -c 10 >/dev/null"#, &program.to_string_lossy(), command])
            .current_dir(folder.path(""))
            .output()
            .expect("it runs");
        assert_eq!(String::from_utf8_lossy(&out.stderr), "", "{command}");
    }
}

/// With colours requested, the diff is for people; a pipe gets what tools accept.
#[test]
fn people_see_changed_words_and_invisible_characters() {
    let folder = Folder::with(&[("a.txt", "The fi\u{ad}rst of the boats came home at noon.\n")]);
    let shown = folder.run(["diff", "--color", "always", "a.txt"]).exits(1).out();
    assert!(shown.contains("\u{1b}[") && shown.contains("U+00AD SOFT HYPHEN"), "{shown}");
    let plain = folder.run(["diff", "a.txt"]).exits(1).out();
    assert!(plain.contains("-The fi\u{ad}rst of"), "{plain}");
    assert_eq!(folder.run(["diff", "--color", "never", "a.txt"]).exits(1).out(), plain);
    let wide = folder.run(["diff", "--side-by-side", "a.txt"]).exits(1).out();
    assert!(wide.contains(" │ ") && !wide.contains('\u{1b}'), "{wide}");
    folder.run(["diff", "--color", "sometimes", "a.txt"]).refuses(&["sometimes", "always"]);
}
