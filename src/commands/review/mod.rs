//! `descan review`: the user decides each finding.

mod item;
mod log;
mod session;
mod terminal;

use std::fs::File;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Arc;

use descan_core::decisions::header;
use descan_text::level::Level;

use crate::args::ReviewArgs;
use crate::commands::clean;
use crate::display::{plain, shown};
use crate::error::{CliError, Done, Result, usage};
use crate::inputs::discover::discover;
use crate::inputs::list::Source;
use crate::inputs::read::read;
use crate::setup::session::Session;
use crate::terminal::output::counted;
use log::DecisionLog;
use session::{Exit, ReviewSession};
use terminal::{Key, Terminal};

/// Runs the command.
pub(crate) fn run(args: &ReviewArgs) -> Result {
    let choice = &args.clean.choice;
    if choice.decisions.no_decisions {
        return usage("review saves decisions; remove --no-decisions");
    }
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return usage(
            "review needs a terminal; without one, `descan check PATH` lists the findings, and \
             `descan clean --decisions FILE PATH` applies saved decisions",
        );
    }
    if let Some(path) = &choice.decisions.decisions {
        create_if_missing(path)?;
    }
    let mut session = Session::new(choice, &args.clean.inputs, Level::Certain, true)?.writing(&args.clean);
    let mut found = discover(&session, &args.clean.inputs, args.clean.out_dir.as_deref())?;
    if session.is_to_text() {
        found.inputs.name_as_texts();
    }
    if found.inputs.iter().any(|input| input.source == Source::Stdin) {
        return usage("review reads keys from standard input; name a file instead of -");
    }
    let path = match &session.decided_in {
        Some(path) => path.clone(),
        None => log::new_place(&args.clean.inputs.paths)?,
    };
    let mut review = ReviewSession::new(DecisionLog::open(path, Arc::clone(&session.options.decisions)), args.offered);
    let files = found.inputs.len();
    let mut end = Exit::Finished;
    {
        let mut terminal = Terminal::open(&session)?;
        terminal.put(&format!("{} to review; press ? for the keys\n", counted(files, "file")))?;
        for input in found.inputs.iter() {
            let bytes = match read(&input, args.clean.inputs.text) {
                Ok(bytes) => bytes,
                Err(why) => {
                    terminal.put(&format!("{} {why}\n", shown(input.path())))?;
                    continue;
                }
            };
            let document = match session.open(input.path(), &bytes) {
                Ok(document) => document,
                Err(why) => {
                    terminal.put(&format!("{} {why}\n", shown(input.path())))?;
                    continue;
                }
            };
            end = review.file(&session, &mut terminal, &shown(input.path()), &document)?;
            if end == Exit::Quit {
                break;
            }
        }
        terminal.put(&format!("\n{}\n", review.summary()))?;
        let asks = !args.clean.write && args.clean.out_dir.is_none();
        if end == Exit::Finished && asks {
            let question = format!("Replace {} with the cleaned text now? [y,n] ", counted(files, "file"));
            end = if ask(&mut terminal, &question)? { Exit::Finished } else { Exit::Quit };
        }
    }
    if end == Exit::Quit {
        return Ok(Done::Clean);
    }
    session.options.decisions = Arc::clone(review.decisions());
    let mut how = args.clean.clone();
    how.write = how.out_dir.is_none();
    clean::write(&how, &session, &found)
}

/// Creates the named decisions file if it does not exist yet.
fn create_if_missing(path: &std::path::Path) -> Result<()> {
    let created = match File::create_new(path) {
        Ok(mut file) => file.write_all(header().as_bytes()),
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(e) => Err(e),
    };
    created.map_err(|e| CliError::Io(format!("cannot write the decisions file {}: {}", shown(path), plain(&e))))
}

/// Asks a yes/no question until it is answered.
fn ask(terminal: &mut Terminal<'_>, question: &str) -> Result<bool> {
    terminal.put(question)?;
    loop {
        let answer = match terminal.key()? {
            Key::Char('y') => true,
            Key::Char('n' | 'q') | Key::Escape => false,
            _ => continue,
        };
        terminal.put(if answer { "y\n" } else { "n\n" })?;
        return Ok(answer);
    }
}
