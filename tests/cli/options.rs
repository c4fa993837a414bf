//! Options and tips that users of other tools expect.

use std::process::Command;

use crate::support::{CLEAN, Folder, SCAN};

fn folder() -> Folder {
    Folder::with(&[("a.txt", SCAN), ("in/b.txt", SCAN)])
}

#[test]
fn a_text_alone_is_cleaned() {
    let folder = folder();
    assert_eq!(folder.run(["a.txt"]).exits(0).out(), CLEAN);
    assert_eq!(folder.run(["--level", "probable", "a.txt"]).exits(0).out(), CLEAN);
    assert_eq!(folder.run_with(["-"], SCAN).exits(0).out(), CLEAN);
    folder.run(["gone.txt"]).refuses(&["'gone.txt'", "no command and no file", "descan --help"]);
}

#[test]
fn one_text_goes_to_a_file() {
    let folder = folder();
    let run = folder.run(["clean", "-o", "out/right.txt", "a.txt"]).exits(0);
    assert_eq!((run.out(), folder.text("out/right.txt")), (String::new(), CLEAN.to_owned()));
    assert!(run.err().contains("the cleaned text is in out/right.txt"), "{}", run.err());
    folder.run(["clean", "-o", "a.txt", "a.txt"]).refuses(&["a.txt is the text itself", "--write"]);
    folder.run(["clean", "-o", "out", "a.txt"]).refuses(&["out is a folder", "--out-dir out"]);
    folder.run(["clean", "-o", "x.txt", "a.txt", "in"]).refuses(&["2 inputs cannot all go to x.txt", "--out-dir"]);
    assert_eq!(folder.text("a.txt"), SCAN);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_written_to_and_not_replaced() {
    use std::os::unix::fs::FileTypeExt as _;

    let folder = folder();
    let pipe = folder.path("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("it runs").success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || std::fs::read_to_string(pipe).expect("text")
    });
    folder.run(["clean", "-o", "pipe", "a.txt"]).exits(0);
    assert_eq!(reader.join().expect("read"), CLEAN);
    let report = folder.run(["report", "--html", "pipe", "a.txt"]).exits(2);
    assert!(report.err().contains("it is a device or a pipe"), "{}", report.err());
    assert!(pipe.metadata().expect("there").file_type().is_fifo());
}

#[test]
fn a_dry_run_writes_nothing_and_says_what_it_would_do() {
    let folder = folder();
    for how in [&["clean", "-n", "a.txt", "in"][..], &["clean", "-n", "-w", "a.txt", "in"]] {
        let run = folder.run(how).exits(0);
        assert!(run.err().contains("nothing was written; 2 files would change by 4 repairs"), "{}", run.err());
        assert!(run.err().contains("`descan diff`") && run.out().is_empty());
    }
    let run = folder.run(["clean", "--dry-run", "--out-dir", "out", "in"]).exits(0);
    assert!(run.err().contains("1 file would change"), "{}", run.err());
    assert_eq!(folder.files(), ["a.txt", "in/b.txt"]);
    assert_eq!(folder.text("a.txt"), SCAN);
}

#[test]
fn options_of_other_tools_get_a_tip() {
    let folder = folder();
    for (option, tip) in [
        ("-i", "`descan clean -w PATH` replaces the files"),
        ("--in-place", "`descan clean -w PATH` replaces the files"),
        ("--fix", "`descan clean -w PATH` replaces the files"),
        ("--diff", "`descan diff PATH` shows what would change"),
        ("--output-dir=out", "`descan clean --out-dir DIR PATH`"),
    ] {
        folder.run(["clean", option, "a.txt"]).refuses(&["unexpected argument", tip]);
    }
    folder.run(["check", "--dry-run", "a.txt"]).refuses(&["`descan diff PATH` shows what would change"]);
    folder.run(["clean", "--frobnicate", "a.txt"]).refuses(&["'--frobnicate'", "--help lists the options"]);
    folder.run(["fix"]).refuses(&["'fix'", "`descan clean PATH` repairs texts"]);
    folder.run(["version"]).refuses(&["`descan --version`"]);
    folder.run(["claen", "a.txt"]).refuses(&["'claen'", "'clean'"]);
}

#[test]
fn contrary_styles_and_broken_globs_are_refused() {
    let folder = folder();
    folder.run(["clean", "--style", "curly,straight", "a.txt"]).refuses(&["curly", "straight", "choose one"]);
    folder.run(["clean", "--exclude", "[", "a.txt"]).refuses(&["--exclude", "lacks a closing ]"]);
    folder.write("descan.toml", "exclude = [\"drafts[\"]\n");
    folder.run(["clean", "a.txt"]).refuses(&["descan.toml:1", "lacks a closing ]"]);
}

#[test]
fn findings_need_not_fail() {
    let folder = folder();
    let found = folder.run(["check", "a.txt"]).exits(1).out();
    assert_eq!(folder.run(["check", "--exit-zero", "a.txt"]).exits(0).out(), found);
    folder.run(["check", "--exit-zero", "a.txt", "gone.txt"]).exits(3);
}

#[test]
fn colours_are_forced_and_refused_by_the_environment() {
    let folder = folder();
    let coloured = |set: &[(&str, &str)], args: &[&str]| {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("descan"));
        command.args(args).arg("a.txt").current_dir(folder.path("")).envs(set.iter().copied());
        String::from_utf8_lossy(&command.output().expect("it runs").stdout).contains('\u{1b}')
    };
    assert!(!coloured(&[], &["check"]));
    assert!(coloured(&[("FORCE_COLOR", "1")], &["check"]) && coloured(&[("CLICOLOR_FORCE", "1")], &["diff"]));
    assert!(!coloured(&[("FORCE_COLOR", "0")], &["check"]));
    assert!(!coloured(&[("FORCE_COLOR", "1"), ("NO_COLOR", "1")], &["check"]));
    assert!(!coloured(&[("FORCE_COLOR", "1")], &["check", "--color", "never"]));
}

#[test]
fn runs_end_by_naming_what_they_wrote() {
    let folder = folder();
    let err = folder.run(["clean", "--out-dir", "out", "a.txt"]).exits(0).err();
    assert!(err.contains("1 cleaned text and the diffs are in out; out/ledger.jsonl lists every change"), "{err}");
    let err = folder.run(["clean", "-w", "a.txt"]).exits(0).err();
    assert!(err.contains("replaced 1 file; `descan undo ") && err.contains("restores"), "{err}");
    let err = folder.run(["clean", "-w", "a.txt"]).exits(0).err();
    assert!(err.contains("no file needed a repair"), "{err}");
    let run = folder.run(["clean", "-q", "--out-dir", "out2", "in"]).exits(0);
    assert!(run.err().is_empty(), "{}", run.err());
}

#[test]
fn own_options_come_first_in_the_help() {
    let folder = folder();
    for (command, first) in
        [("clean", "Output:"), ("check", "What fails the check:"), ("review", "What to ask:"), ("stats", "Output:")]
    {
        let help = folder.run([command, "-h"]).exits(0).out();
        let heading = help.lines().filter(|line| line.ends_with(':')).nth(1).unwrap_or_default();
        assert_eq!(heading, first, "{help}");
        let display = help.find("Display:").expect("a heading");
        assert!(help.find("--color").expect("there") > display, "{help}");
    }
}

#[cfg(unix)]
#[test]
fn a_diff_in_a_terminal_goes_through_the_pager() {
    let folder = folder();
    let mut terminal =
        crate::pty::Terminal::start_with(&folder, 80, &[("GIT_PAGER", "sed 's/^/paged: /'")], &["diff", "a.txt"]);
    terminal.sees("paged: ").ends_with(1);
    let mut terminal = crate::pty::Terminal::start_with(&folder, 80, &[("GIT_PAGER", "head -1")], &["diff", "a.txt"]);
    terminal.ends_with(1);
}
