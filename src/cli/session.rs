//! What all commands that read texts share: the rules, the options, Ctrl-C.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use descan::ledger::{OptionsRecord, RunLine, SCHEMA};
use descan::level::Level;
use descan::pipeline::{Options, Selection};
use descan::rule::RuleSet;

use super::args::{Choice, StyleName};
use super::exit::{Result, usage};

/// The rules and options of a run.
pub struct Session {
    pub rules: RuleSet,
    pub options: Options,
    /// Set by Ctrl-C.
    stopped: Arc<AtomicBool>,
}

impl Session {
    /// Reads the options of the command line; `level` is the default. A run
    /// that `writes` files finishes the one at hand when Ctrl-C is pressed, and
    /// closes its ledger; any other ends at once.
    pub fn new(choice: &Choice, level: Level, writes: bool) -> Result<Session> {
        let rules = RuleSet::built_in();
        let selection = match Selection::new(&choice.select, &choice.ignore, &rules) {
            Ok(selection) => selection,
            Err(error) => return usage(error.to_string()),
        };
        let options = Options {
            level: choice.level.unwrap_or(level),
            selection,
            unwrap: choice.unwrap,
            style: StyleName::wanted(&choice.style),
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
        Ok(Session { rules, options, stopped })
    }

    /// Whether Ctrl-C was pressed.
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }

    /// The first line of a run's ledger.
    pub fn run_line(&self, choice: &Choice, write: bool) -> RunLine {
        let on = self.rules.iter().filter(|(id, _)| self.options.selection.has_rule(*id));
        RunLine {
            schema: SCHEMA,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            options: OptionsRecord {
                level: self.options.level.name().to_owned(),
                select: choice.select.clone(),
                ignore: choice.ignore.clone(),
                unwrap: choice.unwrap,
                write,
            },
            rules: on.map(|(_, rule)| rule.name.clone()).collect(),
        }
    }
}
