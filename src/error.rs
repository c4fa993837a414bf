//! How a command ends: its result, its errors and the exit code.

use std::io;

use crate::say::say;

/// What a finished command reports through its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    /// Nothing to report: exit code 0.
    Clean,
    /// There are findings, or failed examples: exit code 1.
    Findings,
    /// Some inputs failed: exit code 3.
    SomeFailed,
}

/// Why a command stopped early.
#[derive(Debug)]
pub(crate) enum CliError {
    /// What was asked cannot be done; one sentence that says where and how to fix
    /// it: exit code 2.
    Usage(String),
    /// A file could not be read or written, or the system refused something else, such as
    /// a thread or another program: exit code 2.
    Io(String),
    /// The reader closed the output: not an error.
    Pipe(Done),
    /// Ctrl-C: exit code 130.
    Interrupted,
}

/// The result of a command.
pub(crate) type Result<T = Done> = std::result::Result<T, CliError>;

/// A usage error.
pub(crate) fn usage<T>(what: impl Into<String>) -> Result<T> {
    Err(CliError::Usage(what.into()))
}

/// An error of a file or of the system.
pub(crate) fn failed<T>(what: impl Into<String>) -> Result<T> {
    Err(CliError::Io(what.into()))
}

/// Converts an error from writing the output.
pub(crate) fn output_error(error: &io::Error, so_far: Done) -> CliError {
    if error.kind() == io::ErrorKind::BrokenPipe {
        CliError::Pipe(so_far)
    } else {
        CliError::Io(format!("cannot write the output: {error}"))
    }
}

/// Prints the error, if there is one, and returns the exit code.
pub(crate) fn code(result: Result) -> u8 {
    match result {
        Ok(done) | Err(CliError::Pipe(done)) => match done {
            Done::Clean => 0,
            Done::Findings => 1,
            Done::SomeFailed => 3,
        },
        Err(CliError::Usage(what) | CliError::Io(what)) => {
            say(what);
            2
        }
        Err(CliError::Interrupted) => 130,
    }
}
