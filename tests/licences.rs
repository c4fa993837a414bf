//! Every library has a licence that `deny.toml` allows, and comes from the
//! registry: what `cargo deny` checks, without it and without a network.

use std::process::{Command, Output};

use serde_json::Value;

/// Whether a licence expression can be met: `OR`, or `/` as older crates write
/// it, is a choice; `AND` binds closer; brackets come first.
fn is_met(expression: &str, allowed: &[&str]) -> bool {
    let mut expression = expression.replace('/', " OR ");
    while let Some(end) = expression.find(')') {
        let start = expression[..end].rfind('(').expect("an open bracket");
        let inner = if is_met(&expression[start + 1..end], allowed) { "yes" } else { "no" };
        expression.replace_range(start..=end, inner);
    }
    let one = |name: &str| name == "yes" || allowed.contains(&name.split(" WITH ").next().unwrap_or(name).trim());
    expression.split(" OR ").any(|all| all.split(" AND ").all(|name| one(name.trim())))
}

/// What `cargo metadata` says of the libraries, without a network.
fn metadata(root: &str, platform: &[&str]) -> Output {
    Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(platform)
        .current_dir(root)
        .output()
        .expect("cargo runs")
}

/// The kind of machine that the compiler builds for.
fn host() -> String {
    let told = Command::new("rustc").arg("-vV").output().expect("rustc runs").stdout;
    let told = String::from_utf8_lossy(&told).into_owned();
    told.lines().find_map(|line| line.strip_prefix("host: ")).expect("its host").to_owned()
}

#[test]
fn all_libraries_are_free_to_go_along() {
    let root = env!("CARGO_MANIFEST_DIR");
    let list: toml::Table =
        std::fs::read_to_string(format!("{root}/deny.toml")).expect("readable").parse().expect("TOML");
    let allowed: Vec<&str> =
        list["licenses"]["allow"].as_array().expect("a list").iter().filter_map(|name| name.as_str()).collect();
    let mut output = metadata(root, &[]);
    if !output.status.success() {
        // Only this machine's libraries were fetched, so only they can be looked at.
        output = metadata(root, &["--filter-platform", &host()]);
    }
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("a list");
    assert!(packages.len() > 50);
    for package in packages {
        let licence = package["license"].as_str().unwrap_or("none");
        assert!(is_met(licence, &allowed), "{} has the licence {licence:?}", package["name"]);
        let source = package["source"].as_str().unwrap_or("this folder");
        assert!(source.starts_with("registry+") || source == "this folder", "{} is from {source}", package["name"]);
    }
}

#[test]
fn expressions_are_read_as_they_are_meant() {
    let allowed = ["MIT", "Apache-2.0", "Zlib"];
    for (expression, met) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0/MIT", true),
        ("MIT AND GPL-3.0", false),
        ("(GPL-3.0 OR MIT) AND Zlib", true),
        ("(GPL-3.0 OR MIT) AND Unicode-3.0", false),
        ("Apache-2.0 WITH LLVM-exception", true),
    ] {
        assert_eq!(is_met(expression, &allowed), met, "{expression}");
    }
}
