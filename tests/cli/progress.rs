//! Progress: on standard error, and only if wanted.

use crate::support::{CLEAN, Folder, SCAN};

#[test]
fn lines_show_progress_and_stay_off_standard_output() {
    let folder = Folder::with(&[("in/a.txt", SCAN), ("in/b.txt", CLEAN)]);
    let run = folder.run(["diff", "--progress", "plain", "in"]).exits(1);
    assert!(run.err().contains("descan: 2 of 2 files, 53 B at "), "{}", run.err());
    assert!(run.out().starts_with("--- a/in/a.txt\n") && !run.out().contains("of 2"), "{}", run.out());
}

#[test]
fn without_a_terminal_there_is_no_bar() {
    let folder = Folder::with(&[("in/a.txt", SCAN), ("in/b.txt", CLEAN)]);
    for how in ["auto", "none"] {
        let run = folder.run(["diff", "--progress", how, "in"]).exits(1);
        assert_eq!(run.err(), "", "{how}");
    }
}

/// `script` runs the program in a terminal.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_gets_a_bar_that_is_cleared_at_the_end() {
    let folder = Folder::new();
    for number in 0..40 {
        folder.write(format!("in/{number}.txt"), SCAN.repeat(200));
    }
    let program = assert_cmd::cargo::cargo_bin!("descan").display().to_string();
    let command = format!("{program} clean --threads 1 --out-dir out in");
    let Ok(output) = std::process::Command::new("script")
        .args(["-qec", &command, "/dev/null"])
        .current_dir(folder.path(""))
        .env("TERM", "xterm")
        .output()
    else {
        eprintln!("no `script` here: the bar is not tested");
        return;
    };
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(shown.contains("of 40 files") && shown.contains("left"), "{shown:?}");
    let last = shown.rsplit("\u{1b}[2K").next().unwrap_or_default();
    assert!(last.contains("40 files, 40 changed") && !last.contains("of 40 files"), "{last:?}");
}
