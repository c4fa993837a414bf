//! `descan learn`: statistics of archives, and what `--archive` does with them.

use crate::support::{Folder, SCAN};

/// A document of a bad scan, and a page of it that alone says little.
const BAD: &str = "He carne frorn tbe rnill, and sbe saw hirn on tbe rnoor witb tbe otber rnen.\n";
const PAGE: &str = "The bome of the widow was searched, and nothing was left.\n";

/// An archive of bad scans in two folders, and the page.
fn archive() -> Folder {
    let folder = Folder::with(&[("page.txt", PAGE)]);
    for number in 0..20 {
        let document = format!("{}At last they saw Penrodden.\n", BAD.repeat(8));
        folder.write(format!("in/{}/{number}.txt", number % 2), document);
    }
    folder
}

fn learn(folder: &Folder, inputs: &[&str], output: &str) -> String {
    folder.run([&["learn"], inputs, &["-o", output]].concat()).exits(0).err()
}

#[test]
fn the_statistics_are_the_same_in_any_order_and_parts() {
    let folder = archive();
    assert_eq!(learn(&folder, &["in"], "a.stats"), "descan: statistics of 20 documents written to a.stats\n");
    let all = folder.text("a.stats");
    assert!(all.starts_with("descan archive statistics 1\ndocuments\t20\n"), "{all}");
    assert!(all.contains("\nPenrodden\t20\t20\n") && all.contains("\nb\th\t20\t"), "{all}");
    learn(&folder, &["--threads", "1", "in/1", "in/0"], "b.stats");
    assert_eq!(folder.text("b.stats"), all);
    learn(&folder, &["in/0"], "0.stats");
    learn(&folder, &["in/1"], "1.stats");
    learn(&folder, &["1.stats", "0.stats"], "sum.stats");
    assert_eq!(folder.text("sum.stats"), all);
    // Later files are added to the statistics that are there.
    learn(&folder, &["0.stats", "in/1"], "0.stats");
    assert_eq!(folder.text("0.stats"), all);
}

#[test]
fn statistics_in_a_folder_of_texts_are_neither_read_nor_cleaned() {
    let folder = archive();
    learn(&folder, &["in"], "in/archive.stats");
    let first = folder.text("in/archive.stats");
    learn(&folder, &["in"], "in/archive.stats");
    assert_eq!(folder.text("in/archive.stats"), first);
    folder.run(["clean", "--out-dir", "out", "in"]).exits(0);
    assert!(!folder.files().contains(&"out/archive.stats".to_owned()), "{:?}", folder.files());
}

#[test]
fn a_page_of_a_bad_archive_is_judged_as_one() {
    let folder = archive();
    learn(&folder, &["in"], "archive.stats");
    let repaired = |arguments: &[&str]| {
        let run = folder.run([&["check", "--exit-zero", "--format", "jsonl"], arguments, &["page.txt"]].concat());
        run.exits(0).out().lines().filter(|line| line.contains(r#""applied":true"#)).count()
    };
    let (alone, among) = (repaired(&[]), repaired(&["--archive", "archive.stats"]));
    assert!(among > alone, "{among} repairs, and {alone} without the archive");
    folder.write("descan.toml", "archive = \"archive.stats\"\n");
    assert_eq!(repaired(&[]), among);
    assert_eq!(repaired(&["--no-config"]), alone);
    // What is to be written need not be there before.
    std::fs::remove_file(folder.path("archive.stats")).expect("removed");
    learn(&folder, &["in"], "archive.stats");
    for command in ["clean", "diff", "check", "stats"] {
        let before = folder.run([command, "page.txt"]).out();
        assert_eq!(folder.run([command, "--archive", "archive.stats", "page.txt"]).out(), before, "{command}");
    }
}

#[test]
fn a_word_of_several_documents_speaks_for_itself_unless_it_is_a_misreading() {
    let folder = Folder::new();
    for number in 0..6 {
        folder.write(format!("in/{number}.txt"), "It was told how Bellington was seen, and otber men witb him.\n");
    }
    folder.write("page.txt", "They say that tbe Bellington was there witb otber men.\n");
    let repaired = |documents: &[&str]| {
        learn(&folder, documents, "archive.stats");
        let arguments = ["check", "--exit-zero", "--level", "suspect", "--archive", "archive.stats", "page.txt"];
        let out = folder.run(arguments).exits(0).out();
        assert!(out.contains("`otber` → `other`"), "{out}");
        out.contains("`Bellington` →")
    };
    assert!(!repaired(&["in"]));
    // What two documents have may be chance; one of them may be the page itself.
    assert!(repaired(&["in/0.txt", "in/1.txt"]));
}

#[test]
fn cleaned_files_are_not_learned_from() {
    let folder = Folder::with(&[("in/a.txt", SCAN), ("in/b.txt", "Nothing was broken here.\n")]);
    learn(&folder, &["in"], "originals.stats");
    folder.run(["clean", "--out-dir", "out", "in"]).exits(0);
    let run = folder.run(["learn", "out/a.txt", "in/b.txt", "-o", "x.stats"]).exits(3);
    assert!(run.err().contains("out/a.txt was cleaned already") && run.err().contains("ledger.jsonl"), "{}", run.err());
    assert!(folder.text("x.stats").contains("documents\t1\n"));
    folder.run(["clean", "--write", "in"]).exits(0);
    let run = folder.run(["learn", "in", "-o", "x.stats"]).exits(3);
    assert!(run.err().contains("in/a.txt was cleaned already"), "{}", run.err());
    folder.run(["undo", "descan.ledger.jsonl"]).exits(0);
    learn(&folder, &["in"], "x.stats");
    assert_eq!(folder.text("x.stats"), folder.text("originals.stats"));
}

#[test]
fn refusals() {
    let folder = archive();
    learn(&folder, &["in/0"], "good.stats");
    let good = folder.text("good.stats");
    folder.write("cut.stats", &good[..good.len() - 5]);
    folder.write("new.stats", good.replacen("statistics 1", "statistics 2", 1));
    folder.run(["clean", "--archive", "none.stats", "page.txt"]).refuses(&["none.stats"]);
    folder.run(["clean", "--archive", "page.txt", "page.txt"]).refuses(&["page.txt", "descan learn"]);
    folder.run(["diff", "--archive", "cut.stats", "page.txt"]).refuses(&["cut.stats", "line", "descan learn"]);
    folder.run(["check", "--archive", "new.stats", "page.txt"]).refuses(&["new.stats", "this version"]);
    folder.run(["learn", "-o", "x.stats"]).refuses(&["no input"]);
    folder.run(["learn", "in"]).refuses(&["--output"]);
    folder.run(["learn", "good.stats", "cut.stats", "-o", "x.stats"]).refuses(&["cut.stats", "line"]);
    assert!(folder.files().iter().all(|file| file != "x.stats"), "nothing is written");
}
