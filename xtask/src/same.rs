//! Compares what two descan programs make of the same texts, byte for byte.
//!
//! `cargo xtask same --before PROGRAM [PATH…]` runs `clean`, `diff` and
//! `check --report jsonl` of both over every text below the paths (`fixtures` and
//! `../shared/corpus`), and compares what they print and how they exit. `--write
//! FILE` keeps what the program of today gives, as one hash a command and text;
//! `--before FILE` compares with that. A change of structure must pass this; where
//! behaviour is meant to change, it lists the texts to look at.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use clap::Args;
use descan_text::hash::sha256;
use ignore::WalkBuilder;
use rayon::prelude::*;

use crate::measure::program;
use crate::root;

/// Compares what two programs make of the same texts.
#[derive(Args)]
pub struct Arguments {
    /// The earlier program, or hashes that `--write` kept of it.
    #[arg(long, value_name = "PROGRAM|FILE")]
    before: Option<PathBuf>,
    /// The later program [default: the release program, built now].
    #[arg(long, value_name = "PROGRAM")]
    after: Option<PathBuf>,
    /// Keep the hashes of what the later program gives.
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// A rule that has another name now; may be given several times.
    #[arg(long, value_name = "OLD=NEW")]
    rename: Vec<String>,
    /// The folders of texts [default: fixtures and ../shared/corpus].
    paths: Vec<PathBuf>,
}

/// The commands that are compared, with their options.
const COMMANDS: [(&str, &[&str]); 3] =
    [("clean", &[]), ("diff", &[]), ("check", &["--level", "suspect", "--report", "jsonl"])];

/// What each command gives for each text: hashes, in the order of [`COMMANDS`].
type Hashes = BTreeMap<String, [String; COMMANDS.len()]>;

/// Runs the task.
pub fn run(arguments: &Arguments) -> ExitCode {
    match compare(arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("same: {why}");
            ExitCode::from(2)
        }
    }
}

/// Whether both programs give the same, where there are two.
fn compare(arguments: &Arguments) -> Result<bool, String> {
    let texts = texts(&arguments.paths);
    if texts.is_empty() {
        return Err("no text in these folders".to_owned());
    }
    let after = match &arguments.after {
        Some(program) => program.clone(),
        None => {
            program::build()?;
            program::path()
        }
    };
    let after = hashes(&after, &texts, &[])?;
    if let Some(file) = &arguments.write {
        fs::write(file, to_table(&after)).map_err(|e| format!("{}: {e}", file.display()))?;
    }
    let Some(before) = &arguments.before else {
        print!("{}", summary(&after, &after));
        return Ok(true);
    };
    let before = match fs::read_to_string(before).ok().and_then(|table| from_table(&table)) {
        Some(kept) => kept,
        None => hashes(before, &texts, &renames(&arguments.rename)?)?,
    };
    print!("{}", summary(&before, &after));
    let differing: Vec<&String> = after.keys().filter(|text| before.get(*text) != after.get(*text)).collect();
    for text in differing.iter().take(20) {
        let commands = COMMANDS.iter().enumerate().filter(|(at, _)| match before.get(*text) {
            Some(hashes) => hashes[*at] != after[*text][*at],
            None => true,
        });
        let names: Vec<&str> = commands.map(|(_, (name, _))| *name).collect();
        println!("differs: {text} ({})", names.join(", "));
    }
    println!("{} of {} texts differ", differing.len(), after.len());
    Ok(differing.is_empty())
}

/// The texts below the folders, in order.
fn texts(paths: &[PathBuf]) -> Vec<PathBuf> {
    let usual = [root().join("fixtures"), root().join("../shared/corpus")];
    let paths = if paths.is_empty() { &usual[..] } else { paths };
    let mut found = Vec::new();
    for path in paths {
        let entries = WalkBuilder::new(path).standard_filters(false).build().flatten();
        found.extend(entries.map(ignore::DirEntry::into_path).filter(|p| p.extension().is_some_and(|e| e == "txt")));
    }
    found.sort();
    found
}

/// `OLD=NEW` as what a line of a report says before and after.
fn renames(pairs: &[String]) -> Result<Vec<(String, String)>, String> {
    let mut renames = Vec::new();
    for pair in pairs {
        let (old, new) = pair.split_once('=').ok_or_else(|| format!("{pair:?} is not OLD=NEW"))?;
        renames.push((format!("\"rule\":\"{old}\""), format!("\"rule\":\"{new}\"")));
    }
    Ok(renames)
}

fn hashes(program: &Path, texts: &[PathBuf], renames: &[(String, String)]) -> Result<Hashes, String> {
    let one = |text: &PathBuf| -> Result<(String, [String; COMMANDS.len()]), String> {
        let mut hashes: [String; COMMANDS.len()] = Default::default();
        for ((command, options), hash) in COMMANDS.into_iter().zip(&mut hashes) {
            let mut run = Command::new(program);
            run.arg(command).args(["--no-config", "--no-decisions", "--threads", "1"]).args(options).arg(text);
            let out = run.output().map_err(|e| format!("{}: {e}", program.display()))?;
            let mut printed = String::from_utf8_lossy(&out.stdout).into_owned();
            for (old, new) in renames {
                printed = printed.replace(old, new);
            }
            *hash = sha256(format!("{:?}\n{printed}", out.status.code()).as_bytes());
        }
        Ok((text.strip_prefix(root()).unwrap_or(text).display().to_string(), hashes))
    };
    texts.par_iter().map(one).collect()
}

/// A line a set: the folder, the number of texts, and a hash of all that each
/// program gave.
fn summary(before: &Hashes, after: &Hashes) -> String {
    let mut sets: BTreeMap<&str, (usize, String, String)> = BTreeMap::new();
    for (text, hashes) in after {
        let folder = text.rsplit_once('/').map_or("", |(folder, _)| folder);
        let (texts, old, new) = sets.entry(folder).or_default();
        *texts += 1;
        new.extend(hashes.iter().map(String::as_str));
        old.extend(before.get(text).into_iter().flatten().map(String::as_str));
    }
    let mut out = String::new();
    for (folder, (texts, old, new)) in sets {
        let (old, new) = (sha256(old.as_bytes()), sha256(new.as_bytes()));
        let sign = if old == new { "=" } else { "≠" };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{texts:>5} texts  {} {sign} {}  {folder}", &old[..16], &new[..16]);
    }
    out
}

/// A line a text: its path and the hashes, parted by tabs.
fn to_table(hashes: &Hashes) -> String {
    hashes.iter().map(|(text, hashes)| format!("{text}\t{}\n", hashes.join("\t"))).collect()
}

/// What [`to_table`] wrote; nothing if it is something else.
fn from_table(table: &str) -> Option<Hashes> {
    let mut hashes = Hashes::new();
    for line in table.lines() {
        let (text, rest) = line.split_once('\t')?;
        let list: Vec<String> = rest.split('\t').map(str::to_owned).collect();
        hashes.insert(text.to_owned(), list.try_into().ok()?);
    }
    Some(hashes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kept_hashes_are_read_again_and_a_program_is_none() {
        let one = |hash: &str| [hash.to_owned(), "b".to_owned(), "c".to_owned()];
        let hashes: Hashes = [("fixtures/a.txt".to_owned(), one("a")), ("fixtures/b.txt".to_owned(), one("d"))].into();
        assert_eq!(from_table(&to_table(&hashes)), Some(hashes.clone()));
        assert_eq!(from_table("\u{7f}ELF no table"), None);
        let mut other = hashes.clone();
        other.insert("fixtures/b.txt".to_owned(), one("e"));
        assert!(summary(&hashes, &hashes).contains(" = ") && summary(&hashes, &other).contains(" ≠ "));
    }
}
