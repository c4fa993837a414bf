//! `descan.toml`: where it is found, how files and options are merged, and how it
//! affects a run.

use crate::inkblot::inkblot;
use crate::support::{CLEAN, Folder, SCAN};

/// A repair that is only probable: it reveals the level of a run.
const RULE: &str = inkblot!("probable");
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
fn the_nearest_file_upward_is_used() {
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
fn a_run_uses_one_file() {
    let folder = Folder::with(&[("one/descan.toml", ""), ("one/a.txt", SCAN), ("b.txt", SCAN)]);
    folder
        .run(["check", "one/a.txt", "b.txt"])
        .refuses(&["one/a.txt uses one/descan.toml, but b.txt uses no descan.toml", "--config FILE or --no-config"]);
    folder.run(["check", "--no-config", "one/a.txt", "b.txt"]).exits(1);
}

/// Settings inside a named folder are refused, not ignored; settings files are not
/// texts.
#[test]
fn settings_in_a_subfolder() {
    let folder = Folder::with(&[
        ("descan.toml", ""),
        ("in/a.txt", CLEAN),
        ("in/1931/descan.toml", "ignore = [\"ligature\"]\n"),
        ("in/1931/b.txt", SCAN),
    ]);
    folder.run(["check", "in"]).refuses(&["in/1931/descan.toml applies only to in/1931", "exclude it", "--config"]);
    folder.run(["check", "--exclude", "1931", "in"]).exits(0);
    folder.run(["check", "in/1931"]).exits(0);
    folder.run(["check", "--no-config", "in"]).exits(1);
    folder.run(["clean", "--config", "descan.toml", "--out-dir", "out", "in"]).exits(0);
    assert!(!folder.files().iter().any(|f| f.starts_with("out") && f.contains(".toml")), "{:?}", folder.files());
}

#[test]
fn excludes_apply_to_named_paths_too() {
    let folder = Folder::with(&[
        ("in/descan.toml", "exclude = [\"drafts\", \"/top.txt\"]\n"),
        ("in/top.txt", SCAN),
        ("in/drafts/a.txt", SCAN),
        ("in/deep/top.txt", CLEAN),
    ]);
    for path in ["in", "in/top.txt", "in/drafts", "in/drafts/a.txt"] {
        assert_eq!(folder.run(["check", path]).exits(0).out(), "", "{path}");
    }
    folder.run(["check", "--no-config", "in/drafts/a.txt"]).exits(1);
    let shown = folder.run(["config", "--exclude", "*.bak", "in"]).exits(0).out();
    assert!(shown.contains("\"/top.txt\",  # in/descan.toml:1:22\n    \"*.bak\",  # --exclude"), "{shown}");
}

#[test]
fn extended_files_come_first_and_paths_are_relative_to_their_own_folder() {
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

/// Settings that control a run replace earlier ones; settings that describe an
/// archive add up.
#[test]
fn lists_are_replaced_or_gathered() {
    let folder = Folder::with(&[
        (
            "base.toml",
            "select = [\"characters\"]\nstyle = [\"straight\", \"dots\"]\nexclude = [\"*.bak\"]\n\
             [levels]\nligature = \"suspect\"\nrun-on = \"off\"\n\
             [[protect]]\nwords = [\"Tbe\"]\nreason = \"a name\"\n",
        ),
        (
            "descan.toml",
            "extend = \"base.toml\"\nselect = [\"pages\", \"ligature\"]\nstyle = [\"curly\"]\nexclude = [\"drafts\"]\n\
             [levels]\nligature = \"probable\"\n\
             [[protect]]\npattern = '''x+'''\nreason = \"a row of kisses\"\n",
        ),
    ]);
    let json = folder.run(["config", "--format", "json"]).exits(0).out();
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["files"], serde_json::json!(["descan.toml", "base.toml"]));
    let check = |key: &str, expected: &[(&str, &str)]| {
        let setting = json["settings"].as_array().expect("a list").iter().find(|s| s["key"] == key);
        let values = setting.expect("the key")["values"].as_array().expect("a list");
        let values: Vec<_> = values.iter().map(|v| (&v["value"], &v["origin"]["file"])).collect();
        assert_eq!(values.len(), expected.len(), "{values:?}");
        assert!(values.iter().zip(expected).all(|((v, f), (w, g))| v == w && f == g), "{values:?}");
    };
    check("select", &[("pages", "descan.toml"), ("ligature", "descan.toml")]);
    check("exclude", &[("*.bak", "base.toml"), ("drafts", "descan.toml")]);
    check("style", &[("straight", "base.toml"), ("dots", "base.toml"), ("curly", "descan.toml")]);
    // For each rule the last level wins, for each mark the last style.
    let rules = folder.run(["rules"]).exits(0).out();
    let line = |name: &str| {
        let mut lines = rules.lines();
        lines.find(|l| l.split_whitespace().nth(1) == Some(name)).expect("the rule").to_owned()
    };
    assert!(line("ligature").contains(" probable "), "{rules}");
    assert!(line("ligature").contains("[default: certain]"), "{rules}");
    assert!(line("run-on").contains(" off "), "{rules}");
    let shown = folder.run(["config"]).exits(0).out();
    assert_eq!(shown.matches("[[protect]]").count(), 2, "{shown}");
    folder.write("a.txt", "\u{201c}We went,\u{201d} she said. \u{201c}No...\u{201d}\n");
    let clean = folder.run(["clean", "--select", "quotes,spacing", "a.txt"]).exits(0).out();
    assert!(clean.starts_with('\u{201c}'), "{clean}");
}

#[test]
fn the_output_of_config_is_a_settings_file() {
    let folder = with_rule(
        "level = \"suspect\"\nignore = [\"pages\"]\n[levels]\ninkblot = \"off\"\n\
         [[protect]]\nwords = [\"a \\\"b\\\"\", \"c\"]\npattern = '\\d+'\nreason = \"so\\u00a0it is\"\n",
    );
    let shown = folder.run(["config"]).exits(0).out();
    folder.write("again.toml", &shown);
    let again = folder.run(["config", "--config", "again.toml"]).exits(0).out();
    let plain = |text: &str| text.lines().map(|l| l.split("  # ").next().unwrap_or(l).to_owned()).collect::<Vec<_>>();
    assert_eq!(plain(&shown), plain(&again));
    assert!(shown.contains("level = \"suspect\"  # descan.toml:2:9\n"), "{shown}");
}

#[test]
fn user_rules_run_and_are_listed_with_their_origin() {
    let folder = with_rule("");
    let run = folder.run(["check", "--fail-on", "probable", "a.txt"]).exits(1);
    assert!(run.out().contains("probable inkblot"), "{}", run.out());
    folder.run(["check", "a.txt"]).exits(0);
    let rules = folder.run(["rules"]).exits(0).out();
    let line = rules.lines().find(|l| l.contains("inkblot")).expect("the rule");
    assert!(line.starts_with("letters ") && line.ends_with("[mine/letters/inkblot.toml]"), "{line}");
    let json = folder.run(["rules", "--format", "json"]).exits(0).out();
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let rules = json["rules"].as_array().expect("a list");
    let origin = |name: &str| rules.iter().find(|r| r["name"] == name).expect("the rule")["origin"].clone();
    assert_eq!(origin("inkblot"), "mine/letters/inkblot.toml");
    assert_eq!(origin("ligature"), "built-in");
    let text = folder.run(["explain", "inkblot"]).exits(0).out();
    for part in ["your own rule, from mine/letters/inkblot.toml", "blots in the middle", "The gar#den was green."] {
        assert!(text.contains(part), "{text}");
    }
    let tested = folder.run(["test"]).exits(0).err();
    let alone = folder.run(["test", "--no-config"]).exits(0).err();
    assert_ne!(tested, alone, "the settings' rules are tested too");
    assert_eq!(folder.run(["test", "mine"]).exits(0).err(), tested, "and only once");
}

#[test]
fn levels_are_raised_lowered_and_switched_off_with_a_reason() {
    let levels = |level: &str| with_rule(&format!("[levels]\ninkblot = \"{level}\"\n"));
    let raised = levels("certain");
    assert_eq!(raised.run(["clean", "a.txt"]).exits(0).out(), NO_BLOT);
    let finding = raised.run(["check", "--format", "jsonl", "a.txt"]).exits(1).out();
    let finding: serde_json::Value = serde_json::from_str(finding.trim_end()).expect("one finding");
    let reasons = finding["reasons"].as_array().expect("a list");
    assert_eq!(reasons.last().expect("a reason")["what"], "raised from probable to certain by the settings");
    let lowered = levels("suspect");
    assert_eq!(lowered.run(["clean", "--level", "probable", "a.txt"]).exits(0).out(), BLOT);
    assert!(lowered.run(["check", "a.txt"]).exits(0).out().contains("suspect inkblot"));
    assert_eq!(levels("off").run(["check", "a.txt"]).exits(0).out(), "");
}

#[test]
fn protected_words_and_patterns_are_not_changed() {
    let folder = Folder::with(&[
        (
            "descan.toml",
            "[[protect]]\nwords = [\"\u{fb01}rst\", \"Ghost\"]\nreason = \"set so in the print\"\n\
             [[protect]]\npattern = '''o\u{fb03}\\w+'''\nreason = \"a trade mark\"\n",
        ),
        ("a.txt", "The \u{fb01}rst o\u{fb03}cer, the \u{fb01}rsts and the \u{fb01}nal one.\n"),
    ]);
    let clean = "The \u{fb01}rst o\u{fb03}cer, the firsts and the final one.\n";
    assert_eq!(folder.run(["clean", "a.txt"]).exits(0).out(), clean);
    assert!(!folder.run(["check", "a.txt"]).exits(1).out().contains("`\u{fb03}`"));
    let unused = folder.run(["config", "--unused", "a.txt"]).exits(1).out();
    assert_eq!(unused, "descan.toml:1:1: `Ghost` prevented no repair (set so in the print)\n");
    folder.write("b.txt", "Nothing to mend.\n");
    assert_eq!(folder.run(["config", "--unused", "b.txt"]).exits(1).out().lines().count(), 3);
    folder.run(["config", "--unused", "--no-config", "b.txt"]).exits(0);
}

/// Running heads consist of titles and names.
#[test]
fn protected_words_do_not_protect_running_heads_but_patterns_do() {
    let scan = include_str!("../../fixtures/running-heads.scan.txt");
    let folder = Folder::with(&[("a.txt", scan)]);
    let heads = |config: &str| {
        folder.write("descan.toml", config);
        folder.run(["clean", "a.txt"]).exits(0).out().matches("ISOLDE").count()
    };
    let all = scan.matches("ISOLDE").count();
    assert!(all > 2);
    assert_eq!(heads("[[protect]]\nwords = [\"ISOLDE\"]\nreason = \"the title\"\n"), heads(""));
    assert_eq!(heads("[[protect]]\npattern = 'ISOLDE'\nreason = \"the title\"\n"), all);
}

#[test]
fn the_ledger_records_the_settings_and_can_be_undone() {
    let folder = with_rule(
        "style = [\"curly\"]\n[levels]\ninkblot = \"certain\"\nligature = \"off\"\n\
         [[protect]]\nwords = [\"Tbe\"]\nreason = \"a name\"\n",
    );
    folder.run(["clean", "--write", "a.txt"]).exits(0);
    let ledger = folder.text("descan.ledger.jsonl");
    let run: serde_json::Value = serde_json::from_str(ledger.lines().next().expect("a line")).expect("JSON");
    let options = &run["options"];
    assert_eq!(options["levels"], serde_json::json!({ "inkblot": "certain" }));
    assert_eq!(options["protect"], serde_json::json!([{ "words": ["Tbe"], "reason": "a name" }]));
    assert_eq!(options["own_rules"][0]["name"], "inkblot");
    assert_eq!(options["own_rules"][0]["sha256"], descan_text::hash::sha256(RULE.as_bytes()));
    assert_eq!(options["style"], serde_json::json!(["curly"]));
    let rules = run["rules"].as_array().expect("a list");
    assert!(rules.contains(&"inkblot".into()) && !rules.contains(&"ligature".into()));
    assert_eq!(folder.text("a.txt"), NO_BLOT);
    folder.run(["undo", "descan.ledger.jsonl"]).exits(0);
    assert_eq!(folder.text("a.txt"), BLOT);
}

#[test]
fn fail_on_and_threads_come_from_the_settings() {
    let folder = with_rule("fail-on = \"probable\"\nthreads = 1\n");
    folder.run(["check", "a.txt"]).exits(1);
    folder.run(["check", "--fail-on", "certain", "a.txt"]).exits(0);
    let shown = folder.run(["config", "--threads", "2"]).exits(0).out();
    assert!(shown.contains("threads = 2  # --threads") && shown.contains("fail-on = \"probable\""), "{shown}");
}

/// Other rules do not assume that a rule lowered by the settings was applied.
#[test]
fn page_numbers_that_are_not_removed_keep_their_place() {
    let scan = include_str!("../../fixtures/running-heads.scan.txt");
    let folder = Folder::with(&[("a.txt", scan)]);
    let clean = |config: &str| {
        folder.write("descan.toml", config);
        let clean = folder.run(["clean", "a.txt"]).exits(0).out();
        folder.write("again.txt", &clean);
        assert_eq!(folder.run(["clean", "again.txt"]).exits(0).out(), clean, "cleaned again it stays");
        clean
    };
    // A number between the halves of a word is also what another rule takes out.
    for level in ["suspect", "off"] {
        let config = format!("[levels]\npage-number = \"{level}\"\nhead-in-broken-word = \"off\"\n");
        let clean = clean(&config);
        let at = clean.lines().position(|line| line.trim() == "121").expect("the number stays");
        assert_eq!(clean.lines().nth(at - 1), Some(""), "{clean}");
    }
}
