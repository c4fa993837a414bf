//! The command line of descan: parses arguments, reads and writes files, prints
//! reports. Start reading at [`run`].

mod args;
mod batch;
mod commands;
mod display;
mod error;
mod files;
mod inputs;
mod pager;
mod say;
pub mod schemas;
pub mod settings;
mod setup;
mod terminal;

use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;

use args::Command;

/// Runs the command that the arguments name, the first of which is the program's own
/// name, and returns the exit code for the process.
///
/// `program` is the file that this code was loaded from: the program, or a library inside
/// another one. A stopped run is only taken up again by the same file. Ctrl-C is handled
/// for the whole process, so a process can do this once.
pub fn run(arguments: impl IntoIterator<Item = OsString>, program: Option<PathBuf>) -> u8 {
    setup::program::set(program);
    let code = run_command(arguments);
    // Nobody else does, where the process is not this library's own.
    let _ = std::io::stdout().flush();
    code
}

fn run_command(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let command = match args::parse(arguments) {
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
        Command::Serve(args) => commands::serve::run(&args),
        Command::Decisions(args) => commands::decisions::run(&args),
        Command::Undo(args) => commands::undo::run(&args),
        Command::Stats(args) => commands::stats::run(&args),
        Command::Learn(args) => commands::learn::run(&args),
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
