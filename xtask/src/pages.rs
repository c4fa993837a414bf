//! Measures the passes `pages` and `lines` on development data.
//!
//! `cargo xtask pages CORPUS [--list] [--check]`
//!
//! CORPUS holds the folders `scans` (`NAME.ocr.txt`, `NAME.gt.txt` and, page
//! for page as printed, `NAME.printed.txt`), `books`, `hathi` and `clean`.
//! The task prints, at level `certain`: running heads and page numbers removed,
//! and lines of text lost with them; words broken at line ends, how many of them
//! were touched and how many of these are right; and what changed in right text.
//! `--list` names every miss; `--check` exits with 1 if a figure is worse than
//! `docs/pages.md` promises.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use descan_core::finding::Finding;
use descan_core::pass::{Options, Selection};
use descan_core::pipeline::clean;
use descan_rules::RuleSet;
use descan_source::Document;

use crate::measure::score::percent;

/// Measures the passes `pages` and `lines`.
#[derive(Args)]
pub struct Arguments {
    /// The folder with the sets.
    corpus: PathBuf,
    /// Name every miss.
    #[arg(long)]
    list: bool,
    /// Fail if a figure is worse than docs/pages.md promises.
    #[arg(long)]
    check: bool,
}

/// Runs the task.
pub fn run(arguments: &Arguments) -> ExitCode {
    let Arguments { corpus, list, check } = arguments;
    let list = *list;
    if !corpus.is_dir() {
        eprintln!("pages: {} is not a folder", corpus.display());
        return ExitCode::from(2);
    }
    let runner = Runner::new();
    let mut held = vec![furniture(&runner, &corpus.join("scans"), list)];
    let words: Vec<Words> =
        ["scans", "books", "hathi"].map(|set| hyphens(&runner, &corpus.join(set), set, list)).into();
    held.extend(words.iter().map(Words::hold));
    let (kept, own) = words.iter().fold((0, 0), |(k, o), w| (k + w.kept_right, o + w.kept_all));
    println!("words with a hyphen of their own, all sets: {kept} of {own} right ({:.1} %)", percent(kept, own));
    held.push(kept * 10 >= own * 9);
    held.push(right_text(&runner, &corpus.join("clean"), list));
    if *check && held.contains(&false) {
        eprintln!("pages: a figure is below what docs/pages.md promises");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Runs the passes `pages` and `lines`, and no others.
struct Runner {
    rules: RuleSet,
    options: Options,
}

impl Runner {
    fn new() -> Runner {
        let rules = RuleSet::built_in();
        let only = ["pages".to_owned(), "lines".to_owned()];
        let selection = Selection::new(&only, &[], &rules).expect("both are passes");
        Runner { rules, options: Options { selection, ..Options::default() } }
    }

    fn findings(&self, text: &str) -> Vec<Finding> {
        let document = Document::decode(text.as_bytes().to_vec());
        let found = clean(&document, &self.rules, &self.options).findings;
        found.into_iter().filter(|f| f.applied).collect()
    }

    fn rule(&self, finding: &Finding) -> &str {
        &self.rules.get(finding.rule).name
    }
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).map(|entries| entries.flatten().map(|e| e.path()).collect()).unwrap_or_default();
    paths.retain(|p| p.to_string_lossy().ends_with(ending));
    paths.sort();
    paths
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n")
}

fn beside(path: &Path, ending: &str) -> String {
    read(Path::new(&path.to_string_lossy().replace(".ocr.txt", ending)))
}

// Page furniture: running heads, page numbers and sheet signatures.

fn furniture(runner: &Runner, folder: &Path, list: bool) -> bool {
    let (mut all, mut removed, mut lost, mut pages) = (0, 0, 0, 0);
    for path in files(folder, ".ocr.txt") {
        let text = read(&path);
        let truth = furniture_lines(&text, &beside(&path, ".printed.txt"), &beside(&path, ".gt.txt"));
        let findings = runner.findings(&text);
        pages += beside(&path, ".printed.txt").matches('\u{c}').count() + 1;
        for (span, is_furniture) in truth {
            let line = &text[span.clone()];
            let body = span.start + line.len() - line.trim_start().len()..span.start + line.trim_end().len();
            let gone = findings.iter().any(|f| {
                f.span.start <= body.start
                    && f.span.end >= body.end
                    && !f.after.contains(line.trim())
                    && matches!(runner.rule(f), "running-head" | "page-number" | "sheet-signature")
            });
            all += usize::from(is_furniture);
            removed += usize::from(is_furniture && gone);
            lost += usize::from(!is_furniture && gone);
            if list && is_furniture != gone {
                let what = if gone { "lost" } else { "left" };
                println!("{what}: {} {:?}", path.file_name().unwrap_or_default().to_string_lossy(), line);
            }
        }
    }
    println!(
        "scans: heads and numbers removed {removed} of {all} ({:.1} %); lines of text lost {lost} on {pages} pages",
        percent(removed, all)
    );
    removed * 100 >= all * 95 && lost * 1000 <= pages
}

/// The lines of a scan that are not blank, and whether each is furniture: it
/// aligns with a printed line that the truth lacks, or is a scrap in its place.
fn furniture_lines(ocr: &str, printed: &str, truth: &str) -> Vec<(std::ops::Range<usize>, bool)> {
    let mut spans = Vec::new();
    let mut start = 0;
    for line in ocr.split('\n') {
        if !line.trim().is_empty() {
            spans.push(start..start + line.len());
        }
        start += line.len() + 1;
    }
    let furniture = printed_furniture(printed, truth);
    let lines: Vec<&str> = spans.iter().map(|s| ocr[s.clone()].trim()).collect();
    let matched = align(&lines, &furniture.iter().map(|(l, _)| l.as_str()).collect::<Vec<_>>());
    let mut flags: Vec<bool> = matched.iter().map(|m| m.is_some_and(|j| furniture[j].1)).collect();
    // Furniture that no line matched: a short line in its place is what remains of it.
    for (j, (_, is_furniture)) in furniture.iter().enumerate() {
        if *is_furniture && !matched.contains(&Some(j)) {
            let before = matched.iter().rposition(|m| m.is_some_and(|k| k < j)).map_or(0, |i| i + 1);
            if before < lines.len() && matched[before].is_none() && lines[before].chars().count() <= 8 {
                flags[before] = true;
            }
        }
    }
    spans.into_iter().zip(flags).collect()
}

/// The printed lines, and whether each is furniture: the first or last line of a
/// page, if it is a number or a head that the truth lacks.
fn printed_furniture(printed: &str, truth: &str) -> Vec<(String, bool)> {
    let truth: String = truth.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut list = Vec::new();
    for page in printed.split('\u{c}') {
        let lines: Vec<&str> = page.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        for (at, line) in lines.iter().enumerate() {
            let edge = at == 0 || at + 1 == lines.len();
            let flat = line.split_whitespace().collect::<Vec<_>>().join(" ");
            let number = flat.rsplit(' ').next().is_some_and(|n| n.chars().all(|c| c.is_ascii_digit()));
            let capitals = !flat.chars().any(char::is_lowercase) && flat.len() > 3;
            list.push((flat.clone(), edge && (number || capitals) && !truth.contains(&flat)));
        }
    }
    list
}

/// Pairs lines with printed lines, in order, for the greatest total likeness.
fn align(lines: &[&str], printed: &[&str]) -> Vec<Option<usize>> {
    let pairs = |s: &str| -> HashSet<(char, char)> {
        let letters: Vec<char> = s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        if letters.len() == 1 { [(letters[0], ' ')].into() } else { letters.windows(2).map(|w| (w[0], w[1])).collect() }
    };
    let a: Vec<_> = lines.iter().map(|l| pairs(l)).collect();
    let b: Vec<_> = printed.iter().map(|l| pairs(l)).collect();
    let likeness = |i: usize, j: usize| {
        let common = a[i].intersection(&b[j]).count() as f32;
        let dice = 2.0 * common / (a[i].len() + b[j].len()).max(1) as f32;
        if dice >= 0.25 { dice } else { 0.0 }
    };
    let width = b.len() + 1;
    let mut best = vec![0.0_f32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let skip = best[(i + 1) * width + j].max(best[i * width + j + 1]);
            best[i * width + j] = skip.max(likeness(i, j) + best[(i + 1) * width + j + 1]);
        }
    }
    let mut matched = vec![None; a.len()];
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let here = best[i * width + j];
        let pair = likeness(i, j);
        if pair > 0.0 && (here - pair - best[(i + 1) * width + j + 1]).abs() < 1e-4 {
            matched[i] = Some(j);
            (i, j) = (i + 1, j + 1);
        } else if here == best[(i + 1) * width + j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    matched
}

// Words broken at line ends.

/// Counts of words broken at line ends.
struct Words {
    all: usize,
    touched: usize,
    right: usize,
    /// Words that have a hyphen even when unbroken, and how many of them kept it.
    kept_all: usize,
    kept_right: usize,
}

impl Words {
    fn hold(&self) -> bool {
        self.touched * 100 >= self.all * 95 && self.right * 100 >= self.touched * 97
    }
}

fn hyphens(runner: &Runner, folder: &Path, name: &str, list: bool) -> Words {
    let (mut all, mut touched, mut right) = (0, 0, 0);
    let (mut kept_all, mut kept_right, mut unknown) = (0, 0, 0);
    for path in files(folder, ".ocr.txt") {
        let text = read(&path);
        let truth = vocabulary(&beside(&path, ".gt.txt"));
        let findings = runner.findings(&text);
        for (at, first, second) in breaks(&text) {
            let joined = truth.contains(&[first, second].concat().to_lowercase());
            let hyphenated = truth.contains(&format!("{first}-{second}").to_lowercase());
            let by =
                findings.iter().find(|f| f.span.start <= at && f.span.end > at && runner.rule(f).starts_with("broken"));
            let rule = by.map_or("none", |f| runner.rule(f));
            if !joined && !hyphenated {
                unknown += 1;
                if list {
                    println!("unknown: {rule} {first}-|{second}");
                }
                continue;
            }
            let good = joined && rule == "broken-hyphenation" || hyphenated && rule == "broken-compound";
            all += 1;
            touched += usize::from(rule != "none");
            right += usize::from(good);
            kept_all += usize::from(!joined);
            kept_right += usize::from(!joined && good);
            if list && !good {
                println!("{}: {name} {rule} {first}-|{second}", if rule == "none" { "untouched" } else { "wrong" });
            }
        }
    }
    println!(
        "{name}: broken words {all}, touched {touched} ({:.1} %), right {right} ({:.1} % of those touched); \
         words with a hyphen of their own {kept_right} of {kept_all}; not in the truth {unknown}",
        percent(touched, all),
        percent(right, touched)
    );
    Words { all, touched, right, kept_all, kept_right }
}

/// The words of the truth in lower case; compounds with hyphens are one word.
fn vocabulary(text: &str) -> HashSet<String> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '—' | '–'))
        .flat_map(|w| w.split("--"))
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .collect()
}

/// The offset of each hyphen at a line end, with the two parts of the word. A
/// word that a running head divides is not found.
fn breaks(text: &str) -> Vec<(usize, &str, &str)> {
    let mut found = Vec::new();
    for at in text.char_indices().filter(|&(_, c)| matches!(c, '-' | '¬' | '\u{ad}')).map(|(i, _)| i) {
        let mark = text[at..].chars().next().map_or(1, char::len_utf8);
        let rest = &text[at + mark..];
        let blank = rest.len() - rest.trim_start().len();
        if !rest[..blank].contains('\n') {
            continue;
        }
        let cut = |c: char| c.is_whitespace() || matches!(c, '—' | '–');
        let first = text[..at].rsplit(cut).next().unwrap_or_default();
        let first = first.trim_start_matches(|c: char| !c.is_alphanumeric());
        let second = rest[blank..].split(cut).next().unwrap_or_default();
        let second = second.trim_end_matches(|c: char| !c.is_alphanumeric());
        let word = |s: &str| s.starts_with(char::is_alphabetic) || s.ends_with(char::is_alphabetic);
        if !first.is_empty() && word(first) && second.starts_with(char::is_alphabetic) {
            found.push((at, first, second));
        }
    }
    found
}

// Right text.

fn right_text(runner: &Runner, folder: &Path, list: bool) -> bool {
    let (mut changes, mut removed) = (0, 0);
    for path in files(folder, ".txt") {
        let text = read(&path);
        for f in runner.findings(&text) {
            changes += 1;
            let lost = f.before.chars().any(char::is_alphanumeric) && !f.after.chars().any(char::is_alphanumeric);
            removed += usize::from(lost);
            if list {
                println!("changed: {} {:?} -> {:?}", runner.rule(&f), f.before, f.after);
            }
        }
    }
    println!("clean: lines lost {removed}, changes {changes}");
    removed == 0
}
