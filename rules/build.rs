//! Gathers `<pass>/*.toml` into one generated file, `rules.rs`: every rule's
//! source text, its run-time fields as JSON (so that no TOML is parsed at
//! start-up), the names that rules once had, and a constant for each rule, by
//! which code names it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use descan_rule_file::{Lists, PassName, RuleFile};

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    let mut sources = String::new();
    let mut constants = String::new();
    let mut former_names = String::new();
    let mut runtime = Vec::new();
    let mut lists = Lists::default();
    for (name, text) in descan_data_en::WORDS {
        lists.add_words(name, text);
    }
    let tables = tables(&root.join("maps"), &mut lists);
    for pass in PassName::ALL {
        let folder = root.join(pass.as_str());
        println!("cargo:rerun-if-changed={}", folder.display());
        for path in files(&folder, "toml") {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let source = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let rule = RuleFile::parse(&path.display().to_string(), &source).unwrap_or_else(|e| panic!("{e}"));
            assert!(
                rule.name == name,
                "{}: the rule is called {:?}; name the file after it",
                path.display(),
                rule.name
            );
            let pass = pass.as_str();
            let index = runtime.len();
            let constant = name.replace('-', "_").to_uppercase();
            let summary = &rule.summary;
            writeln!(sources, "    Source {{ pass: {pass:?}, name: {name:?}, text: include_str!({path:?}) }},")
                .expect("a string takes all");
            writeln!(
                constants,
                "    #[doc = {doc:?}]\n    pub const {constant}: RuleId = RuleId({index});",
                doc = format!("`{name}`: {summary}")
            )
            .expect("a string takes all");
            for former in rule.formerly.iter().chain(&rule.aliases) {
                writeln!(former_names, "    ({former:?}, {name:?}),").expect("a string takes all");
            }
            let rule = rule.prepare(&lists).unwrap_or_else(|what| panic!("{}: {what}", path.display()));
            runtime.push((pass, rule));
        }
    }
    let json = serde_json::to_string(&runtime).expect("rules are plain data");
    let generated = format!(
        "pub(crate) static SOURCES: &[Source] = &[\n{sources}];\n\npub(crate) static RUNTIME: &str = {json:?};\n\n\
         pub(crate) static TABLES: &[(&str, &str)] = &[\n{tables}];\n\n\
         static FORMER_NAMES: &[(&str, &str)] = &[\n{former_names}];\n\n\
         /// The built-in rules.\nimpl RuleId {{\n{constants}}}\n"
    );
    fs::write(out.join("rules.rs"), generated).expect("cargo's own folder is writable");
}

/// Reads the tables of filters into `lists`, and returns them as Rust.
fn tables(folder: &Path, lists: &mut Lists) -> String {
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut tables = String::new();
    for path in files(folder, "tsv") {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        lists.add_map(&name, &text).unwrap_or_else(|line| panic!("{}:{line}: there is no tab", path.display()));
        writeln!(tables, "    ({name:?}, include_str!({path:?})),").expect("a string takes all");
    }
    tables
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap_or_else(|e| panic!("{}: {e}", folder.display())).path())
        .filter(|path| path.extension().is_some_and(|e| e == extension))
        .collect();
    paths.sort();
    paths
}
