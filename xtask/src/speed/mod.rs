//! Measures the speed of descan as a whole process, next to `wc -w` and `typos`
//! on the same files in the same run.
//!
//! `cargo xtask speed` prints the table; `--write` also puts it into `README.md`.
//! Other measurements, one at a time:
//!
//! - `--attack`: texts made to be slow, at several sizes; time must be linear;
//! - `--many`: 100,000 files of 4 kB;
//! - `--instructions`: instructions for the fixtures, counted by `callgrind`, with
//!   the limits of `docs/instructions.toml`; `--raise` lowers these limits.
//!
//! `--size MB` and `--rounds N` shorten a measurement. The texts are those of
//! `../shared/corpus` if it exists, or else the fixtures.

mod attack;
mod instructions;
mod many;
mod processes;
mod table;
mod texts;

use std::process::ExitCode;

use clap::Args;

use crate::measure::project::{Profile, root};
use crate::measure::{marks, project};

/// Measures speed.
#[derive(Args)]
pub struct Arguments {
    /// Measure texts made to be slow, at several sizes.
    #[arg(long, conflicts_with_all = ["many", "instructions"])]
    attack: bool,
    /// Measure a folder of many small files.
    #[arg(long, conflicts_with = "instructions")]
    many: bool,
    /// Count instructions for fixed inputs, with the limits of docs/instructions.toml.
    #[arg(long)]
    instructions: bool,
    /// Lower the limits to the counts of this run.
    #[arg(long, requires = "instructions")]
    raise: bool,
    /// Write the table to README.md.
    #[arg(long)]
    write: bool,
    /// The size of the texts, in megabytes [default: 12; 200 for attacks].
    #[arg(long)]
    size: Option<usize>,
    /// How many times each program runs.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// The number of small files.
    #[arg(long, default_value_t = 100_000)]
    files: usize,
}

/// Runs the task.
pub fn run(arguments: &Arguments) -> ExitCode {
    match measure(arguments) {
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

fn measure(arguments: &Arguments) -> Result<String, String> {
    if arguments.instructions {
        project::build(Profile::Dev)?;
        return instructions::check(arguments.raise);
    }
    project::build(Profile::Release)?;
    if arguments.attack {
        return attack::table(arguments.size.unwrap_or(200));
    }
    if arguments.many {
        return many::table(arguments.files);
    }
    let table = table::table(arguments.size.unwrap_or(12) * 1_000_000, arguments.rounds)?;
    if arguments.write {
        marks::replace_between(&root().join("README.md"), "speed", &table)?;
    }
    Ok(table)
}
