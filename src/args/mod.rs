//! The command line: commands, arguments and options.

pub(crate) mod examples;
pub(crate) mod model;
pub(crate) mod report_to;
mod tips;

use std::ffi::OsString;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, Args, CommandFactory as _, Parser, Subcommand, ValueEnum};
use descan_core::evidence::style::STYLES;
use descan_report::Format;
use descan_text::level::Level;

use crate::say::say;
use report_to::ReportTo;

/// Headings under which `--help` groups the options.
const REVIEW: &str = "What to ask";
const FAIL: &str = "What fails the check";
const OUTPUT: &str = "Output";
const REPAIR: &str = "What to repair";
const SETTINGS: &str = "Settings";
const DISPLAY: &str = "Display";

/// Cleans up OCR text: repairs what the scan broke, and explains every change.
///
/// `descan FILE` means `descan clean FILE`.
#[derive(Debug, Parser)]
#[command(name = "descan", version, after_help = examples::EXIT_CODES, after_long_help = examples::DESCAN)]
#[command(disable_help_flag = true, disable_version_flag = true)]
struct Cli {
    /// Colour the output.
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = Colour::Auto, help_heading = DISPLAY)]
    color: Colour,
    /// Print help; --help shows more than -h.
    #[arg(short, long, global = true, action = ArgAction::Help, help_heading = DISPLAY)]
    help: Option<bool>,
    /// Print the version.
    #[arg(short = 'V', long, action = ArgAction::Version, help_heading = DISPLAY)]
    version: Option<bool>,
    #[command(subcommand)]
    command: Command,
}

/// When to use colours.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Colour {
    /// If it goes to a terminal and NO_COLOR is not set, or FORCE_COLOR is set.
    Auto,
    Always,
    Never,
}

impl Colour {
    /// Applies the choice to all further output.
    fn set(self) {
        use anstream::ColorChoice;
        match self {
            Colour::Auto if is_forced() => ColorChoice::Always,
            Colour::Auto => ColorChoice::Auto,
            Colour::Always => ColorChoice::Always,
            Colour::Never => ColorChoice::Never,
        }
        .write_global();
    }
}

/// Whether the environment asks for colours, on a terminal or not. NO_COLOR is stronger.
fn is_forced() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    let refuses = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    !refuses && (is_set("FORCE_COLOR") || is_set("CLICOLOR_FORCE"))
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write the cleaned text.
    #[command(after_long_help = examples::CLEAN)]
    Clean(CleanArgs),
    /// Show what `clean` would change, as unified diffs; exit 1 if there are changes.
    #[command(after_long_help = examples::DIFF)]
    Diff(DiffArgs),
    /// List the findings; exit 1 if any is at the --fail-on level or surer.
    #[command(after_long_help = examples::CHECK)]
    Check(CheckArgs),
    /// Record the current findings, so that `check` fails only on new damage.
    #[command(after_long_help = examples::BASELINE)]
    Baseline(BaselineArgs),
    /// Write an HTML page for browsing the findings and accepting or refusing them.
    #[command(after_long_help = examples::REPORT)]
    Report(ReportArgs),
    /// Decide each finding at the terminal, then write the cleaned text.
    #[command(after_long_help = examples::REVIEW)]
    Review(ReviewArgs),
    /// Serve the page of `report` on this computer, for whole archives; decisions are saved at once.
    #[command(after_long_help = examples::SERVE)]
    Serve(ServeArgs),
    /// List the saved decisions, find those that no longer apply, and remove some.
    #[command(after_long_help = examples::DECISIONS)]
    Decisions(ListDecisionsArgs),
    /// Restore the originals from a run's ledger.
    #[command(after_long_help = examples::UNDO)]
    Undo(UndoArgs),
    /// Report damage per file and by kind, to help decide what to rescan.
    #[command(after_long_help = examples::STATS)]
    Stats(StatsArgs),
    /// Learn from the originals of an archive what no file of it shows alone, for `--archive`.
    #[command(after_long_help = examples::LEARN)]
    Learn(LearnArgs),
    /// List the rules, including your own.
    #[command(after_long_help = examples::RULES)]
    Rules(RulesArgs),
    /// Explain what a rule does and why, with examples.
    #[command(after_long_help = examples::EXPLAIN)]
    Explain(ExplainArgs),
    /// Run the examples of the built-in rules and of your own.
    #[command(after_long_help = examples::TEST)]
    Test(TestArgs),
    /// Show each setting and where it was set.
    #[command(after_long_help = examples::CONFIG)]
    Config(ShowConfigArgs),
    /// Print the JSON Schema of a file or output format.
    #[command(after_long_help = examples::SCHEMA)]
    Schema(SchemaArgs),
    /// Print a shell completion script.
    #[command(after_long_help = examples::COMPLETIONS)]
    Completions(CompletionsArgs),
    /// Print a manual page, or write all of them to a folder.
    #[command(after_long_help = examples::MAN)]
    Man(ManArgs),
    /// Build language models, learn confusions and calibrate levels from texts.
    #[command(after_long_help = examples::MODEL)]
    Model(model::ModelArgs),
}

/// What to read.
#[derive(Args, Clone, Debug)]
pub(crate) struct Inputs {
    /// Files, folders, or - for standard input; at least one.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Skip files and folders that match this glob, even if they are named; repeatable.
    #[arg(long, value_name = "GLOB", help_heading = REPAIR)]
    pub exclude: Vec<String>,
    /// Read every input as plain text, whatever it looks like.
    ///
    /// descan refuses images, PDFs, archives, programs and unknown mark-up. With this
    /// option it takes their bytes for text; folders are searched as without it.
    #[arg(long, help_heading = REPAIR)]
    pub text: bool,
    /// Work on N files at once [default: one per core].
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024), help_heading = SETTINGS)]
    pub threads: Option<u16>,
    /// How to show progress on standard error when there are several files.
    #[arg(long, value_name = "HOW", value_enum, default_value_t = ProgressKind::Auto, help_heading = DISPLAY)]
    pub progress: ProgressKind,
}

/// How progress is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProgressKind {
    /// A bar, if standard error is a terminal and no results are printed to it.
    Auto,
    /// Plain lines, on a terminal or not.
    Plain,
    /// No progress.
    None,
}

/// Which settings file to use.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct ConfigArgs {
    /// Use this settings file [default: the nearest descan.toml].
    ///
    /// By default descan uses the descan.toml in the folder of the texts, or in
    /// the nearest folder above it. `descan config` shows the settings in force.
    #[arg(long, value_name = "FILE", conflicts_with = "no_config", help_heading = SETTINGS)]
    pub config: Option<PathBuf>,
    /// Use no settings file.
    #[arg(long, help_heading = SETTINGS)]
    pub no_config: bool,
}

/// Which decisions to apply.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct DecisionsArgs {
    /// Apply the decisions in this file [default: the nearest descan.decisions.jsonl].
    #[arg(long, value_name = "FILE", conflicts_with = "no_decisions", help_heading = SETTINGS)]
    pub decisions: Option<PathBuf>,
    /// Apply no saved decisions.
    #[arg(long, help_heading = SETTINGS)]
    pub no_decisions: bool,
}

/// What to repair, and by which settings.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Choice {
    /// Apply repairs at this level or surer [default: certain].
    ///
    /// `certain` repairs are meant to be right 99 times in 100 (measured: 97.0
    /// for repairs of words in sets held out, fewer for all edits on raw scans
    /// of other kinds). `probable` ones deserve a look at the diff, and
    /// `suspect` ones are guesses.
    #[arg(long, value_name = "LEVEL", value_parser = levels(), help_heading = REPAIR)]
    pub level: Option<Level>,
    /// Run only these rules or passes.
    #[arg(long, value_name = "NAME,...", value_delimiter = ',', help_heading = REPAIR)]
    pub select: Vec<String>,
    /// Do not run these rules or passes.
    ///
    /// `descan rules` lists them; the first column is the pass.
    #[arg(long, value_name = "NAME,...", value_delimiter = ',', help_heading = REPAIR)]
    pub ignore: Vec<String>,
    /// Use these marks, whatever the text uses: curly or straight quotes,
    /// ellipsis or dots, em-dash or double-hyphen.
    #[arg(long, value_name = "STYLE,...", value_delimiter = ',', value_parser = styles(), help_heading = REPAIR)]
    pub style: Vec<String>,
    /// Join each paragraph into one line.
    #[arg(long, overrides_with = "no_unwrap", conflicts_with = "wrap", help_heading = REPAIR)]
    pub unwrap: bool,
    /// Keep the line breaks, whatever the settings say.
    #[arg(long, overrides_with = "unwrap", help_heading = REPAIR)]
    pub no_unwrap: bool,
    /// Rewrap paragraphs to N columns.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(20..=1000), conflicts_with = "no_unwrap", help_heading = REPAIR)]
    pub wrap: Option<u16>,
    /// Also make repairs that split, join or remove elements of words: hOCR, ALTO, PAGE.
    ///
    /// Without it a word of a scanned page stays one element: `Letme` is only suggested to
    /// be two. With it the box of the word is shared out by the number of letters.
    #[arg(long, help_heading = REPAIR)]
    pub structure: bool,
    #[command(flatten)]
    pub config: ConfigArgs,
    #[command(flatten)]
    pub decisions: DecisionsArgs,
    /// Also know the words of your own texts, from a file made by `descan model build --model`; repeatable.
    #[arg(long, value_name = "FILE", help_heading = SETTINGS)]
    pub model: Vec<PathBuf>,
    /// Judge the texts as parts of an archive, by the statistics that `descan learn` wrote.
    #[arg(long, value_name = "FILE", help_heading = SETTINGS)]
    pub archive: Option<PathBuf>,
}

/// `descan clean`.
#[derive(Args, Clone, Debug)]
pub(crate) struct CleanArgs {
    /// Write the cleaned text to FILE, or to standard output if that is `-`; only for a single input.
    #[arg(short, long, value_name = "FILE", conflicts_with_all = ["write", "out_dir"], help_heading = OUTPUT)]
    pub output: Option<PathBuf>,
    /// Write each cleaned text and its diff to DIR, and one ledger.jsonl.
    #[arg(long, value_name = "DIR", conflicts_with = "write", help_heading = OUTPUT)]
    pub out_dir: Option<PathBuf>,
    /// Replace the inputs, after writing a ledger from which `undo` restores them.
    #[arg(short, long, conflicts_with = "text", help_heading = OUTPUT)]
    pub write: bool,
    /// Write nothing; only count what would be repaired. `diff` shows it.
    #[arg(short = 'n', long, conflicts_with_all = ["output", "ledger"], help_heading = OUTPUT)]
    pub dry_run: bool,
    /// Write the running text of a file with mark-up, repaired by all passes, and not the file.
    ///
    /// Pages, lines and words are those of the mark-up: heads and page numbers go, and
    /// words broken at line ends are joined, as in any text.
    #[arg(long, value_name = "FORMAT", value_enum, conflicts_with = "write", help_heading = OUTPUT)]
    pub to: Option<To>,
    /// Keep the old reading of every repaired word in the mark-up: hOCR, ALTO, PAGE, TEI.
    ///
    /// ALTO has it as <ALTERNATIVE>, PAGE as another TextEquiv, hOCR as an alternative in
    /// <del>, TEI as <choice><sic>old</sic><corr>new</corr></choice>.
    #[arg(long, conflicts_with = "to", help_heading = OUTPUT)]
    pub keep_original: bool,
    /// Where --write puts its ledger; the ledger's folder must contain all inputs.
    #[arg(long, value_name = "FILE", requires = "write", help_heading = OUTPUT)]
    pub ledger: Option<PathBuf>,
    #[command(flatten)]
    pub choice: Choice,
    #[command(flatten)]
    pub inputs: Inputs,
    /// Only print errors.
    #[arg(short, long, help_heading = DISPLAY)]
    pub quiet: bool,
}

impl CleanArgs {
    /// The file that the cleaned text goes to; `None` where it goes to standard output.
    pub(crate) fn output(&self) -> Option<&Path> {
        self.output.as_deref().filter(|file| *file != Path::new("-"))
    }
}

/// What `clean` writes instead of the file's own format.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum To {
    /// Plain text in UTF-8.
    Txt,
}

/// `descan review`.
#[derive(Args, Debug)]
pub(crate) struct ReviewArgs {
    /// Ask only about repairs that `clean` would not apply by itself.
    #[arg(long, help_heading = REVIEW)]
    pub offered: bool,
    /// Also ask about repairs that change white space alone.
    #[arg(long, help_heading = REVIEW)]
    pub all: bool,
    /// Ask about findings with the same reading or rule together [default: if there are more than 50].
    #[arg(long, conflicts_with = "one_by_one", help_heading = REVIEW)]
    pub by_series: bool,
    /// Ask about one finding after another, in the order of the text.
    #[arg(long, help_heading = REVIEW)]
    pub one_by_one: bool,
    #[command(flatten)]
    pub clean: CleanArgs,
}

/// `descan decisions`.
#[derive(Args, Debug)]
pub(crate) struct ListDecisionsArgs {
    /// Remove the decisions on these lines of the file, as in 12,15-20.
    #[arg(long, value_name = "LINE,...", value_delimiter = ',', value_parser = lines, conflicts_with = "unused", help_heading = OUTPUT)]
    pub remove: Vec<RangeInclusive<usize>>,
    /// List the decisions that no longer apply to these texts; exit 1 if there are any.
    #[arg(long, help_heading = OUTPUT)]
    pub unused: bool,
    #[command(flatten)]
    pub choice: Choice,
    #[command(flatten)]
    pub inputs: Inputs,
}

/// `descan diff`.
#[derive(Args, Debug)]
pub(crate) struct DiffArgs {
    /// Show the old text on the left and the new on the right, as wide as the terminal.
    #[arg(long, help_heading = OUTPUT)]
    pub side_by_side: bool,
    #[command(flatten)]
    pub choice: Choice,
    #[command(flatten)]
    pub inputs: Inputs,
}

/// `descan check`.
#[derive(Args, Debug)]
pub(crate) struct CheckArgs {
    /// Fail (exit 1) on findings at this level or surer [default: that of --level].
    #[arg(long, value_name = "LEVEL", value_parser = levels(), help_heading = FAIL)]
    pub fail_on: Option<Level>,
    /// Exit 0 even if there are findings.
    #[arg(long, help_heading = FAIL)]
    pub exit_zero: bool,
    /// Tolerate up to N findings that would otherwise fail the check [default: 0].
    #[arg(long, value_name = "N", help_heading = FAIL)]
    pub max_findings: Option<u64>,
    /// Ignore the findings recorded in FILE; `descan baseline` writes it.
    #[arg(long, value_name = "FILE", help_heading = FAIL)]
    pub baseline: Option<PathBuf>,
    /// Check only lines changed since this branch left REV, according to git.
    #[arg(long, value_name = "REV", allow_hyphen_values = true, help_heading = FAIL)]
    pub changed_since: Option<String>,
    /// Write a report to standard output, or to FILE; repeatable.
    /// FORMAT is human, jsonl, sarif, github or junit.
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = ReportTo::parse, help_heading = OUTPUT)]
    pub report: Vec<ReportTo>,
    /// Short for --report FORMAT.
    #[arg(long, value_name = "FORMAT", value_parser = formats(), help_heading = OUTPUT)]
    pub format: Option<Format>,
    #[command(flatten)]
    pub choice: Choice,
    #[command(flatten)]
    pub inputs: Inputs,
    /// Only print the reports and errors.
    #[arg(short, long, help_heading = DISPLAY)]
    pub quiet: bool,
}

/// `descan baseline`.
#[derive(Args, Debug)]
pub(crate) struct BaselineArgs {
    /// The baseline file to write.
    #[arg(short, long, value_name = "FILE", default_value = "descan.baseline.jsonl", help_heading = OUTPUT)]
    pub output: PathBuf,
    #[command(flatten)]
    pub choice: Choice,
    #[command(flatten)]
    pub inputs: Inputs,
}

/// Where the images of pages are.
#[derive(Args, Clone, Debug)]
pub(crate) struct ImageArgs {
    /// Show the images of the pages in DIR beside the findings, each line outlined where the file says its place.
    ///
    /// An image is found by the name that hOCR, ALTO or PAGE gives it, or by that of the
    /// text: page 7 of book.txt is the seventh image in DIR/book, or DIR/book-007.png, or
    /// DIR/book_7.png, and the only page of note.txt is DIR/note.png. Kinds are png, jpg,
    /// jpeg, webp, avif and gif. Without this option, images are shown that a file names
    /// and that lie beside it.
    #[arg(long, value_name = "DIR", help_heading = OUTPUT)]
    pub images: Option<PathBuf>,
}

/// `descan report`.
#[derive(Args, Debug)]
pub(crate) struct ReportArgs {
    /// The page to write: a single file that works offline.
    #[arg(long, value_name = "FILE", help_heading = OUTPUT)]
    pub html: PathBuf,
    #[command(flatten)]
    pub images: ImageArgs,
    #[command(flatten)]
    pub choice: Choice,
    #[command(flatten)]
    pub inputs: Inputs,
}

/// `descan serve`.
#[derive(Args, Debug)]
pub(crate) struct ServeArgs {
    /// The port to listen on; 0 takes a free one. No other computer can reach it.
    #[arg(long, value_name = "PORT", default_value_t = 0, help_heading = OUTPUT)]
    pub port: u16,
    #[command(flatten)]
    pub images: ImageArgs,
    #[command(flatten)]
    pub choice: Choice,
    #[command(flatten)]
    pub inputs: Inputs,
}

/// `descan stats`.
#[derive(Args, Debug)]
pub(crate) struct StatsArgs {
    /// How to print the figures.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = StatsFormat::Table, help_heading = OUTPUT)]
    pub format: StatsFormat,
    /// Write a page with plots instead: damage by file, by rule and along the texts.
    #[arg(long, value_name = "FILE", conflicts_with = "format", help_heading = OUTPUT)]
    pub html: Option<PathBuf>,
    /// Print only the first N files.
    #[arg(long, value_name = "N", help_heading = OUTPUT)]
    pub top: Option<usize>,
    /// Which files come first.
    #[arg(long, value_name = "ORDER", value_enum, default_value_t = StatsOrder::Damage, help_heading = OUTPUT)]
    pub sort: StatsOrder,
    #[command(flatten)]
    pub choice: Choice,
    #[command(flatten)]
    pub inputs: Inputs,
}

/// How figures are printed.
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
    /// Most damaged first, relative to size.
    Damage,
    /// By path.
    Path,
}

/// `descan learn`.
#[derive(Args, Debug)]
pub(crate) struct LearnArgs {
    /// The file of statistics to write. A file with statistics may also be an input: it is added.
    #[arg(short, long, value_name = "FILE", help_heading = OUTPUT)]
    pub output: PathBuf,
    #[command(flatten)]
    pub config: ConfigArgs,
    /// Also know the words of your own texts, as with `descan clean --model`; repeatable.
    #[arg(long, value_name = "FILE", help_heading = SETTINGS)]
    pub model: Vec<PathBuf>,
    #[command(flatten)]
    pub inputs: Inputs,
}

/// `descan undo`.
#[derive(Args, Debug)]
pub(crate) struct UndoArgs {
    /// The ledger of the run to undo.
    pub ledger: PathBuf,
    /// Accept an incomplete ledger, left by a run that was killed.
    #[arg(long)]
    pub partial: bool,
}

/// `descan rules`.
#[derive(Args, Debug)]
pub(crate) struct RulesArgs {
    /// How to print the list.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ListFormat::Human, help_heading = OUTPUT)]
    pub format: ListFormat,
    #[command(flatten)]
    pub config: ConfigArgs,
}

/// `descan config`.
#[derive(Args, Debug)]
pub(crate) struct ShowConfigArgs {
    /// Read the texts and list the protected words and patterns that prevented
    /// no repair; exit 1 if there are any.
    #[arg(long, help_heading = OUTPUT)]
    pub unused: bool,
    /// How to print the settings.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ListFormat::Human, help_heading = OUTPUT)]
    pub format: ListFormat,
    #[command(flatten)]
    pub choice: Choice,
    #[command(flatten)]
    pub inputs: Inputs,
}

/// `descan schema`.
#[derive(Args, Debug)]
pub(crate) struct SchemaArgs {
    /// The format.
    ///
    /// `config` is descan.toml, and `rule` the file of a rule. `ledger`, `baseline` and
    /// `decisions` describe one line of those files, and `findings` one line of `check --format jsonl`.
    /// `stats`, `rules` and `settings` describe what `stats`, `rules` and `config`
    /// print with `--format json`.
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
    /// The command whose page to print [default: descan itself].
    #[arg(value_name = "COMMAND")]
    pub command: Vec<String>,
    /// Write all pages to DIR.
    #[arg(long, value_name = "DIR", conflicts_with = "command", help_heading = OUTPUT)]
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
    /// A folder of your own rules, as DIR/<pass>/<name>.toml, in addition to those in the settings.
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

/// The whole command line, for completions and manual pages.
pub(crate) fn command() -> clap::Command {
    Cli::command()
}

/// Parses the command line.
///
/// # Errors
/// The exit code, where there is nothing to run: help was asked for, or an argument is
/// wrong, which is reported in one sentence.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, u8> {
    let root = Cli::command();
    let commands: Vec<&str> = root.get_subcommands().map(clap::Command::get_name).collect();
    let arguments = tips::with_command(arguments.into_iter().collect(), &commands);
    let command = |cli: Cli| {
        cli.color.set();
        cli.command
    };
    Cli::try_parse_from(arguments).map(command).map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = error.print(); // A closed pipe is not an error.
            0
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            2
        }
        _ => {
            say(explained(&error));
            2
        }
    })
}

/// An argument error in one sentence, with a tip where descan knows what was meant.
fn explained(error: &clap::Error) -> String {
    let given = |kind| match error.get(kind) {
        Some(ContextValue::String(given)) => given.as_str(),
        _ => "",
    };
    let sentence = one_sentence(&error.to_string());
    match error.kind() {
        ErrorKind::UnknownArgument => match tips::for_option(given(ContextKind::InvalidArg)) {
            Some(tip) => format!("unexpected argument '{}'; {tip}", given(ContextKind::InvalidArg)),
            None => {
                let plain = sentence.split("; tip: to pass").next().unwrap_or_default();
                format!("{plain}; --help lists the options")
            }
        },
        // clap has found a name that is nearly the same.
        ErrorKind::InvalidSubcommand if error.get(ContextKind::SuggestedSubcommand).is_some() => sentence,
        ErrorKind::InvalidSubcommand => {
            format!("{sentence}; {}", tips::for_command(given(ContextKind::InvalidSubcommand)))
        }
        _ => sentence,
    }
}

/// Puts the message and the tips of an argument error on one line.
fn one_sentence(message: &str) -> String {
    let useful = |line: &&str| !line.is_empty() && !line.starts_with("Usage:") && !line.starts_with("For more");
    let lines: Vec<&str> = message.lines().map(str::trim).filter(useful).collect();
    let text = lines.join("; ");
    text.strip_prefix("error: ").unwrap_or(&text).replace(":; ", ": ").replace("; [", " [")
}

fn levels() -> impl clap::builder::TypedValueParser<Value = Level> {
    PossibleValuesParser::new(Level::ALL.map(Level::name)).map(|name| name.parse().unwrap_or(Level::Certain))
}

/// A line number, or a range of them as in 15-20.
fn lines(text: &str) -> Result<RangeInclusive<usize>, String> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    match (from.parse(), to.parse()) {
        (Ok(from), Ok(to)) if 0 < from && from <= to => Ok(from..=to),
        _ => Err("write line numbers as in 12,15-20".to_owned()),
    }
}

fn styles() -> PossibleValuesParser {
    PossibleValuesParser::new(STYLES)
}

fn formats() -> impl clap::builder::TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::name)).map(|name| Format::parse(&name).unwrap_or(Format::Human))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The help of every command shows examples, and their command lines parse.
    #[test]
    fn the_examples_in_the_help_parse() {
        let root = command();
        for sub in root.get_subcommands().chain([&root]) {
            let help = sub.get_after_long_help().unwrap_or_else(|| panic!("{} has no examples", sub.get_name()));
            let help = help.to_string();
            let lines: Vec<&str> = help.lines().map(str::trim).filter(|line| line.starts_with("descan ")).collect();
            assert!(!lines.is_empty(), "{}", sub.get_name());
            for line in lines {
                let words = line.split(' ').take_while(|word| !["|", ">"].contains(word));
                let parses = Cli::try_parse_from(words).map_or_else(|e| e.kind() == ErrorKind::DisplayHelp, |_| true);
                assert!(parses, "{line}");
            }
        }
    }
}
