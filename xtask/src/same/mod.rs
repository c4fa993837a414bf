//! Compares the output of two descan programs on the same texts, byte for byte.
//!
//! `cargo xtask same --before PROGRAM [--after PROGRAM] [PATH…]`
//!
//! Both programs run `clean`, `diff` and `check --level suspect --report jsonl`
//! on every text (`*.txt`) below the paths, without settings and decisions. Exit
//! codes and standard outputs are compared; error streams are not. Printed are,
//! for each folder, the number of texts and one SHA-256 of all outputs of each
//! program, and then the first texts that differ. Any difference makes the task
//! fail (exit 1).
//!
//! - `--write FILE` keeps the hashes of the later program's outputs, and
//!   `--before FILE` compares with them when that program is gone;
//! - `--rename OLD=NEW` and `--renames FILE` (such a pair on each line) accept
//!   rules that have a new name.
//!
//! A change of structure alone must pass. Where behaviour is meant to change,
//! the task lists the texts to look at.

mod kept;
mod outputs;
mod renames;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use descan_text::hash::sha256;
use ignore::WalkBuilder;
use rayon::prelude::*;

use crate::measure::project::{self, Profile, root};
use kept::Kept;
use outputs::{COMMANDS, Hashes, Program};
use renames::Renames;

/// How many of the texts that differ are named.
const NAMED: usize = 10;

/// Compares the output of two descan programs on the same texts.
#[derive(Args)]
pub struct Arguments {
    /// The earlier program, or a file of hashes that `--write` made.
    #[arg(long, value_name = "PROGRAM|FILE", required_unless_present = "write")]
    before: Option<PathBuf>,
    /// The later program [default: the release program, built now].
    #[arg(long, value_name = "PROGRAM")]
    after: Option<PathBuf>,
    /// Write the hashes of the later program's outputs to FILE.
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// Accept that the rule OLD is called NEW now; may be given several times.
    #[arg(long, value_name = "OLD=NEW")]
    rename: Vec<String>,
    /// Read more renames from FILE, one a line.
    #[arg(long, value_name = "FILE")]
    renames: Option<PathBuf>,
    /// Texts, or folders of texts [default: fixtures and ../shared/corpus].
    paths: Vec<PathBuf>,
}

/// What the outputs of the later program are compared with.
enum Before {
    Program(Program),
    Kept(Kept),
}

/// The outcome for one text.
struct Compared {
    /// The path of the text, from the project's folder if it is below it.
    name: String,
    /// The hashes of the earlier outputs, if there are any.
    before: Option<Hashes>,
    /// The hashes of the later outputs.
    after: Hashes,
    /// One sentence for each command whose outputs differ.
    differences: Vec<String>,
}

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

/// Compares all texts, prints what came of it, and says whether all are the same.
fn compare(arguments: &Arguments) -> Result<bool, String> {
    let texts = texts(&arguments.paths)?;
    let renames = Renames::read(&arguments.rename, arguments.renames.as_deref())?;
    let before = match &arguments.before {
        Some(path) => Some(open_before(path, renames)?),
        None => None,
    };
    let after = match &arguments.after {
        Some(path) => Program::new(path, Renames::default())?,
        None => {
            project::build(Profile::Release)?;
            Program::new(&project::program(Profile::Release), Renames::default())?
        }
    };
    let one = |text: &PathBuf| compare_text(text, before.as_ref(), &after);
    let mut results: Vec<Compared> = texts.par_iter().with_max_len(1).map(one).collect::<Result<_, String>>()?;
    results.sort_by(|a, b| a.name.cmp(&b.name));
    if let Some(file) = &arguments.write {
        let table = kept::to_table(results.iter().map(|result| (result.name.as_str(), &result.after)));
        fs::write(file, table).map_err(|e| format!("{}: {e}", file.display()))?;
    }
    print_folders(&results, before.is_some());
    if let Some(Before::Kept(kept)) = &before {
        let left_out = kept.len() - results.iter().filter(|result| result.before.is_some()).count();
        if left_out > 0 {
            println!("{left_out} texts of the file of hashes were not compared");
        }
    }
    let differing: Vec<&Compared> = results.iter().filter(|result| !result.differences.is_empty()).collect();
    for result in differing.iter().take(NAMED) {
        println!("differs: {}", result.name);
        for difference in &result.differences {
            println!("    {difference}");
        }
    }
    if before.is_some() {
        println!("{} of {} texts differ", differing.len(), results.len());
    }
    Ok(differing.is_empty())
}

/// Opens a file of hashes, or else a program.
fn open_before(path: &Path, renames: Renames) -> Result<Before, String> {
    let bytes = fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
    match Kept::read(&bytes) {
        Some(_) if !renames.is_empty() => Err("hashes cannot take renames; give the earlier program itself".to_owned()),
        Some(kept) => Ok(Before::Kept(kept.map_err(|why| format!("{}: {why}", path.display()))?)),
        None => Ok(Before::Program(Program::new(path, renames)?)),
    }
}

/// The texts below the paths, the largest first, so that no core waits for the
/// last text of another.
fn texts(paths: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let usual = [root().join("fixtures"), root().join("../shared/corpus")];
    let mut paths = paths.to_vec();
    if paths.is_empty() {
        paths.extend(usual.into_iter().filter(|folder| folder.is_dir()));
    }
    let mut texts = Vec::new();
    for path in paths {
        for entry in WalkBuilder::new(&path).standard_filters(false).build() {
            let entry = entry.map_err(|e| e.to_string())?;
            if entry.path().extension().is_some_and(|ending| ending == "txt") && entry.path().is_file() {
                let size = entry.metadata().map_or(0, |metadata| metadata.len());
                texts.push((size, entry.into_path()));
            }
        }
    }
    if texts.is_empty() {
        return Err("these folders hold no text (*.txt)".to_owned());
    }
    texts.sort();
    texts.dedup();
    Ok(texts.into_iter().rev().map(|(_, path)| path).collect())
}

fn compare_text(text: &Path, before: Option<&Before>, after: &Program) -> Result<Compared, String> {
    let name = text.strip_prefix(root()).unwrap_or(text).display().to_string();
    let new = after.outputs(text)?;
    let new_hashes = new.each_ref().map(outputs::Output::hash);
    let mut differences = Vec::new();
    let old_hashes = match before {
        None => None,
        Some(Before::Program(program)) => {
            let old = program.outputs(text)?;
            for (at, (command, _)) in COMMANDS.iter().enumerate() {
                if let Some(difference) = old[at].difference(&new[at]) {
                    differences.push(format!("{command}: {difference}"));
                }
            }
            Some(old.each_ref().map(outputs::Output::hash))
        }
        Some(Before::Kept(kept)) => {
            let old_hashes = kept.get(&name).cloned();
            match &old_hashes {
                None => differences.push("the file of hashes does not have it".to_owned()),
                Some(old) => {
                    for (at, (command, _)) in COMMANDS.iter().enumerate() {
                        if old[at] != new_hashes[at] {
                            differences.push(format!("{command}: another hash"));
                        }
                    }
                }
            }
            old_hashes
        }
    };
    Ok(Compared { name, before: old_hashes, after: new_hashes, differences })
}

/// Prints for each folder what was compared, and one hash for each side.
fn print_folders(results: &[Compared], has_before: bool) {
    let mut folders: BTreeMap<&str, Vec<&Compared>> = BTreeMap::new();
    for result in results {
        let folder = result.name.rsplit_once('/').map_or(".", |(folder, _)| folder);
        folders.entry(folder).or_default().push(result);
    }
    for (folder, results) in folders {
        let differing = results.iter().filter(|result| !result.differences.is_empty()).count();
        let (mut before, mut after) = (String::new(), String::new());
        for result in &results {
            before.extend(result.before.iter().flatten().map(String::as_str));
            after.extend(result.after.iter().map(String::as_str));
        }
        println!(
            "{folder}: {} texts, {} outputs, {differing} of the texts differ",
            results.len(),
            results.len() * COMMANDS.len()
        );
        if has_before {
            println!("    before {}", sha256(before.as_bytes()));
        }
        println!("    after  {}", sha256(after.as_bytes()));
    }
}
