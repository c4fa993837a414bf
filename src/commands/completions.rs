//! `descan completions SHELL`: prints a script with which a shell completes
//! commands, options and their values.

use std::io::Write as _;

use crate::args::{CompletionsArgs, command};
use crate::error::{Done, Result, output_error};
use crate::terminal::output::stdout;

/// Runs the command.
pub(crate) fn run(args: &CompletionsArgs) -> Result {
    // Buffer the whole script: the generator panics if the pipe is closed.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(), "descan", &mut script);
    let mut out = stdout();
    out.write_all(&script).and_then(|()| out.flush()).map_err(|e| output_error(&e, Done::Clean))?;
    Ok(Done::Clean)
}
