//! `descan review`: finding by finding, a person decides.

mod book;
mod desk;
mod item;
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
use crate::setup::session::Session;
use crate::terminal::output::counted;
use book::Book;
use desk::{Desk, Went};
use terminal::{Key, Terminal};

/// Runs the command.
pub(crate) fn run(args: &ReviewArgs) -> Result {
    let choice = &args.clean.choice;
    if choice.decisions.no_decisions {
        return usage("a review writes decisions; leave out --no-decisions");
    }
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return usage(
            "review asks at a terminal and there is none; `descan check PATH` lists the findings, and \
             `descan clean --decisions FILE PATH` goes by decisions written before",
        );
    }
    if let Some(path) = &choice.decisions.decisions {
        begin(path)?;
    }
    let mut session = Session::new(choice, &args.clean.inputs, Level::Certain, true)?;
    let found = discover(&session, &args.clean.inputs, args.clean.out_dir.as_deref())?;
    if found.inputs.iter().any(|input| input.source == Source::Stdin) {
        return usage("a review reads keys from the standard input; name a file instead of -");
    }
    let path = match &session.decided_in {
        Some(path) => path.clone(),
        None => book::new_place(&args.clean.inputs.paths)?,
    };
    let mut desk = Desk::new(Book::open(path, Arc::clone(&session.options.decisions)), args.offered);
    let files = found.inputs.len();
    let mut end = Went::On;
    {
        let mut terminal = Terminal::open(&session)?;
        terminal.put(&format!("{} to review; ? tells the keys\n", counted(files, "file")))?;
        for input in found.inputs.iter() {
            let bytes = match input.read() {
                Ok(bytes) => bytes,
                Err(e) => {
                    terminal.put(&format!("{} cannot be read: {}\n", shown(input.path()), plain(&e)))?;
                    continue;
                }
            };
            end = desk.file(&session, &mut terminal, &shown(input.path()), &bytes)?;
            if end == Went::Away {
                break;
            }
        }
        terminal.put(&format!("\n{}\n", desk.told()))?;
        let asks = !args.clean.write && args.clean.out_dir.is_none();
        if end == Went::On && asks {
            let question = format!("Replace {} by the cleaned text now? [y,n] ", counted(files, "file"));
            end = if ask(&mut terminal, &question)? { Went::On } else { Went::Away };
        }
    }
    if end == Went::Away {
        return Ok(Done::Clean);
    }
    session.options.decisions = Arc::clone(desk.decisions());
    let mut how = args.clean.clone();
    how.write = how.out_dir.is_none();
    clean::write(&how, &session, &found)
}

/// Begins the decisions file that was named, if it is not there yet.
fn begin(path: &std::path::Path) -> Result<()> {
    let begun = match File::create_new(path) {
        Ok(mut file) => file.write_all(header().as_bytes()),
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(e) => Err(e),
    };
    begun.map_err(|e| CliError::Io(format!("cannot write the decisions {}: {}", shown(path), plain(&e))))
}

/// Asks a question until it is answered with yes or no.
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
