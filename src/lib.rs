//! The command line of descan: arguments in, files read and written, reports
//! out. [`main`] is its table of contents: one module a command.

mod args;
mod baseline;
mod batch;
mod check;
mod clean;
mod completions;
mod config;
mod decisions;
mod diff;
mod discover;
mod examples;
mod exclude;
mod exit;
mod explain;
mod inputs;
mod landing;
mod language;
mod layout;
mod man;
mod model;
mod output;
mod own_rules;
mod progress;
mod report;
mod review;
mod rulebook;
mod rules;
mod schema;
pub mod schemas;
mod session;
pub mod settings;
mod stats;
mod test;
mod undo;
mod unused;
mod write;

use std::process::ExitCode;

use args::Command;

/// Runs the command that the arguments of the process name.
pub fn main() -> ExitCode {
    let command = match args::parse() {
        Ok(command) => command,
        Err(exit) => return exit,
    };
    let result = match command {
        Command::Clean(args) => clean::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Baseline(args) => baseline::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Review(args) => review::run(&args),
        Command::Decisions(args) => decisions::run(&args),
        Command::Undo(args) => undo::run(&args),
        Command::Stats(args) => stats::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Config(args) => config::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
        Command::Model(args) => model::run(&args),
    };
    exit::code(result)
}
