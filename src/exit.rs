//! How a command ends.

use std::fmt::Display;
use std::io;
use std::process::ExitCode;

/// What a command that came to its end has to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// Nothing to report: exit code 0.
    Clean,
    /// There are findings, or examples that fail: exit code 1.
    Findings,
    /// Some inputs failed: exit code 3.
    SomeFailed,
}

/// Why a command did not come to its end.
#[derive(Debug)]
pub enum Stop {
    /// What was asked cannot be done; one sentence with the place and the mend:
    /// exit code 2.
    Usage(String),
    /// The reader of the output went away: no error.
    Pipe(Done),
    /// Ctrl-C: exit code 130.
    Interrupted,
}

/// What a command comes to.
pub type Result<T = Done> = std::result::Result<T, Stop>;

/// A usage error.
pub fn usage<T>(what: impl Into<String>) -> Result<T> {
    Err(Stop::Usage(what.into()))
}

/// Why the output could not be written.
pub fn output_error(error: &io::Error, so_far: Done) -> Stop {
    if error.kind() == io::ErrorKind::BrokenPipe {
        Stop::Pipe(so_far)
    } else {
        Stop::Usage(format!("cannot write the output: {error}"))
    }
}

/// Says what went wrong, and gives the exit code.
pub fn code(result: Result) -> ExitCode {
    match result {
        Ok(done) | Err(Stop::Pipe(done)) => ExitCode::from(match done {
            Done::Clean => 0,
            Done::Findings => 1,
            Done::SomeFailed => 3,
        }),
        Err(Stop::Usage(what)) => {
            say(what);
            ExitCode::from(2)
        }
        Err(Stop::Interrupted) => ExitCode::from(130),
    }
}

/// Says a sentence on the error stream. A closed one is no reason to stop.
pub fn say(what: impl Display) {
    use std::io::Write as _;
    let _ = super::progress::around(|| writeln!(anstream::stderr(), "descan: {what}"));
}
