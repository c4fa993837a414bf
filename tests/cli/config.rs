//! `descan.toml`: where it is found, how files and options come together, and
//! what it does to a run.

use crate::support::{CLEAN, Folder, SCAN};

/// A repair that is only probable: it shows which level a run applies.
const RULE: &str = r##"name = "inkblot"
summary = "a blot read as a hash mark"
level = "probable"
why = "This archive's scans have blots in the middle of words."
pattern = '''[a-z](?P<bad>#)[a-z]'''
with = ""
triggers = ["#"]

[[change]]
from = "The gar#den was green."
to = "The garden was green."

[[keep]]
text = "The number was #12."
"##;
const BLOT: &str = "The gar#den was green.\n";
const NO_BLOT: &str = "The garden was green.\n";

fn with_rule(config: &str) -> Folder {
    Folder::with(&[
        ("mine/letters/inkblot.toml", RULE),
        ("descan.toml", &format!("rules = [\"mine\"]\n{config}")),
        ("a.txt", BLOT),
    ])
}

#[test]
fn the_nearest_file_upward_counts() {
    let folder = Folder::with(&[
        ("descan.toml", "ignore = [\"ligature\"]\n"),
        ("in/deep/a.txt", SCAN),
        ("other/descan.toml", ""),
        ("other/b.txt", SCAN),
    ]);
    for path in ["in/deep/a.txt", "in", "in/deep"] {
        folder.run(["check", path]).exits(0);
    }
    folder.run_with(["check", "-"], SCAN).exits(0);
    folder.run(["check", "other/b.txt"]).exits(1);
    folder.run(["check", "--no-config", "in"]).exits(1);
    folder.run(["check", "--config", "other/descan.toml", "in"]).exits(1);
    folder.run(["check", "--config", "descan.toml", "other/b.txt"]).exits(0);
}

#[test]
fn a_run_goes_by_one_file() {
    let folder = Folder::with(&[("one/descan.toml", ""), ("one/a.txt", SCAN), ("b.txt", SCAN)]);
    folder
        .run(["check", "one/a.txt", "b.txt"])
        .refuses(&["one/a.txt goes by one/descan.toml and b.txt by no descan.toml", "--config FILE or --no-config"]);
    folder.run(["check", "--no-config", "one/a.txt", "b.txt"]).exits(1);
}

#[test]
fn extended_files_come_first_and_paths_count_from_their_own_folder() {
    let folder = Folder::with(&[
        ("base/descan.toml", "rules = [\"mine\"]\nlevel = \"probable\"\nignore = [\"ligature\"]\n"),
        ("base/mine/letters/inkblot.toml", RULE),
        ("descan.toml", "extend = \"base/descan.toml\"\nignore = []\n"),
        ("a.txt", &(SCAN.to_owned() + BLOT)),
    ]);
    assert_eq!(folder.run(["clean", "a.txt"]).exits(0).out(), CLEAN.to_owned() + NO_BLOT);
    let shown = folder.run(["config"]).exits(0).out();
    assert!(shown.contains("level = \"probable\"  # base/descan.toml:2:9"), "{shown}");
    assert!(shown.contains("\"base/mine\",  # base/descan.toml:1:10"), "{shown}");
}

#[test]
fn the_command_line_wins() {
    let folder = with_rule("level = \"probable\"\nignore = [\"ligature\"]\nunwrap = true\n");
    let out = |args: &[&str]| folder.run(args).exits(0).out();
    assert_eq!(out(&["clean", "a.txt"]), NO_BLOT);
    assert_eq!(out(&["clean", "--level", "certain", "a.txt"]), BLOT);
    assert_eq!(out(&["clean", "--ignore", "inkblot", "a.txt"]), BLOT);
    let shown = out(&["config", "--level", "suspect", "--no-unwrap", "--ignore", "pages"]);
    for line in ["level = \"suspect\"  # --level", "unwrap = false  # --no-unwrap", "    \"pages\",  # --ignore"] {
        assert!(shown.contains(line), "{shown}");
    }
    assert!(!shown.contains("\"ligature\""), "{shown}");
}
