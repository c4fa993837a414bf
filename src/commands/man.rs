//! `descan man`: prints one manual page, or writes all of them to a folder.

use std::io::{self, Write as _};
use std::path::Path;

use clap::Command;

use crate::args::{ManArgs, command};
use crate::display::{plain, shown};
use crate::error::{Done, Result, failed, output_error, usage};
use crate::files::write::prepare;
use crate::say::say;
use crate::terminal::output::{counted, stdout};

/// Runs the command.
pub(crate) fn run(args: &ManArgs) -> Result {
    let pages = pages()?;
    if let Some(dir) = &args.dir {
        for (name, text) in &pages {
            let place = dir.join(format!("{name}.1"));
            if let Err(error) = write(dir, &place, text) {
                return failed(format!("cannot write {}: {}", shown(&place), plain(&error)));
            }
        }
        say(format_args!("wrote {} to {}", counted(pages.len(), "page"), shown(dir)));
        return Ok(Done::Clean);
    }
    let wanted = args.command.join("-");
    let name = if wanted.is_empty() { "descan".to_owned() } else { format!("descan-{wanted}") };
    let Some((_, text)) = pages.iter().find(|(page, _)| *page == name) else {
        return usage(format!("there is no command {:?}; `descan --help` lists them", args.command.join(" ")));
    };
    let mut out = stdout();
    out.write_all(text).and_then(|()| out.flush()).map_err(|e| output_error(&e, Done::Clean))?;
    Ok(Done::Clean)
}

fn write(dir: &Path, place: &Path, text: &[u8]) -> io::Result<()> {
    std::fs::create_dir_all(dir)?;
    prepare(place, text, None, false)?.persist(place)?;
    Ok(())
}

/// All pages, with their names.
fn pages() -> Result<Vec<(String, Vec<u8>)>> {
    let mut root = command().disable_help_subcommand(true);
    root.build();
    let mut pages = Vec::new();
    let mut commands: Vec<Command> = vec![root];
    while let Some(command) = commands.pop() {
        commands.extend(command.get_subcommands().cloned());
        let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
        let mut text = Vec::new();
        clap_mangen::Man::new(command).render(&mut text).map_err(|e| output_error(&e, Done::Clean))?;
        pages.push((name, text));
    }
    pages.sort();
    Ok(pages)
}
