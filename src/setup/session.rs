//! What all commands that read texts share: the settings, the rules, Ctrl-C.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use descan_core::pass::{Options, Reflow};
use descan_core::protect::{ProtectEntry, Protection};
use descan_report::ledger::{Line, OptionsRecord, OwnRuleRecord, ProtectRecord, RunLine, SCHEMA};
use descan_rules::RuleSet;
use descan_text::hash::sha256;
use descan_text::level::Level;

use crate::args::{Choice, Inputs, StyleName};
use crate::error::{CliError, Result};
use crate::settings::{Key, Settings};
use crate::setup::config::{self, Loaded, Sources};
use crate::setup::decisions_file;
use crate::setup::language::with_models;
use crate::setup::rulebook::Rulebook;
use crate::setup::user_rules::UserRule;

/// The rules and options of a run.
pub(crate) struct Session {
    /// The settings files and the command line as one.
    pub settings: Settings,
    /// The settings files among them.
    pub config_files: Sources,
    pub rules: RuleSet,
    /// The rules that are the user's own.
    pub own: Vec<UserRule>,
    pub options: Options,
    /// Files besides the settings that decide what becomes of a text: models
    /// and decisions.
    sources: Vec<PathBuf>,
    /// The decisions file, where there is one.
    pub decided_in: Option<PathBuf>,
    /// Set by Ctrl-C.
    stopped: Arc<AtomicBool>,
}

impl Session {
    /// Reads the settings and the rules for the inputs; `level` is the default.
    /// A run that `writes` files finishes the one at hand when Ctrl-C is pressed,
    /// and closes its ledger; any other ends at once.
    ///
    /// # Errors
    /// A settings file or an own rule is refused.
    pub(crate) fn new(choice: &Choice, inputs: &Inputs, level: Level, writes: bool) -> Result<Session> {
        let command_line = config::command_line(Some(choice), Some(inputs));
        let Loaded { settings, sources: config_files } = config::load(&choice.config, &inputs.paths, command_line)?;
        let Rulebook { rules, own, selection } = Rulebook::new(&settings)?;
        let entries: Vec<ProtectEntry> = settings.protected().into_iter().map(|entry| entry.value).collect();
        let decided_in = decisions_file::place(&choice.decisions, &settings, &inputs.paths)?;
        let decided = decided_in.as_deref().map(decisions_file::read).transpose()?;
        let models = settings.paths(Key::Model);
        let sources = models.iter().copied().chain(decided_in.as_deref()).map(Path::to_owned).collect();
        let options = Options {
            level: settings.level(Key::Level).unwrap_or(level),
            selection,
            reflow: reflow(choice, &settings),
            style: StyleName::wanted(&settings.texts(Key::Style)),
            protection: Protection::new(&entries).map_err(CliError::Usage)?,
            searcher: with_models(&models)?,
            decisions: Arc::new(decided.unwrap_or_default()),
        };
        let stopped = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&stopped);
        // Without a handler Ctrl-C still ends the run, only less tidily. Pressed
        // again it always ends at once.
        let _ = ctrlc::set_handler(move || {
            if flag.swap(true, Ordering::SeqCst) || !writes {
                std::process::exit(130);
            }
        });
        Ok(Session { settings, config_files, rules, own, options, sources, decided_in, stopped })
    }

    /// Whether Ctrl-C was pressed.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }

    /// How many files to work on at once, if that was asked for.
    pub(crate) fn threads(&self) -> Option<usize> {
        self.settings.number(Key::Threads).and_then(|n| usize::try_from(n).ok())
    }

    /// The first line of a run's ledger.
    pub(crate) fn run_line(&self, write: bool) -> RunLine {
        let on = self.rules.iter().filter(|(id, _)| self.options.selection.has_rule(*id));
        let moved = self.rules.iter().filter(|(_, rule)| rule.level != rule.own_level);
        let protect =
            |entry: ProtectEntry| ProtectRecord { words: entry.words, pattern: entry.pattern, reason: entry.reason };
        let own_rule =
            |own: &UserRule| OwnRuleRecord { name: self.rules.get(own.id).name.clone(), sha256: own.sha256() };
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
                levels: moved.map(|(_, rule)| (rule.name.clone(), rule.level)).collect::<BTreeMap<_, _>>(),
                protect: self.settings.protected().into_iter().map(|entry| protect(entry.value)).collect(),
                own_rules: self.own.iter().map(own_rule).collect(),
                decisions: self.options.decisions.digest(),
                write,
            },
            rules: on.map(|(_, rule)| rule.name.clone()).collect(),
            fingerprint: None,
        }
    }

    /// A hash of all that decides, besides the texts, what becomes of them;
    /// `None` if the program or a file that the settings name cannot be read.
    /// What a run does must change under no other circumstances, or a run that
    /// goes on where another was stopped would mix the two.
    pub(crate) fn fingerprint(&self) -> Option<String> {
        let read = |path: &Path| fs::read(path).ok().map(|bytes| sha256(&bytes));
        // The program holds the built-in rules and the model.
        let mut told = vec![read(&std::env::current_exe().ok()?)?];
        told.push(Line::Run(self.run_line(false)).to_json());
        for path in &self.sources {
            told.push(read(path)?);
        }
        Some(sha256(told.join("\n").as_bytes()))
    }
}

/// What becomes of the lines: what the command line says of them counts for all
/// that the settings say, where `wrap` goes before `unwrap`.
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
