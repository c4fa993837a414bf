//! The exit codes of measurements.

use std::process::ExitCode;

/// The exit code of the measurement `name`: 1 if figures missed their floors, and
/// 2 if nothing could be measured. Prints each missed floor after the words
/// `what`.
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
