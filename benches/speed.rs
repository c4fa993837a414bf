//! How fast `clean` is, beside `wc -w` counting the words of the same text.
//!
//! `cargo bench` measures each by itself. `cargo bench --bench speed -- --table`
//! measures them in turns and prints a table with how many times as long
//! descan takes; `--write` also puts it into `README.md`.
//!
//! The texts are the project's own fixtures, again and again, each its own
//! document: right texts (`NAME.clean.txt`) and scans (`NAME.scan.txt`). Where
//! `../shared/corpus` lies beside the project, its books and scans are measured
//! as well. Everything runs on one thread; what `wc` takes to start is in its
//! time, and too small to matter in texts of this size.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs};

use descan::document::Document;
use descan::pipeline::{Options, clean};
use descan::rule::RuleSet;
use divan::Bencher;
use divan::counter::BytesCount;

/// Bytes that a text of a benchmark has at least.
const SIZE: usize = 2_000_000;
/// How often each is measured for the table; the fastest counts.
const ROUNDS: usize = 7;

fn main() {
    let asked = |flag: &str| env::args().any(|argument| argument == flag);
    if asked("--table") || asked("--write") {
        let table = table();
        print!("{table}");
        if asked("--write") {
            write(&table);
        }
    } else {
        divan::main();
    }
}

#[divan::bench(args = inputs(), max_time = 10)]
fn clean_text(bencher: Bencher<'_, '_>, input: &Input) {
    let rules = RuleSet::built_in();
    bencher.counter(BytesCount::new(input.bytes())).bench(|| cleaned(input, &rules));
}

#[divan::bench(args = inputs(), max_time = 5)]
fn wc_words(bencher: Bencher<'_, '_>, input: &Input) {
    let file = input.file();
    bencher.counter(BytesCount::new(input.bytes())).bench(|| wc(file.path()));
}

#[divan::bench]
fn start_clean_on_1_kb(bencher: Bencher<'_, '_>) {
    let file = small();
    bencher.bench(|| descan(file.path()));
}

#[divan::bench]
fn start_wc_on_1_kb(bencher: Bencher<'_, '_>) {
    let file = small();
    bencher.bench(|| wc(file.path()));
}

/// Documents that are cleaned one after the other.
struct Input {
    name: &'static str,
    documents: Vec<Vec<u8>>,
}

impl std::fmt::Display for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl Input {
    /// The files of a folder that are asked for, again and again until there is enough.
    fn read(name: &'static str, folder: &Path, wanted: impl Fn(&str) -> bool) -> Option<Input> {
        let mut paths: Vec<PathBuf> = fs::read_dir(folder).ok()?.flatten().map(|e| e.path()).collect();
        paths.retain(|p| wanted(&p.file_name().unwrap_or_default().to_string_lossy()));
        paths.sort();
        let files: Vec<Vec<u8>> = paths.iter().filter_map(|p| fs::read(p).ok()).collect();
        let mut documents = Vec::new();
        let mut size = 0;
        for file in files.iter().cycle().filter(|f| !f.is_empty()) {
            size += file.len();
            documents.push(file.clone());
            if size >= SIZE {
                return Some(Input { name, documents });
            }
        }
        None
    }

    fn bytes(&self) -> usize {
        self.documents.iter().map(Vec::len).sum()
    }

    /// All documents in one file.
    fn file(&self) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().expect("a new file");
        fs::write(file.path(), self.documents.concat()).expect("the file is new");
        file
    }
}

fn inputs() -> Vec<Input> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (fixtures, corpus) = (root.join("fixtures"), root.join("../shared/corpus"));
    let right = |name: &str| name.ends_with(".clean.txt");
    let scan = |name: &str| name.ends_with(".scan.txt");
    let book = |name: &str| name.ends_with(".txt") && !name.starts_with("hard-");
    let page = |name: &str| name.ends_with(".ocr.txt");
    let all = [
        Input::read("right text", &fixtures, right),
        Input::read("scans", &fixtures, scan),
        Input::read("right text: whole books", &corpus.join("clean"), book),
        Input::read("scans: stories", &corpus.join("scans"), page),
    ];
    all.into_iter().flatten().collect()
}

/// Cleans all documents; returns the length of what came out, so that nothing is left out.
fn cleaned(input: &Input, rules: &RuleSet) -> usize {
    let one = |bytes: &Vec<u8>| {
        let document = Document::decode(&bytes[..]);
        let outcome = clean(&document, rules, &Options::default());
        document.splice(&outcome.edits).apply(bytes).len()
    };
    input.documents.iter().map(one).sum()
}

/// A file of 1 kB of a fixture.
fn small() -> tempfile::NamedTempFile {
    let text = inputs().into_iter().next().map(|i| i.documents.concat()).unwrap_or_default();
    let file = tempfile::NamedTempFile::new().expect("a new file");
    fs::write(file.path(), &text[..text.len().min(1024)]).expect("the file is new");
    file
}

fn wc(file: &Path) {
    run(Command::new("wc").arg("-w").arg(file).env("LC_ALL", "C.UTF-8"));
}

fn descan(file: &Path) {
    run(Command::new(env!("CARGO_BIN_EXE_descan")).arg("clean").arg(file));
}

fn run(command: &mut Command) {
    let status = command.stdout(Stdio::null()).status().expect("the program starts");
    assert!(status.success(), "{command:?}");
}

/// The fastest of several rounds of both, measured in turns: what else the
/// machine does meanwhile hits both alike.
fn in_turns(mut one: impl FnMut(), mut other: impl FnMut()) -> [Duration; 2] {
    let time = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..ROUNDS)
        .map(|_| [time(&mut one), time(&mut other)])
        .fold([Duration::MAX; 2], |best, new| [best[0].min(new[0]), best[1].min(new[1])])
}

fn table() -> String {
    let rules = RuleSet::built_in();
    let mut table = String::from("| | `descan clean` | `wc -w` | times as long |\n|---|--:|--:|--:|\n");
    let mut row = |name: &str, [ours, theirs]: [Duration; 2], shown: &dyn Fn(Duration) -> String| {
        let times = ours.as_secs_f64() / theirs.as_secs_f64();
        table.push_str(&format!("| {name} | {} | {} | {times:.1} |\n", shown(ours), shown(theirs)));
    };
    for input in inputs() {
        let file = input.file();
        let times = in_turns(
            || {
                std::hint::black_box(cleaned(&input, &rules));
            },
            || wc(file.path()),
        );
        let rate = |time: Duration| format!("{:.2} MB/s", input.bytes() as f64 / 1e6 / time.as_secs_f64());
        row(input.name, times, &rate);
    }
    let file = small();
    let times = in_turns(|| descan(file.path()), || wc(file.path()));
    row("start to end on 1 kB", times, &|time| format!("{:.1} ms", 1e3 * time.as_secs_f64()));
    table
}

/// Puts the table between its marks in the README.
fn write(table: &str) {
    const MARKS: [&str; 2] = ["<!-- speed -->\n", "<!-- /speed -->\n"];
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let old = fs::read_to_string(&path).expect("the README is there");
    let (head, rest) = old.split_once(MARKS[0]).expect("the README has the mark");
    let (_, tail) = rest.split_once(MARKS[1]).expect("the README has the mark");
    fs::write(&path, [head, MARKS[0], "\n", table, "\n", MARKS[1], tail].concat()).expect("the README can be written");
}
