//! Measures what descan does to files with mark-up.
//!
//! `cargo xtask formats FOLDER [--level LEVEL] [--structure] [--keep-original]`
//!
//! For every file of FOLDER: it is read, or refused with one sentence; cleaned at LEVEL and
//! restored from its ledger it has its own bytes again; with every changed run put back the
//! rest is byte for byte the file; its diff applies by `git apply`; a well-formed file stays
//! well-formed, by another parser than the one that read it; and cleaning it again changes
//! nothing. A line for each file says what holds, and how many MB/s of it are read. Exit 1
//! if anything does not hold.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use clap::Args;
use descan_core::pass::Options;
use descan_core::pipeline::{Outcome, clean};
use descan_report::ledger::{FileLine, PathRecord, restore};
use descan_report::{diff, records};
use descan_rules::RuleSet;
use descan_source::{Broken, Document, FileFormat, Splice, kind};
use descan_text::level::Level;

/// Measures what descan does to files with mark-up.
#[derive(Args)]
pub struct Arguments {
    /// The folder with the files.
    folder: PathBuf,
    /// Apply repairs at this level or surer.
    #[arg(long, default_value = "suspect")]
    level: Level,
    /// Split, join and remove elements of words.
    #[arg(long)]
    structure: bool,
    /// Keep old readings in the mark-up.
    #[arg(long)]
    keep_original: bool,
}

/// Runs the task.
pub fn run(arguments: &Arguments) -> ExitCode {
    let entries = match fs::read_dir(&arguments.folder) {
        Ok(entries) => entries,
        Err(error) => {
            eprintln!("formats: {}: {error}", arguments.folder.display());
            return ExitCode::from(2);
        }
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    paths.sort();
    let (rules, options) = (RuleSet::built_in(), Options { level: arguments.level, ..Options::default() });
    let mut all_hold = true;
    println!("file                              format   made offered well-formed  MB/s  what does not hold");
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                eprintln!("formats: {}: {error}", path.display());
                return ExitCode::from(2);
            }
        };
        let row = measured(&name, &bytes, &rules, &options, arguments);
        all_hold &= row.faults.is_empty();
        println!("{}", row.shown(&name));
    }
    if all_hold { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What was found of a file.
#[derive(Default)]
struct Row {
    format: String,
    made: usize,
    offered: usize,
    /// Whether it was before it was cleaned.
    is_well_formed: bool,
    speed: f64,
    faults: Vec<String>,
}

impl Row {
    fn shown(&self, name: &str) -> String {
        let Row { format, made, offered, is_well_formed, speed, faults } = self;
        let sound = if *is_well_formed { "yes" } else { "no" };
        let faults = if faults.is_empty() { "-".to_owned() } else { faults.join("; ") };
        format!("{name:33} {format:8} {made:4} {offered:7} {sound:>11} {speed:5.0}  {faults}")
    }
}

fn measured(name: &str, bytes: &[u8], rules: &RuleSet, options: &Options, arguments: &Arguments) -> Row {
    if let Some(refused) = kind::refused(bytes) {
        let format = format!("refused: {}, not text: {}", refused.what(), refused.to_do(name));
        return Row { format, ..Row::default() };
    }
    let document = match opened(bytes, arguments) {
        Ok(document) => document,
        Err(broken) => return Row { format: format!("refused: {broken}"), ..Row::default() },
    };
    let outcome = clean(&document, rules, options);
    let made = outcome.findings.iter().filter(|finding| finding.applied).count();
    let splice = document.splice(&outcome.edits);
    let after = splice.apply(bytes);
    let mut row = Row {
        format: document.format().name().to_owned(),
        made,
        offered: outcome.findings.len() - made,
        is_well_formed: is_well_formed(bytes),
        speed: speed(bytes),
        faults: Vec::new(),
    };
    let checks = [
        ("is not restored", is_restored(name, &document, &outcome, rules, &splice, &after)),
        ("changes beside its cuts", is_same_beside(bytes, &splice, &after)),
        ("its diff does not apply", document.format().is_archive() || applies(name, &document, &outcome, &after)),
        ("is well-formed no more", !row.is_well_formed || is_well_formed(&after)),
        ("is changed once more", is_stable(opened(&after, arguments).ok(), document.format(), rules, options)),
    ];
    for (what, holds) in checks {
        if !holds {
            row.faults.push(what.to_owned());
        }
    }
    row
}

/// How long reading is measured, at least.
const LONG: Duration = Duration::from_millis(300);

/// How many MB of a file are read in a second, at best.
fn speed(bytes: &[u8]) -> f64 {
    let (start, mut best) = (Instant::now(), Duration::MAX);
    while start.elapsed() < LONG {
        let clock = Instant::now();
        let document = Document::open(bytes);
        best = best.min(clock.elapsed());
        drop(document);
    }
    bytes.len() as f64 / 1e6 / best.as_secs_f64()
}

/// The document in these bytes, in which may be changed what the arguments say.
fn opened<'b>(bytes: &'b [u8], arguments: &Arguments) -> Result<Document<'b>, Broken> {
    let document = Document::open(bytes)?;
    let document = if arguments.structure { document.with_structure() } else { document };
    Ok(if arguments.keep_original { document.with_originals_kept() } else { document })
}

/// Whether the ledger leads back to the bytes of the file.
fn is_restored(
    name: &str,
    document: &Document<'_>,
    outcome: &Outcome,
    rules: &RuleSet,
    splice: &Splice,
    after: &[u8],
) -> bool {
    let file = FileLine::new(PathRecord::new(Path::new(name)), None, document, outcome, splice, after);
    let edits = records(1, document, outcome, rules);
    restore(after, &file, &edits).is_ok_and(|original| original == document.bytes())
}

/// Whether the new file is the old one with what the cuts say, and no cut changes mark-up.
fn is_same_beside(bytes: &[u8], splice: &Splice, after: &[u8]) -> bool {
    let (mut old, mut new) = (0, 0);
    for cut in &splice.cuts {
        let kept = cut.span.start - old;
        if bytes.get(old..cut.span.start) != after.get(new..new + kept) {
            return false;
        }
        old = cut.span.end;
        new += kept + cut.new.len();
    }
    bytes.get(old..) == after.get(new..)
}

/// Whether `git apply` makes the new file of the old one by the diff.
fn applies(name: &str, document: &Document<'_>, outcome: &Outcome, after: &[u8]) -> bool {
    let Ok(folder) = tempfile::tempdir() else { return false };
    let patch = diff::of_document(document, &outcome.edits, name.as_bytes());
    let place = folder.path().join(name);
    if patch.is_empty() {
        return document.bytes() == after;
    }
    let written = fs::write(&place, document.bytes()).and_then(|()| fs::write(folder.path().join("the.patch"), &patch));
    let ran =
        Command::new("git").args(["apply", "--whitespace=nowarn", "the.patch"]).current_dir(folder.path()).status();
    written.is_ok() && ran.is_ok_and(|status| status.success()) && fs::read(&place).is_ok_and(|made| made == after)
}

/// Whether another parser takes the file.
fn is_well_formed(bytes: &[u8]) -> bool {
    let options = roxmltree::ParsingOptions { allow_dtd: true, nodes_limit: u32::MAX, ..Default::default() };
    let text = std::str::from_utf8(bytes);
    text.is_ok_and(|text| roxmltree::Document::parse_with_options(text, options).is_ok())
}

/// Whether cleaning the cleaned file changes nothing.
fn is_stable(again: Option<Document<'_>>, format: FileFormat, rules: &RuleSet, options: &Options) -> bool {
    let Some(again) = again else { return false };
    again.format() == format && clean(&again, rules, options).edits.is_empty()
}
