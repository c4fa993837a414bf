//! The command line of descan.

mod cli;

use std::process::ExitCode;

use cli::args::Command;

fn main() -> ExitCode {
    let command = match cli::args::parse() {
        Ok(command) => command,
        Err(exit) => return exit,
    };
    let result = match command {
        Command::Clean(args) => cli::clean::run(&args),
        Command::Diff(args) => cli::diff::run(&args),
        Command::Check(args) => cli::check::run(&args),
        Command::Baseline(args) => cli::baseline::run(&args),
        Command::Report(args) => cli::report::run(&args),
        Command::Review(args) => cli::review::run(&args),
        Command::Decisions(args) => cli::decisions::run(&args),
        Command::Undo(args) => cli::undo::run(&args),
        Command::Stats(args) => cli::stats::run(&args),
        Command::Rules(args) => cli::rules::run(&args),
        Command::Explain(args) => cli::explain::run(&args),
        Command::Test(args) => cli::test::run(&args),
        Command::Config(args) => cli::config::run(&args),
        Command::Schema(args) => cli::schema::run(&args),
        Command::Completions(args) => cli::completions::run(&args),
        Command::Man(args) => cli::man::run(&args),
        Command::Model(args) => cli::model::run(&args),
    };
    cli::exit::code(result)
}
