//! Tasks of those who develop descan: measuring, comparing, and writing tables
//! into documents. `cargo xtask --help` lists them; the file of a task says what
//! it measures and how.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use xtask::{accuracy, harm, leftovers, mojibake, pages, rules_in_use, same, speed};

/// Measures descan, compares its versions, and writes tables into documents.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Measure what descan repairs and what it breaks, against texts with a truth
    Accuracy(accuracy::Arguments),
    /// Measure what each rule would change in right text
    Harm(harm::Arguments),
    /// List by class what cleaning leaves over
    Leftovers(leftovers::Arguments),
    /// Measure the passes `pages` and `lines`
    Pages(pages::Arguments),
    /// Measure the repair of mojibake on right texts that are decoded wrongly
    Mojibake(mojibake::Arguments),
    /// List the rules that find nothing, and those that others always overtake
    RulesInUse(rules_in_use::Arguments),
    /// Compare what two programs make of the same texts, byte for byte
    Same(same::Arguments),
    /// Measure speed: whole processes, attacks, instructions
    Speed(speed::Arguments),
}

fn main() -> ExitCode {
    match Arguments::parse().task {
        Task::Accuracy(arguments) => accuracy::run(&arguments),
        Task::Harm(arguments) => harm::run(&arguments),
        Task::Leftovers(arguments) => leftovers::run(&arguments),
        Task::Pages(arguments) => pages::run(&arguments),
        Task::Mojibake(arguments) => mojibake::run(&arguments),
        Task::RulesInUse(arguments) => rules_in_use::run(&arguments),
        Task::Same(arguments) => same::run(&arguments),
        Task::Speed(arguments) => speed::run(&arguments),
    }
}
