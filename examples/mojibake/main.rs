//! Measures the repair of mojibake: decodes right texts in the usual wrong ways
//! and lets the pass `encoding` repair them.
//!
//! `cargo run --profile quick --example mojibake -- FOLDER`
//!
//! FOLDER holds right texts (`*.txt`). *exact* are texts that come back byte for
//! byte; *characters* those outside ASCII that are misread; *back* are right
//! again, *left* still read as they were misread, *wrong* neither.

mod misread;

use std::path::Path;
use std::{env, fs};

use descan::document::Document;
use descan::pipeline::{Options, Selection, clean};
use descan::rule::RuleSet;
use misread::{Misread, WAYS, Way, within};
use rayon::prelude::*;

/// What became of a text, or of several.
#[derive(Clone, Copy, Default)]
struct Tally {
    texts: usize,
    exact: usize,
    characters: usize,
    back: usize,
    left: usize,
    wrong: usize,
}

fn main() {
    let Some(folder) = env::args().nth(1) else {
        eprintln!("usage: mojibake FOLDER");
        return;
    };
    let texts = texts(Path::new(&folder));
    println!("| decoded | texts | exact | characters | back | left | wrong |");
    println!("|---|---:|---:|---:|---:|---:|---:|");
    for (name, way) in WAYS {
        let all = texts.par_iter().map(|text| measure(text, way)).reduce(Tally::default, Tally::with);
        let Tally { texts, exact, characters, back, left, wrong } = all;
        println!("| {name} | {texts} | {exact} | {characters} | {back} | {left} | {wrong} |");
    }
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
    // Of the edits each must say what stood in its span, no more and no less.
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
