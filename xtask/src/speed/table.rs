//! The main table: several kinds of text, start-up, and two threads.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::process::Command;
use std::time::Duration;

use super::processes::{descan, in_turns, peak_memory, typos, wc};
use super::texts::{self, Texts};

/// The number of files, and the bytes of each, for two threads on many files.
const FILES: usize = 400;
const FILE: usize = 16_000;

/// Measures texts of `size` bytes, each `rounds` times.
pub(super) fn table(size: usize, rounds: usize) -> Result<String, String> {
    let all = texts::all();
    let mut table =
        String::from("| one thread | `descan clean` | `wc -w` | times as long | `typos` | times as long |\n");
    table.push_str("|---|--:|--:|--:|--:|--:|\n");
    for texts in &all {
        row(&mut table, texts, size, rounds);
    }
    table.push_str("\n| | |\n|---|--:|\n");
    start(&mut table, &all[0], rounds);
    threads(&mut table, &all, size, rounds);
    Ok(table)
}

fn row(table: &mut String, texts: &Texts, size: usize, rounds: usize) {
    let file = texts.file(size);
    let path = file.path().as_os_str();
    let mut commands = vec![descan([OsStr::new("clean"), "--threads".as_ref(), "1".as_ref(), path]), wc(file.path())];
    commands.extend(typos(file.path()));
    let times = in_turns(&mut commands, rounds);
    let seconds = |time: Duration| time.as_secs_f64();
    let rate = |time: Duration| format!("{:.1} MB/s", size as f64 / 1e6 / seconds(time));
    let beside = |other: Option<&Duration>| match other {
        Some(&other) => format!("{} | {:.2}", rate(other), seconds(times[0]) / seconds(other)),
        None => "not here | ".to_owned(),
    };
    let name = format!("{}, {:.0} MB", texts.name, size as f64 / 1e6);
    line(table, &[&name, &rate(times[0]), &beside(times.get(1)), &beside(times.get(2))]);
}

/// The time and memory of a command that has almost nothing to do.
fn start(table: &mut String, texts: &Texts, rounds: usize) {
    let file = texts.file(1024);
    let check = || descan([OsStr::new("check"), file.path().as_os_str()]);
    let time = in_turns(&mut [check()], 4 * rounds + 1)[0];
    let memory = peak_memory(&check()).map_or("not measured".to_owned(), |mb| format!("{mb:.1} MB"));
    line(table, &["`descan check` of 1 kB, start to end", &format!("{:.1} ms", 1e3 * time.as_secs_f64())]);
    line(table, &["the memory it takes", &memory]);
}

/// How much faster two threads are, on many files and on one large one.
fn threads(table: &mut String, all: &[Texts], size: usize, rounds: usize) {
    let scans = all.get(1).unwrap_or(&all[0]);
    let many = scans.folder(FILES, FILE);
    let one = all[0].file(size);
    let what = [(format!("two threads, {FILES} scans of {} kB", FILE / 1000), many.path()), {
        (format!("two threads, one right text of {:.0} MB", size as f64 / 1e6), one.path())
    }];
    for (name, path) in what {
        let with = |threads: &str| -> Command {
            descan([OsStr::new("check"), "--threads".as_ref(), threads.as_ref(), path.as_os_str()])
        };
        let times = in_turns(&mut [with("1"), with("2")], rounds);
        line(table, &[&name, &format!("{:.2} times as fast", times[0].as_secs_f64() / times[1].as_secs_f64())]);
    }
}

fn line(table: &mut String, cells: &[&str]) {
    writeln!(table, "| {} |", cells.join(" | ")).expect("a string takes all");
}
