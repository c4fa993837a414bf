//! Decisions files, which every command applies.

use crate::support::Folder;

const FILE: &str = "descan.decisions.jsonl";
const HEAD: &str = "{\"type\":\"decisions\",\"schema\":1}\n";
const TEXT: &str = "The \u{fb01}rst of the boats came home at noon.\n\
    Her brother had lost the \u{fb01}sh in the heavy wind.\n";
const REFUSE_FIRST: &str =
    r#"{"type":"refuse","rule":"ligature","before":"ﬁ","after":"fi","context":["the","rst of the boats"]}"#;

fn with(line: &str) -> Folder {
    Folder::with(&[("in/story.txt", TEXT), (&format!("in/{FILE}"), &format!("{HEAD}{line}\n"))])
}

#[test]
fn every_command_applies_the_nearest_decisions() {
    let folder = with(REFUSE_FIRST);
    let expected = TEXT.replace("\u{fb01}sh", "fish");
    assert_eq!(folder.run(["clean", "in/story.txt"]).exits(0).out(), expected);
    let found = folder.run(["check", "in/story.txt"]).exits(1).out();
    assert_eq!(found.lines().filter(|line| line.starts_with("in/story.txt:")).count(), 1, "{found}");
    assert!(!folder.run(["diff", "in"]).exits(1).out().contains("+The first"));
    let all = folder.run(["clean", "--no-decisions", "in/story.txt"]).exits(0).out();
    assert_eq!(all, TEXT.replace('\u{fb01}', "fi"));
    folder.write("other.jsonl", HEAD);
    assert_eq!(folder.run(["clean", "--decisions", "other.jsonl", "in/story.txt"]).exits(0).out(), all);
    folder.write("in/descan.toml", "decisions = \"../other.jsonl\"\n");
    assert_eq!(folder.run(["clean", "in/story.txt"]).exits(0).out(), all, "the settings name another");
}

#[test]
fn a_ledger_records_the_decisions_and_can_be_undone() {
    let with_b = REFUSE_FIRST.replace("refuse", "replace").replace("}", ",\"with\":\"bu\"}");
    let folder = with(&with_b);
    folder.run(["clean", "--write", "in"]).exits(0);
    let expected = TEXT.replace("\u{fb01}rst", "burst").replace("\u{fb01}sh", "fish");
    assert_eq!(folder.text("in/story.txt"), expected);
    assert!(folder.text("descan.ledger.jsonl").contains("decided by in/descan.decisions.jsonl:2"));
    assert!(folder.text("descan.ledger.jsonl").lines().next().expect("a line").contains("\"decisions\":\""));
    assert_eq!(folder.run(["clean", "in/story.txt"]).exits(0).out(), expected, "cleaned again");
    folder.run(["undo", "descan.ledger.jsonl"]).exits(0);
    assert_eq!(folder.text("in/story.txt"), TEXT);
}

#[test]
fn unused_decisions_are_listed() {
    let right = r#"{"type":"right","word":"Ervan","reason":"a village"}"#;
    let folder = with(&format!("{REFUSE_FIRST}\n{right}\n{right}"));
    let all = folder.run(["decisions", "--decisions", "in/descan.decisions.jsonl"]).exits(0).out();
    assert_eq!(all.lines().count(), 3, "{all}");
    assert!(
        all.contains("in/descan.decisions.jsonl:2: refuse ligature: `ﬁ` → `fi` between `the` and `rst of the boats`")
    );
    let run = folder.run(["decisions", "--unused", "in"]).exits(1);
    let lines: Vec<String> = run.out().lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert_eq!(lines[0], "in/descan.decisions.jsonl:3: right `Ervan` (a village)");
    assert!(lines[1].ends_with("; same as in/descan.decisions.jsonl:3"), "{lines:?}");
    assert!(run.err().contains("2 of 3 decisions unused"));
    with(REFUSE_FIRST).run(["decisions", "--unused", "in"]).exits(0);
    Folder::with(&[("a.txt", TEXT)]).run(["decisions", "--unused", "a.txt"]).refuses(&["no decisions file here"]);
}

#[test]
fn decisions_are_removed_by_their_lines() {
    let right = r#"{"type":"right","word":"Ervan","reason":"a village"}"#;
    let folder = with(&format!("{REFUSE_FIRST}\n{right}\n{right}"));
    folder.run(["decisions", "--remove", "9", "in"]).refuses(&["9"]);
    let run = folder.run(["decisions", "--remove", "2,4", "in"]).exits(0);
    assert!(run.err().contains("2 decisions removed"), "{}", run.err());
    assert_eq!(folder.text(format!("in/{FILE}")), format!("{HEAD}{right}\n"));
    assert_eq!(folder.run(["clean", "in/story.txt"]).exits(0).out(), TEXT.replace('\u{fb01}', "fi"));
}

#[test]
fn hostile_files_are_refused_before_anything_is_written() {
    let deep = "[".repeat(100_000);
    for (line, why) in [
        ("{\"type\":\"accept\",\"rule\":\"liga", ":2: the line is cut off"),
        ("{\"type\":\"accept\",\"rule\":1}\n", ":2: invalid type"),
        ("{\"type\":\"right\",\"word\":\"a\",\"\u{202e}\":1}\n", ":2: unknown field `\\u{202e}`"),
        ("{\"type\":\"right\",\"pattern\":\"[\"}\n", ":2: bad pattern"),
        (&deep, ":2: "),
    ] {
        let folder = Folder::with(&[("a.txt", TEXT), (FILE, &format!("{HEAD}{line}"))]);
        for args in [&["clean", "--write", "a.txt"][..], &["clean", "--out-dir", "out", "a.txt"], &["check", "a.txt"]] {
            folder.run(args).refuses(&[FILE, why]);
        }
        assert_eq!(folder.files(), ["a.txt", FILE]);
    }
    let folder = Folder::with(&[
        ("a.txt", TEXT),
        (FILE, &format!("{HEAD}{REFUSE_FIRST}\n\n{}\n", REFUSE_FIRST.replace("refuse", "accept"))),
    ]);
    folder.run(["clean", "a.txt"]).refuses(&[":4: it contradicts descan.decisions.jsonl:2"]);
    folder.run(["clean", "--decisions", ".", "a.txt"]).refuses(&["not a regular file"]);
    folder.run(["clean", "--decisions", "none.jsonl", "a.txt"]).refuses(&["none.jsonl", "no such file"]);
    folder.write(FILE, vec![b'x'; (64 << 20) + 2]);
    folder.run(["clean", "a.txt"]).refuses(&["more than 64 MB"]);
}
