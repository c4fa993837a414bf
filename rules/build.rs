//! Gathers `<pass>/*.toml` into one generated file, `rules.rs`: every rule's
//! source text, its run-time fields as JSON (so that no TOML is parsed at
//! start-up), the names that rules once had, and a constant for each rule, by
//! which code names it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use descan_rule_file::{PassName, RuleFile};

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    let mut sources = String::new();
    let mut constants = String::new();
    let mut former_names = String::new();
    let mut runtime = Vec::new();
    for pass in PassName::ALL {
        let folder = root.join(pass.as_str());
        println!("cargo:rerun-if-changed={}", folder.display());
        for path in toml_files(&folder) {
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
            runtime.push((pass, rule));
        }
    }
    let priors = priors(&root.join("style.tsv"), &runtime);
    let json = serde_json::to_string(&runtime).expect("rules are plain data");
    let generated = format!(
        "pub(crate) static SOURCES: &[Source] = &[\n{sources}];\n\npub(crate) static RUNTIME: &str = {json:?};\n\n\
         static FORMER_NAMES: &[(&str, &str)] = &[\n{former_names}];\n\n\
         pub(crate) static PRIORS: &[(&str, Prior)] = &[\n{priors}];\n\n\
         /// The built-in rules.\nimpl RuleId {{\n{constants}}}\n"
    );
    fs::write(out.join("rules.rs"), generated).expect("cargo's own folder is writable");
}

/// What was learned of rules and passes: a line each, the name and twelve numbers,
/// in the order of the fields of `Prior`.
fn priors(path: &Path, rules: &[(&str, RuleFile)]) -> String {
    println!("cargo:rerun-if-changed={}", path.display());
    let source = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut lines = String::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        let name = fields.next().unwrap_or_default();
        let known = PassName::parse(name).is_some() || rules.iter().any(|(_, rule)| rule.name == name);
        let numbers: Vec<f64> = fields.map_while(|field| field.trim().parse().ok()).collect();
        let [style, damaged, right, tilt @ ..] = &numbers[..] else { panic!("{}: {line:?}", path.display()) };
        assert!(known && tilt.len() == 9, "{}: {line:?}", path.display());
        writeln!(
            lines,
            "    ({name:?}, Prior {{ style: {style:?}, damaged: {damaged:?}, right: {right:?}, tilt: {tilt:?} }}),"
        )
        .expect("a string takes all");
    }
    lines
}

fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap_or_else(|e| panic!("{}: {e}", folder.display())).path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    paths.sort();
    paths
}
