//! Adds the spellings of earlier print to the lexicon of a language, where the counts that it is built from are not at
//! hand.
//!
//! `cargo xtask earlier-print data/en` reads `period.txt` and writes `lexicon.fst` and `CHECKSUMS` there. `descan model
//! build` takes the same file in, with the counts besides.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use descan_lang::lexicon::Lexicon;
use descan_lang::ngrams::Ngrams;
use descan_lang::terms::hash_folded;
use descan_text::hash::sha256;
use descan_train::lexicon::with_earlier_print;

use crate::measure::verdict;

/// Adds the spellings of earlier print to a lexicon, without the counts that it was built from.
#[derive(Args)]
pub struct Arguments {
    /// The folder of the language.
    folder: PathBuf,
}

/// Runs the task.
pub fn run(arguments: &Arguments) -> ExitCode {
    verdict::exit("earlier-print", "not added", add(&arguments.folder).map(|()| Vec::new()))
}

fn add(folder: &Path) -> Result<(), String> {
    let read = |name: &str| fs::read(folder.join(name)).map_err(|e| format!("{name}: {e}"));
    let write = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).map_err(|e| format!("{name}: {e}"));
    let lexicon = Lexicon::open(read("lexicon.fst")?).map_err(|e| e.to_string())?;
    let counts = read("ngrams.bin")?;
    let ngrams = Ngrams::open(counts.clone()).map_err(|e| e.to_string())?;
    let period = String::from_utf8(read("period.txt")?).map_err(|e| format!("period.txt: {e}"))?;
    let log2_count = |word: &str| ngrams.log2_count(hash_folded(word)) as u8;
    let bytes = with_earlier_print(&lexicon, &period, log2_count).map_err(|e| e.to_string())?;
    write("lexicon.fst", &bytes)?;
    let sums = format!("{}  lexicon.fst\n{}  ngrams.bin\n", sha256(&bytes), sha256(&counts));
    write("CHECKSUMS", sums.as_bytes())?;
    println!("lexicon.fst: {} bytes", bytes.len());
    Ok(())
}
