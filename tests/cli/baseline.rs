//! `descan baseline`, and checks that use it.

use crate::support::{CLEAN, Folder, SCAN};

#[test]
fn only_new_damage_fails() {
    let scan = format!("Long before the bells she was up and about.\n{SCAN}");
    let folder = Folder::with(&[("texts/a.txt", &scan), ("texts/b.txt", CLEAN)]);
    let reported = folder.run(["baseline", "texts"]).exits(0).err();
    assert!(reported.contains("2 findings written to descan.baseline.jsonl"), "{reported}");
    let check = ["check", "--baseline", "descan.baseline.jsonl", "texts"];
    let run = folder.run(check).exits(0);
    assert_eq!(run.out(), "");
    assert!(run.err().contains("2 findings already in descan.baseline.jsonl"), "{}", run.err());
    // Lines inserted above move the known damage; only new damage is reported.
    folder.write("texts/a.txt", format!("The kettle sang on the old stove.\nThe \u{fb02}eet sailed.\n\n{scan}"));
    let out = folder.run(check).exits(1).out();
    assert_eq!(out.matches("certain ").count(), 1, "{out}");
    assert!(out.contains("`\u{fb02}` → `fl`"), "{out}");
    // From another folder, with another path.
    folder.write("deep/x.txt", CLEAN);
    let up = folder.run(["check", "--baseline", "./descan.baseline.jsonl", "deep/../texts/b.txt"]).exits(0);
    assert_eq!(up.out(), "");
}

#[test]
fn sarif_marks_known_findings_as_unchanged() {
    let folder = Folder::with(&[("a.txt", SCAN)]);
    folder.run(["baseline", "a.txt", "-o", "known.jsonl"]).exits(0);
    let out = folder.run(["check", "--baseline", "known.jsonl", "--format", "sarif", "a.txt"]).exits(0).out();
    assert_eq!(out.matches("\"baselineState\":\"unchanged\"").count(), 2, "{out}");
    assert_eq!(folder.run(["check", "--baseline", "known.jsonl", "--format", "jsonl", "a.txt"]).exits(0).out(), "");
}

#[test]
fn entries_that_are_no_longer_found_are_reported() {
    let folder = Folder::with(&[("a.txt", SCAN), ("b.txt", SCAN)]);
    folder.run(["baseline", "."]).exits(0);
    folder.write("a.txt", CLEAN);
    std::fs::remove_file(folder.path("b.txt")).expect("removed");
    let check = ["check", "--baseline", "descan.baseline.jsonl", "a.txt"];
    let err = folder.run(check).exits(0).err();
    assert!(err.contains("4 entries in descan.baseline.jsonl are no longer found"), "{err}");
    assert!(err.contains("a.txt: ligature `\u{fb01}`") && err.contains("b.txt: ligature"), "{err}");
    // Entries of rules that did not run are not reported as missing.
    let err = folder.run([&check[..], &["--ignore", "ligature"]].concat()).exits(0).err();
    assert!(!err.contains("no more") || !err.contains("a.txt:"), "{err}");
}

#[test]
fn files_that_are_not_baselines_are_refused() {
    let folder = Folder::with(&[("a.txt", SCAN), ("wrong.jsonl", "{}\n")]);
    let err = folder.run(["check", "--baseline", "gone.jsonl", "a.txt"]).exits(2).err();
    assert!(err.contains("cannot read the baseline gone.jsonl") && err.contains("descan baseline"), "{err}");
    let err = folder.run(["check", "--baseline", "wrong.jsonl", "a.txt"]).exits(2).err();
    assert!(err.contains("wrong.jsonl is not a baseline file"), "{err}");
}

#[test]
fn a_level_other_than_that_of_the_baseline_is_reported() {
    let folder = Folder::with(&[("a.txt", SCAN)]);
    folder.run(["baseline", "."]).exits(0);
    let err = folder.run(["check", "--baseline", "descan.baseline.jsonl", "--fail-on", "probable", "."]).exits(0).err();
    assert!(err.contains("was made at level certain, but this check runs at probable"), "{err}");
}

#[test]
fn a_quiet_check_prints_only_reports_and_errors() {
    let folder = Folder::with(&[("a.txt", SCAN), ("b.txt", SCAN)]);
    folder.run(["baseline", "."]).exits(0);
    folder.write("a.txt", CLEAN);
    folder.write("c.txt", SCAN);
    let check = ["check", "--baseline", "descan.baseline.jsonl", "--fail-on", "probable"];
    let loud = folder.run([&check[..], &["."]].concat()).exits(1);
    for part in ["was made at level", "already in", "no longer found", "3 files, "] {
        assert!(loud.err().contains(part), "{part:?} is not in {:?}", loud.err());
    }
    for quiet in ["--quiet", "-q"] {
        let run = folder.run([&check[..], &[quiet, "."]].concat()).exits(1);
        assert_eq!((run.out(), run.err()), (loud.out(), String::new()));
        let run = folder.run([&check[..], &[quiet, "gone.txt", "."]].concat()).exits(3);
        assert_eq!(run.err(), "descan: cannot read gone.txt: no such file or directory\n");
    }
}

#[test]
fn some_findings_can_be_tolerated() {
    let folder = Folder::with(&[("a.txt", SCAN), ("b.txt", SCAN)]);
    folder.run(["check", "--max-findings", "3", "."]).exits(1);
    folder.run(["check", "--max-findings", "4", "."]).exits(0);
    folder.run(["check", "--max-findings", "4", ".", "gone"]).exits(3);
}

/// The settings apply both to the baseline and to the check.
#[test]
fn settings_name_the_baseline_and_the_failing_level() {
    let settings = "fail-on = \"probable\"\nbaseline = \"known.jsonl\"\nmax-findings = 1\n";
    let scan = format!("{SCAN}Long before the bells she had been up and about.\n");
    let folder = Folder::with(&[("descan.toml", settings), ("t/a.txt", &scan)]);
    folder.run(["baseline", "t", "-o", "known.jsonl"]).exits(0);
    let run = folder.run(["check", "t"]).exits(0);
    assert!(!run.err().contains("was made at level"), "{}", run.err());
    let more = format!("{scan}\nThe \u{fb02}eet sailed.\n");
    folder.write("t/a.txt", &more);
    folder.run(["check", "t"]).exits(0);
    folder.write("t/a.txt", format!("{more}The \u{fb02}oor was wet.\n"));
    folder.run(["check", "t"]).exits(1);
    folder.run(["check", "--max-findings", "2", "t"]).exits(0);
}
