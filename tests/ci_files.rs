//! The pre-commit hook, the GitHub action and the packing of releases do what they are
//! for, as far as that goes without a network: their own commands, run as pre-commit and
//! GitHub run them, with a release of the built program in a folder.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
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
    for (index, id, language) in [(0, "descan", "rust"), (1, "descan-python", "python")] {
        assert_eq!((&hooks[index]["id"], &hooks[index]["language"]), (&Value::from(id), &Value::from(language)));
        for key in ["name", "description", "entry", "args", "types", "require_serial"] {
            assert_eq!(hooks[index][key], hooks[0][key], "{key}: the two differ in how they are built only");
        }
    }
    let hook = &hooks[0];
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

/// A runner of GitHub, with releases for it to download.
struct Runner {
    action: Value,
    temp: TempDir,
    folder: TempDir,
}

/// How a step ended, and the outputs that it set.
struct Ended {
    code: Option<i32>,
    told: String,
    outputs: BTreeMap<String, String>,
}

impl Runner {
    fn new(files: &[(&str, &str)]) -> Runner {
        Runner { action: yaml("action.yml"), temp: TempDir::new().expect("a folder"), folder: repository(files) }
    }

    /// The program where the action puts it.
    fn installed(&self) -> PathBuf {
        self.temp.path().join("descan/bin/descan")
    }

    /// Publishes a release, packed as releases are, of a program that runs the built one.
    fn publish(&self, tag: &str, target: &str) -> PathBuf {
        let program = self.script("descan", &format!("exec '{}' \"$@\"", env!("CARGO_BIN_EXE_descan")));
        let out = self.temp.path().join("OWNER/descan/releases/download").join(tag);
        fs::create_dir_all(&out).expect("a folder");
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let packed = Command::new("bash").arg(root.join(".ci/package")).arg(program).arg(target).arg(&out).output();
        let packed = packed.expect("bash runs");
        assert!(packed.status.success(), "{}", told(&packed));
        out
    }

    /// A program of this name, for the steps to find.
    fn script(&self, name: &str, does: &str) -> PathBuf {
        let file = self.temp.path().join("path").join(name);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(&file, format!("#!/bin/sh\n{does}\n")).expect("written");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("set");
        file
    }

    /// Runs the step of that name as GitHub does, with these inputs.
    fn step(&self, name: &str, git_ref: &str, given: &[(&str, &str)]) -> Ended {
        let steps = self.action["runs"]["steps"].as_sequence().expect("steps");
        let step = steps.iter().find(|step| step["name"] == name).expect("the step");
        assert_eq!(step["shell"], "bash");
        let script = step["run"].as_str().expect("text");
        assert!(!script.contains("${{"), "what a workflow gives must not be part of the script");
        let temp = self.temp.path();
        let (file, outputs, summary) = (temp.join("step.sh"), temp.join("outputs"), temp.join("summary"));
        fs::write(&file, script).expect("written");
        fs::write(&outputs, "").expect("written");
        let path = format!("{}:{}", temp.join("path").display(), std::env::var("PATH").expect("a path"));
        let mut command = Command::new("bash");
        command.args(["--noprofile", "--norc", "-eo", "pipefail"]).arg(&file).current_dir(self.folder.path());
        command.env("RUNNER_TEMP", temp).env("RUNNER_OS", "Linux").env("RUNNER_ARCH", "X64").env("PATH", path);
        command.env("GITHUB_OUTPUT", &outputs).env("GITHUB_STEP_SUMMARY", &summary);
        for (name, value) in step["env"].as_mapping().expect("a table") {
            let value = value.as_str().expect("text").trim_start_matches("${{ ").trim_end_matches(" }}");
            let value = match value {
                "github.action_path" => env!("CARGO_MANIFEST_DIR").to_owned(),
                "github.action_repository" => "OWNER/descan".to_owned(),
                "github.action_ref" => git_ref.to_owned(),
                "github.server_url" => format!("file://{}", temp.display()),
                input => self.input(input.strip_prefix("inputs.").expect("an input"), given),
            };
            command.env(name.as_str().expect("text"), value);
        }
        let output = command.output().expect("bash runs");
        let lines = fs::read_to_string(&outputs).expect("UTF-8");
        let outputs = lines.lines().filter_map(|line| line.split_once('='));
        let outputs = outputs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Ended { code: output.status.code(), told: told(&output), outputs }
    }

    /// An input's value: what was given, or its default.
    fn input(&self, name: &str, given: &[(&str, &str)]) -> String {
        let declared = &self.action["inputs"][name];
        assert!(declared["description"].is_string(), "{name}");
        let default = declared["default"].as_str().expect("a default");
        given.iter().find(|(other, _)| *other == name).map_or(default, |(_, value)| value).to_owned()
    }
}

const TARGET: &str = "x86_64-unknown-linux-musl";

#[test]
fn the_action_downloads_a_release_and_checks() {
    let runner = Runner::new(&[("scan.txt", SCAN), ("clean.txt", CLEAN)]);
    assert_eq!(runner.action["runs"]["using"], "composite");
    runner.publish("v1.2.3", TARGET);
    let download = runner.step("Download descan", "v1.2.3", &[]);
    assert_eq!(download.code, Some(0), "{}", download.told);
    assert_eq!(download.outputs["ready"], "true", "{}", download.told);
    assert!(runner.installed().is_file());
    for (given, code, findings) in [
        (&[][..], 1, "1"),
        (&[("paths", "clean.txt\n")], 0, "0"),
        (&[("max-findings", "9")], 0, "1"),
        (&[("args", "--ignore\ncharacters")], 0, "0"),
        (&[("fail-on", "certain"), ("paths", "clean.txt\nscan.txt")], 1, "1"),
        // What a stranger could put into a branch's name stays a name.
        (&[("changed-since", "$(touch x); touch y")], 2, "0"),
        (&[("paths", "--help")], 2, "0"),
    ] {
        let check = runner.step("Check texts", "v1.2.3", given);
        assert_eq!(check.code, Some(code), "{given:?}: {}", check.told);
        assert_eq!(check.outputs["exit-code"], code.to_string());
        assert_eq!(check.outputs["findings"], findings, "{given:?}");
    }
    assert!(!runner.folder.path().join("x").exists() && !runner.folder.path().join("y").exists());
    let check = runner.step("Check texts", "v1.2.3", &[("sarif-file", "out/log.sarif")]);
    assert!(check.told.contains("::error file=scan.txt,line=1,"), "{}", check.told);
    assert!(runner.folder.path().join("out/log.sarif").is_file());
    assert_eq!(fs::read_to_string(&check.outputs["report"]).expect("UTF-8").lines().count(), 1);
    let summary = fs::read_to_string(runner.temp.path().join("summary")).expect("UTF-8");
    assert!(summary.ends_with(
        "damage found\n\n| level | findings |\n|---|--:|\n| certain | 1 |\n| probable | 0 |\n| suspect | 0 |\n"
    ));
}

#[test]
fn the_action_refuses_a_release_that_is_not_what_was_published() {
    let runner = Runner::new(&[("clean.txt", CLEAN)]);
    let out = runner.publish("v1.2.3", TARGET);
    let archive = out.join(format!("descan-{TARGET}.tar.gz"));
    let mut bytes = fs::read(&archive).expect("it is there");
    *bytes.last_mut().expect("not empty") ^= 1;
    fs::write(&archive, bytes).expect("written");
    let download = runner.step("Download descan", "v1.2.3", &[]);
    assert_eq!(download.code, Some(2), "{}", download.told);
    assert!(download.told.contains("::error::"), "{}", download.told);
    assert!(!runner.installed().exists() && !download.outputs.contains_key("ready"));
}

#[test]
fn the_action_builds_what_is_no_release_once() {
    let runner = Runner::new(&[("clean.txt", CLEAN)]);
    let mut keys = Vec::new();
    for git_ref in ["main", "v9.9.9", "../v1", ""] {
        let download = runner.step("Download descan", git_ref, &[]);
        assert_eq!(download.code, Some(0), "{}", download.told);
        assert!(!download.outputs.contains_key("ready"));
        keys.push(download.outputs["key"].clone());
    }
    assert!(keys[0].len() == 64 && keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    // Who names a version wants no other.
    let download = runner.step("Download descan", "main", &[("version", "v9.9.9")]);
    assert_eq!(download.code, Some(2), "{}", download.told);

    let steps = runner.action["runs"]["steps"].as_sequence().expect("steps");
    let cache = steps.iter().find(|step| step["id"] == "cache").expect("the step");
    assert!(cache["with"]["key"].as_str().expect("text").ends_with("${{ steps.download.outputs.key }}"));
    // Cargo is asked for the right thing; a stand-in writes down what.
    runner.script("cargo", "printf '%s\\n' \"$@\"");
    let asked = runner.step("Build descan", "main", &[]).told;
    let root = runner.temp.path().join("descan");
    let expected = ["install", "--quiet", "--locked", "--path", env!("CARGO_MANIFEST_DIR"), "--root"];
    assert_eq!(asked.lines().collect::<Vec<_>>(), [&expected[..], &[root.to_str().expect("UTF-8")]].concat());
}

/// What is downloaded, by whatever way, is what the workflow makes.
#[test]
fn releases_are_made_of_what_is_downloaded() {
    let workflow = yaml(".github/workflows/release.yml");
    let targets = workflow["jobs"]["archives"]["strategy"]["matrix"]["include"].as_sequence().expect("a list");
    let targets: Vec<&str> = targets.iter().map(|entry| entry["target"].as_str().expect("text")).collect();
    let read = |name: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("UTF-8");
    for (name, mark) in [("action.yml", "target="), ("packaging/descan.rb.in", "/descan-")] {
        let text = read(name);
        let named = text.split(mark).skip(1).map(|rest| rest.split([' ', '.', '\n']).next().unwrap_or_default());
        let named: Vec<&str> = named.filter(|name| name.contains("-unknown-") || name.contains("-apple-")).collect();
        assert_eq!(named.len(), 4, "{name}: {named:?}");
        assert!(named.iter().all(|target| targets.contains(target)), "{name}: {named:?}");
    }

    let runner = Runner::new(&[]);
    let mut assets = PathBuf::new();
    for target in targets.iter().filter(|target| !target.contains("windows")) {
        assets = runner.publish("v1.2.3", target);
    }
    let formula = Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging/formula");
    let made = Command::new("bash").arg(formula).args(["OWNER/descan", "v1.2.3"]).arg(&assets).output();
    let made = String::from_utf8(made.expect("bash runs").stdout).expect("UTF-8");
    assert!(made.contains("version \"1.2.3\"") && !made.contains('@'), "{made}");
    let sum = fs::read_to_string(assets.join(format!("descan-{TARGET}.tar.gz.sha256"))).expect("UTF-8");
    assert!(made.contains(&format!("sha256 \"{}\"", sum.split(' ').next().expect("a sum"))), "{made}");

    // `cargo binstall` looks for the same names.
    let manifest: toml::Table = read("Cargo.toml").parse().expect("TOML");
    let binstall = &manifest["package"]["metadata"]["binstall"];
    let url = binstall["pkg-url"].as_str().expect("text").replace("{ target }", TARGET);
    let url = url.replace("{ version }", "1.2.3").replace("{ archive-suffix }", ".tar.gz").replace("{ repo }/", "");
    let archive = assets.ancestors().nth(3).expect("a folder").join(url);
    assert!(archive.is_file(), "{}", archive.display());
}
