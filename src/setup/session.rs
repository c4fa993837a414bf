//! What all commands that read texts share: settings, rules and Ctrl-C handling.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use descan_core::evidence::style::Wanted;
use descan_core::pass::{Options, Reflow};
use descan_core::protect::{ProtectEntry, Protection};
use descan_report::ledger::{Line, OptionsRecord, OwnRuleRecord, ProtectRecord, RunLine, SCHEMA};
use descan_rules::RuleSet;
use descan_source::{Document, FileFormat};
use descan_text::hash::sha256;
use descan_text::level::Level;

use crate::args::{Choice, CleanArgs, Inputs};
use crate::error::{CliError, Result, usage};
use crate::pager;
use crate::settings::{Key, Settings};
use crate::setup::archive_file;
use crate::setup::config::{self, Loaded, Sources};
use crate::setup::decisions_file;
use crate::setup::foreign::Foreign;
use crate::setup::language::with_models;
use crate::setup::program;
use crate::setup::rulebook::Rulebook;
use crate::setup::user_rules::UserRule;

/// The rules and options of a run.
pub(crate) struct Session {
    /// The settings files and the command line combined.
    pub settings: Settings,
    /// The settings files used.
    pub config_files: Sources,
    pub rules: RuleSet,
    /// The user rules.
    pub user_rules: Vec<UserRule>,
    pub options: Options,
    /// Files besides the settings that affect the results: models, decisions and statistics.
    sources: Vec<PathBuf>,
    /// The decisions file, if there is one.
    pub decided_in: Option<PathBuf>,
    /// Whether every input is read as plain text.
    as_text: bool,
    /// Whether old readings are kept in the mark-up.
    keep_original: bool,
    /// Whether the running text of files with mark-up is cleaned, and not the file.
    to_text: bool,
    /// Texts that are in another language.
    foreign: Foreign,
    /// Set by Ctrl-C.
    stopped: Arc<AtomicBool>,
}

impl Session {
    /// Reads the settings and the rules for the inputs; `level` is the default.
    /// On Ctrl-C, a run that `writes` files finishes the current one and closes its
    /// ledger; any other run ends at once.
    ///
    /// # Errors
    /// A settings file, a user rule or another file that the settings name is invalid.
    pub(crate) fn new(choice: &Choice, inputs: &Inputs, level: Level, writes: bool) -> Result<Session> {
        let mut session = Session::without_archive(choice, inputs, level, writes)?;
        let archive = session.settings.paths(Key::Archive).first().map(|path| path.to_path_buf());
        if let Some(path) = archive {
            session.options.archive = Some(archive_file::read(&path)?);
            session.sources.push(path);
        }
        Ok(session)
    }

    /// The same, whatever the statistics of the archive say, if there are any.
    pub(crate) fn without_archive(choice: &Choice, inputs: &Inputs, level: Level, writes: bool) -> Result<Session> {
        let command_line = config::command_line(Some(choice), Some(inputs));
        let Loaded { settings, sources: config_files } = config::load(&choice.config, &inputs.paths, command_line)?;
        let Rulebook { rules, user: user_rules, selection } = Rulebook::new(&settings)?;
        let entries: Vec<ProtectEntry> = settings.protected().into_iter().map(|entry| entry.value).collect();
        let decided_in = decisions_file::place(&choice.decisions, &settings, &inputs.paths)?;
        let decided = decided_in.as_deref().map(decisions_file::read).transpose()?;
        refuse_contrary(&choice.style)?;
        let models = settings.paths(Key::Model);
        let sources = models.iter().copied().chain(decided_in.as_deref()).map(Path::to_owned).collect();
        let options = Options {
            level: settings.level(Key::Level).unwrap_or(level),
            selection,
            reflow: reflow(choice, &settings),
            style: style(&settings)?,
            protection: Protection::new(&entries).map_err(CliError::Usage)?,
            searcher: with_models(&models)?,
            decisions: Arc::new(decided.unwrap_or_default()),
            archive: None,
        };
        let stopped = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&stopped);
        // Without a handler Ctrl-C still ends the run, only less cleanly. Pressed
        // again, it always ends the run at once.
        let _ = ctrlc::set_handler(move || {
            // The pager handles Ctrl-C, and the run ends with it.
            let at_once = flag.swap(true, Ordering::SeqCst) || !writes;
            if at_once && !pager::is_running() {
                std::process::exit(130);
            }
        });
        Ok(Session {
            settings,
            config_files,
            rules,
            user_rules,
            options,
            sources,
            decided_in,
            as_text: inputs.text,
            keep_original: false,
            to_text: false,
            foreign: Foreign::default(),
            stopped,
        })
    }

    /// The same session for a run that writes what these arguments ask for.
    pub(crate) fn writing(self, args: &CleanArgs) -> Session {
        Session { keep_original: args.keep_original, to_text: args.to.is_some(), ..self }
    }

    /// Whether it is the running text of files that is cleaned, and not the file.
    pub(crate) fn is_to_text(&self) -> bool {
        self.to_text
    }

    /// The document in the bytes of the input at `path`.
    ///
    /// # Errors
    /// Why it cannot be read, as the end of a sentence that begins with its name.
    pub(crate) fn open<'b>(&self, path: &Path, bytes: &'b [u8]) -> std::result::Result<Document<'b>, String> {
        let document = if self.as_text {
            Document::decode(bytes)
        } else {
            Document::open(bytes).map_err(|broken| broken.to_string())?
        };
        self.foreign.look_at(path, document.text(), self.options.searcher.language());
        if self.to_text {
            return Ok(document.into_running_text());
        }
        if self.keep_original && !document.format().can_keep_originals() {
            return Err(format!(
                "is {}, which has no place for old readings; clean it without --keep-original",
                match document.format() {
                    FileFormat::Plain => "plain text".to_owned(),
                    format => format.name().to_uppercase(),
                }
            ));
        }
        let structure = self.settings.flag(Key::Structure).unwrap_or(false);
        let document = if structure { document.with_structure() } else { document };
        Ok(if self.keep_original { document.with_originals_kept() } else { document })
    }

    /// Warns once of the texts opened so far that are in another language.
    pub(crate) fn warn_of_foreign(&self) {
        self.foreign.warn();
    }

    /// Whether Ctrl-C was pressed.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }

    /// How many files to work on at once, if set.
    pub(crate) fn threads(&self) -> Option<usize> {
        self.settings.number(Key::Threads).and_then(|n| usize::try_from(n).ok())
    }

    /// The first line of a run's ledger.
    pub(crate) fn run_line(&self, write: bool) -> RunLine {
        let on = self.rules.iter().filter(|(id, _)| self.options.selection.has_rule(*id));
        let moved = self.rules.iter().filter(|(_, rule)| rule.level != rule.own_level);
        let protect =
            |entry: ProtectEntry| ProtectRecord { words: entry.words, pattern: entry.pattern, reason: entry.reason };
        let user_rule =
            |rule: &UserRule| OwnRuleRecord { name: self.rules.get(rule.id).name.clone(), sha256: rule.sha256() };
        RunLine {
            schema: SCHEMA,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            options: OptionsRecord {
                level: self.options.level.name().to_owned(),
                select: self.settings.texts(Key::Select),
                ignore: self.settings.texts(Key::Ignore),
                style: self.settings.texts(Key::Style),
                unwrap: self.options.reflow == Reflow::Unwrapped,
                wrap: self.options.reflow.columns(),
                structure: self.settings.flag(Key::Structure).unwrap_or(false),
                keep_original: self.keep_original,
                levels: moved.map(|(_, rule)| (rule.name.clone(), rule.level)).collect::<BTreeMap<_, _>>(),
                protect: self.settings.protected().into_iter().map(|entry| protect(entry.value)).collect(),
                own_rules: self.user_rules.iter().map(user_rule).collect(),
                decisions: self.options.decisions.digest(),
                write,
            },
            rules: on.map(|(_, rule)| rule.name.clone()).collect(),
            fingerprint: None,
        }
    }

    /// A hash of everything that affects the results, apart from the texts; `None`
    /// if the program or a file named in the settings cannot be read. If anything
    /// else affected the results, a resumed run would mix two different ones.
    pub(crate) fn fingerprint(&self) -> Option<String> {
        let read = |path: &Path| fs::read(path).ok().map(|bytes| sha256(&bytes));
        // The program holds the built-in rules and the model.
        let mut parts = vec![read(program::file()?)?];
        parts.push(Line::Run(self.run_line(false)).to_json());
        for path in &self.sources {
            parts.push(read(path)?);
        }
        Some(sha256(parts.join("\n").as_bytes()))
    }
}

/// Refuses two styles of one mark on the command line. In settings, later ones replace
/// earlier ones.
fn refuse_contrary(styles: &[String]) -> Result<()> {
    let has = |name: &str| styles.iter().any(|style| style == name);
    for [one, other] in [["curly", "straight"], ["ellipsis", "dots"], ["em-dash", "double-hyphen"]] {
        if has(one) && has(other) {
            return usage(format!("--style {one} and --style {other} exclude each other; choose one"));
        }
    }
    Ok(())
}

/// The style that the settings ask for.
fn style(settings: &Settings) -> Result<Wanted> {
    let mut wanted = Wanted::default();
    for name in settings.texts(Key::Style) {
        wanted.set(&name).map_err(|unknown| CliError::Usage(unknown.to_string()))?;
    }
    Ok(wanted)
}

/// How to rewrap lines: the command line overrides the settings, in which `wrap`
/// overrides `unwrap`.
fn reflow(choice: &Choice, settings: &Settings) -> Reflow {
    if choice.unwrap {
        return Reflow::Unwrapped;
    }
    if choice.no_unwrap {
        return Reflow::Kept;
    }
    let columns = settings.number(Key::Wrap).and_then(|n| u16::try_from(n).ok());
    Reflow::asked(settings.flag(Key::Unwrap).unwrap_or(false), columns)
}
