//! How fast descan is: whole processes, beside `wc -w` and `typos` on the same
//! files in the same run.
//!
//! `cargo bench --bench speed` prints the table; `-- --write` also puts it into
//! `README.md`. Further flags, each by itself:
//!
//! - `--attack`: texts made to be slow, at several sizes: the time must be linear;
//! - `--many`: 100,000 files of 4 kB;
//! - `--instructions`: instructions that the fixtures take (`callgrind`), held
//!   against `docs/instructions.toml`; `--raise` takes over smaller ones.
//!
//! `--size MB` and `--rounds N` make the tables smaller. The texts are those of
//! `../shared/corpus` where it lies beside the project, else the fixtures.

mod attack;
mod instructions;
mod many;
mod processes;
mod table;
mod texts;

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().collect();
    let asked = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let number = |flag: &str, usual: usize| {
        let at = arguments.iter().position(|argument| argument == flag);
        at.and_then(|at| arguments.get(at + 1)?.parse().ok()).unwrap_or(usual)
    };
    let done = if asked("--attack") {
        attack::table(number("--size", 200))
    } else if asked("--many") {
        many::table(number("--files", 100_000))
    } else if asked("--instructions") {
        instructions::check(asked("--raise"))
    } else {
        table::table(number("--size", 12) * 1_000_000, number("--rounds", 5)).inspect(|table| {
            if asked("--write") {
                write(table);
            }
        })
    };
    match done {
        Ok(report) => {
            print!("{report}");
            ExitCode::SUCCESS
        }
        Err(what) => {
            eprintln!("{what}");
            ExitCode::FAILURE
        }
    }
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
