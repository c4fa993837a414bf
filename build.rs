//! Gathers `rules/<pass>/*.toml` into the binary and makes one test a rule.
//!
//! Three files are written: `rules.rs`, with every rule's source text and its
//! run-time fields as JSON (so that no TOML is parsed at start-up),
//! `rule_tests.rs`, with a test function a rule, and `names.txt`, with the names
//! of the characters that reports call by name.

#[path = "src/rule/file.rs"]
#[allow(dead_code)] // The examples are run by the tests, not here.
mod file;
#[path = "src/report/unlike.rs"]
mod unlike;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The passes in the order in which they run.
const PASSES: [&str; 9] =
    ["encoding", "characters", "pages", "lines", "quotes", "letters", "words", "context", "spacing"];

fn main() {
    println!("cargo:rerun-if-changed=rules");
    println!("cargo:rerun-if-changed=src/rule/file.rs");
    println!("cargo:rerun-if-changed=src/report/unlike.rs");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    let mut sources = String::from("pub static SOURCES: &[Source] = &[\n");
    let mut tests = String::new();
    let mut runtime = Vec::new();
    for pass in PASSES {
        let folder = root.join("rules").join(pass);
        println!("cargo:rerun-if-changed={}", folder.display());
        for path in toml_files(&folder) {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let source = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let rule = file::RuleFile::parse(&path.display().to_string(), &source).unwrap_or_else(|e| panic!("{e}"));
            assert!(
                rule.name == name,
                "{}: the rule is called {:?}; name the file after it",
                path.display(),
                rule.name
            );
            writeln!(sources, "    Source {{ pass: {pass:?}, name: {name:?}, text: include_str!({:?}) }},", path)
                .expect("a string takes all");
            writeln!(tests, "#[test]\nfn {}() {{\n    check({name:?});\n}}", name.replace('-', "_"))
                .expect("a string takes all");
            runtime.push((pass, rule));
        }
    }
    let json = serde_json::to_string(&runtime).expect("rules are plain data");
    write!(sources, "];\npub static RUNTIME: &str = {json:?};\n").expect("a string takes all");
    fs::write(out.join("rules.rs"), sources).expect("cargo's own folder is writable");
    fs::write(out.join("rule_tests.rs"), tests).expect("cargo's own folder is writable");
    fs::write(out.join("names.txt"), names()).expect("cargo's own folder is writable");
}

/// The characters that reports call by name, a line each, behind a line break.
fn names() -> String {
    let needs_name = |c: &char| unlike::is_hidden(*c) || unlike::is_look_alike(*c);
    let line = |c: char| Some(format!("\n{:X} {}", u32::from(c), unicode_names2::name(c)?));
    ('\0'..=char::MAX).filter(needs_name).filter_map(line).collect()
}

fn toml_files(folder: &Path) -> Vec<PathBuf> {
    if !folder.exists() {
        return Vec::new(); // Git keeps no empty folder of a pass that has no rule yet.
    }
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap_or_else(|e| panic!("{}: {e}", folder.display())).path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    paths.sort();
    paths
}
