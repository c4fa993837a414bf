//! What the user asks for.

pub(crate) mod examples;
pub(crate) mod model;
pub(crate) mod report_to;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};
use descan_core::evidence::style::{Dash, Ellipsis, Marks, Wanted};
use descan_report::Format;
use descan_text::level::Level;

use crate::say::say;
use report_to::ReportTo;

/// Takes the scan out of scanned text: repairs what OCR broke and explains every change.
#[derive(Debug, Parser)]
#[command(name = "descan", version, after_help = examples::EXIT_CODES, after_long_help = examples::DESCAN)]
struct Cli {
    /// Use colours, and show what is for people as on a terminal.
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = Colour::Auto)]
    color: Colour,
    #[command(subcommand)]
    command: Command,
}

/// When to use colours.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    Always,
    Never,
}

impl Colour {
    /// Goes by it from now on.
    fn set(self) {
        use anstream::ColorChoice;
        match self {
            Colour::Auto => ColorChoice::Auto,
            Colour::Always => ColorChoice::Always,
            Colour::Never => ColorChoice::Never,
        }
        .write_global();
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write the cleaned text.
    #[command(after_long_help = examples::CLEAN)]
    Clean(CleanArgs),
    /// Show as unified diffs what `clean` would change; exit 1 if anything.
    #[command(after_long_help = examples::DIFF)]
    Diff(DiffArgs),
    /// List the findings; exit 1 if any is as sure as --fail-on.
    #[command(after_long_help = examples::CHECK)]
    Check(CheckArgs),
    /// Write down what is found, so that `check` fails on new damage only.
    #[command(after_long_help = examples::BASELINE)]
    Baseline(BaselineArgs),
    /// Write a page on which to look at the findings and to accept or refuse them.
    #[command(after_long_help = examples::REPORT)]
    Report(ReportArgs),
    /// Decide finding by finding at the terminal, then write the cleaned text.
    #[command(after_long_help = examples::REVIEW)]
    Review(ReviewArgs),
    /// List what was decided, or with --unused what of it decides nothing.
    #[command(after_long_help = examples::DECISIONS)]
    Decisions(ListDecisionsArgs),
    /// Restore the originals from a run's ledger.
    #[command(after_long_help = examples::UNDO)]
    Undo(UndoArgs),
    /// Tell how damaged each file is, and in what way, to decide what to scan again.
    #[command(after_long_help = examples::STATS)]
    Stats(StatsArgs),
    /// List the rules, your own among them.
    #[command(after_long_help = examples::RULES)]
    Rules(RulesArgs),
    /// Say what a rule does and why, with its examples.
    #[command(after_long_help = examples::EXPLAIN)]
    Explain(ExplainArgs),
    /// Run the examples of the built-in rules and of your own.
    #[command(after_long_help = examples::TEST)]
    Test(TestArgs),
    /// Show each setting and where it came from.
    #[command(after_long_help = examples::CONFIG)]
    Config(ShowConfigArgs),
    /// Print the JSON Schema of a format.
    #[command(after_long_help = examples::SCHEMA)]
    Schema(SchemaArgs),
    /// Print what a shell needs to complete commands and options.
    #[command(after_long_help = examples::COMPLETIONS)]
    Completions(CompletionsArgs),
    /// Print a manual page, or write all of them into a folder.
    #[command(after_long_help = examples::MAN)]
    Man(ManArgs),
    /// Build the English model, learn confusions and fit the decision from texts.
    #[command(after_long_help = examples::MODEL)]
    Model(model::ModelArgs),
}

/// What to read.
#[derive(Args, Clone, Debug)]
pub(crate) struct Inputs {
    /// Files, folders, or - for the standard input.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Work on N files at once [default: one a core].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Leave out what this glob names, found in a folder or named; may come again.
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,
    /// How to tell, on the error stream, how far a run of several files is.
    #[arg(long, value_name = "HOW", value_enum, default_value_t = ProgressKind::Auto)]
    pub progress: ProgressKind,
}

/// How progress is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProgressKind {
    /// A bar, where the error stream is a terminal and no product runs over it.
    Auto,
    /// Lines, also into a file.
    Plain,
    /// Not at all.
    None,
}

/// Which settings file to go by.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct ConfigArgs {
    /// Go by this settings file [default: the nearest descan.toml].
    ///
    /// Without it the descan.toml in the folder of the texts counts, or in the
    /// nearest folder above. `descan config` shows what holds.
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Go by no settings file.
    #[arg(long)]
    pub no_config: bool,
}

/// Which decisions to go by.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct DecisionsArgs {
    /// Go by the decisions in this file [default: the nearest descan.decisions.jsonl].
    #[arg(long, value_name = "FILE", conflicts_with = "no_decisions")]
    pub decisions: Option<PathBuf>,
    /// Go by no decisions.
    #[arg(long)]
    pub no_decisions: bool,
}

/// What to do with it.
#[derive(Args, Clone, Debug)]
pub(crate) struct Choice {
    #[command(flatten)]
    pub config: ConfigArgs,
    #[command(flatten)]
    pub decisions: DecisionsArgs,
    /// Apply repairs of this level and surer [default: certain].
    ///
    /// `certain` repairs are right more than 99 times in 100. `probable` ones
    /// deserve a look at the diff, and `suspect` ones are guesses to look at.
    #[arg(long, value_name = "LEVEL", value_parser = levels())]
    pub level: Option<Level>,
    /// Leave out these rules or passes.
    ///
    /// `descan rules` lists them: the first column is the pass.
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Run only these rules or passes.
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Write these marks, whatever the text does: curly or straight quotes,
    /// ellipsis or dots, em-dash or double-hyphen.
    #[arg(long, value_name = "STYLE,...", value_delimiter = ',')]
    pub style: Vec<StyleName>,
    /// Put each paragraph on one line.
    #[arg(long, overrides_with = "no_unwrap", conflicts_with = "wrap")]
    pub unwrap: bool,
    /// Leave lines where they are, whatever the settings say.
    #[arg(long, overrides_with = "unwrap")]
    pub no_unwrap: bool,
    /// Fill the lines of each paragraph up to N columns.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(20..=1000), conflicts_with = "no_unwrap")]
    pub wrap: Option<u16>,
    /// Know the words of your own texts too: a file that `descan model build --model` made. May be given several times.
    #[arg(long, value_name = "FILE")]
    pub model: Vec<PathBuf>,
}

/// A shape of marks to write.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StyleName {
    Curly,
    Straight,
    Ellipsis,
    Dots,
    EmDash,
    DoubleHyphen,
}

impl StyleName {
    /// The style that all the names make; of two for the same mark the last counts.
    pub(crate) fn wanted(names: &[String]) -> Wanted {
        let mut wanted = Wanted::default();
        for name in names.iter().filter_map(|name| StyleName::from_str(name, false).ok()) {
            match name {
                StyleName::Curly => wanted.marks = Some(Marks::Curly),
                StyleName::Straight => wanted.marks = Some(Marks::Straight),
                StyleName::Ellipsis => wanted.ellipsis = Some(Ellipsis::Character),
                StyleName::Dots => wanted.ellipsis = Some(Ellipsis::Dots),
                StyleName::EmDash => wanted.dash = Some(Dash::Em),
                StyleName::DoubleHyphen => wanted.dash = Some(Dash::DoubleHyphen),
            }
        }
        wanted
    }
}

/// `descan clean`.
#[derive(Args, Clone, Debug)]
pub(crate) struct CleanArgs {
    #[command(flatten)]
    pub inputs: Inputs,
    #[command(flatten)]
    pub choice: Choice,
    /// Write each cleaned text, its diff and one ledger.jsonl into DIR.
    #[arg(long, value_name = "DIR", conflicts_with = "write")]
    pub out_dir: Option<PathBuf>,
    /// Replace the inputs, after writing a ledger that `undo` restores them from.
    #[arg(long)]
    pub write: bool,
    /// Where --write puts its ledger; its folder must hold all inputs.
    #[arg(long, value_name = "FILE", requires = "write")]
    pub ledger: Option<PathBuf>,
    /// Say nothing but what went wrong.
    #[arg(long)]
    pub quiet: bool,
}

/// `descan review`.
#[derive(Args, Debug)]
pub(crate) struct ReviewArgs {
    #[command(flatten)]
    pub clean: CleanArgs,
    /// Leave out what is made anyway at this level.
    #[arg(long)]
    pub offered: bool,
}

/// `descan decisions`.
#[derive(Args, Debug)]
pub(crate) struct ListDecisionsArgs {
    #[command(flatten)]
    pub inputs: Inputs,
    #[command(flatten)]
    pub choice: Choice,
    /// List the decisions that decide nothing in these texts; exit 1 if there are any.
    #[arg(long)]
    pub unused: bool,
}

/// `descan diff`.
#[derive(Args, Debug)]
pub(crate) struct DiffArgs {
    #[command(flatten)]
    pub inputs: Inputs,
    #[command(flatten)]
    pub choice: Choice,
    /// Show the old text on the left and the new on the right, as wide as the terminal.
    #[arg(long)]
    pub side_by_side: bool,
}

/// `descan check`.
#[derive(Args, Debug)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub inputs: Inputs,
    #[command(flatten)]
    pub choice: Choice,
    /// Fail (exit 1) on findings of this level and surer [default: that of --level].
    #[arg(long, value_name = "LEVEL", value_parser = levels())]
    pub fail_on: Option<Level>,
    /// Pass with up to N findings that would fail [default: 0].
    #[arg(long, value_name = "N")]
    pub max_findings: Option<u64>,
    /// Leave out the findings that FILE knows; `descan baseline` writes it.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Only lines that changed since this branch left REV, as git tells it.
    #[arg(long, value_name = "REV", allow_hyphen_values = true)]
    pub changed_since: Option<String>,
    /// Report to the standard output, or to FILE; may be given several times.
    /// FORMAT is human, jsonl, sarif, github or junit.
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = ReportTo::parse)]
    pub report: Vec<ReportTo>,
    /// Short for --report FORMAT.
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    pub format: Option<Format>,
}

/// `descan baseline`.
#[derive(Args, Debug)]
pub(crate) struct BaselineArgs {
    #[command(flatten)]
    pub inputs: Inputs,
    #[command(flatten)]
    pub choice: Choice,
    /// Where to write it.
    #[arg(short, long, value_name = "FILE", default_value = "descan.baseline.jsonl")]
    pub output: PathBuf,
}

/// `descan report`.
#[derive(Args, Debug)]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    pub inputs: Inputs,
    #[command(flatten)]
    pub choice: Choice,
    /// The page to write: one file, which needs no network.
    #[arg(long, value_name = "FILE")]
    pub html: PathBuf,
}

/// `descan stats`.
#[derive(Args, Debug)]
pub(crate) struct StatsArgs {
    #[command(flatten)]
    pub inputs: Inputs,
    #[command(flatten)]
    pub choice: Choice,
    /// How to tell it.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = StatsFormat::Table)]
    pub format: StatsFormat,
    /// Which files come first.
    #[arg(long, value_name = "ORDER", value_enum, default_value_t = StatsOrder::Damage)]
    pub sort: StatsOrder,
}

/// How figures are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatsFormat {
    /// For a person.
    Table,
    /// For a spreadsheet.
    Csv,
    /// For a program; see docs/batch.md.
    Json,
}

/// The order of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatsOrder {
    /// The most damaged for their size first.
    Damage,
    /// By path.
    Path,
}

/// `descan undo`.
#[derive(Args, Debug)]
pub(crate) struct UndoArgs {
    /// The ledger of the run.
    pub ledger: PathBuf,
    /// Take a ledger without an end, of a run that was killed.
    #[arg(long)]
    pub partial: bool,
}

/// `descan rules`.
#[derive(Args, Debug)]
pub(crate) struct RulesArgs {
    #[command(flatten)]
    pub config: ConfigArgs,
    /// How to list them.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ListFormat::Human)]
    pub format: ListFormat,
}

/// `descan config`.
#[derive(Args, Debug)]
pub(crate) struct ShowConfigArgs {
    #[command(flatten)]
    pub inputs: Inputs,
    #[command(flatten)]
    pub choice: Choice,
    /// Read the texts, and tell which protected words and patterns kept no
    /// repair away; exit 1 if any.
    #[arg(long)]
    pub unused: bool,
    /// How to show them.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ListFormat::Human)]
    pub format: ListFormat,
}

/// `descan schema`.
#[derive(Args, Debug)]
pub(crate) struct SchemaArgs {
    /// The format.
    ///
    /// `config` is descan.toml; `ledger`, `findings` (of `check --format jsonl`),
    /// `baseline` and `decisions` are lines of such files; `stats`, `rules` and
    /// `settings` are what `stats`, `rules` and `config` print with `--format json`.
    #[arg(value_name = "FORMAT", value_parser = PossibleValuesParser::new(crate::schemas::Format::ALL.map(|f| f.name())))]
    pub format: String,
}

/// `descan completions`.
#[derive(Args, Debug)]
pub(crate) struct CompletionsArgs {
    /// The shell.
    #[arg(value_name = "SHELL", value_enum)]
    pub shell: clap_complete::Shell,
}

/// `descan man`.
#[derive(Args, Debug)]
pub(crate) struct ManArgs {
    /// The command whose page to print [default: that of descan itself].
    #[arg(value_name = "COMMAND")]
    pub command: Vec<String>,
    /// Write all pages into DIR.
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    pub dir: Option<PathBuf>,
}

/// How a list is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For a person.
    Human,
    /// One JSON object.
    Json,
}

/// `descan explain`.
#[derive(Args, Debug)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    pub config: ConfigArgs,
    /// The rule.
    pub rule: String,
}

/// `descan test`.
#[derive(Args, Debug)]
pub(crate) struct TestArgs {
    #[command(flatten)]
    pub config: ConfigArgs,
    /// A folder of your own rules, as DIR/<pass>/<name>.toml, beside those of the settings.
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

/// The whole command line, for what describes it.
pub(crate) fn command() -> clap::Command {
    Cli::command()
}

/// Reads the command line. What cannot be understood is told in one sentence.
pub(crate) fn parse() -> Result<Command, ExitCode> {
    let command = |cli: Cli| {
        cli.color.set();
        cli.command
    };
    Cli::try_parse().map(command).map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = error.print(); // A closed pipe is no failure.
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            ExitCode::from(2)
        }
        _ => {
            say(one_sentence(&error.to_string()));
            ExitCode::from(2)
        }
    })
}

/// The message and the tips of an argument error on one line.
fn one_sentence(message: &str) -> String {
    let useful = |line: &&str| !line.is_empty() && !line.starts_with("Usage:") && !line.starts_with("For more");
    let lines: Vec<&str> = message.lines().map(str::trim).filter(useful).collect();
    let text = lines.join("; ");
    text.strip_prefix("error: ").unwrap_or(&text).replace(":; ", ": ").replace("; [", " [")
}

fn levels() -> impl clap::builder::TypedValueParser<Value = Level> {
    PossibleValuesParser::new(Level::ALL.map(Level::name))
        .map(|name| Level::ALL.into_iter().find(|l| l.name() == name).unwrap_or(Level::Certain))
}

fn formats() -> impl clap::builder::TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::name)).map(|name| Format::parse(&name).unwrap_or(Format::Human))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every command says how to do what it is for, in commands that it takes.
    #[test]
    fn the_examples_of_the_help_are_understood() {
        let root = command();
        for sub in root.get_subcommands().chain([&root]) {
            let help = sub.get_after_long_help().unwrap_or_else(|| panic!("{} has no examples", sub.get_name()));
            let help = help.to_string();
            let lines: Vec<&str> = help.lines().map(str::trim).filter(|line| line.starts_with("descan ")).collect();
            assert!(!lines.is_empty(), "{}", sub.get_name());
            for line in lines {
                let words = line.split(' ').take_while(|word| !["|", ">"].contains(word));
                let understood =
                    Cli::try_parse_from(words).map_or_else(|e| e.kind() == ErrorKind::DisplayHelp, |_| true);
                assert!(understood, "{line}");
            }
        }
    }

    #[test]
    fn the_names_of_styles_are_those_of_the_settings() {
        let names = StyleName::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        assert!(names.map(|name| name.get_name().to_owned()).eq(crate::settings::STYLES));
    }
}
