//! `clean --out-dir` resumes where it was stopped, and does nothing twice.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::support::{CLEAN, Folder, SCAN};

/// Enough texts for a run to be killed in the middle.
fn archive() -> Folder {
    let folder = Folder::new();
    for number in 0..60 {
        let text = if number % 3 == 0 { CLEAN } else { SCAN };
        folder.write(format!("in/{}/{number}.txt", number % 4), text.repeat(40 + 7 * number));
    }
    folder
}

/// All files left by a run, with their bytes.
fn tree(folder: &Folder, below: &str) -> BTreeMap<String, Vec<u8>> {
    let of = |name: String| Some((name.strip_prefix(below)?.to_owned(), folder.read(&name)));
    folder.files().into_iter().filter_map(of).collect()
}

fn clean(folder: &Folder, out: &str) -> String {
    folder.run(["clean", "--threads", "2", "--out-dir", out, "in"]).exits(0).err()
}

#[track_caller]
fn same(folder: &Folder, one: &str, other: &str) {
    let (one, other) = (tree(folder, one), tree(folder, other));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (name, bytes) in one {
        assert!(other[&name] == bytes, "{name} is another");
    }
}

#[test]
fn a_run_killed_at_any_moment_ends_with_the_same_bytes() {
    let folder = archive();
    let clock = Instant::now();
    clean(&folder, "undisturbed");
    let whole = clock.elapsed();
    for round in 0..3u32 {
        let out = format!("out{round}");
        // Kill it several times: early, late, and in the resumed run.
        for part in [1, 5, 3, 2] {
            let mut child = Command::new(assert_cmd::cargo::cargo_bin!("descan"))
                .args(["clean", "--threads", "2", "--out-dir", &out, "in"])
                .current_dir(folder.path(""))
                .stderr(Stdio::null())
                .spawn()
                .expect("it starts");
            std::thread::sleep(whole * (part + round) / 9);
            child.kill().expect("killed");
            child.wait().expect("it ends");
        }
        clean(&folder, &out);
        same(&folder, "undisturbed/", &format!("{out}/"));
    }
}

#[test]
fn what_a_killed_run_left_unfinished_is_removed() {
    let folder = archive();
    clean(&folder, "undisturbed");
    clean(&folder, "out");
    // As if the run had been killed while it wrote its second half.
    let ledger = folder.text("out/ledger.jsonl");
    let half = ledger.len() / 2;
    let half = (half..).find(|&i| ledger.is_char_boundary(i)).expect("a border");
    folder.write("out/.descan/ledger-3.jsonl", &ledger[..half]);
    folder.write("out/.descan/.descan-x.tmp", "half a");
    fs::remove_file(folder.path("out/ledger.jsonl")).expect("removed");
    fs::remove_file(folder.path("out/0/8.txt.diff")).expect("removed");
    folder.write("out/1/1.txt", "something else");
    let err = clean(&folder, "out");
    assert!(err.contains("unchanged since an earlier run"), "{err}");
    same(&folder, "undisturbed/", "out/");
}

#[test]
fn a_second_run_reuses_everything_unchanged() {
    let folder = archive();
    let first = clean(&folder, "out");
    let before = tree(&folder, "out/");
    let err = clean(&folder, "out");
    assert!(!first.contains("result reused") && err.contains("60 files unchanged since an earlier run"), "{err}");
    assert!(tree(&folder, "out/") == before);
    // One text is added in front of the others, one removed, one changed: all are renumbered.
    folder.write("in/0/0.new.txt", SCAN);
    fs::remove_file(folder.path("in/1/1.txt")).expect("removed");
    folder.write("in/2/2.txt", CLEAN);
    let err = clean(&folder, "out");
    assert!(err.contains("58 files unchanged"), "{err}");
    clean(&folder, "fresh");
    assert_eq!(folder.text("out/ledger.jsonl"), folder.text("fresh/ledger.jsonl"));
}

#[test]
fn changed_options_rules_or_outputs_are_cleaned_again() {
    let folder = archive();
    clean(&folder, "out");
    let again = |args: &[&str]| {
        let run = folder.run([&["clean", "--out-dir", "out", "in"], args].concat()).exits(0);
        run.err().contains("60 files unchanged")
    };
    assert!(again(&[]) && again(&["--threads", "1"]));
    assert!(!again(&["--level", "probable"]));
    assert!(!again(&["--ignore", "spacing"]));
    assert!(!again(&[]));
    folder.write("descan.toml", "[[protect]]\nwords = [\"officer\"]\nreason = \"as it is\"\n");
    assert!(!again(&[]));
    fs::remove_file(folder.path("descan.toml")).expect("removed");
    assert!(!again(&[]));
    folder.run(["undo", "out/ledger.jsonl"]).exits(0);
    assert!(!again(&[]));
    assert_eq!(folder.text("out/1/1.txt"), CLEAN.repeat(47));
}

#[test]
fn two_runs_do_not_write_to_one_folder() {
    let folder = archive();
    fs::create_dir_all(folder.path("out/.descan")).expect("made");
    let lock = fs::File::create(folder.path("out/.descan/lock")).expect("made");
    lock.lock().expect("locked");
    folder.run(["clean", "--out-dir", "out", "in"]).refuses(&["another run is writing to out"]);
    drop(lock);
    clean(&folder, "out");
    assert!(!folder.path("out/.descan").exists());
}

#[test]
fn the_summary_shows_where_the_damage_is() {
    let folder = archive();
    folder.write("in/bad.txt", SCAN.repeat(400));
    let run = folder.run(["clean", "--out-dir", "out", "gone.txt", "in"]).exits(3);
    let err = run.err();
    for part in [
        "61 files, 41 changed",
        "20 files without findings",
        "findings by level: certain ",
        "repairs by rule: ligature ",
        "most damaged, by findings per 1,000 words",
        "  bad.txt\n",
        "failed:\ndescan:   gone.txt: no such file or directory",
    ] {
        assert!(err.contains(part), "{part:?}: {err}");
    }
    let ledger = folder.text("out/ledger.jsonl");
    let summary: serde_json::Value = serde_json::from_str(ledger.lines().last().expect("a line")).expect("JSON");
    assert_eq!((&summary["sound"], &summary["failed"]), (&20.into(), &1.into()));
    assert_eq!(summary["most_damaged"].as_array().map(Vec::len), Some(10));
    assert_eq!(summary["by_level"]["certain"], summary["applied"]);
    // In path order: gone.txt comes before in/.
    assert!(ledger.lines().nth(1).is_some_and(|l| l.contains(r#""type":"failure""#) && l.contains("gone.txt")));
}
