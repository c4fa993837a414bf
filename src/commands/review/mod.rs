//! `descan review`: the user decides the findings, by series or one by one.

mod by_series;
mod gather;
mod item;
pub(super) mod log;
mod one_by_one;
mod session;
mod show;
mod terminal;
mod undo;
mod walk;

use std::fs::File;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Arc;

use descan_core::decisions::header;
use descan_text::level::Level;

use crate::args::ReviewArgs;
use crate::commands::clean;
use crate::display::{plain, shown};
use crate::error::{CliError, Done, Result, usage};
use crate::inputs::discover::{Found, discover};
use crate::inputs::list::Source;
use crate::say::say;
use crate::setup::session::Session;
use crate::terminal::output::counted;
use gather::Files;
use item::{Asked, Item};
use log::DecisionLog;
use session::{Review, View};
use terminal::Terminal;
use undo::{Undone, undo};
use walk::{Exit, Walk};

/// More findings than these are asked about by series.
const ONE_BY_ONE: usize = 50;

/// Runs the command.
pub(crate) fn run(args: &ReviewArgs) -> Result {
    let choice = &args.clean.choice;
    if choice.decisions.no_decisions {
        return usage("review saves decisions; remove --no-decisions");
    }
    if args.clean.output.is_some() || args.clean.dry_run || args.clean.to.is_some() {
        return usage(
            "review writes by --write or --out-dir DIR, or asks at its end; remove --output, --dry-run and --to",
        );
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
    let mut review = Review::new(DecisionLog::open(path, Arc::clone(&session.options.decisions)));
    let end = match go_through(args, &session, &found, &mut review) {
        Err(CliError::Interrupted) => {
            say(format_args!("stopped; {}; the same command goes on from here", review.summary()));
            return Err(CliError::Interrupted);
        }
        end => end?,
    };
    if end == Exit::Quit {
        return Ok(Done::Clean);
    }
    session.options.decisions = Arc::clone(review.decisions());
    let mut how = args.clean.clone();
    how.write = how.out_dir.is_none();
    clean::write_cleaned(&how, &session, &found)
}

/// Goes through the findings of all files, and through those that the decisions bring up,
/// until none is left or the user quits. Then asks whether to write, unless the arguments
/// say so.
fn go_through(args: &ReviewArgs, session: &Session, found: &Found, review: &mut Review) -> Result<Exit> {
    let asked = Asked { offered_only: args.offered, spacing: args.all };
    let mut files = Files::new(session, found, &args.clean.inputs, asked);
    let all: Vec<usize> = (0..found.inputs.len()).collect();
    let mut which = all.clone();
    say(format_args!("reading {}", counted(all.len(), "file")));
    let mut is_first = true;
    loop {
        let mut items = files.items(&which, review.decisions())?;
        items.retain(|item| review.seen.insert(item.places.clone()));
        let mut terminal = Terminal::open(session)?;
        if is_first {
            terminal.say(&greeting(&files, &items, args))?;
        }
        is_first = false;
        if !items.is_empty() {
            let by_series = args.by_series || (!args.one_by_one && items.len() > ONE_BY_ONE);
            let view = if by_series { View::Series(0) } else { View::Item { series: None, at: 0 } };
            let exit = Walk::new(session, &mut terminal, review, &mut files, items).run(view)?;
            review.forget_views();
            if exit == Exit::Quit {
                terminal.say(&format!("\n{}; the same command goes on from here", review.summary()))?;
                return Ok(Exit::Quit);
            }
            which = review.take_changed(&all);
            if !which.is_empty() {
                continue;
            }
        }
        terminal.say(&format!("\n{}", review.summary()))?;
        if args.clean.write || args.clean.out_dir.is_some() {
            return Ok(Exit::Finished);
        }
        let changed = files.list.iter().filter(|file| file.changes).count();
        if changed == 0 {
            terminal.say("nothing would change, so nothing is written")?;
            return Ok(Exit::Quit);
        }
        let question = format!("Replace {} with the cleaned text now? [y,n,u] ", counted(changed, "file"));
        loop {
            match terminal.choose(&question, &['y', 'u', 'n'])? {
                'y' => return Ok(Exit::Finished),
                'n' => return Ok(Exit::Quit),
                _ => match undo(&mut terminal, review, &mut [])? {
                    Undone::Nothing => continue,
                    _ => break,
                },
            }
        }
        which = review.take_changed(&all);
    }
}

/// How many findings there are to decide, and which are not asked about.
fn greeting(files: &Files<'_>, items: &[Item], args: &ReviewArgs) -> String {
    let decided: usize = files.list.iter().map(|file| file.decided).sum();
    let spacing: usize = files.list.iter().map(|file| file.spacing).sum();
    let count: usize = items.iter().map(|item| item.count).sum();
    let mut out = match (count, files.list.as_slice()) {
        (0, [file]) => format!("{}: nothing to decide", file.path),
        (0, files) => format!("{}: nothing to decide", counted(files.len(), "file")),
        (count, files) => format!("{} to decide in {}", counted(count, "finding"), counted(files.len(), "file")),
    };
    if decided > 0 {
        out.push_str(&format!(", {decided} already decided"));
    }
    if spacing > 0 && !args.all {
        let them = if spacing == 1 { "it" } else { "them" };
        out.push_str(&format!(
            "\n{} white space alone; `clean` applies {them} as its level says, and --all asks about {them}",
            if spacing == 1 { "1 more changes".to_owned() } else { format!("{spacing} more change") }
        ));
    }
    out
}

/// Creates the named decisions file if it does not exist yet.
pub(super) fn create_if_missing(path: &std::path::Path) -> Result<()> {
    let created = match File::create_new(path) {
        Ok(mut file) => file.write_all(header().as_bytes()),
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(e) => Err(e),
    };
    created.map_err(|e| CliError::Io(format!("cannot write the decisions file {}: {}", shown(path), plain(&e))))
}
