//! `descan check`, `rules` and `explain`.

use crate::support::{CLEAN, Folder, SCAN};

#[test]
fn findings_show_the_line_a_marker_the_rule_and_the_reason() {
    let folder = Folder::with(&[("a.txt", "One line.\nThe \u{fb01}rst man.\n")]);
    let run = folder.run(["check", "a.txt"]).exits(1);
    let lines: Vec<String> = run.out().lines().map(str::to_owned).collect();
    assert_eq!(lines[0], "a.txt:2:5: certain ligature: `\u{fb01}` → `fi`");
    assert_eq!(lines[2], "2 | The \u{fb01}rst man.");
    assert!(lines[3].starts_with("  |     ^ "), "{}", lines[3]);
    assert_eq!(run.err(), "");
}

#[test]
fn repairs_of_one_kind_are_reported_once() {
    let folder = Folder::with(&[("a.txt", &"The \u{fb01}rst man.\n".repeat(12))]);
    let out = folder.run(["check", "a.txt"]).exits(1).out();
    assert_eq!(out.matches("certain ligature").count(), 1);
    assert!(out.contains("also at 2:5, 3:5, 4:5, 5:5, 6:5, 7:5, 8:5, 9:5 and 3 more"), "{out}");
}

#[test]
fn the_exit_code_shows_whether_there_is_a_diff() {
    let folder = Folder::with(&[("scan.txt", SCAN), ("clean.txt", CLEAN)]);
    for (file, code) in [("scan.txt", 1), ("clean.txt", 0)] {
        folder.run(["check", file]).exits(code);
        folder.run(["diff", file]).exits(code);
        folder.run(["check", "--fail-on", "suspect", file]).exits(code);
    }
    folder.run(["check", "--ignore", "characters", "scan.txt"]).exits(0);
    folder.run(["check", "gone.txt", "scan.txt"]).exits(3);
}

#[test]
fn jsonl_has_one_object_per_finding() {
    let folder = Folder::new();
    folder.write("a.txt", "\u{feff}Éric\r\nThe \u{fb01}rst man.\r\n");
    let out = folder.run(["check", "--format", "jsonl", "a.txt"]).exits(1).out();
    let finding: serde_json::Value = serde_json::from_str(out.trim_end()).expect("one JSON object");
    assert_eq!(finding["schema"], 1);
    assert_eq!(finding["path"], "a.txt");
    assert_eq!(finding["rule"], "ligature");
    assert_eq!(finding["pass"], "characters");
    assert_eq!(finding["level"], "certain");
    assert_eq!(finding["span"], serde_json::json!([14, 17]));
    assert_eq!((&finding["line"], &finding["column"]), (&2.into(), &5.into()));
    assert_eq!((&finding["before"], &finding["after"]), (&"\u{fb01}".into(), &"fi".into()));
    assert_eq!(finding["applied"], true);
    assert!(finding["reasons"][0]["what"].is_string() && finding["confidence"].is_number());
}

#[test]
fn texts_cannot_control_the_terminal() {
    let nasty = "The \u{1b}[31m\u{202e}\u{fb01}rst\u{7}\u{0}\u{9b}2J man.\n";
    let folder = Folder::with(&[("a.txt", nasty)]);
    for format in ["human", "jsonl"] {
        let out = folder.run(["check", "--text", "--select", "ligature", "--format", format, "a.txt"]).exits(1).out();
        assert!(!out.chars().any(|c| c != '\n' && (c.is_control() || c == '\u{202e}')), "{out:?}");
        assert!(out.contains("202e"), "{out}");
    }
    // A program gets the exact bytes.
    assert!(folder.run(["diff", "--text", "--select", "ligature", "a.txt"]).exits(1).out().contains("-The \u{1b}[31m"));
}

#[test]
fn rules_are_listed_in_the_order_of_the_passes_and_explained() {
    let folder = Folder::new();
    let list = folder.run(["rules"]).exits(0).out();
    let passes: Vec<&str> = list.lines().filter_map(|l| l.split(' ').next()).collect();
    let order = |pass: &&str| descan_core::passes::PASSES.iter().position(|(p, _)| p.as_str() == *pass);
    assert!(passes.is_sorted_by_key(order), "{passes:?}");
    let text = folder.run(["explain", "ligature"]).exits(0).out();
    for part in ["pass characters, level certain", "Repairs", "Leaves alone", "naïve"] {
        assert!(text.contains(part), "{text}");
    }
    folder.run(["explain", "ligatures"]).refuses(&["did you mean \"ligature\"?"]);
    folder.run(["explain", "characters"]).refuses(&["is a pass"]);
}

#[test]
fn help_and_version() {
    let folder = Folder::new();
    assert!(folder.run(["--help"]).exits(0).out().contains("130  interrupted"));
    assert!(folder.run(["--version"]).exits(0).out().starts_with("descan "));
    for command in ["clean", "diff", "check", "undo", "rules", "explain", "test"] {
        assert!(folder.run([command, "--help"]).exits(0).out().contains("Usage: descan"));
    }
}

#[test]
fn a_passage_of_unknown_words_is_reported_but_is_not_a_finding() {
    let folder = Folder::new();
    let foreign = "Zur Burg hinauf führte damals schmaler Steig, welchen niemand kannte.\n".repeat(4);
    folder.write("a.txt", format!("The miller came down to the river with both of his sons.\n\n{foreign}"));
    folder.write("b.txt", "The miller came down to the river with both of his sons.\n".repeat(4));
    let run = folder.run(["check", "--fail-on", "suspect", "a.txt", "b.txt"]).exits(0);
    assert!(
        run.err().contains("a.txt: lines 3–6: ") && run.err().contains("of the words are unknown"),
        "{}",
        run.err()
    );
    assert!(!run.err().contains("b.txt"), "{}", run.err());
    let stats = folder.run(["stats", "--format", "json", "a.txt", "b.txt"]).exits(0).out();
    assert!(stats.contains(r#""unknown":[{"lines":[3,6],"share":"#) && stats.contains(r#""unknown":[]"#), "{stats}");
}
