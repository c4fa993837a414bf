//! The examples of the library, run as a reader would.

use std::env::consts::EXE_EXTENSION;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs an example that `cargo test` has built: it lies beside the folder of this test's own program.
fn run(name: &str, arguments: &[PathBuf]) -> Output {
    let own = std::env::current_exe().expect("a running program has a path");
    let built = own.parent().and_then(Path::parent).expect("tests lie in `deps`").join("examples");
    let mut command = Command::new(built.join(name).with_extension(EXE_EXTENSION));
    command.args(arguments);
    command.current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("an example that was built")
}

#[test]
fn a_string_is_cleaned() {
    let out = String::from_utf8(run("clean_text", &[]).stdout).expect("UTF-8");
    assert!(out.starts_with("“There is no wind to-night,” said Margaret. “Let me sit with you a while,\n"), "{out}");
    assert!(out.contains("changed: \"Letme\" -> \"Let me\" (run-on-at-sentence-start, certain)"), "{out}");
}

#[test]
fn a_file_keeps_its_bytes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (input, output) = (folder.path().join("page.txt"), folder.path().join("cleaned.txt"));
    // Windows-1252, with a quote, a dash, and a line end of its own.
    let page = b"\x93The ship lay at the quay \x97 and the mate went be-\r\nlow.\x94\r\n\r\nNobody spoke.   \r\n";
    std::fs::write(&input, page).expect("written");
    let run = run("clean_file", &[input, output.clone()]);
    assert!(run.status.success(), "{run:?}");
    let cleaned = std::fs::read(output).expect("written");
    assert_eq!(
        String::from_utf8_lossy(&cleaned),
        String::from_utf8_lossy(
            b"\x93The ship lay at the quay \x97 and the mate went below.\x94\r\n\r\nNobody spoke.\r\n"
        )
    );
}

#[test]
fn rules_of_ones_own_are_run() {
    let out = String::from_utf8(run("user_rules", &[]).stdout).expect("UTF-8");
    assert_eq!(out, "Mr. Trewartha left chart No. 14 at the office.\n");
}
