//! Cleans a file: its encoding, its line ends, and every byte that no repair
//! touches stay as they are.
//!
//! `cargo run --example clean_file -- page.txt cleaned.txt`

use std::path::PathBuf;
use std::{env, fs, process};

use descan::{Cleaner, Document, Level};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let [input, output] = &arguments[..] else {
        eprintln!("usage: clean_file INPUT OUTPUT");
        process::exit(2);
    };
    let cleaner = Cleaner::builder().level(Level::Certain).build()?;

    let document = Document::decode(fs::read(input)?);
    let outcome = cleaner.clean_document(&document);
    let written = document.write(&outcome.edits);
    fs::write(output, &written.bytes)?;

    println!(
        "{}, {} repairs, {} more suggested",
        document.encoding().name(),
        outcome.findings.iter().filter(|finding| finding.applied).count(),
        outcome.findings.iter().filter(|finding| !finding.applied).count(),
    );
    if let Some(character) = written.reencoded_for {
        println!("written as UTF-8, because {} has no {character:?}", document.encoding().name());
    }
    Ok(())
}
