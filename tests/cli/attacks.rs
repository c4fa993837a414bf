//! Malicious texts, names, settings and rules.

use std::time::{Duration, Instant};

use crate::support::{CLEAN, Folder, SCAN};

/// Characters that control a terminal, reverse the reading direction, or end a tag,
/// a table cell, an annotation or a line.
const NASTY: &str = "\u{1b}[31m\u{202e}\u{2066}\u{9b}2J\u{7}<b>&amp;]]>\"'%0A::error::|`";

fn has_hidden(text: &str) -> bool {
    text.chars()
        .any(|c| c != '\n' && (c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')))
}

#[test]
fn no_report_passes_on_active_characters() {
    let folder = Folder::new();
    let name = "in/n\u{1b}[31m\n::error::\u{202e}<b>&\"'.txt";
    folder.write(name, format!("{NASTY} {SCAN}{NASTY}\n"));
    for format in ["human", "jsonl", "sarif", "github", "junit"] {
        let run = folder.run(["check", "--select", "ligature", "--format", format, "in"]).exits(1);
        // GitHub needs the file's exact name, and has no escape for such a character.
        let out = if format == "github" { run.out().replace('\u{202e}', "") } else { run.out() };
        assert!(!has_hidden(&out), "{format}: {out:?}");
        assert!(!has_hidden(&run.err()), "{format}: {:?}", run.err());
        match format {
            "junit" => assert!(!run.out().contains("<b>"), "{}", run.out()),
            // Each annotation is one command; the file's own text must not add one.
            "github" => {
                let commands = run.out().lines().filter(|line| line.starts_with("::error")).count();
                assert_eq!(commands, 2, "{}", run.out());
            }
            _ => {}
        }
    }
    for format in ["table", "csv", "json"] {
        let out = folder.run(["stats", "--format", format, "in"]).exits(0).out().replace("\r\n", "\n");
        assert!(!has_hidden(&out), "{format}: {out:?}");
    }
}

/// `script` runs the program in a terminal.
#[cfg(target_os = "linux")]
#[test]
fn a_diff_cannot_control_a_terminal() {
    let folder = Folder::with(&[("a.txt", &format!("{NASTY} {SCAN}"))]);
    let program = assert_cmd::cargo::cargo_bin!("descan").display().to_string();
    for command in ["diff", "check"] {
        let line = format!("{program} {command} --select ligature a.txt");
        let command = std::process::Command::new("script")
            .args(["-qec", &line, "/dev/null"])
            .current_dir(folder.path(""))
            .env("TERM", "xterm")
            .env("GIT_PAGER", "cat")
            .output();
        let Ok(output) = command else {
            eprintln!("no `script` here: terminals are not tested");
            return;
        };
        let shown = String::from_utf8_lossy(&output.stdout);
        // Colours are the only escapes; the file's own escape is not printed.
        for part in shown.split('\u{1b}').skip(1) {
            let colour = part.strip_prefix('[').and_then(|p| p.split_once('m')).map(|(codes, _)| codes);
            assert!(colour.is_some_and(|codes| codes.bytes().all(|b| b.is_ascii_digit() || b == b';')), "{part:?}");
        }
        let coloured = shown.split('\u{1b}').enumerate();
        let plain = coloured.map(|(i, part)| if i == 0 { part } else { part.split_once('m').map_or("", |p| p.1) });
        let bare = plain.collect::<String>().replace(['\r', '\t'], "");
        assert!(bare.contains("\\u{9b}2J") && !has_hidden(&bare), "{bare:?}");
    }
}

#[test]
fn rules_and_settings_that_would_exhaust_the_machine_are_refused_at_once() {
    let folder = Folder::with(&[("a.txt", SCAN)]);
    let rule = |pattern: &str| {
        format!(
            "name = \"bomb\"\nsummary = \"a bomb\"\nlevel = \"certain\"\nwhy = \"It is a pattern that is far too large.\"\n\
             pattern = '''{pattern}'''\nwith = \"\"\ntriggers = [\"a\"]\n\
             [[change]]\nfrom = \"a\"\nto = \"\"\n[[keep]]\ntext = \"b\"\n"
        )
    };
    let clock = Instant::now();
    for pattern in ["(?P<bad>a{1000}{1000}{1000})", "(?P<bad>((a{100}){100}){100})", "(?P<bad>(?:a|b{0,4000}){4000})"] {
        folder.write("own/letters/bomb.toml", rule(pattern));
        let run = folder.run(["test", "own"]);
        assert!(matches!(run.0.status.code(), Some(1 | 2)), "{pattern}: {}", run.err());
        folder.write("descan.toml", format!("[[protect]]\npattern = '''{pattern}'''\nreason = \"none\"\n"));
        let run = folder.run(["check", "a.txt"]).exits(2);
        assert_eq!(run.err().lines().count(), 1, "{}", run.err());
    }
    folder.write("descan.toml", format!("select = {}1{}\n", "[".repeat(50_000), "]".repeat(50_000)));
    folder.run(["check", "a.txt"]).exits(2);
    assert!(clock.elapsed() < Duration::from_secs(60), "{:?}", clock.elapsed());
}

#[test]
fn a_file_alone_gets_the_same_result_as_in_a_batch() {
    let folder = Folder::new();
    for number in 0..12 {
        let damage = ["Tbe men of the mill went home.\n", SCAN, CLEAN, "He did n’t g o,, she said.\n"][number % 4];
        folder.write(format!("in/{number:02}.txt"), damage.repeat(number + 1));
    }
    let findings = |args: &[&str]| -> Vec<serde_json::Value> {
        let out = folder.run([&["check", "--level", "suspect", "--format", "jsonl"], args].concat()).out();
        let line = |line: &str| {
            let mut finding: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let finding_in_file = |id: &str| id.split_once('.').map(|(_, n)| n.to_owned());
            for key in ["id", "part_of"] {
                if let Some(id) = finding[key].as_str().and_then(finding_in_file) {
                    finding[key] = id.into();
                }
            }
            finding
        };
        out.lines().map(line).collect()
    };
    let paths: Vec<String> = (0..12).map(|number| format!("in/{number:02}.txt")).collect();
    let alone: Vec<_> = paths.iter().flat_map(|path| findings(&[path])).collect();
    assert!(alone.len() > 12);
    assert_eq!(findings(&["--threads", "2", "in"]), alone);
}
