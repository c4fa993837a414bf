//! Ctrl-C.

use std::fs;
use std::io::Write as _;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::support::{CLEAN, Folder, SCAN};

fn start(folder: &Folder, args: &[&str]) -> Child {
    Command::new(assert_cmd::cargo::cargo_bin!("descan"))
        .args(args)
        .current_dir(folder.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts")
}

fn interrupt(child: &Child) {
    // Time to install the handler before, and to receive the signal after.
    std::thread::sleep(Duration::from_millis(300));
    let done = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("it runs");
    assert!(done.success());
    std::thread::sleep(Duration::from_millis(300));
}

#[test]
fn a_run_that_reads_ends_at_once() {
    let mut child = start(&Folder::new(), &["check", "-"]);
    interrupt(&child);
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
}

#[test]
fn a_run_that_writes_leaves_complete_files_and_a_ledger() {
    for (flag, undo) in [("--out-dir=out", "out/ledger.jsonl"), ("--write", "descan.ledger.jsonl")] {
        let folder = Folder::with(&[("a.txt", SCAN), ("z.txt", SCAN)]);
        let pipe = folder.path("m");
        assert!(Command::new("mkfifo").arg(&pipe).status().expect("it runs").success());
        let child = start(&folder, &["clean", "--threads", "1", flag, "a.txt", "m", "z.txt"]);
        // The run waits at the pipe, after the first file and before the last.
        let mut writer = fs::OpenOptions::new().write(true).open(&pipe).expect("opened");
        interrupt(&child);
        writer.write_all(CLEAN.as_bytes()).expect("written");
        drop(writer);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(130), "{output:?}");
        assert!(folder.text(undo).contains(r#""interrupted":true"#));
        assert_eq!(folder.text("z.txt"), SCAN);
        assert!(!folder.files().iter().any(|f| f.contains(".tmp")), "{:?}", folder.files());
        fs::remove_file(pipe).expect("removed");
        folder.run(["undo", undo]).exits(0);
        assert_eq!(folder.text("a.txt"), SCAN);
    }
}
