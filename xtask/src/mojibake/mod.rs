//! Measures the repair of mojibake: decodes right texts in the usual wrong ways
//! and has the pass `encoding` repair them.
//!
//! `cargo xtask mojibake FOLDER`
//!
//! FOLDER holds right texts (`*.txt`). The columns: *exact*, texts restored byte
//! for byte; *characters*, those outside ASCII that were misread, and of these
//! *back*, restored; *left*, still misread; *wrong*, changed to something else.

pub mod misread;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use descan_core::pass::{Options, Selection};
use descan_core::pipeline::clean;
use descan_rules::RuleSet;
use descan_source::Document;
use rayon::prelude::*;

use misread::{Misread, WAYS, Way, within};

/// The result for one text or several.
#[derive(Clone, Copy, Default)]
struct Tally {
    texts: usize,
    exact: usize,
    characters: usize,
    back: usize,
    left: usize,
    wrong: usize,
}

/// Measures the repair of mojibake.
#[derive(Args)]
pub struct Arguments {
    /// The folder of right texts.
    folder: PathBuf,
}

/// Runs the task.
pub fn run(arguments: &Arguments) -> ExitCode {
    let texts = texts(&arguments.folder);
    println!("| decoded | texts | exact | characters | back | left | wrong |");
    println!("|---|---:|---:|---:|---:|---:|---:|");
    for (name, way) in WAYS {
        let all = texts.par_iter().map(|text| measure(text, way)).reduce(Tally::default, Tally::with);
        let Tally { texts, exact, characters, back, left, wrong } = all;
        println!("| {name} | {texts} | {exact} | {characters} | {back} | {left} | {wrong} |");
    }
    ExitCode::SUCCESS
}

fn texts(folder: &Path) -> Vec<String> {
    let mut paths: Vec<_> = fs::read_dir(folder).into_iter().flatten().filter_map(|e| Some(e.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    paths.iter().filter_map(|path| fs::read_to_string(path).ok()).collect()
}

fn measure(text: &str, way: Way) -> Tally {
    let rules = RuleSet::built_in();
    let selection = Selection::new(&["encoding".to_owned()], &[], &rules).expect("the pass exists");
    let text = within(text, way);
    let misread = Misread::of(&text, way);
    let document = Document::decode(misread.text.as_bytes());
    let edits = clean(&document, &rules, &Options { selection, ..Options::default() }).edits;
    let mut tally = Tally { texts: 1, characters: misread.was.len(), ..Tally::default() };
    tally.exact = usize::from(edits.apply(document.text()) == text);
    // Each edit must restore exactly what was in its span.
    let mut was = misread.was.iter().peekable();
    for edit in edits.iter() {
        while was.next_if(|(span, _)| span.end <= edit.span.start && span.start < edit.span.start).is_some() {
            tally.left += 1;
        }
        let (mut meant, mut count) = (String::new(), 0);
        let mut at = edit.span.start;
        while let Some((span, c)) = was.next_if(|(span, _)| span.start < edit.span.end) {
            meant.push_str(&misread.text[at..span.start]);
            meant.push(*c);
            at = span.end;
            count += 1;
        }
        meant.push_str(misread.text.get(at..edit.span.end).unwrap_or_default());
        if meant == edit.text { tally.back += count } else { tally.wrong += count.max(1) }
    }
    tally.left += was.count();
    tally
}

impl Tally {
    fn with(self, other: Tally) -> Tally {
        Tally {
            texts: self.texts + other.texts,
            exact: self.exact + other.exact,
            characters: self.characters + other.characters,
            back: self.back + other.back,
            left: self.left + other.left,
            wrong: self.wrong + other.wrong,
        }
    }
}
