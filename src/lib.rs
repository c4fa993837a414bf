//! The command line of descan: parses arguments, reads and writes files, prints
//! reports. Start reading at [`main`].

mod args;
mod batch;
mod commands;
mod display;
mod error;
mod files;
mod inputs;
mod say;
pub mod schemas;
pub mod settings;
mod setup;
mod terminal;

use std::process::ExitCode;

use args::Command;

/// Runs the command named by the process's arguments.
pub fn main() -> ExitCode {
    let command = match args::parse() {
        Ok(command) => command,
        Err(exit) => return exit,
    };
    let result = match command {
        Command::Clean(args) => commands::clean::run(&args),
        Command::Diff(args) => commands::diff::run(&args),
        Command::Check(args) => commands::check::run(&args),
        Command::Baseline(args) => commands::baseline::run(&args),
        Command::Report(args) => commands::report::run(&args),
        Command::Review(args) => commands::review::run(&args),
        Command::Decisions(args) => commands::decisions::run(&args),
        Command::Undo(args) => commands::undo::run(&args),
        Command::Stats(args) => commands::stats::run(&args),
        Command::Rules(args) => commands::rules::run(&args),
        Command::Explain(args) => commands::explain::run(&args),
        Command::Test(args) => commands::test::run(&args),
        Command::Config(args) => commands::config::run(&args),
        Command::Schema(args) => commands::schema::run(&args),
        Command::Completions(args) => commands::completions::run(&args),
        Command::Man(args) => commands::man::run(&args),
        Command::Model(args) => commands::model::run(&args),
    };
    error::code(result)
}
