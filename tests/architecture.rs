//! Arrows go down: no module imports one that, by way of others, imports it.
//!
//! Reads the `use` lines and the paths of every crate of the workspace. A circle
//! fails the test with the files and lines that close it. The code of a `mod.rs` is a
//! module of its own beside those in its folder: it may use them, but then they may not
//! use it. Between crates the compiler allows no circles; `FLOORS` also says which crate
//! is on which floor.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The crates from the ground up: each may import those on lower floors only.
const FLOORS: [&[&str]; 7] = [
    &["descan-text", "descan-data-en", "descan-rule-file"],
    &["descan-source", "descan-lang", "descan-rules"],
    &["descan-core"],
    &["descan-report", "descan-train"],
    &["descan"],
    &["descan-cli", "descan-wasm", "xtask"],
    &["descan-py"],
];

/// The name of the module that a `mod.rs` is in its folder.
const ITSELF: &str = "mod.rs";

/// An import: what is imported, and where that is written.
#[derive(Clone, Debug)]
struct Arrow {
    to: String,
    file: String,
    line: usize,
}

#[test]
fn no_module_imports_one_that_imports_it() {
    let mut circles = Vec::new();
    for (name, folder) in crates() {
        circles.extend(circles_of(&modules(&folder)).into_iter().map(|circle| format!("{name}: {circle}")));
    }
    assert!(circles.is_empty(), "circles of imports:\n{}", circles.join("\n"));
}

#[test]
fn crates_import_lower_floors_only() {
    let floor_of = |name: &str| FLOORS.iter().position(|floor| floor.contains(&name));
    for (name, folder) in crates() {
        let own = floor_of(&name).unwrap_or_else(|| panic!("{name} stands on no floor; add it to FLOORS"));
        let manifest = read(&folder.join("Cargo.toml"));
        let manifest: toml::Table = manifest.parse().unwrap_or_else(|e| panic!("{name}: {e}"));
        let Some(dependencies) = manifest.get("dependencies").and_then(|table| table.as_table()) else { continue };
        for dependency in dependencies.keys() {
            let Some(floor) = floor_of(dependency) else { continue };
            assert!(floor < own, "{name} imports {dependency}, which stands no lower");
        }
    }
}

#[test]
fn every_rule_with_code_is_named_by_its_code() {
    let mut code = String::new();
    for file in rust_files(&root().join("crates/descan-core/src/passes")) {
        code += &read(&file);
    }
    let mut forgotten = Vec::new();
    for (_, rule) in descan_rules::RuleSet::built_in().iter() {
        let constant = format!("RuleId::{}", rule.name.replace('-', "_").to_uppercase());
        if !rule.is_data() && !code.contains(&constant) {
            forgotten.push(rule.name.clone());
        }
    }
    assert!(forgotten.is_empty(), "`code = true`, but no code: {forgotten:?}");
}

#[test]
fn the_library_compiles_no_command_line() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["tree", "--offline", "--locked", "-p", "descan", "-e", "normal", "--prefix", "none"];
    let out = Command::new(cargo).args(arguments).current_dir(root()).output().expect("cargo runs its own tests");
    let tree = String::from_utf8_lossy(&out.stdout);
    assert!(tree.contains("descan-core v"), "{out:?}");
    for unwanted in ["clap", "anstream", "crossterm", "ctrlc", "ignore", "indicatif", "similar", "tempfile"] {
        let found = tree.lines().find(|line| line.split(' ').next() == Some(unwanted));
        assert_eq!(found, None, "the library compiles {unwanted}");
    }
}

/// So it runs where there are no threads, as in a browser.
#[test]
fn the_library_needs_no_threads_of_its_own() {
    for (features, expected) in [(&["--no-default-features", "--features", "english"][..], false), (&[], true)] {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let arguments = ["tree", "--offline", "--locked", "-p", "descan", "-e", "normal", "--prefix", "none"];
        let out = Command::new(cargo).args(arguments).args(features).current_dir(root()).output().expect("cargo runs");
        let tree = String::from_utf8_lossy(&out.stdout);
        assert!(tree.contains("descan-core v"), "{out:?}");
        assert_eq!(tree.lines().any(|line| line.starts_with("rayon ")), expected, "{features:?}");
    }
}

#[test]
fn a_circle_is_found_and_named() {
    let arrow = |to: &str, file: &str| Arrow { to: to.to_owned(), file: file.to_owned(), line: 3 };
    let mut modules: BTreeMap<String, Vec<Arrow>> = BTreeMap::new();
    modules.insert("edges".to_owned(), vec![arrow("marks", "edges.rs")]);
    modules.insert("marks".to_owned(), vec![arrow("specks", "marks.rs")]);
    modules.insert("specks".to_owned(), vec![]);
    assert!(circles_of(&modules).is_empty());
    modules.insert("specks".to_owned(), vec![arrow("edges", "specks.rs")]);
    let circles = circles_of(&modules);
    assert_eq!(circles, ["edges.rs:3 imports marks; marks.rs:3 imports specks; specks.rs:3 imports edges"]);
}

#[test]
fn a_folder_that_its_own_modules_import_is_found() {
    let temp = tempfile::tempdir().expect("a folder");
    let write = |path: &str, code: &str| {
        let path = temp.path().join("src").join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        fs::write(path, code).expect("written");
    };
    write("lib.rs", "mod marks;\n");
    write("marks/mod.rs", "mod quotes;\npub use quotes::Quote;\npub struct Mark;\n");
    write("marks/quotes.rs", "use super::Mark;\npub struct Quote(Mark);\n");
    assert!(circles_of(&modules(temp.path())).is_empty());
    write("marks/mod.rs", "mod quotes;\npub struct Mark;\nfn find() {\n    quotes::find();\n}\n");
    let circles = circles_of(&modules(temp.path()));
    assert_eq!(circles.len(), 1, "{circles:?}");
    let ends = ["src/marks/mod.rs:4 imports marks::quotes", "src/marks/quotes.rs:1 imports marks::mod.rs"];
    assert!(ends.iter().all(|end| circles[0].contains(end)), "{circles:?}");
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The crates of the workspace, with their folders.
fn crates() -> Vec<(String, PathBuf)> {
    let mut folders = vec![root(), root().join("rules"), root().join("data/en"), root().join("xtask")];
    for entry in fs::read_dir(root().join("crates")).expect("the folder of the crates") {
        folders.push(entry.expect("readable").path());
    }
    folders.retain(|folder| folder.join("Cargo.toml").exists());
    folders.sort();
    let mut found = Vec::new();
    for folder in folders {
        let manifest: toml::Table = read(&folder.join("Cargo.toml")).parse().expect("a manifest");
        let name = manifest["package"]["name"].as_str().expect("a name").to_owned();
        found.push((name, folder));
    }
    found
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The modules of a crate by path (`passes::quotes::marks`), with what each imports.
///
/// What a folder's `mod.rs` re-exports for others is not an import of its own:
/// only what its code uses is. Importing what it re-exports is importing it. Unit tests may
/// import what they like.
fn modules(folder: &Path) -> BTreeMap<String, Vec<Arrow>> {
    let source = folder.join("src");
    let mut files = rust_files(&source);
    // A program's own file is another crate, and nothing can import it.
    files.retain(|file| !file.ends_with("main.rs"));
    let names: BTreeSet<String> = files.iter().map(|file| module_of(&source, file)).collect();
    // The `mod.rs` of a folder is a module in it, and so is the root of the crate.
    let is_folder = |module: &str| {
        module.is_empty()
            || names.range(format!("{module}::")..).next().is_some_and(|n| n.starts_with(&format!("{module}::")))
    };
    let full_name = |module: &str| match module {
        "" => ITSELF.to_owned(),
        module if is_folder(module) => format!("{module}::{ITSELF}"),
        module => module.to_owned(),
    };
    let mut modules = BTreeMap::new();
    for file in &files {
        let module = module_of(&source, file);
        if module.ends_with("tests") {
            continue;
        }
        let text = read(file);
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let code = code.split("#[cfg(all(test").next().unwrap_or_default();
        let shown = file.strip_prefix(root()).unwrap_or(file).display().to_string();
        let mut paths = imports(code, &module);
        paths.extend(uses_of_children(code, &module, &names));
        let mut arrows = Vec::new();
        for (line, path) in paths {
            // The longest beginning of the path that is a module.
            let mut target = path.as_str();
            while !target.is_empty() && !names.contains(target) {
                target = target.rsplit_once("::").map_or("", |(shorter, _)| shorter);
            }
            if target != module {
                arrows.push(Arrow { to: full_name(target), file: shown.clone(), line });
            }
        }
        modules.insert(full_name(&module), arrows);
    }
    modules
}

/// `src/passes/quotes/mod.rs` is `passes::quotes`; the root is empty.
fn module_of(source: &Path, file: &Path) -> String {
    let relative = file.strip_prefix(source).expect("below the source").with_extension("");
    let mut parts: Vec<String> = relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if matches!(parts.last().map(String::as_str), Some("mod" | "lib")) {
        parts.pop();
    }
    parts.join("::")
}

/// Where the code of a `mod.rs` names the modules in its folder without `self::`:
/// `marks::find(…)`, `use marks::Group`.
fn uses_of_children(code: &str, module: &str, names: &BTreeSet<String>) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (index, line) in code.lines().enumerate() {
        let trimmed = line.trim_start();
        if trimmed.starts_with("//") || trimmed.starts_with("pub") && trimmed.contains(" use ") {
            continue;
        }
        for (at, _) in line.match_indices("::") {
            let is_name = |c: char| c.is_alphanumeric() || c == '_';
            let before = line[..at].trim_end_matches(is_name);
            let first = &line[before.len()..at];
            let child = from_root(first, module);
            if !before.ends_with(':') && !matches!(first, "" | "crate" | "super" | "self") && names.contains(&child) {
                found.push((index + 1, child));
            }
        }
    }
    found
}

/// The paths in a module's code that begin at `crate`, `super` or `self`, from the
/// root of the crate, each with its line. Re-exports (`pub use`) do not count.
fn imports(code: &str, module: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < code.len() {
        let rest = &code[at..];
        let line_start = code[..at].rfind('\n').map_or(0, |i| i + 1);
        let is_comment = code[line_start..at].trim_start().starts_with("//");
        let start = ["crate::", "super::", "self::"].into_iter().find(|prefix| rest.starts_with(prefix));
        let is_inside = code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
        if start.is_none() || is_inside || is_comment {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let end = at + path_length(rest);
        let before = code[line_start..at].trim();
        if !(before.starts_with("pub") && before.ends_with("use")) {
            let line = code[..at].matches('\n').count() + 1;
            for path in spread(&code[at..end]) {
                found.push((line, from_root(&path, module)));
            }
        }
        at = end;
    }
    found
}

/// How far a path with its groups of braces reaches, in bytes.
fn path_length(rest: &str) -> usize {
    let mut depth = 0;
    for (at, c) in rest.char_indices() {
        match c {
            '{' if rest[..at].ends_with("::") || depth > 0 => depth += 1,
            '}' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            c if c.is_alphanumeric() || c == '_' || c == ':' || depth > 0 => {}
            _ => return at,
        }
    }
    rest.len()
}

/// `a::{b, c::{d, e}}` as `a::b`, `a::c::d` and `a::c::e`.
fn spread(path: &str) -> Vec<String> {
    let Some((head, group)) = path.split_once('{') else { return vec![path.trim().to_owned()] };
    let group = group.trim_end().strip_suffix('}').unwrap_or(group);
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for c in group.chars() {
        match c {
            ',' if depth == 0 => parts.push(String::new()),
            c => {
                depth += i32::from(c == '{') - i32::from(c == '}');
                parts.last_mut().expect("never empty").push(c);
            }
        }
    }
    let mut found = Vec::new();
    for part in parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()) {
        for end in spread(part) {
            found.push(format!("{}{end}", head.trim()));
        }
    }
    found
}

fn from_root(path: &str, module: &str) -> String {
    let mut base: Vec<&str> = module.split("::").filter(|part| !part.is_empty()).collect();
    let mut parts: Vec<&str> = path.split("::").collect();
    if parts[0] == "crate" {
        base.clear();
        parts.remove(0);
    } else if parts[0] == "self" {
        parts.remove(0);
    }
    while parts.first() == Some(&"super") {
        base.pop();
        parts.remove(0);
    }
    base.extend(parts);
    base.join("::")
}

/// Every circle once, as its arrows in order, from the first module in it.
///
/// Modules of one folder are compared, each with all that is in it: an import of
/// `passes::quotes::marks` by `pipeline::trace` is one of `passes` by `pipeline`. The
/// `mod.rs` of the folder is one of them.
fn circles_of(modules: &BTreeMap<String, Vec<Arrow>>) -> Vec<String> {
    let mut siblings: BTreeMap<String, Vec<Arrow>> = BTreeMap::new();
    for (module, arrows) in modules {
        for arrow in arrows {
            if let Some((from, to)) = where_they_part(module, &arrow.to) {
                siblings.entry(from).or_default().push(Arrow { to, ..arrow.clone() });
            }
        }
    }
    let mut found = BTreeSet::new();
    for start in siblings.keys() {
        let mut way: Vec<Arrow> = Vec::new();
        if close(&siblings, start, start, &mut way, &mut BTreeSet::new()) && way.iter().all(|arrow| *start <= arrow.to)
        {
            let arrows: Vec<String> = way.iter().map(|a| format!("{}:{} imports {}", a.file, a.line, a.to)).collect();
            found.insert(arrows.join("; "));
        }
    }
    found.into_iter().collect()
}

/// The two modules of one folder that two modules lie in, or are; none where one
/// lies in the other.
fn where_they_part(one: &str, other: &str) -> Option<(String, String)> {
    let (mut common, mut rest) = (String::new(), (one, other));
    loop {
        let first = |path: &str| path.split("::").next().unwrap_or_default().to_owned();
        let (a, b) = (first(rest.0), first(rest.1));
        if a.is_empty() || b.is_empty() {
            return None;
        }
        if a != b {
            return Some((format!("{common}{a}"), format!("{common}{b}")));
        }
        common += &format!("{a}::");
        rest = (after_first(rest.0), after_first(rest.1));
    }
}

/// A path without its first part.
fn after_first(path: &str) -> &str {
    path.split_once("::").map_or("", |(_, rest)| rest)
}

/// Follows arrows from `at` until one leads to `start`.
fn close(
    modules: &BTreeMap<String, Vec<Arrow>>,
    start: &str,
    at: &str,
    way: &mut Vec<Arrow>,
    seen: &mut BTreeSet<String>,
) -> bool {
    for arrow in modules.get(at).into_iter().flatten() {
        way.push(arrow.clone());
        if arrow.to == start || (seen.insert(arrow.to.clone()) && close(modules, start, &arrow.to, way, seen)) {
            return true;
        }
        way.pop();
    }
    false
}
