//! Tasks for those who develop descan: measuring it, comparing versions, and
//! writing tables into documents. `cargo xtask --help` lists them; the module of
//! each task says what it measures and how.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use xtask::{
    accuracy, broad, coverage, earlier_print, fit_style, formats, harm, judged, leftovers, measure_rules, mojibake,
    pages, picture, reach, rules_in_use, same, speed,
};

/// Measures descan, compares versions of it, and writes tables into documents.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Measure what descan repairs and what it breaks, in scans whose true text is known
    Accuracy(accuracy::Arguments),
    /// Measure what each rule would change in right text
    Harm(harm::Arguments),
    /// Measure what is changed in right texts of many kinds, and in pages of them
    Broad(broad::Arguments),
    /// Measure which kinds of damage of a catalogue are repaired
    Coverage(coverage::Arguments),
    /// Add the spellings of earlier print to a lexicon, without the counts that it was built from
    EarlierPrint(earlier_print::Arguments),
    /// Learn from scans and right texts what of either each rule meets
    FitStyle(fit_style::Arguments),
    /// Measure what holds for files with mark-up: read, repaired in place, restored
    Formats(formats::Arguments),
    /// Judge every repair of scans by the text that was printed, rule by rule
    Judged(judged::Arguments),
    /// Count the errors that cleaning leaves, by class
    Leftovers(leftovers::Arguments),
    /// Count how often the edits of each rule are right: their confidence
    MeasureRules(measure_rules::Arguments),
    /// Measure the removal of running heads and the joining of broken words
    Pages(pages::Arguments),
    /// Make the picture of the README
    Picture(picture::Arguments),
    /// Measure the repair of mojibake, on right texts that were decoded wrongly
    Mojibake(mojibake::Arguments),
    /// Measure how many damaged words have their right reading among those weighed
    Reach(reach::Arguments),
    /// Count what each rule finds, and mark those that find nothing of their own
    RulesInUse(rules_in_use::Arguments),
    /// Compare the output of two descan programs on the same texts, byte for byte
    Same(same::Arguments),
    /// Measure speed and memory, as whole processes or in instructions
    Speed(speed::Arguments),
}

fn main() -> ExitCode {
    match Arguments::parse().task {
        Task::Accuracy(arguments) => accuracy::run(&arguments),
        Task::Harm(arguments) => harm::run(&arguments),
        Task::Broad(arguments) => broad::run(&arguments),
        Task::Coverage(arguments) => coverage::run(&arguments),
        Task::EarlierPrint(arguments) => earlier_print::run(&arguments),
        Task::FitStyle(arguments) => fit_style::run(&arguments),
        Task::Formats(arguments) => formats::run(&arguments),
        Task::Judged(arguments) => judged::run(&arguments),
        Task::Leftovers(arguments) => leftovers::run(&arguments),
        Task::MeasureRules(arguments) => measure_rules::run(&arguments),
        Task::Pages(arguments) => pages::run(&arguments),
        Task::Picture(arguments) => picture::run(&arguments),
        Task::Mojibake(arguments) => mojibake::run(&arguments),
        Task::Reach(arguments) => reach::run(&arguments),
        Task::RulesInUse(arguments) => rules_in_use::run(&arguments),
        Task::Same(arguments) => same::run(&arguments),
        Task::Speed(arguments) => speed::run(&arguments),
    }
}
