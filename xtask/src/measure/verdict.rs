//! How a measurement ends.

use std::process::ExitCode;

/// The exit code of a measurement: 1 where figures missed their floors, each of
/// which is told as `what` it is, and 2 where nothing could be measured.
pub(crate) fn exit(name: &str, what: &str, result: Result<Vec<String>, String>) -> ExitCode {
    match result {
        Ok(missed) if missed.is_empty() => ExitCode::SUCCESS,
        Ok(missed) => {
            missed.iter().for_each(|m| eprintln!("{what}: {m}"));
            ExitCode::FAILURE
        }
        Err(why) => {
            eprintln!("{name}: {why}");
            ExitCode::from(2)
        }
    }
}
