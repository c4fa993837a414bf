//! The reports of `descan check`, as programs read them.

use serde_json::Value;

use crate::support::{CLEAN, Folder, SCAN};

/// A damaged line and a line to be joined, in a file with an awkward name.
const NAME: &str = "a b/50%,x:y.txt";

fn sarif(folder: &Folder, args: &[&str], code: i32) -> Value {
    let out = folder.run([&["check", "--report", "sarif"], args].concat()).exits(code).out();
    let log: Value = serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {out}"));
    // Two patterns of the published schema are misspelt; with their stray bracket
    // a strict parser rejects them as regexes.
    let schema = include_str!("../data/sarif-2.1.0.schema.json").replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}$");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema");
    let errors: Vec<String> = validator.iter_errors(&log).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    log
}

#[test]
fn sarif_is_valid_and_has_rules_places_fixes_and_fingerprints() {
    let folder = Folder::with(&[(NAME, "é One line.\r\nThe \u{fb01}rst man.\r\n"), ("b.txt", CLEAN)]);
    let log = sarif(&folder, &["."], 1);
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let rule = rules.iter().find(|r| r["id"] == "ligature").expect("the rule");
    assert_eq!(rule["defaultConfiguration"]["level"], "error");
    assert!(rule["help"]["markdown"].as_str().expect("text").contains("` The \u{fb01}rst"));
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 1);
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b/50%25%2Cx%3Ay.txt");
    let region = &place["region"];
    assert_eq!((&region["startLine"], &region["startColumn"]), (&2.into(), &5.into()));
    assert_eq!((&region["endLine"], &region["endColumn"]), (&2.into(), &6.into()));
    assert_eq!(results[0]["partialFingerprints"]["descanFingerprint/v1"].as_str().expect("text").len(), 16);
    assert!(results[0].get("baselineState").is_none());
    let fix = &results[0]["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(fix["insertedContent"]["text"], "fi");
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn sarif_without_findings_and_with_a_failed_input_is_valid_too() {
    let folder = Folder::with(&[("a.txt", CLEAN)]);
    let log = sarif(&folder, &["a.txt"], 0);
    assert_eq!(log["runs"][0]["results"], Value::Array(Vec::new()));
    let log = sarif(&folder, &["a.txt", "gone[1].txt"], 3);
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let text = invocation["toolExecutionNotifications"][0]["message"]["text"].as_str().expect("text");
    assert!(text.starts_with("gone\\[1\\].txt "), "{text}");
}

/// The log is valid for all kinds of pages and bad input.
#[test]
fn sarif_of_all_fixtures_is_valid() {
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");
    let log = sarif(&Folder::new(), &[fixtures, "--fail-on", "suspect"], 1);
    assert!(log["runs"][0]["results"].as_array().expect("results").len() > 100);
}

/// A SARIF reader that applies the fixes gets what `clean` writes.
#[test]
fn sarif_fixes_produce_the_cleaned_text() {
    let scan =
        "The old tower had fright-\r\nened her, \u{1d518} she said.\r\nThe o\u{fb03}cer and the \u{fb01}rst man.\r\n";
    let folder = Folder::with(&[("a.txt", scan)]);
    let clean = folder.run(["clean", "a.txt"]).exits(0).out();
    assert_ne!(clean, scan);
    let log = sarif(&folder, &["a.txt"], 1);
    let mut text = scan.to_owned();
    for result in log["runs"][0]["results"].as_array().expect("results").iter().rev() {
        if result["properties"]["applied"] != true {
            continue;
        }
        let fix = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
        let number = |name: &str| fix["deletedRegion"][name].as_u64().expect("a number") as usize;
        let at = |line: usize, column: usize| -> usize {
            let start: usize = scan.split_inclusive('\n').take(line - 1).map(str::len).sum();
            start + scan[start..].chars().take(column - 1).map(char::len_utf8).sum::<usize>()
        };
        let span = at(number("startLine"), number("startColumn"))..at(number("endLine"), number("endColumn"));
        text.replace_range(span, fix["insertedContent"]["text"].as_str().expect("text"));
    }
    assert_eq!(text, clean);
}

#[test]
fn github_annotations_are_escaped_and_counted() {
    let folder = Folder::with(&[(NAME, SCAN), ("c.txt", "Fright-\nened by the \u{fb01}re, 100%::\n")]);
    let out = folder.run(["check", "--format", "github", "."]).exits(1).out();
    let start = "::error file=a b/50%25%2Cx%3Ay.txt,line=1,endLine=1,col=5,endColumn=5,title=ligature (certain)::\
        `\u{fb01}` should be `fi` (";
    assert!(out.starts_with(start), "{out}");
    let last = out.lines().last().expect("a line");
    assert!(last.starts_with("::notice title=descan::") && last.contains(" in 2 files"), "{last}");
    assert!(out.lines().all(|line| line.starts_with("::")), "{out}");
}

#[test]
fn junit_is_xml_of_suites_and_cases() {
    let folder = Folder::with(&[("a<&>.txt", "The \u{fb01}rst \u{1b}[31m\u{ffff} man.\n"), ("b.txt", CLEAN)]);
    let out = folder.run(["check", "--select", "ligature", "--format", "junit", ".", "gone.txt"]).exits(3).out();
    assert!(out.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "), "{out}");
    assert!(out.ends_with("</testsuites>\n"));
    assert!(
        out.contains("<testsuite name=\"./a&lt;&amp;&gt;.txt\" tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\">")
    );
    assert!(out.contains("<testcase classname=\"./b.txt\" name=\"no findings\"/>"), "{out}");
    assert!(out.contains("errors=\"1\""), "{out}");
    let allowed =
        |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(out.chars().all(allowed));
    for name in ["testsuites", "testsuite", "failure"] {
        let opened = out.matches(&format!("<{name} ")).count() - out.matches(&format!("<{name}/>")).count();
        assert_eq!(opened, out.matches(&format!("</{name}>")).count(), "{name}: {out}");
    }
}

#[test]
fn several_reports_each_go_to_their_own_place() {
    let folder = Folder::with(&[("a.txt", SCAN)]);
    let args = ["check", "--report", "sarif=out/log.sarif", "--report", "junit=j.xml", "--report", "github", "."];
    let out = folder.run(args).exits(1).out();
    assert!(out.starts_with("::error file=a.txt"), "{out}");
    let log: Value = serde_json::from_str(&folder.text("out/log.sarif")).expect("JSON");
    assert!(!log["runs"][0]["results"].as_array().expect("results").is_empty());
    assert!(folder.text("j.xml").ends_with("</testsuites>\n"));
    assert_eq!(folder.files(), ["a.txt", "j.xml", "out/log.sarif"], "nothing else is left");
    // Its own reports are not read as texts, and are replaced atomically.
    assert_eq!(folder.run(args).exits(1).out(), out);
}

#[test]
fn a_report_to_a_file_prints_nothing() {
    let folder = Folder::with(&[("a.txt", SCAN)]);
    assert_eq!(folder.run(["check", "--report", "human=-", "--report", "jsonl=x.jsonl", "a.txt"]).exits(1).err(), "");
    assert_eq!(folder.run(["check", "--report", "jsonl=x.jsonl", "a.txt"]).exits(1).out(), "");
    assert!(folder.text("x.jsonl").starts_with("{\"schema\":1,"));
}

#[test]
fn impossible_reports_are_refused_before_the_work() {
    let folder = Folder::with(&[("a.txt", SCAN), ("dir/x", "")]);
    for (args, expected) in [
        (vec!["--report", "github", "--format", "human"], "two reports would go to standard output"),
        (vec!["--report", "sarif=x", "--report", "junit=x"], "two reports would go to x"),
        (vec!["--report", "pdf"], "unknown format \"pdf\"; use human, jsonl, sarif, github, junit"),
        (vec!["--report", "sarif="], "the file name after = is missing"),
        (vec!["--report", "sarif=dir"], "cannot write dir: is a directory"),
        (vec!["--report", "sarif=dir/x/y"], "cannot write dir/x/y"),
    ] {
        let err = folder.run([vec!["check"], args, vec!["a.txt"]].concat()).exits(2).err();
        assert!(err.contains(expected) && err.trim_end().lines().count() == 1, "{err}");
    }
    assert_eq!(folder.files(), ["a.txt", "dir/x"]);
}

/// People read sentences, and programs have the figures too.
#[test]
fn reasons_are_sentences_and_figures() {
    let line = "The boats were at the quay, and tbe men stood beside them in the rain without a word.\n";
    let folder = Folder::with(&[("a.txt", line)]);
    let sentence = "‘the’ fits here far better than ‘tbe’; b for h is a common misreading";
    let shown = folder.run(["check", "a.txt"]).exits(1).out();
    assert!(shown.contains(sentence) && !shown.contains("log-odds"), "{shown}");
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");
    let out = folder.run(["check", "--format", "jsonl", "--fail-on", "suspect", "a.txt", fixtures]).exits(1).out();
    let (mut findings, mut figures) = (0, 0);
    for line in out.lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        let Some(reasons) = line["reasons"].as_array() else { continue };
        findings += 1;
        assert!(!reasons.is_empty() && reasons[0].get("value").is_none(), "no sentence: {line}");
        figures += reasons.iter().filter(|reason| reason.get("value").is_some()).count();
        assert!(!line["reasons"].to_string().contains("nats"), "{line}");
    }
    assert!(findings > 300 && figures > 300, "{findings} findings, {figures} figures");
    let log = sarif(&folder, &["a.txt"], 1);
    let reasons = &log["runs"][0]["results"][0]["properties"]["reasons"];
    assert_eq!(reasons[0]["what"], sentence);
    assert!(reasons.as_array().expect("reasons").iter().any(|reason| reason["value"].is_number()), "{reasons}");
}
