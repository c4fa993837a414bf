//! What people type who know other tools, and what they mean.

use std::ffi::OsString;
use std::path::Path;

/// Arguments that descan does not have, and a tip for each.
const OPTIONS: &[(&str, &str)] = &[
    ("--dry-run", "`descan diff PATH` shows what would change; `descan clean -n` only counts it"),
    ("-n", "`descan diff PATH` shows what would change; `descan clean -n` only counts it"),
    ("-i", "`descan clean -w PATH` replaces the files, and `descan undo` restores them"),
    ("--in-place", "`descan clean -w PATH` replaces the files, and `descan undo` restores them"),
    ("--inplace", "`descan clean -w PATH` replaces the files, and `descan undo` restores them"),
    ("--fix", "`descan clean -w PATH` replaces the files, and `descan undo` restores them"),
    ("--diff", "`descan diff PATH` shows what would change"),
    ("--check", "`descan check PATH` lists the findings"),
    ("--output-dir", "`descan clean --out-dir DIR PATH` writes the cleaned texts to a folder"),
    ("--output", "`descan clean -o FILE PATH` writes one text to a file, and --out-dir DIR many to a folder"),
    ("-o", "`descan clean -o FILE PATH` writes one text to a file, and --out-dir DIR many to a folder"),
    ("-w", "`descan clean -w PATH` replaces the files, and `descan undo` restores them"),
    ("--write", "`descan clean -w PATH` replaces the files, and `descan undo` restores them"),
    ("--verbose", "`descan check PATH` lists every finding with its reason"),
    ("-v", "`descan --version` prints the version; `descan check PATH` lists every finding with its reason"),
    ("--json", "`descan check --format jsonl PATH` prints the findings as JSON"),
];

/// Commands that descan does not have, and a tip for each.
const COMMANDS: &[(&str, &str)] = &[
    ("fix", "`descan clean PATH` repairs texts"),
    ("repair", "`descan clean PATH` repairs texts"),
    ("format", "`descan clean PATH` repairs texts"),
    ("lint", "`descan check PATH` lists the findings"),
    ("scan", "`descan check PATH` lists the findings"),
    ("version", "`descan --version` prints the version"),
    ("list", "`descan rules` lists the rules"),
    ("init", "`descan config PATH` prints every setting, ready for a descan.toml"),
];

/// A tip for an option that is not known, as given on the command line.
pub(super) fn for_option(option: &str) -> Option<&'static str> {
    let name = option.split('=').next().unwrap_or_default();
    find(OPTIONS, name)
}

/// A tip for a command that is not known.
pub(super) fn for_command(command: &str) -> String {
    match find(COMMANDS, command) {
        Some(tip) => tip.to_owned(),
        None => "no command and no file has this name; `descan --help` lists the commands".to_owned(),
    }
}

fn find(table: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == name).map(|(_, tip)| *tip)
}

/// The arguments with `clean` put in if they name a text and no command: `descan FILE`
/// means `descan clean FILE`.
pub(super) fn with_command(mut arguments: Vec<OsString>, commands: &[&str]) -> Vec<OsString> {
    let is_command = |word: &OsString| word.to_str().is_some_and(|word| commands.contains(&word) || word == "help");
    let is_text = |word: &OsString| word == "-" || (!word.is_empty() && Path::new(word).exists());
    let behind = arguments.get(1..).unwrap_or_default();
    // Options may come first: `--color always check page.txt`, `--level probable page.txt`.
    let is_option = |word: &OsString| word.len() > 1 && word.as_encoded_bytes().starts_with(b"-");
    let names_text = match behind.first() {
        Some(first) if is_option(first) => behind.iter().any(is_text),
        first => first.is_some_and(is_text),
    };
    if names_text && !behind.iter().any(is_command) {
        arguments.insert(1, "clean".into());
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_alone_is_cleaned() {
        let with = |words: &[&str]| {
            let words = with_command(words.iter().map(OsString::from).collect(), &["clean", "check"]);
            words.iter().map(|w| w.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(with(&["descan", "Cargo.toml"]), "descan clean Cargo.toml");
        assert_eq!(with(&["descan", "--level", "probable", "Cargo.toml"]), "descan clean --level probable Cargo.toml");
        assert_eq!(with(&["descan", "-"]), "descan clean -");
        assert_eq!(with(&["descan", "check", "Cargo.toml"]), "descan check Cargo.toml");
        assert_eq!(
            with(&["descan", "--color", "always", "check", "Cargo.toml"]),
            "descan --color always check Cargo.toml"
        );
        assert_eq!(with(&["descan", "gone.txt"]), "descan gone.txt");
        assert_eq!(with(&["descan", "claen", "Cargo.toml"]), "descan claen Cargo.toml");
        assert_eq!(with(&["descan"]), "descan");
    }
}
