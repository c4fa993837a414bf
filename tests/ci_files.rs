//! The pre-commit hook and the GitHub action do what they are for, as far as
//! that goes without a network: their own commands, run as pre-commit and
//! GitHub run them, with the built program in place of one just installed.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Output};

use serde_yaml_ng::Value;
use tempfile::TempDir;

const SCAN: &str = "The \u{fb01}rst man smiled.\n";
const CLEAN: &str = "The first man smiled.\n";

fn yaml(name: &str) -> Value {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("it is there");
    serde_yaml_ng::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// A git repository with these files, all of them staged.
fn repository(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("written");
    }
    for args in [&["init", "-q"][..], &["add", "-A"]] {
        let done = Command::new("git").args(args).current_dir(folder.path()).status().expect("git runs");
        assert!(done.success());
    }
    folder
}

fn told(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The hook's entry with its arguments and the staged files behind it, as
/// pre-commit runs it.
#[test]
fn the_hook_checks_what_is_staged() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let hook = &hooks[0];
    for key in ["id", "name", "description", "language"] {
        assert!(hook[key].is_string(), "{key}");
    }
    assert_eq!(hook["language"], "rust");
    let entry: Vec<&str> = hook["entry"].as_str().expect("text").split(' ').collect();
    let args = hook["args"].as_sequence().expect("a list").iter().map(|a| a.as_str().expect("text"));
    let args: Vec<&str> = entry[1..].iter().copied().chain(args).collect();
    assert_eq!(entry[0], "descan");
    for (files, code) in
        [(&[("clean.txt", CLEAN), ("-x.txt", CLEAN)][..], 0), (&[("-a scan.txt", SCAN), ("line\nbreak.txt", CLEAN)], 1)]
    {
        let folder = repository(files);
        let staged =
            Command::new("git").args(["ls-files", "-z"]).current_dir(folder.path()).output().expect("git runs");
        let names = String::from_utf8(staged.stdout).expect("UTF-8");
        let output = Command::new(env!("CARGO_BIN_EXE_descan"))
            .args(&args)
            .args(names.split_terminator('\0'))
            .current_dir(folder.path())
            .output()
            .expect("it runs");
        assert_eq!(output.status.code(), Some(code), "{}", told(&output));
    }
}

/// A step of the action, run by bash as GitHub runs it.
fn step(step: &Value, inputs: &BTreeMap<&str, &str>, folder: &Path, temp: &Path, path: &str) -> Output {
    assert_eq!(step["shell"], "bash");
    let script = step["run"].as_str().expect("text");
    assert!(!script.contains("${{"), "what a workflow gives must not be part of the script");
    let file = temp.join("step.sh");
    fs::write(&file, script).expect("written");
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail"]).arg(&file).current_dir(folder);
    command.env("RUNNER_TEMP", temp).env("PATH", path);
    for (name, value) in step["env"].as_mapping().expect("a table") {
        let value = value.as_str().expect("text").trim_start_matches("${{ ").trim_end_matches(" }}");
        let value = match value.strip_prefix("inputs.") {
            Some(input) => inputs.get(input).copied().unwrap_or_default(),
            None => env!("CARGO_MANIFEST_DIR"),
        };
        command.env(name.as_str().expect("text"), value);
    }
    command.output().expect("bash runs")
}

#[test]
fn the_action_installs_and_checks() {
    let action = yaml("action.yml");
    assert_eq!(action["runs"]["using"], "composite");
    let defaults: BTreeMap<&str, &str> = action["inputs"]
        .as_mapping()
        .expect("inputs")
        .iter()
        .map(|(name, input)| {
            assert!(input["description"].is_string(), "{name:?}");
            (name.as_str().expect("text"), input["default"].as_str().expect("a default"))
        })
        .collect();
    let steps = action["runs"]["steps"].as_sequence().expect("steps");
    let temp = TempDir::new().expect("a folder");
    let path = std::env::var("PATH").expect("a path");
    let folder = repository(&[("scan.txt", SCAN), ("clean.txt", CLEAN)]);

    // Cargo is asked for the right thing; a stand-in writes down what.
    let bin = temp.path().join("bin");
    fs::create_dir(&bin).expect("a folder");
    fs::write(bin.join("cargo"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n").expect("written");
    fs::set_permissions(bin.join("cargo"), fs::Permissions::from_mode(0o755)).expect("set");
    let with_bin = format!("{}:{path}", bin.display());
    let asked = told(&step(&steps[0], &defaults, folder.path(), temp.path(), &with_bin));
    let root = temp.path().join("descan");
    let expected = ["install", "--quiet", "--locked", "--path", env!("CARGO_MANIFEST_DIR"), "--root"];
    assert_eq!(asked.lines().collect::<Vec<_>>(), [&expected[..], &[root.to_str().expect("UTF-8")]].concat());

    fs::create_dir_all(root.join("bin")).expect("a folder");
    symlink(env!("CARGO_BIN_EXE_descan"), root.join("bin/descan")).expect("a link");
    let run = |given: &[(&'static str, &'static str)]| {
        let mut inputs = defaults.clone();
        inputs.extend(given.iter().copied());
        step(&steps[1], &inputs, folder.path(), temp.path(), &path)
    };
    for (given, code) in [
        (&[][..], 1),
        (&[("paths", "clean.txt\n")], 0),
        (&[("max-findings", "9")], 0),
        (&[("args", "--ignore\ncharacters")], 0),
        (&[("fail-on", "certain"), ("paths", "clean.txt\nscan.txt")], 1),
        // What a stranger could put into a branch's name stays a name.
        (&[("changed-since", "$(touch x); touch y")], 2),
        (&[("paths", "--help")], 2),
    ] {
        let output = run(given);
        assert_eq!(output.status.code(), Some(code), "{given:?}: {}", told(&output));
    }
    assert!(!folder.path().join("x").exists() && !folder.path().join("y").exists());
    let output = run(&[("sarif-file", "out/log.sarif")]);
    assert!(told(&output).contains("::error file=scan.txt,line=1,"), "{}", told(&output));
    assert!(folder.path().join("out/log.sarif").is_file());
}
